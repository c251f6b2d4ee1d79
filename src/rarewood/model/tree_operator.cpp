#include "rarewood/model/tree_operator.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <map>

#include "rarewood/model/damage.hpp"
#include "rarewood/model/onnx_message.hpp"
#include "rarewood/model/tree_arrays.hpp"

namespace rarewood {
namespace {

constexpr std::uint64_t kSum = 1;  ///< aggregate_function

std::vector<std::uint32_t> read_integers(std::string_view packed) {
  // A number ends with the one of its bytes that has no high bit.
  const auto ends = std::count_if(packed.begin(), packed.end(), [](char byte) {
    return static_cast<unsigned char>(byte) < 0x80;
  });
  std::vector<std::uint32_t> values;
  values.reserve(static_cast<std::size_t>(ends));
  WireReader reader(packed);
  for (std::uint64_t value = 0; reader.next_packed(value);) {
    if (value > std::numeric_limits<std::uint32_t>::max()) throw ModelDamage{};
    values.push_back(static_cast<std::uint32_t>(value));
  }
  return values;
}

template <typename Value>
std::vector<Value> read_tensor(std::string_view tensor) {
  WireReader reader(tensor);
  std::vector<Value> values;
  for (WireField field; reader.next(field);) {
    if (field.number != OnnxTensorField::raw_data) continue;
    if (field.bytes.size() % sizeof(Value) != 0) throw ModelDamage{};
    values.resize(field.bytes.size() / sizeof(Value));
    if (!values.empty()) std::memcpy(values.data(), field.bytes.data(), field.bytes.size());
  }
  return values;
}

/// The payload of each attribute by name.
std::map<std::string_view, std::string_view> payloads(
    const std::vector<std::string_view>& attributes) {
  std::map<std::string_view, std::string_view> result;
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
  auto of = payloads(attributes);
  TreeArrays arrays;
  arrays.roots = read_integers(of["tree_roots"]);
  arrays.features = read_integers(of["nodes_featureids"]);
  arrays.left_ids = read_integers(of["nodes_truenodeids"]);
  arrays.left_is_leaf = read_integers(of["nodes_trueleafs"]);
  arrays.right_ids = read_integers(of["nodes_falsenodeids"]);
  arrays.right_is_leaf = read_integers(of["nodes_falseleafs"]);
  arrays.missing_left = read_integers(of["nodes_missing_value_tracks_true"]);
  arrays.modes = read_tensor<std::uint8_t>(of["nodes_modes"]);
  arrays.thresholds = read_tensor<float>(of["nodes_splits"]);
  arrays.covers = read_tensor<float>(of["nodes_hitrates"]);
  arrays.members = read_tensor<float>(of["membership_values"]);
  arrays.leaf_weights = read_tensor<float>(of["leaf_weights"]);
  return from_arrays(arrays, features);
}

}  // namespace rarewood
