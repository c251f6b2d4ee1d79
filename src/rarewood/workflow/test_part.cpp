#include "rarewood/workflow/test_part.hpp"

#include "rarewood/track/looks.hpp"

namespace rarewood {
namespace {

/// Some options of a split decide about training rows only, or about what is judged beside.
bool moves_test_rows(const std::string& option, const TrainRequest& request) {
  if (option == "time_column") return request.split.split == SplitKind::time;
  if (option == "group_column") return request.split.split == SplitKind::group;
  return option != "folds" && option != "time_gap";
}

}  // namespace

void note_look(const TrainRequest& request, RunRecord& record) {
  auto split = split_options().values(request.split);
  std::erase_if(split, [&](const auto& option) { return !moves_test_rows(option.first, request); });
  split.emplace_back("random_state", std::to_string(request.seed));
  record_look(request.track.journal, test_part_name(record.data.fingerprint, split), record);
}

}  // namespace rarewood
