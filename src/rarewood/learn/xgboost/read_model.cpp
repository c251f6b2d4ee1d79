#include "rarewood/learn/xgboost/read_model.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/learn/foreign_tree.hpp"

namespace rarewood {
namespace {

using nlohmann::json;

/// The arrays of one tree by name, one entry a node; numbers of any kind, all exact as doubles.
using Arrays = std::map<std::string, std::vector<double>>;

class SavedTree {
 public:
  SavedTree(const Arrays& arrays, const std::vector<std::uint32_t>& category_counts)
      : left_(arrays.at("left_children")),
        right_(arrays.at("right_children")),
        feature_(arrays.at("split_indices")),
        condition_(arrays.at("split_conditions")),
        default_left_(arrays.at("default_left")),
        hessian_(arrays.at("sum_hessian")),
        split_type_(arrays.at("split_type")),
        set_nodes_(arrays.at("categories_nodes")),
        set_begins_(arrays.at("categories_segments")),
        set_sizes_(arrays.at("categories_sizes")),
        set_codes_(arrays.at("categories")),
        category_counts_(category_counts) {}

  ForeignNode node(std::int64_t number, Ensemble& ensemble) const {
    const auto at = static_cast<std::size_t>(number);
    Node node;
    node.cover = static_cast<float>(hessian_.at(at));
    node.value = static_cast<float>(condition_.at(at));
    if (left_.at(at) < 0) return {node};
    node.feature = static_cast<std::int32_t>(feature_.at(at));
    node.missing_left = default_left_.at(at) != 0;
    if (split_type_.at(at) == kCategorical) {
      const auto feature = static_cast<std::size_t>(node.feature);
      split_by_set(ensemble, node, codes_left(number, category_counts_.at(feature)));
    } else {
      node.value = std::nextafter(node.value, -std::numeric_limits<float>::infinity());
    }
    return {node, static_cast<std::int64_t>(left_[at]), static_cast<std::int64_t>(right_.at(at))};
  }

 private:
  static constexpr double kCategorical = 1;

  /// The file names the codes that go right.
  std::vector<std::uint32_t> codes_left(std::int64_t number, std::uint32_t count) const {
    const auto found =
        std::lower_bound(set_nodes_.begin(), set_nodes_.end(), static_cast<double>(number));
    const auto set = static_cast<std::size_t>(found - set_nodes_.begin());
    const auto begin = static_cast<std::size_t>(set_begins_.at(set));
    std::vector<bool> right(count, false);
    for (std::size_t i = 0; i < static_cast<std::size_t>(set_sizes_.at(set)); ++i) {
      right.at(static_cast<std::size_t>(set_codes_.at(begin + i))) = true;
    }
    std::vector<std::uint32_t> left;
    for (std::uint32_t code = 0; code < count; ++code) {
      if (!right[code]) left.push_back(code);
    }
    return left;
  }

  const std::vector<double>& left_;
  const std::vector<double>& right_;
  const std::vector<double>& feature_;
  const std::vector<double>& condition_;
  const std::vector<double>& default_left_;
  const std::vector<double>& hessian_;
  const std::vector<double>& split_type_;
  const std::vector<double>& set_nodes_;
  const std::vector<double>& set_begins_;
  const std::vector<double>& set_sizes_;
  const std::vector<double>& set_codes_;
  const std::vector<std::uint32_t>& category_counts_;
};

/// "[6.790647E-2]", a probability -> log-odds, computed in float32 as the library does.
float intercept_of(const std::string& text) {
  if (text.size() < 3) throw std::invalid_argument("no base_score");
  const auto probability = parse_double(text.substr(1, text.size() - 2));
  if (!probability) throw std::invalid_argument("base_score " + text);
  const auto p = static_cast<float>(*probability);
  return -std::log(1.0F / p - 1.0F);
}

/// Takes the parser's events and keeps one tree at a time: a tree of values of the whole file would
/// cost a fifth of the training.
class ModelEvents {
 public:
  explicit ModelEvents(const std::vector<std::uint32_t>& category_counts)
      : category_counts_(category_counts) {
    ensemble_.aggregation = Ensemble::Aggregation::sum;
    append_constant(ensemble_, 0, 0);  // the intercept, which the file names last
  }

  Ensemble finished() {
    if (ensemble_.trees() == 1) throw std::invalid_argument("it has no trees");
    ensemble_.nodes[0].value = intercept_of(base_score_);
    ensemble_.nodes[0].cover = ensemble_.nodes[1].cover;
    return std::move(ensemble_);
  }

  bool key(const std::string& name) {
    key_ = name;
    numbers_ = depth_ == tree_depth_ ? &arrays_[name] : nullptr;
    return true;
  }
  bool start_object(std::size_t) {
    ++depth_;
    return true;
  }
  bool end_object() {
    if (depth_-- == tree_depth_) end_tree();
    return true;
  }
  bool start_array(std::size_t) {
    if (key_ == "trees" && tree_depth_ == 0) tree_depth_ = depth_ + 1;
    return true;
  }
  bool end_array() {
    if (depth_ + 1 == tree_depth_) tree_depth_ = 0;
    return true;
  }
  bool number_integer(std::int64_t value) { return number(static_cast<double>(value)); }
  bool number_unsigned(std::uint64_t value) { return number(static_cast<double>(value)); }
  bool number_float(double value, const std::string&) { return number(value); }
  bool boolean(bool value) { return number(value ? 1 : 0); }
  bool string(const std::string& value) {
    if (key_ == "base_score") base_score_ = value;
    return true;
  }
  bool binary(const json::binary_t&) { return true; }
  bool null() { return true; }
  bool parse_error(std::size_t, const std::string&, const json::exception& error) {
    throw std::invalid_argument(error.what());
  }

 private:
  bool number(double value) {
    if (numbers_ != nullptr) numbers_->push_back(value);
    return true;
  }

  void end_tree() {
    const SavedTree tree(arrays_, category_counts_);
    append_foreign_tree(ensemble_, 0, [&](std::int64_t n) { return tree.node(n, ensemble_); });
    for (auto& [name, numbers] : arrays_) numbers.clear();
  }

  const std::vector<std::uint32_t>& category_counts_;
  Ensemble ensemble_;
  std::string base_score_;
  std::string key_;
  Arrays arrays_;
  std::vector<double>* numbers_ = nullptr;  ///< where the numbers of the key go
  int depth_ = 0;
  int tree_depth_ = 0;  ///< of the objects that are trees; 0 outside
};

}  // namespace

Ensemble read_xgboost_model(std::string_view ubjson,
                            const std::vector<std::uint32_t>& category_counts) {
  try {
    ModelEvents events(category_counts);
    json::sax_parse(ubjson.begin(), ubjson.end(), &events, json::input_format_t::ubjson);
    return events.finished();
  } catch (const std::exception& error) {
    throw Error(ErrorKind::external,
                std::string("XGBoost saved a model in a form that rarewood does not read (") +
                    error.what() + "). Install the packages of requirements.txt.");
  }
}

}  // namespace rarewood
