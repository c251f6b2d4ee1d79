#pragma once

#include <string>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/base/health.hpp"
#include "rarewood/store/store_options.hpp"

namespace rarewood {

/// Whether the settings make sense, and then, of a folder: whether it can be written, and how much
/// room there is. S3: the server's name, the connection, the clocks, the credentials, each bucket,
/// and a small object written, read and deleted in the last of them. Nothing is tried twice, so a
/// dead server takes one time-out.
/// \param buckets  whose keys a job reads and, the last one, writes; a store that names its bucket
///                 itself (s3://bucket/prefix) has these as first parts of its keys
/// \throws Error(interrupted).
ServiceHealth store_health(const StoreOptions& options, const std::vector<std::string>& buckets,
                           const Control& control);

/// Step "space": what is free where the folder is or would be made; warns below 1 GB.
HealthFinding free_space(const std::string& folder);

}  // namespace rarewood
