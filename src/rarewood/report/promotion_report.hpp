#pragma once

#include <string>

#include "rarewood/report/console_style.hpp"
#include "rarewood/report/promotion.hpp"

namespace rarewood {

/// Of the JSON; raised when a key changes its meaning.
inline constexpr int kPromotionFormatVersion = 1;

/// "not_worse", ...
const char* outcome_word(PromotionOutcome outcome);

/// Both models side by side, the differences, the decision.
std::string promotion_text(const ConsoleStyle& style, const Promotion& promotion);

/// All of it; null where a figure is not known.
std::string promotion_to_json(const Promotion& promotion);

}  // namespace rarewood
