#pragma once

#include <string>
#include <string_view>

namespace rarewood {

/// True if the bytes begin as a pickle of protocol 2 or later does.
bool is_pickle(std::string_view bytes);

/// The ONNX bytes inside a pickled rarewood.Model, written by us, or again by Python's pickle
/// (protocol 4 or later) or an uncompressed joblib.dump. The pickle is read, never run.
/// \throws Error(data) if it holds anything else, or is cut short.
std::string_view onnx_in_pickle(std::string_view bytes, const std::string& name);

}  // namespace rarewood
