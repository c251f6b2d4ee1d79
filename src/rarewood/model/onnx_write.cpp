#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "rarewood/base/error.hpp"
#include "rarewood/model/calibration_segment.hpp"
#include "rarewood/model/checksum.hpp"
#include "rarewood/model/expectations_json.hpp"
#include "rarewood/model/linear_graph.hpp"
#include "rarewood/model/metadata.hpp"
#include "rarewood/model/model_file.hpp"
#include "rarewood/model/onnx_graph.hpp"
#include "rarewood/model/onnx_names.hpp"
#include "rarewood/model/tree_operator.hpp"

// The graph, in order:
//   columns -> LabelEncoder (categories) -> Concat -> TreeEnsemble -> sum
//   sum >= threshold -> label
//   sum / trees -> raw score -> segment (a tree over the knots) -> Gather -> line -> probability
// The label is decided on the sum, which is exact for forests in any order of addition, so every
// run time decides alike. The rest is the float32 arithmetic of calibrated(), step by step. Of a
// linear model (linear_graph.hpp) columns lead to the raw score at once.

namespace rarewood {
namespace {

constexpr std::uint64_t kIrVersion = 10;
constexpr std::uint64_t kOpset = 18;
constexpr std::uint64_t kMachineLearningOpset = 5;
constexpr std::size_t kSealRoom = 64;  ///< bytes, at least those of the entry with the checksum

class GraphWriter {
 public:
  explicit GraphWriter(const Model& model) : model_(model) {}

  WireWriter write() && {
    const std::string raw_score = add_score();
    add_probability(raw_score);
    return std::move(*this).whole();
  }

 private:
  void add(OnnxNode node) { graph_.add(std::move(node)); }

  /// Score and label. \return the name of the raw score
  std::string add_score() {
    if (const auto* linear = std::get_if<LinearModel>(&model_.predictor)) {
      add_linear_score(*linear, model_.schema, "rarewood:raw_score", graph_);
      add_label("rarewood:raw_score", model_.threshold.raw_score);
      return "rarewood:raw_score";
    }
    add_trees(add_columns());
    add_label("rarewood:sum", threshold_of_sum());
    return add_raw_score_of_sum();
  }

  std::string add_columns() {
    std::vector<std::string> parts;
    for (std::size_t f = 0; f < model_.schema.features.size(); ++f) {
      const Feature& feature = model_.schema.features[f];
      parts.push_back(onnx_input_name(feature.name));
      if (feature.kind == FeatureKind::category) {
        const std::string code = fmt::format("rarewood:code_{}", f);
        add({"LabelEncoder", {parts.back()}, {code}, encoder_attributes(feature), true});
        parts.back() = code;
      }
    }
    add({"Concat", parts, {"rarewood:values"}, {integer_attribute("axis", 1)}});
    return "rarewood:values";
  }

  static std::vector<WireWriter> encoder_attributes(const Feature& feature) {
    std::vector<float> codes(feature.categories.size());
    for (std::size_t c = 0; c < codes.size(); ++c) codes[c] = static_cast<float>(c);
    return {real_attribute("default_float", std::numeric_limits<float>::quiet_NaN()),
            texts_attribute("keys_strings", feature.categories),
            reals_attribute("values_floats", codes)};
  }

  void add_trees(const std::string& values) {
    add({"TreeEnsemble",
         {values},
         {"rarewood:sum"},
         tree_attributes(trees_of(model_)),
         true,
         kOnnxTreesName});
  }

  bool averages() const { return trees_of(model_).aggregation == Ensemble::Aggregation::average; }

  /// Positive where the value of that name reaches the threshold.
  void add_label(const std::string& decided_on, float threshold) {
    graph_.floats("rarewood:threshold", std::array{threshold});
    add({"GreaterOrEqual", {decided_on, "rarewood:threshold"}, {"rarewood:positive"}});
    add({"Cast", {"rarewood:positive"}, {kOnnxLabelName}, {to_type(OnnxType::int64)}});
  }

  /// The smallest float32 sum whose raw score reaches the threshold.
  float threshold_of_sum() const {
    const float raw = model_.threshold.raw_score;
    if (!averages()) return raw;
    const auto trees = static_cast<float>(trees_of(model_).trees());
    const float infinity = std::numeric_limits<float>::infinity();
    float sum = raw * trees;
    while (sum > -infinity && sum / trees >= raw) sum = std::nextafter(sum, -infinity);
    while (sum < infinity && sum / trees < raw) sum = std::nextafter(sum, infinity);
    return sum;
  }

  std::string add_raw_score_of_sum() {
    if (!averages()) return "rarewood:sum";
    graph_.floats("rarewood:trees", std::array{static_cast<float>(trees_of(model_).trees())});
    add({"Div", {"rarewood:sum", "rarewood:trees"}, {"rarewood:raw_score"}});
    return "rarewood:raw_score";
  }

  void add_probability(const std::string& raw) {
    if (model_.calibrator.x.empty()) {
      add({"Identity", {raw}, {kOnnxProbabilityName}});
      return;
    }
    add({"TreeEnsemble",
         {raw},
         {"rarewood:knots_below"},
         tree_attributes(count_knots_below(model_.calibrator.x)),
         true});
    add({"Cast", {"rarewood:knots_below"}, {"rarewood:segment"}, {to_type(OnnxType::int64)}});
    add_segment_tables();
    add({"Sub", {raw, "rarewood:x"}, {"rarewood:run"}});
    add({"Mul", {"rarewood:slope", "rarewood:run"}, {"rarewood:rise"}});
    add({"Add", {"rarewood:y", "rarewood:rise"}, {"rarewood:line"}});
    add({"Min", {"rarewood:line", "rarewood:y_end"}, {kOnnxProbabilityName}});
  }

