#include "rarewood/model/onnx_message.hpp"

#include <utility>

namespace rarewood {
namespace {

WireWriter named_attribute(std::string_view name) {
  WireWriter attribute;
  attribute.text(OnnxAttributeField::name, name);
  return attribute;
}

WireWriter typed(WireWriter attribute, OnnxAttributeType type) {
  attribute.number(OnnxAttributeField::type, static_cast<std::uint32_t>(type));
  return attribute;
}

template <typename Value>
WireWriter tensor(std::string_view name, OnnxType type, std::span<const Value> values) {
  WireWriter message;
  message.number(OnnxTensorField::dims, values.size());
  message.number(OnnxTensorField::data_type, static_cast<std::uint32_t>(type));
  message.text(OnnxTensorField::name, name);
  message.array(OnnxTensorField::raw_data, values);
  return message;
}

}  // namespace

WireWriter integer_attribute(std::string_view name, std::uint64_t value) {
  WireWriter attribute = named_attribute(name);
  attribute.number(OnnxAttributeField::integer, value);
  return typed(std::move(attribute), OnnxAttributeType::integer);
}

WireWriter real_attribute(std::string_view name, float value) {
  WireWriter attribute = named_attribute(name);
  attribute.real(OnnxAttributeField::real, value);
  return typed(std::move(attribute), OnnxAttributeType::real);
}

WireWriter integers_attribute(std::string_view name, std::span<const std::uint32_t> values) {
  WireWriter attribute = named_attribute(name);
  attribute.numbers(OnnxAttributeField::integers, values);
  return typed(std::move(attribute), OnnxAttributeType::integers);
}

WireWriter reals_attribute(std::string_view name, std::span<const float> values) {
  WireWriter attribute = named_attribute(name);
  attribute.array(OnnxAttributeField::reals, values);
  return typed(std::move(attribute), OnnxAttributeType::reals);
}

WireWriter texts_attribute(std::string_view name, std::span<const std::string> values) {
  WireWriter attribute = named_attribute(name);
  for (const std::string& value : values) attribute.text(OnnxAttributeField::texts, value);
  return typed(std::move(attribute), OnnxAttributeType::texts);
}

WireWriter tensor_attribute(std::string_view name, WireWriter tensor) {
  WireWriter attribute = named_attribute(name);
  attribute.message(OnnxAttributeField::tensor, std::move(tensor));
  return typed(std::move(attribute), OnnxAttributeType::tensor);
}

WireWriter to_type(OnnxType type) {
  return integer_attribute("to", static_cast<std::uint64_t>(type));
}

WireWriter float_tensor(std::string_view name, std::span<const float> values) {
  return tensor(name, OnnxType::float32, values);
}

WireWriter double_tensor(std::string_view name, std::span<const double> values) {
  return tensor(name, OnnxType::float64, values);
}

WireWriter byte_tensor(std::string_view name, std::span<const std::uint8_t> values) {
  return tensor(name, OnnxType::uint8, values);
}

WireWriter integer_tensor(std::string_view name, std::span<const std::int64_t> values) {
  return tensor(name, OnnxType::int64, values);
}

WireWriter node_message(OnnxNode node) {
  WireWriter message;
  for (const std::string& input : node.inputs) message.text(OnnxNodeField::input, input);
  for (const std::string& output : node.outputs) message.text(OnnxNodeField::output, output);
  message.text(OnnxNodeField::name, node.name);
  message.text(OnnxNodeField::op_type, node.op_type);
  for (WireWriter& attribute : node.attributes) {
    message.message(OnnxNodeField::attribute, std::move(attribute));
  }
  if (node.machine_learning) message.text(OnnxNodeField::domain, "ai.onnx.ml");
  return message;
}

WireWriter column_message(std::string_view name, OnnxType type) {
  WireWriter rows, one, shape, tensor_type, value_type, message;
  rows.text(OnnxTypeField::dim_param, "N");
  one.number(OnnxTypeField::dim_value, 1);
  shape.message(OnnxTypeField::dim, std::move(rows));
  shape.message(OnnxTypeField::dim, std::move(one));
  tensor_type.number(OnnxTypeField::elem_type, static_cast<std::uint32_t>(type));
  tensor_type.message(OnnxTypeField::shape, std::move(shape));
  value_type.message(OnnxTypeField::tensor_type, std::move(tensor_type));
  message.text(OnnxValueField::name, name);
  message.message(OnnxValueField::type, std::move(value_type));
  return message;
}

}  // namespace rarewood
