#pragma once

#include <string>

#include "rarewood/base/error.hpp"
#include "rarewood/store/s3_client.hpp"

namespace rarewood {

/// Nobody answered. \param failure  why, such as "Connection refused"
Error s3_unreachable(const std::string& endpoint, const std::string& failure);

/// The server speaks http and not https, or the other way round. \param meant  its address
Error s3_other_scheme(const std::string& endpoint, const std::string& meant);

/// What a refusal means and what to do about it. For a missing bucket or key it asks the server
/// once more, for the names that are there.
Error s3_error(const S3Client& client, const S3Request& request, const HttpResponse& refusal);

}  // namespace rarewood
