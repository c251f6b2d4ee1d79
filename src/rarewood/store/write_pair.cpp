#include "rarewood/store/write_pair.hpp"

#include "rarewood/base/error.hpp"

namespace rarewood {
namespace {

constexpr int kTurns = 20;  // more writers than that at once are a fault of theirs

/// The second object made from what lies at the first one's place, over a second of our own.
void leave_to_first(ObjectStore& store, const PairPlace& place, const SecondForm& second_of,
                    const std::string& own_etag) {
  const std::string theirs = store.read(place.first_key);
  (void)store.write_if_match(place.second_key, second_of(theirs), own_etag);
}

/// The second object, while the first is still ours.
/// A second that is in our way is looked at before the first: where the first is still ours, the
/// second is from a writer who lost, and where it is not, its writer comes to write the second too.
/// \return false if the first was written by somebody else meanwhile
bool write_second(ObjectStore& store, const PairPlace& place, const std::string& first_etag,
                  const Publish& publish, const SecondForm& second_of) {
  std::optional<std::string> seen = place.second_etag;
  for (int turn = 0; turn < kTurns; ++turn) {
    const ConditionalWrite second = publish(seen);
    const auto first = store.find(place.first_key);
    if (!first || first->etag != first_etag) {
      // S3 gives equal bytes equal ETags, so ours may have gone over theirs unseen.
      if (first && second.written) leave_to_first(store, place, second_of, second.etag);
      return false;
    }
    if (second.written) return true;
    seen = second.etag.empty() ? std::nullopt : std::optional(second.etag);
  }
  throw Error(ErrorKind::external, "Others keep writing '" + store.uri(place.second_key) +
                                       "'. End them, or write elsewhere.");
}

}  // namespace

bool write_pair_if_match(ObjectStore& store, const PairPlace& place, std::string_view first,
                         const SecondForm& second_of) {
  const std::string second = second_of(first);
  const Publish publish = store.stage(place.second_key, second);
  const ConditionalWrite decided = store.write_if_match(place.first_key, first, place.first_etag);
  if (!decided.written) return false;
  try {
    return write_second(store, place, decided.etag, publish, second_of);
  } catch (const Error& error) {
    throw Error(error.kind(), std::string(error.what()) + " '" + store.uri(place.first_key) +
                                  "' is new, and '" + store.uri(place.second_key) +
                                  "' may still be the old one: run again to write both.");
  }
}

}  // namespace rarewood
