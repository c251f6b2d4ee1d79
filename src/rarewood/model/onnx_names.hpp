#pragma once

#include <string>
#include <string_view>

namespace rarewood {

inline constexpr std::string_view kOnnxProducer = "rarewood";
inline constexpr const char* kOnnxProbabilityName = "probability";
inline constexpr const char* kOnnxLabelName = "label";
inline constexpr std::string_view kOnnxTreesName = "rarewood:trees";
inline constexpr std::string_view kOnnxChecksumKey = "rarewood.checksum";
inline constexpr std::string_view kOnnxExpectationsKey = "rarewood.expectations";

/// What a column is called among the model's inputs: its own name, unless an output or an inner
/// value has that name, or it has none.
inline std::string onnx_input_name(const std::string& column) {
  const bool taken = column.empty() || column == kOnnxProbabilityName || column == kOnnxLabelName ||
                     column.starts_with("rarewood:");
  return taken ? "rarewood:column:" + column : column;
}

}  // namespace rarewood
