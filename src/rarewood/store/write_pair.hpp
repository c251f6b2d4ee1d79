#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "rarewood/store/object_store.hpp"

namespace rarewood {

/// Two objects that mean the same, such as a model in two forms: the first decides, the second is
/// made from it.
struct PairPlace {
  std::string first_key;
  std::string second_key;
  std::optional<std::string> first_etag;   ///< of what `find` saw there; none: there was no object
  std::optional<std::string> second_etag;  ///< the same of the second
};

using SecondForm = std::function<std::string(std::string_view first)>;

/// Write both objects over those that were seen, or neither.
///
/// The first is written only if it is still the one that was seen. The second then follows, all its
/// bytes at their place but for a last step, so that a full disk changes neither. Of many writers
/// at once the last to have written the first object has also written the second, however they
/// were delayed in between. A writer that is killed between the two, or cannot reach the store any
/// more, leaves the first new and the second old; whoever writes the pair next mends that.
/// \return false if another writer's pair is there now
/// \throws Error if either cannot be written; its sentence says so if the first one was
bool write_pair_if_match(ObjectStore& store, const PairPlace& place, std::string_view first,
                         const SecondForm& second_of);

}  // namespace rarewood
