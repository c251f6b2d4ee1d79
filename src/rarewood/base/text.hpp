#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rarewood {

/// "472,871"
std::string thousands(std::uint64_t number);

/// "1.5 GB", decimal units
std::string bytes_text(std::uint64_t bytes);

/// Fixed decimals, independent of the locale: fixed(0.345, 2) = "0.34" or "0.35" as printf rounds.
/// What rounds to zero has no sign.
std::string fixed(double value, int decimals);

/// The same with its sign: "+0.3400", "-0.0120", "+0.0000".
std::string signed_fixed(double value, int decimals);

/// Shortest text that reads back as the same double: "0.1", "1e-09".
std::string shortest(double value);

/// Whole text as a number; nothing else may stand around it. "inf" and "nan" are not numbers here.
std::optional<double> parse_double(std::string_view text);
std::optional<std::int64_t> parse_int64(std::string_view text);

std::string lower(std::string_view text);

/// "a, b and c"
std::string listed(const std::vector<std::string>& words);

/// The candidate with the fewest edits from `word`, if that is near enough to be a typing slip.
std::optional<std::string> nearest_word(std::string_view word,
                                        const std::vector<std::string>& candidates);

/// " Did you mean 'recall:0.8'?" of a word that is nearly one of these, or whose part before a
/// colon is; "" where none is near. \param words  "f1", "recall:", ...
std::string did_you_mean(std::string_view word, const std::vector<std::string>& words);

}  // namespace rarewood
