#pragma once

#include <memory>
#include <string>

#include "rarewood/store/s3_client.hpp"

namespace arrow::io {
class OutputStream;
}

namespace rarewood {

/// Put a whole object.
/// \param request  with its body and conditions such as if-none-match; the rest is added
/// \return the answer, whatever its status. \throws Error(external) if there is none, or if what
///         the server says it stored is not what was sent.
S3Answer put_s3_object(const S3Client& client, S3Request& request);

/// Write an object of any size in parts. It appears when Close() returns.
std::shared_ptr<arrow::io::OutputStream> create_s3_object(std::shared_ptr<const S3Client> client,
                                                          const std::string& bucket,
                                                          const std::string& key);

}  // namespace rarewood
