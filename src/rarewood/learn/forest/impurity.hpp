#pragma once

#include <cmath>

namespace rarewood {

/// Class-weighted rows of a node or of one side of a cut.
struct ClassMass {
  double w0 = 0;
  double w1 = 0;

  double total() const { return w0 + w1; }
  double share1() const { return w1 / total(); }
};

// A criterion is a type with `of(node)`, impurity times mass of one node, and `of(left, right)`,
// their sum over both sides of a cut; no side may be empty.

/// 1 - p0^2 - p1^2.
struct Gini {
  static double of(const ClassMass& node) { return 2 * node.w0 * node.w1 / node.total(); }
  /// On one fraction line, as divisions are what a scan of cuts waits for.
  static double of(const ClassMass& left, const ClassMass& right) {
    const double l = left.total();
    const double r = right.total();
    return 2 * (left.w0 * left.w1 * r + right.w0 * right.w1 * l) / (l * r);
  }
};

/// -p0 log2 p0 - p1 log2 p1.
struct Entropy {
  static double of(const ClassMass& node) {
    return bits(node.total()) - bits(node.w0) - bits(node.w1);
  }
  static double of(const ClassMass& left, const ClassMass& right) { return of(left) + of(right); }

 private:
  static double bits(double mass) { return mass > 0 ? mass * std::log2(mass) : 0; }
};

}  // namespace rarewood
