#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rarewood/model/model.hpp"

namespace rarewood {

/// The latest version of the model file; it and all earlier ones are read.
inline constexpr int kModelFormatVersion = 2;

/// The version a model is written in: the earliest whose readers know what it holds. 1: trees,
/// 2: linear models.
int format_version_of(const Model& model);

/// Everything of a model but its trees, as entries of a file's metadata: key, JSON text.
using Metadata = std::vector<std::pair<std::string, std::string>>;

/// \throws Error(data) if a name, label or category is not UTF-8.
Metadata to_metadata(const Model& model);

/// A model, whose trees are still to be read. \throws ModelDamage or a JSON exception if the
/// entries are not sound.
Model from_metadata(const Metadata& metadata);

/// The entry's text; empty where there is none.
std::string_view entry(const Metadata& metadata, std::string_view key);

}  // namespace rarewood
