#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "rarewood/store/object_store.hpp"
#include "rarewood/store/store_options.hpp"

namespace rarewood {

/// Where in S3 the keys of a store begin.
struct S3Base {
  std::string bucket;  ///< "" = the first part of each key is its bucket
  std::string prefix;  ///< put before each key; "" or ending in '/'
};

/// Nothing is sent yet. \throws Error(usage) if the endpoint or the credentials make no sense.
std::shared_ptr<ObjectStore> make_s3_store(const S3Base& base, const StoreOptions& options,
                                           const std::stop_token& stop);

}  // namespace rarewood
