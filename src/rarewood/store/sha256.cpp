#include "rarewood/store/sha256.hpp"

#include <cstddef>

#include <openssl/evp.h>
#include <openssl/sha.h>

#include "rarewood/base/error.hpp"

namespace rarewood {

std::string sha256(std::string_view bytes) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  auto* into = reinterpret_cast<unsigned char*>(digest.data());
  if (EVP_Digest(bytes.data(), bytes.size(), into, nullptr, EVP_sha256(), nullptr) != 1) {
    throw Error(ErrorKind::external,
                "OpenSSL cannot compute SHA-256 here; check its installation.");
  }
  return digest;
}

}  // namespace rarewood
