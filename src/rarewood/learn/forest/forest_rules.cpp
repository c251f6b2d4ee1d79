#include "rarewood/learn/forest/forest_rules.hpp"

#include <algorithm>
#include <cmath>

#include "rarewood/learn/forest/class_weight.hpp"

namespace rarewood {
namespace {

void check_part(const FitPart& part) {
  const ClassTotals totals = part.totals();
  if (totals.n0 == 0 || totals.n1 == 0) {
    throw Error(ErrorKind::data, "All rows to learn from are of one class; a forest needs both.");
  }
  if (totals.rows() > 0xFFFFFFFF) {
    throw Error(ErrorKind::data, "The forest takes up to 4,294,967,295 rows, this part has " +
                                     thousands(totals.rows()) + ". Train on a sample of them.");
  }
}

/// How far distinct rows must be counted for the minimum-size rules; 0 where none can bind.
std::uint32_t largest_row_rule(const TreeRules& rules) {
  const bool binds = rules.min_samples_split > 2 || rules.split.min_samples_leaf > 1;
  return binds ? std::max(rules.min_samples_split, rules.split.min_samples_leaf) : 0;
}

/// All of the smaller class and so many of the larger one, both drawn with replacement.
BagLaw balanced_bag(double ratio, const ClassTotals& totals) {
  const std::uint64_t minority = std::min(totals.n0, totals.n1);
  const std::uint64_t majority = std::max(totals.n0, totals.n1);
  const double wanted = std::floor(static_cast<double>(minority) / ratio);
  if (wanted > static_cast<double>(majority)) {
    throw Error(ErrorKind::usage,
                "--bag-sampling-strategy " + shortest(ratio) + " is below the ratio there is, " +
                    shortest(static_cast<double>(minority) / static_cast<double>(majority)) +
                    ": it would ask for more majority rows. Choose a larger one, up to 1.");
  }
  BagLaw law;
  law.draws = minority + static_cast<std::uint64_t>(wanted);
  law.positives = totals.n1 <= totals.n0 ? minority : law.draws - minority;
  law.share1 = static_cast<double>(*law.positives) / static_cast<double>(law.draws);
  return law;
}

/// \param sums     what the rows of each class weigh
/// \param weights  of the classes
BagLaw weighted_bag(std::uint64_t draws, const ClassWeightSums& sums,
                    const std::array<double, 2>& weights) {
  const double w0 = weights[0] * sums.w0;
  const double w1 = weights[1] * sums.w1;
  BagLaw law;
  law.draws = draws;
  law.share1 = w1 / (w0 + w1);
  return law;
}

std::vector<std::int8_t> directions(const ForestOptions& options, const FitPart& part) {
  const std::vector<std::string>& names = part.patterns().names;
  std::vector<std::int8_t> of(options.monotonic_cst.empty() ? 0 : part.patterns().features(), 0);
  for (const auto& [name, direction] : directions_by_name(options.monotonic_cst)) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
      const auto meant = nearest_word(name, names);
      throw Error(ErrorKind::usage, "--monotonic-cst names '" + name + "', which is no feature. " +
                                        (meant ? "Did you mean '" + *meant + "'?"
                                               : "There are " + listed(names) + "."));
    }
    const auto feature = static_cast<std::size_t>(found - names.begin());
    if (part.patterns().category_counts[feature] > 0) {
      throw Error(ErrorKind::usage, "--monotonic-cst names '" + name +
                                        "', a category, which has no order. Leave it out.");
    }
    of[feature] = direction;
  }
  return of;
}

TreeRules tree_rules(const ForestOptions& options, const FitPart& part, std::size_t trees) {
  TreeRules rules;
  rules.split.criterion = options.criterion;
  rules.split.splitter = options.splitter;
  rules.split.min_samples_leaf = static_cast<std::uint32_t>(options.min_samples_leaf);
  if (options.max_depth) rules.max_depth = static_cast<std::uint32_t>(*options.max_depth);
  if (options.max_leaf_nodes) {
    rules.max_leaf_nodes = static_cast<std::uint32_t>(*options.max_leaf_nodes);
  }
  rules.min_samples_split = static_cast<std::uint32_t>(options.min_samples_split);
  rules.min_impurity_decrease = options.min_impurity_decrease;
  rules.max_features = count_of_features(options.max_features, part.patterns().features());
  rules.leaf_quantum = leaf_quantum(trees);
  return rules;
}

}  // namespace