  void add_segment_tables() {
    std::vector<float> x, y, slope, y_end;
    for (std::size_t i = 0; i <= model_.calibrator.x.size(); ++i) {
      const CalibrationSegment segment = calibration_segment(model_.calibrator, i);
      x.push_back(segment.x);
      y.push_back(segment.y);
      slope.push_back(segment.slope);
      y_end.push_back(segment.y_end);
    }
    add_gather("rarewood:x", x);
    add_gather("rarewood:y", y);
    add_gather("rarewood:slope", slope);
    add_gather("rarewood:y_end", y_end);
  }

  void add_gather(const std::string& name, const std::vector<float>& table) {
    graph_.floats(name + "_table", table);
    add({"Gather", {name + "_table", "rarewood:segment"}, {name}});
  }

  /// A balanced tree that says how many of the ascending knots are <= its one input. Comparing a
  /// row with every knot at once would take memory of rows x knots.
  static Ensemble count_knots_below(const std::vector<float>& knots) {
    struct Range {
      std::size_t first, last;  ///< the answer lies within, both included
      std::int64_t parent;      ///< the node this is the right child of, or -1
    };
    Ensemble tree;
    tree.roots = {0};
    std::vector<Range> open{{0, knots.size(), -1}};
    while (!open.empty()) {
      const Range range = open.back();
      open.pop_back();
      const auto at = static_cast<std::uint32_t>(tree.nodes.size());
      if (range.parent >= 0) tree.nodes[static_cast<std::size_t>(range.parent)].right = at;
      Node node;
      node.value = static_cast<float>(range.first);
      if (range.first < range.last) {
        const std::size_t middle = (range.first + range.last) / 2;
        node.feature = 0;
        node.value = std::nextafter(knots[middle], -std::numeric_limits<float>::infinity());
        node.left = at + 1;
        open.push_back({middle + 1, range.last, at});
        open.push_back({range.first, middle, -1});
      }
      tree.nodes.push_back(node);
    }
    return tree;
  }

  /// The graph's message: nodes, name, constants, inputs and outputs.
  WireWriter whole() && {
    WireWriter message = std::move(graph_.nodes);
    message.text(OnnxGraphField::name, "rarewood");
    message.append(std::move(graph_.constants));
    for (const Feature& feature : model_.schema.features) {
      const bool text = feature.kind == FeatureKind::category;
      message.message(
          OnnxGraphField::input,
          column_message(onnx_input_name(feature.name), text ? OnnxType::text : OnnxType::float32));
    }
    message.message(OnnxGraphField::output,
                    column_message(kOnnxProbabilityName, OnnxType::float32));
    message.message(OnnxGraphField::output, column_message(kOnnxLabelName, OnnxType::int64));
    return message;
  }

  const Model& model_;
  OnnxGraph graph_;
};

WireWriter opset(std::string_view domain, std::uint64_t version) {
  WireWriter message;
  message.text(OnnxOpsetField::domain, domain);
  message.number(OnnxOpsetField::version, version);
  return message;
}

WireWriter entry_message(std::string_view key, std::string_view value) {
  WireWriter message;
  message.text(OnnxEntryField::key, key);
  message.text(OnnxEntryField::value, value);
  return message;
}

/// The whole file: the message, and an entry with the checksum of all bytes before it.
std::string sealed(const WireWriter& file) {
  std::string bytes;
  bytes.reserve(file.size() + kSealRoom);
  file.append_to(bytes);
  WireWriter seal;
  const std::string sum = fmt::format("{:016x}", checksum(bytes));
  seal.message(OnnxModelField::metadata_props, entry_message(kOnnxChecksumKey, sum));
  seal.append_to(bytes);
  return bytes;
}

}  // namespace

std::string model_to_onnx(const Model& model, const Expectations* expectations) {
  const auto* trees = std::get_if<Ensemble>(&model.predictor);
  if (model.schema.features.empty() || (trees != nullptr && trees->roots.empty())) {
    throw Error(ErrorKind::bug, "A model without columns or trees cannot be saved.");
  }
  Metadata metadata = to_metadata(model);  // refuses text that is not UTF-8
  if (expectations != nullptr) {
    metadata.emplace_back(kOnnxExpectationsKey, expectations_to_json(*expectations));
  }
  WireWriter file;
  file.number(OnnxModelField::ir_version, kIrVersion);
  file.text(OnnxModelField::producer_name, kOnnxProducer);
  file.text(OnnxModelField::producer_version, model.provenance.rarewood_version);
  file.text(OnnxModelField::doc_string, describe(model));
  file.message(OnnxModelField::graph, GraphWriter(model).write());
  file.message(OnnxModelField::opset_import, opset("", kOpset));
  file.message(OnnxModelField::opset_import, opset("ai.onnx.ml", kMachineLearningOpset));
  for (const auto& [key, value] : metadata) {
    file.message(OnnxModelField::metadata_props, entry_message(key, value));
  }
  return sealed(file);
}

}  // namespace rarewood
