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
  std::vector<WireWriter> attributes{
      integer_attribute("aggregate_function", kSum),
      integers_attribute("leaf_targetids", targets),
      tensor_attribute("leaf_weights", float_tensor("leaf_weights", arrays.leaf_weights)),
      integer_attribute("n_targets", 1),
      integers_attribute("nodes_falseleafs", arrays.right_is_leaf),
      integers_attribute("nodes_falsenodeids", arrays.right_ids),
      integers_attribute("nodes_featureids", arrays.features),
      tensor_attribute("nodes_hitrates", float_tensor("nodes_hitrates", arrays.covers)),
      integers_attribute("nodes_missing_value_tracks_true", arrays.missing_left),
      tensor_attribute("nodes_modes", byte_tensor("nodes_modes", arrays.modes)),
      tensor_attribute("nodes_splits", float_tensor("nodes_splits", arrays.thresholds)),
      integers_attribute("nodes_trueleafs", arrays.left_is_leaf),
      integers_attribute("nodes_truenodeids", arrays.left_ids),
      integer_attribute("post_transform", 0),
      integers_attribute("tree_roots", arrays.roots)};
  if (!arrays.members.empty()) {
    attributes.push_back(
        tensor_attribute("membership_values", float_tensor("membership_values", arrays.members)));
  }
  return attributes;
}

Ensemble read_trees(const std::vector<std::string_view>& attributes,
                    std::span<const Feature> features) {
  TreePayloads of = payloads(attributes);
  TreeStreams streams(of);
  return ensemble_of(streams, features);
}

}  // namespace rarewood
