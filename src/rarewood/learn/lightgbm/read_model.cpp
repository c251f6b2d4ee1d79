#include "rarewood/learn/lightgbm/read_model.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "rarewood/base/error.hpp"
#include "rarewood/learn/foreign_tree.hpp"

namespace rarewood {
namespace {

/// The lines "name=value value ..." of one tree.
using Fields = std::map<std::string_view, std::string_view>;

/// The next line, without its end; the text loses it.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

/// Also of "inf", the threshold where only missing values go right.
double number_of(std::string_view word) {
  double number = 0;
  const char* end = word.data() + word.size();
  const auto read = std::from_chars(word.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end) {
    throw std::invalid_argument("'" + std::string(word) + "' is no number");
  }
  return number;
}

template <typename Value>
std::vector<Value> numbers_of(const Fields& fields, std::string_view name) {
  std::string_view text = fields.at(name);
  std::vector<Value> numbers;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) numbers.push_back(static_cast<Value>(number_of(text.substr(0, end))));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return numbers;
}

float largest_float_up_to(double value) {
  const auto nearest = static_cast<float>(value);
  const bool above = static_cast<double>(nearest) > value;
  return above ? std::nextafter(nearest, -std::numeric_limits<float>::infinity()) : nearest;
}

/// One tree's arrays; splits are numbered from 0 up, leaves from -1 down.
class SavedTree {
 public:
  explicit SavedTree(const Fields& fields)
      : leaf_value_(numbers_of<double>(fields, "leaf_value")),
        leaf_hessian_(numbers_of<float>(fields, "leaf_weight")) {
    if (leaf_value_.size() == 1) return;
    feature_ = numbers_of<std::int32_t>(fields, "split_feature");
    threshold_ = numbers_of<double>(fields, "threshold");
    decision_ = numbers_of<std::uint32_t>(fields, "decision_type");
    left_ = numbers_of<std::int64_t>(fields, "left_child");
    right_ = numbers_of<std::int64_t>(fields, "right_child");
    hessian_ = numbers_of<float>(fields, "internal_weight");
    if (number_of(fields.at("num_cat")) == 0) return;
    set_begins_ = numbers_of<std::size_t>(fields, "cat_boundaries");
    set_words_ = numbers_of<std::uint32_t>(fields, "cat_threshold");
  }

  bool splits() const { return leaf_value_.size() > 1; }
  float constant() const { return static_cast<float>(leaf_value_.at(0)); }

  ForeignNode node(std::int64_t number, Ensemble& ensemble) const {
    Node node;
    if (number < 0) {
      const auto leaf = static_cast<std::size_t>(-number - 1);
      node.value = static_cast<float>(leaf_value_.at(leaf));
      node.cover = leaf_hessian_.at(leaf);
      return {node};
    }
    const auto at = static_cast<std::size_t>(number);
    node.feature = feature_.at(at);
    node.cover = hessian_.at(at);
    if ((decision_.at(at) & kCategorical) != 0) {
      split_by_set(ensemble, node, codes_left(static_cast<std::size_t>(threshold_.at(at))));
    } else {
      node.value = largest_float_up_to(threshold_.at(at));
      const bool saw_missing = (decision_[at] >> 2 & 3) == kMissingIsNan;
      node.missing_left = saw_missing ? (decision_[at] & kDefaultLeft) != 0 : threshold_[at] >= 0;
    }
    return {node, left_.at(at), right_.at(at)};
  }

 private:
  static constexpr std::uint32_t kCategorical = 1;
  static constexpr std::uint32_t kDefaultLeft = 2;
  static constexpr std::uint32_t kMissingIsNan = 2;

  std::vector<std::uint32_t> codes_left(std::size_t set) const {
    std::vector<std::uint32_t> codes;
    const std::size_t begin = set_begins_.at(set);
    for (std::size_t word = begin; word < set_begins_.at(set + 1); ++word) {
      for (std::uint32_t bit = 0; bit < 32; ++bit) {
        if ((set_words_.at(word) >> bit & 1) == 0) continue;
        codes.push_back(static_cast<std::uint32_t>(word - begin) * 32 + bit);
      }
    }
    return codes;
  }

  std::vector<double> leaf_value_;
  std::vector<float> leaf_hessian_;
  std::vector<std::int32_t> feature_;
  std::vector<double> threshold_;
  std::vector<std::uint32_t> decision_;
  std::vector<std::int64_t> left_, right_;
  std::vector<float> hessian_;
  std::vector<std::size_t> set_begins_;
  std::vector<std::uint32_t> set_words_;
};

void append_tree(const Fields& fields, Ensemble& ensemble) {
  const SavedTree tree(fields);
  if (tree.splits()) {
    append_foreign_tree(ensemble, 0, [&](std::int64_t n) { return tree.node(n, ensemble); });
  } else {
    append_constant(ensemble, tree.constant(), 0);
  }
}

/// A file is a header, trees that begin with "Tree=0", and "end of trees".
Ensemble read_text(std::string_view text) {
  Ensemble ensemble;
  ensemble.aggregation = Ensemble::Aggregation::sum;
  Fields fields;
  bool in_tree = false;
  bool ended = false;
  while (!ended && !text.empty()) {
    const std::string_view line = take_line(text);
    ended = line == "end of trees";
    if (ended || line.starts_with("Tree=")) {
      if (in_tree) append_tree(fields, ensemble);
      fields.clear();
      in_tree = true;
    } else if (const auto equals = line.find('='); in_tree && equals != std::string_view::npos) {
      fields[line.substr(0, equals)] = line.substr(equals + 1);
    }
  }
  if (!ended || ensemble.roots.empty()) throw std::invalid_argument("it has no trees");
  return ensemble;
}

}  // namespace

Ensemble read_lightgbm_model(std::string_view text) {
  try {
    return read_text(text);
  } catch (const std::exception& error) {
    throw Error(ErrorKind::external,
                std::string("LightGBM saved a model in a form that rarewood does not read (") +
                    error.what() + "). Install the packages of requirements.txt.");
  }
}

}  // namespace rarewood
