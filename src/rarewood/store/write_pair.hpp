#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "rarewood/store/object_store.hpp"

namespace rarewood {

/// One object of a pair.
struct KeyedBytes {
  std::string key;
  std::string_view bytes;
};

/// Write two objects that mean the same, such as a model in two forms: both new or both as before.
///
/// `first` decides: it is written only if it is still the one that was seen. `second` then follows,
/// all its bytes at their place but for a last step, so that a full disk changes neither.
/// \param etag  of the first object seen by `find`; none = there must be no object yet
/// \return whether both were written, or what is at the first object's place now
/// \throws Error(external) if either cannot be written
ConditionalWrite write_pair_if_match(ObjectStore& store, const KeyedBytes& first,
                                     const KeyedBytes& second,
                                     const std::optional<std::string>& etag);

}  // namespace rarewood
