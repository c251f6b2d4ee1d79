#include "rarewood/workflow/model_version.hpp"

#include "rarewood/base/control.hpp"
#include "rarewood/base/encoding.hpp"
#include "rarewood/base/error.hpp"
#include "rarewood/base/parallel.hpp"
#include "rarewood/model/model_file.hpp"
#include "rarewood/model/pickle.hpp"
#include "rarewood/store/sha256.hpp"

namespace rarewood {
namespace {

constexpr std::string_view kOnnx = ".onnx";
constexpr std::string_view kPickle = ".pkl";
constexpr std::size_t kIdDigits = 16;

/// "a.onnx" -> "a.pkl" and back; "" of other names.
std::string other_form(const std::string& key) {
  if (key.ends_with(kOnnx)) {
    return key.substr(0, key.size() - kOnnx.size()) + std::string(kPickle);
  }
  if (key.ends_with(kPickle)) {
    return key.substr(0, key.size() - kPickle.size()) + std::string(kOnnx);
  }
  return "";
}

std::optional<std::string> id_if_readable(const ObjectPlace& place) {
  try {
    if (!place.store->find(place.key)) return std::nullopt;
    const std::string file = place.store->read(place.key);
    if (target_of_model(onnx_of(file, place.uri())).empty()) return std::nullopt;
    return model_id(file, place.uri());
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::interrupted) throw;
    return std::nullopt;  // a second look must not cost the job the first
  }
}

}  // namespace

std::string_view onnx_of(std::string_view file, const std::string& name) {
  return is_pickle(file) ? onnx_in_pickle(file, name) : file;
}

std::string model_id(std::string_view file, const std::string& name) {
  return hex_text(sha256(onnx_of(file, name))).substr(0, kIdDigits);
}

std::string version_key(const std::string& model, const std::string& id,
                        const std::string& ending) {
  return model + "/" + id + ending;
}

void keep_version(ObjectStore& store, const std::string& model, const std::string& id,
                  std::string_view onnx) {
  const std::string pickle = model_to_pickle(onnx);
  parallel_for(Control{.threads = 2}, 2, [&](std::size_t i) {
    store.write(version_key(model, id, i == 0 ? ".onnx" : ".pkl"), i == 0 ? onnx : pickle);
  });
}

std::optional<std::string> mixed_pair(const ObjectPlace& place, std::string_view file) {
  const ObjectPlace other{place.store, other_form(place.key)};
  if (other.key.empty()) return std::nullopt;
  const auto other_id = id_if_readable(other);
  const std::string id = model_id(file, place.uri());
  if (!other_id || *other_id == id) return std::nullopt;
  return "'" + place.uri() + "' is model " + id + ", and '" + other.uri() +
         "' beside it is model " + *other_id +
         ": a run ended between the two. Train again, or copy the version you want " + "over both.";
}

}  // namespace rarewood
