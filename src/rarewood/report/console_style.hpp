#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "rarewood/evaluate/judgement.hpp"

namespace rarewood {

/// How console text looks; what it says does not depend on it.
struct ConsoleStyle {
  bool plain = false;   ///< ASCII only: no emoji, no drawn bars
  bool colour = false;  ///< a few words coloured; for terminals
  int width = 80;       ///< columns that bars may fill
};

enum class Tone { good, bad, alarm };

/// The emoji and a space, or nothing in plain text.
std::string mark(const ConsoleStyle& style, std::string_view emoji);

std::string toned(const ConsoleStyle& style, Tone tone, const std::string& text);

/// Columns a UTF-8 text takes, one a character.
std::size_t columns_of(std::string_view text);

/// Filled with blanks on the right; longer text stays whole.
std::string padded(std::string text, std::size_t columns);

/// Decimals of a number, "n/a" where it could not be computed.
std::string number_text(double value, int decimals);

/// "0.41 to 0.52", "no interval" where none is known.
std::string range_text(const Interval& interval, int decimals);

/// "F1-Score" for "f1_score"; the key itself where there is no title.
std::string metric_title(const std::string& key);

}  // namespace rarewood
