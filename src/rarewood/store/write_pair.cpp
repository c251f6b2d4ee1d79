#include "rarewood/store/write_pair.hpp"

#include <arrow/io/interfaces.h>
#include <arrow/status.h>

#include "rarewood/store/arrow_status.hpp"

namespace rarewood {

ConditionalWrite write_pair_if_match(ObjectStore& store, const KeyedBytes& first,
                                     const KeyedBytes& second,
                                     const std::optional<std::string>& etag) {
  const auto checked = [&](const arrow::Status& status) {
    if (status.ok()) return;
    throw error_of(status, "Cannot write '" + store.uri(second.key) + "'", ErrorKind::external);
  };
  const auto stream = store.create(second.key);
  const auto size = static_cast<std::int64_t>(second.bytes.size());
  checked(stream->Write(second.bytes.data(), size));
  const ConditionalWrite outcome = store.write_if_match(first.key, first.bytes, etag);
  checked(outcome.written ? stream->Close() : stream->Abort());
  return outcome;
}

}  // namespace rarewood
