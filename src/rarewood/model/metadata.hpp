#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rarewood/model/model.hpp"

namespace rarewood {

/// The version of the model file that is written; all versions up to it are read.
inline constexpr int kModelFormatVersion = 1;

/// Everything of a model but its trees, as entries of a file's metadata: key, JSON text.
using Metadata = std::vector<std::pair<std::string, std::string>>;

/// \throws Error(data) if a name, label or category is not UTF-8.
Metadata to_metadata(const Model& model);

/// A model without trees. \throws ModelDamage or a JSON exception if the entries are not sound.
Model from_metadata(const Metadata& metadata);

/// The entry's text; empty where there is none.
std::string_view entry(const Metadata& metadata, std::string_view key);

}  // namespace rarewood
