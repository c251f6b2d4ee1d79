#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>

#include "rarewood/model/onnx_message.hpp"

namespace rarewood {

/// The nodes and constants of a graph, in the order in which they are added.
struct OnnxGraph {
  WireWriter nodes;
  WireWriter constants;

  void add(OnnxNode node) { nodes.message(OnnxGraphField::node, node_message(std::move(node))); }

  // One-dimensional constants.
  void floats(const std::string& name, std::span<const float> values) {
    constants.message(OnnxGraphField::initializer, float_tensor(name, values));
  }
  void doubles(const std::string& name, std::span<const double> values) {
    constants.message(OnnxGraphField::initializer, double_tensor(name, values));
  }
  void integers(const std::string& name, std::span<const std::int64_t> values) {
    constants.message(OnnxGraphField::initializer, integer_tensor(name, values));
  }
};

}  // namespace rarewood
