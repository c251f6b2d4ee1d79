#include "rarewood/evaluate/targets.hpp"

#include <array>

namespace rarewood {
namespace {

struct Target {
  const char* metric;
  double minimum;
  double good;
};

constexpr std::array<Target, 4> kTargets{{{"f1_score", 0.30, 0.40},
                                          {"auc_roc", 0.70, 0.75},
                                          {"recall", 0.40, 0.50},
                                          {"precision", 0.20, 0.30}}};

std::string judged(const Interval& interval, double target) {
  if (interval.low > target) return "met";
  return interval.high <= target ? "not met" : "uncertain";
}

}  // namespace

std::vector<TargetCheck> judge_targets(const std::map<std::string, Interval>& intervals,
                                       bool leak) {
  std::vector<TargetCheck> checks;
  for (const Target& target : kTargets) {
    TargetCheck check{target.metric, target.minimum, target.good, "not judged: leak",
                      "not judged: leak"};
    if (!leak) {
      const Interval& interval = intervals.at(target.metric);
      check.verdict = judged(interval, target.minimum);
      check.good_verdict = judged(interval, target.good);
    }
    checks.push_back(check);
  }
  return checks;
}

}  // namespace rarewood
