#pragma once

#include <exception>

namespace rarewood {

/// Thrown where the content of a model file breaks its format; becomes an Error, with the file's
/// name, before it leaves model_from_bytes.
struct ModelDamage : std::exception {
  const char* what() const noexcept override { return "the content of a model file is damaged"; }
};

}  // namespace rarewood
