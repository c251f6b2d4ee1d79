#include "rarewood/model/tree_operator.hpp"

#include "rarewood/model/onnx_message.hpp"
#include "rarewood/model/tree_arrays.hpp"
#include "rarewood/model/tree_reader.hpp"

namespace rarewood {
namespace {

constexpr std::uint64_t kSum = 1;  ///< aggregate_function

/// The payload of each attribute by name.
TreePayloads payloads(const std::vector<std::string_view>& attributes) {
  TreePayloads result;
  for (const std::string_view attribute : attributes) {
    std::string_view name, payload;
    WireReader reader(attribute);
    for (WireField field; reader.next(field);) {
      if (field.number == OnnxAttributeField::name) name = field.bytes;
      if (field.number == OnnxAttributeField::tensor ||
          field.number == OnnxAttributeField::integers) {
        payload = field.bytes;
      }
    }
    result[name] = payload;
  }
  return result;
}

}  // namespace

std::vector<WireWriter> tree_attributes(const Ensemble& ensemble) {
  const TreeArrays arrays = to_arrays(ensemble);
  const std::vector<std::uint32_t> targets(arrays.leaf_weights.size(), 0);
  std::vector<WireWriter> attributes;
  const auto number = [&](const char* name, std::uint64_t value) {
    attributes.push_back(integer_attribute(name, value));
  };
  const auto integers = [&](const char* name, std::span<const std::uint32_t> values) {
    attributes.push_back(integers_attribute(name, values));
  };
  const auto floats = [&](const char* name, std::span<const float> values) {
    attributes.push_back(tensor_attribute(name, float_tensor(name, values)));
  };
  number("aggregate_function", kSum);
  integers("leaf_targetids", targets);
  floats("leaf_weights", arrays.leaf_weights);
  number("n_targets", 1);
  integers("nodes_falseleafs", arrays.right_is_leaf);
  integers("nodes_falsenodeids", arrays.right_ids);
  integers("nodes_featureids", arrays.features);
  floats("nodes_hitrates", arrays.covers);
  integers("nodes_missing_value_tracks_true", arrays.missing_left);
  attributes.push_back(tensor_attribute("nodes_modes", byte_tensor("nodes_modes", arrays.modes)));
  floats("nodes_splits", arrays.thresholds);
  integers("nodes_trueleafs", arrays.left_is_leaf);
  integers("nodes_truenodeids", arrays.left_ids);
  number("post_transform", 0);
  integers("tree_roots", arrays.roots);
  if (!arrays.members.empty()) floats("membership_values", arrays.members);
  return attributes;
}

Ensemble read_trees(const std::vector<std::string_view>& attributes,
                    std::span<const Feature> features) {
  TreePayloads of = payloads(attributes);
  TreeStreams streams(of);
  return ensemble_of(streams, features);
}

}  // namespace rarewood
