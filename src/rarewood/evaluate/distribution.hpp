#pragma once

#include <cstddef>

namespace rarewood {

/// Share of a beta distribution below x: the regularised incomplete beta function.
/// \param a, b  > 0
/// \source Abramowitz and Stegun, 26.5.8, evaluated by Lentz's method; errors below 1e-12
double beta_share_below(double x, double a, double b);

/// The x below which this share of a beta distribution lies; errors below 1e-12.
double beta_quantile(double share, double a, double b);

/// The number that |t| of Student's distribution exceeds once in twenty times: 1.96 for many
/// degrees of freedom, 4.30 for two.
/// \param freedom  > 0
double student_t_of_95(double freedom);

/// Chance that Student's t exceeds this value; the normal distribution's for many degrees of
/// freedom. \param freedom  > 0
double student_t_above(double value, double freedom);

/// Chance that chi-square exceeds this value, by its finite sums; relative errors below 1e-12 up
/// to values of 1,400, beyond which it falls to 0 too early where there are many degrees of
/// freedom.
/// \param freedom  > 0 degrees of freedom
/// \source Abramowitz and Stegun, 26.4.4 and 26.4.5
double chi_square_above(double value, std::size_t freedom);

}  // namespace rarewood
