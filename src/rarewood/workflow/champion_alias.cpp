#include "rarewood/workflow/champion_alias.hpp"

#include "rarewood/base/error.hpp"
#include "rarewood/track/model_registry.hpp"
#include "rarewood/workflow/begin_run.hpp"
#include "rarewood/workflow/model_version.hpp"

namespace rarewood {
namespace {

constexpr int kTurns = 5;  // more promotions than that at once are a fault of theirs

/// Id of the model that lies there now; "" where there is none.
std::string id_in_use(const ObjectPlace& onnx) {
  const std::string base = onnx.key.substr(0, onnx.key.rfind('.'));
  for (const std::string& key : {onnx.key, base + ".pkl"}) {
    if (onnx.store->find(key)) return model_id(onnx.store->read(key), onnx.store->uri(key));
  }
  return "";
}

}  // namespace

std::string follow_champion(const TrackOptions& track, const std::string& name,
                            const ObjectPlace& onnx, const Control& control) {
  const TrackingServer server(track, 0, control);
  std::string version;
  std::string pointed;
  for (int turn = 0; turn < kTurns; ++turn) {
    // Before the look: who writes a model after it claims a later time, whenever that claim
    // arrives.
    const std::int64_t since_ms = now_ms();
    const std::string id = id_in_use(onnx);
    if (id == pointed) return version;
    version = point_champion(server, name, id, since_ms);
    pointed = id;
  }
  throw Error(ErrorKind::external, "Others keep replacing " + onnx.uri() + ". End them.");
}

}  // namespace rarewood
