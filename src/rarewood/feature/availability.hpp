#pragma once

#include <string>

#include "rarewood/option/option.hpp"

namespace rarewood {

/// Whether a column's value is known when the prediction is made.
enum class Availability { unknown, before, after };

/// What a declaration of `available_at` comes to for a table of a prediction point.
///
/// "before" and "after" stand for themselves. A moment is compared with the table's point where
/// both are times into the session or both are pages; at "end" everything is known, and what is
/// known only at "end" is known after every other point. Other moments say nothing.
/// \param word   "before", "after", or a moment: "10min", "page:4", "url:/cart", "end"
/// \param point  of the table; "" where it does not say
Availability availability(const std::string& word, const std::string& point);

/// The same of one column; unknown where nothing is declared.
Availability availability(const Pairs& declared, const std::string& column,
                          const std::string& point);

/// \throws Error(usage) for a word that is neither before, nor after, nor a moment
void check_available_at(const Pairs& declared);

}  // namespace rarewood
