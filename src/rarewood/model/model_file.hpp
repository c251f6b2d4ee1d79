#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "rarewood/model/expectations.hpp"
#include "rarewood/model/model.hpp"

namespace rarewood {

/// The model as an ONNX file: the whole way from named columns to probability [N, 1] and label
/// [N, 1], and everything needed to read it back. Equal models give equal bytes.
/// \param expectations  what later tables are held against, kept beside the model; none if null
/// \throws Error(data) if a name, label or category is not UTF-8.
std::string model_to_onnx(const Model& model, const Expectations* expectations = nullptr);

/// The model in a file of either kind, .onnx or .pkl, told by its bytes. Trees come back in
/// pre-order; writing what was read gives the same bytes.
/// \param name  what to call the file in an error: "models/a.onnx"
/// \throws Error(data), one sentence on what is wrong and one on what to do, for anything that is
///         not a whole and undamaged model of this or an earlier format version.
Model model_from_bytes(std::string_view bytes, const std::string& name = "The model file");

/// What later tables are held against, of a file that model_from_bytes reads; nothing if it keeps
/// none, or of a version that is not known. Who only scores needs none of it.
/// \param model  of the same bytes
/// \throws Error(data) as model_from_bytes does
std::optional<Expectations> expectations_from_bytes(std::string_view bytes, const Model& model,
                                                    const std::string& name = "The model file");

/// The column that a model file predicts; "" if the bytes are no model of rarewood. Looks at
/// nothing else, and is quick.
std::string target_of_model(std::string_view bytes);

/// An ONNX model wrapped as a Python pickle of rarewood.Model, protocol 4.
std::string model_to_pickle(std::string_view onnx);

/// One paragraph for people: what the model predicts, from what, how, and where it came from.
std::string describe(const Model& model);

}  // namespace rarewood
