#include "rarewood/model/tree_streams.hpp"

#include "rarewood/model/onnx_message.hpp"

namespace rarewood {
namespace {

std::string_view raw_data_of(std::string_view tensor) {
  WireReader reader(tensor);
  std::string_view data;
  for (WireField field; reader.next(field);) {
    if (field.number == OnnxTensorField::raw_data) data = field.bytes;
  }
  return data;
}

}  // namespace

template <typename Value>
std::string_view TensorStream<Value>::raw_data(std::string_view tensor) {
  return raw_data_of(tensor);
}

template class TensorStream<float>;
template class TensorStream<std::uint8_t>;

TreeStreams::TreeStreams(TreePayloads& of)
    : roots_(of["tree_roots"]),
      features_(of["nodes_featureids"]),
      left_(of["nodes_truenodeids"]),
      left_is_leaf_(of["nodes_trueleafs"]),
      right_(of["nodes_falsenodeids"]),
      right_is_leaf_(of["nodes_falseleafs"]),
      missing_left_(of["nodes_missing_value_tracks_true"]),
      modes_(of["nodes_modes"]),
      thresholds_(of["nodes_splits"]),
      covers_(of["nodes_hitrates"]),
      members_(of["membership_values"]),
      leaf_weights_(of["leaf_weights"]) {
  if (leaf_weights_.size() % 2 != 0) throw ModelDamage{};
}

StoredSplit TreeStreams::next_split() {
  StoredSplit split;
  split.feature = features_.next();
  split.left = left_.next();
  split.right = right_.next();
  split.left_is_leaf = left_is_leaf_.next_flag();
  split.right_is_leaf = right_is_leaf_.next_flag();
  split.missing_left = missing_left_.next_flag();
  split.mode = modes_.next();
  split.threshold = thresholds_.next();
  split.cover = covers_.next();
  return split;
}

bool TreeStreams::next_root(std::uint32_t& root) {
  if (roots_.at_end()) return false;
  root = roots_.next();
  return true;
}

bool TreeStreams::at_end() const {
  return roots_.at_end() && features_.at_end() && left_.at_end() && left_is_leaf_.at_end() &&
         right_.at_end() && right_is_leaf_.at_end() && missing_left_.at_end() && modes_.at_end() &&
         thresholds_.at_end() && covers_.at_end() && members_.at_end();
}

}  // namespace rarewood
