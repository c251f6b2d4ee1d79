#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "rarewood/store/location.hpp"

namespace rarewood {

/// The ONNX bytes of a .onnx or a .pkl file of rarewood. \throws Error(data) for a pickle of others
std::string_view onnx_of(std::string_view file, const std::string& name);

/// Names a model by its content: the first 16 hex digits of the SHA-256 of its ONNX bytes. The same
/// of both forms, and for equal work.
/// \param file  a .onnx or a .pkl file of rarewood. \throws Error(data) for a pickle of others
std::string model_id(std::string_view file, const std::string& name);

/// The key under which a model is kept for good: "models/a", "1f0c...", ".pkl" ->
/// "models/a/1f0c....pkl"
std::string version_key(const std::string& model, const std::string& id, const std::string& ending);

/// Keep a model in both forms under keys of its own, which no other model ever has. Written whether
/// or not they are there: equal bytes change nothing, and mend what somebody has damaged.
void keep_version(ObjectStore& store, const std::string& model, const std::string& id,
                  std::string_view onnx);

/// One sentence on a model whose two forms are of two runs, and the way out; nothing if they are
/// the same, or if there are not both, or where the other cannot be read.
/// \param file  the bytes at `place`
std::optional<std::string> mixed_pair(const ObjectPlace& place, std::string_view file);

}  // namespace rarewood
