#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rarewood/model/wire.hpp"

namespace rarewood {

// The messages of an ONNX file that a model needs, with the field numbers of onnx-ml.proto.

/// onnx.TensorProto.DataType
enum class OnnxType : std::uint32_t { float32 = 1, uint8 = 2, int64 = 7, text = 8, float64 = 11 };

/// Field numbers, by message.
struct OnnxModelField {
  static constexpr std::uint32_t ir_version = 1, producer_name = 2, producer_version = 3,
                                 doc_string = 6, graph = 7, opset_import = 8, metadata_props = 14;
};
struct OnnxOpsetField {
  static constexpr std::uint32_t domain = 1, version = 2;
};
struct OnnxEntryField {
  static constexpr std::uint32_t key = 1, value = 2;
};
struct OnnxGraphField {
  static constexpr std::uint32_t node = 1, name = 2, initializer = 5, input = 11, output = 12;
};
struct OnnxNodeField {
  static constexpr std::uint32_t input = 1, output = 2, name = 3, op_type = 4, attribute = 5,
                                 domain = 7;
};
struct OnnxAttributeField {
  static constexpr std::uint32_t name = 1, real = 2, integer = 3, tensor = 5, reals = 7,
                                 integers = 8, texts = 9, type = 20;
};
struct OnnxTensorField {
  static constexpr std::uint32_t dims = 1, data_type = 2, name = 8, raw_data = 9;
};
struct OnnxValueField {
  static constexpr std::uint32_t name = 1, type = 2;
};
struct OnnxTypeField {
  static constexpr std::uint32_t tensor_type = 1, elem_type = 1, shape = 2, dim = 1, dim_value = 1,
                                 dim_param = 2;
};

/// onnx.AttributeProto.AttributeType
enum class OnnxAttributeType : std::uint32_t {
  real = 1,
  integer = 2,
  tensor = 4,
  reals = 6,
  integers = 7,
  texts = 8
};

WireWriter integer_attribute(std::string_view name, std::uint64_t value);
WireWriter real_attribute(std::string_view name, float value);
WireWriter integers_attribute(std::string_view name, std::span<const std::uint32_t> values);
WireWriter reals_attribute(std::string_view name, std::span<const float> values);
WireWriter texts_attribute(std::string_view name, std::span<const std::string> values);
WireWriter tensor_attribute(std::string_view name, WireWriter tensor);
/// The attribute by which Cast is told its result's type.
WireWriter to_type(OnnxType type);

/// One-dimensional tensors.
WireWriter float_tensor(std::string_view name, std::span<const float> values);
WireWriter double_tensor(std::string_view name, std::span<const double> values);
WireWriter byte_tensor(std::string_view name, std::span<const std::uint8_t> values);
WireWriter integer_tensor(std::string_view name, std::span<const std::int64_t> values);

struct OnnxNode {
  std::string_view op_type;
  std::vector<std::string> inputs;
  std::vector<std::string> outputs;
  std::vector<WireWriter> attributes = {};
  bool machine_learning = false;  ///< of domain ai.onnx.ml
  std::string_view name = {};
};
WireWriter node_message(OnnxNode node);

/// A graph's input or output of shape [N, 1].
WireWriter column_message(std::string_view name, OnnxType type);

}  // namespace rarewood
