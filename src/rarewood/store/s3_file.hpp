#pragma once

#include <memory>
#include <string>

#include "rarewood/store/s3_client.hpp"

namespace arrow::io {
class RandomAccessFile;
}

namespace rarewood {

/// Read one object in parts, by ranges. The first request brings the last megabytes, where Parquet
/// keeps its footer; a smaller object comes whole. A part of an object that has been replaced since
/// is refused. \throws Error(external)
std::shared_ptr<arrow::io::RandomAccessFile> open_s3_file(std::shared_ptr<const S3Client> client,
                                                          const std::string& bucket,
                                                          const std::string& key);

}  // namespace rarewood
