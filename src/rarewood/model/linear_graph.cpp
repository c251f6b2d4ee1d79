#include "rarewood/model/linear_graph.hpp"

#include <array>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "rarewood/model/onnx_names.hpp"

namespace rarewood {
namespace {

/// What all numbers and booleans add, [N, numbers] doubles; "" if there are none.
std::string add_number_terms(const LinearModel& model, const FeatureSchema& schema,
                             OnnxGraph& graph) {
  std::vector<std::string> inputs;
  std::vector<double> weights;
  std::vector<double> missing;
  for (std::size_t f = 0; f < schema.features.size(); ++f) {
    if (schema.features[f].kind == FeatureKind::category) continue;
    inputs.push_back(onnx_input_name(schema.features[f].name));
    weights.push_back(model.terms[f].weight);
    missing.push_back(model.terms[f].missing);
  }
  if (inputs.empty()) return {};
  graph.doubles("rarewood:weights", weights);
  graph.doubles("rarewood:missing", missing);
  graph.add({"Concat", inputs, {"rarewood:numbers"}, {integer_attribute("axis", 1)}});
  graph.add({"IsNaN", {"rarewood:numbers"}, {"rarewood:is_missing"}});
  graph.add({"Cast", {"rarewood:numbers"}, {"rarewood:doubles"}, {to_type(OnnxType::float64)}});
  graph.add({"Mul", {"rarewood:doubles", "rarewood:weights"}, {"rarewood:products"}});
  graph.add({"Where",
             {"rarewood:is_missing", "rarewood:missing", "rarewood:products"},
             {"rarewood:number_terms"}});
  return "rarewood:number_terms";
}

/// What a category adds, [N, 1] doubles.
std::string add_category_term(const LinearTerm& term, const Feature& feature, std::size_t f,
                              OnnxGraph& graph) {
  const std::string code = fmt::format("rarewood:code_{}", f);
  const std::string table = fmt::format("rarewood:terms_{}", f);
  const std::string result = fmt::format("rarewood:term_{}", f);
  std::vector<std::uint32_t> codes(feature.categories.size());
  for (std::uint32_t c = 0; c < codes.size(); ++c) codes[c] = c;
  std::vector<double> terms = term.by_category;
  terms.push_back(term.missing);
  graph.doubles(table, terms);
  graph.add({"LabelEncoder",
             {onnx_input_name(feature.name)},
             {code},
             {integer_attribute("default_int64", codes.size()),
              texts_attribute("keys_strings", feature.categories),
              integers_attribute("values_int64s", codes)},
             true});
  graph.add({"Gather", {table, code}, {result}});
  return result;
}

void add_sum(const std::vector<std::string>& terms, double intercept, const std::string& output,
             OnnxGraph& graph) {
  graph.doubles("rarewood:steps_per_unit", std::array{kStepsPerUnit});
  graph.integers("rarewood:columns", std::array<std::int64_t, 1>{1});
  graph.doubles("rarewood:intercept", std::array{std::nearbyint(intercept * kStepsPerUnit)});
  graph.doubles("rarewood:lowest", std::array{-kFarthestLogOdds});
  graph.doubles("rarewood:highest", std::array{kFarthestLogOdds});
  graph.add({"Concat", terms, {"rarewood:terms"}, {integer_attribute("axis", 1)}});
  graph.add({"Mul", {"rarewood:terms", "rarewood:steps_per_unit"}, {"rarewood:scaled"}});
  graph.add({"Round", {"rarewood:scaled"}, {"rarewood:steps"}});
  graph.add({"ReduceSum",
             {"rarewood:steps", "rarewood:columns"},
             {"rarewood:step_sum"},
             {integer_attribute("keepdims", 1)}});
  graph.add({"Add", {"rarewood:step_sum", "rarewood:intercept"}, {"rarewood:all_steps"}});
  graph.add({"Div", {"rarewood:all_steps", "rarewood:steps_per_unit"}, {"rarewood:log_odds"}});
  graph.add({"Max", {"rarewood:log_odds", "rarewood:lowest"}, {"rarewood:cut_below"}});
  graph.add({"Min", {"rarewood:cut_below", "rarewood:highest"}, {"rarewood:cut_above"}});
  graph.add({"Cast", {"rarewood:cut_above"}, {output}, {to_type(OnnxType::float32)}});
}

}  // namespace

void add_linear_score(const LinearModel& model, const FeatureSchema& schema,
                      const std::string& output, OnnxGraph& graph) {
  std::vector<std::string> terms;
  const std::string numbers = add_number_terms(model, schema, graph);
  if (!numbers.empty()) terms.push_back(numbers);
  for (std::size_t f = 0; f < schema.features.size(); ++f) {
    if (schema.features[f].kind != FeatureKind::category) continue;
    terms.push_back(add_category_term(model.terms[f], schema.features[f], f, graph));
  }
  add_sum(terms, model.intercept, output, graph);
}

}  // namespace rarewood