std::uint32_t count_of_features(const std::string& text, std::size_t features) {
  const double all = static_cast<double>(features);
  double wanted = 0;
  if (text == "sqrt") {
    wanted = std::sqrt(all);
  } else if (text == "log2") {
    wanted = std::log2(all);
  } else if (text == "all") {
    wanted = all;
  } else {
    const auto number = parse_double(text);
    if (!number || !(*number > 0)) {
      throw Error(ErrorKind::usage,
                  "--max-features must be sqrt, log2, all, a count of features or "
                  "a share below 1, not '" +
                      text + "'." + did_you_mean(text, {"sqrt", "log2", "all"}));
    }
    wanted = *number < 1 ? *number * all : *number;
  }
  return static_cast<std::uint32_t>(std::clamp(std::floor(wanted), 1.0, all));
}

std::uint64_t rows_to_draw(const std::string& text, std::uint64_t rows) {
  if (text == "none") return rows;
  if (const auto count = parse_int64(text); count && *count >= 1 && *count <= 0xFFFFFFFF) {
    return static_cast<std::uint64_t>(*count);
  }
  const auto share = parse_double(text);
  if (!share || !(*share > 0 && *share <= 1)) {
    throw Error(ErrorKind::usage,
                "--max-samples must be none, a count of rows up to 4294967295 or a share above 0 "
                "and up to 1.0, not '" +
                    text + "'.");
  }
  return std::max<std::uint64_t>(
      1, static_cast<std::uint64_t>(std::floor(*share * static_cast<double>(rows))));
}

std::vector<std::pair<std::string, std::int8_t>> directions_by_name(
    const std::vector<std::string>& texts) {
  std::vector<std::pair<std::string, std::int8_t>> directions;
  for (const std::string& text : texts) {
    const std::size_t colon = text.rfind(':');
    const std::string sign = colon == std::string::npos ? "" : text.substr(colon + 1);
    if (colon == 0 || (sign != "1" && sign != "-1" && sign != "0")) {
      throw Error(ErrorKind::usage,
                  "--monotonic-cst must be features with 1, -1 or 0, such as depth:1,price:-1, not "
                  "'" +
                      text + "'.");
    }
    directions.emplace_back(text.substr(0, colon), static_cast<std::int8_t>(std::stoi(sign)));
  }
  return directions;
}

ForestRules forest_rules(const ForestOptions& options, const FitPart& part,
                         const FitRequest& request) {
  check_part(part);
  ForestRules rules;
  const int members = request.max_members > 0 ? std::min(options.n_estimators, request.max_members)
                                              : options.n_estimators;
  rules.trees = static_cast<std::size_t>(members);
  rules.tree = tree_rules(options, part, rules.trees);
  rules.tree.split.monotonic_cst = directions(options, part);
  const ClassWeight weight = parse_class_weight(options.class_weight);
  const std::array<double, 2> weights = class_weights(weight, part.totals());
  rules.weigh_by_bag = options.bootstrap && weight.kind == ClassWeight::Kind::balanced_subsample;
  // Without a bootstrap there is no draw for the weights to act on: they act on the splits.
  const bool draw = options.bootstrap && options.class_weight_as == WeightMeaning::draw;
  if (!draw) std::copy(weights.begin(), weights.end(), rules.tree.split.class_weight);
  const ClassTotals totals = part.totals();
  const ClassWeightSums rows{static_cast<double>(totals.n0), static_cast<double>(totals.n1)};
  rules.bag =
      options.bag_sampling_strategy
          ? balanced_bag(*options.bag_sampling_strategy, totals)
          : weighted_bag(rows_to_draw(options.max_samples, totals.rows()),
                         draw ? part.weight_sums() : rows,
                         draw && !rules.weigh_by_bag ? weights : std::array<double, 2>{1, 1});
  rules.bag.row_rule = largest_row_rule(rules.tree);
  // On the draw, ticks add up to 64-bit masses; in a bag, to a node's 32-bit sums.
  const auto in_bag = static_cast<double>(options.bootstrap ? rules.bag.draws : totals.rows());
  const double most = draw ? 0x1p62 / static_cast<double>(totals.rows()) : 0x1p31 / in_bag;
  rules.bag.ticks = weight_ticks(part, std::max(1.0, most));
  rules.bag.ticks_act_on_draw = draw;
  return rules;
}

}  // namespace rarewood
