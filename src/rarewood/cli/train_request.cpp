#include "rarewood/cli/train_request.hpp"

namespace rarewood {

TrainRequest train_request(const Call& call) {
  // Member by member: where one refuses, g++ 12 frees those of a returned initializer list twice.
  TrainRequest request;
  request.decision = decision_options().make(call.raw);
  request.store = store_options().make(call.raw);
  request.table = table_options().make(call.raw);
  request.feature = feature_options().make(call.raw);
  request.split = read_split_options(call.raw);
  request.track = track_options().make(call.raw);
  request.audit = audit_options().make(call.raw);
  request.raw = call.raw;
  request.seed = static_cast<std::uint64_t>(call.general.random_state);
  request.style = style_of(call.general);
  return request;
}

}  // namespace rarewood
