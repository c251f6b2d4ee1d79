#pragma once

#include <memory>
#include <string>

#include "rarewood/base/control.hpp"
#include "rarewood/store/object_store.hpp"
#include "rarewood/store/store_options.hpp"

namespace rarewood {

/// One object, wherever it is.
struct ObjectPlace {
  std::shared_ptr<ObjectStore> store;
  std::string key;

  std::string uri() const { return store->uri(key); }
};

/// The store that `options.store` names. Nothing is read yet, so a wrong place is found out by the
/// first use. Requests and waits end early when `control.stop` asks for it.
/// \throws Error(usage) if the name or an S3 option makes no sense.
std::shared_ptr<ObjectStore> open_store(const StoreOptions& options, const Control& control);

/// The object a path or URI on the command line names, independent of `options.store`: a local path
/// as the shell understands it, or s3://bucket/key.
/// \throws Error(usage) for other schemes and for names of folders or buckets.
ObjectPlace resolve(const std::string& path_or_uri, const StoreOptions& options,
                    const Control& control);

}  // namespace rarewood
