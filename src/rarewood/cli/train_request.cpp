#include "rarewood/cli/train_request.hpp"

#include "rarewood/workflow/validate_before_training.hpp"

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

void validate_first(const Call& call, TrainRequest& request) {
  request.warnings =
      validate_before_training(validate_first_options().make(call.raw),
                               tolerance_options().make(call.raw), request, call.control);
}

}  // namespace rarewood
