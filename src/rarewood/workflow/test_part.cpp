#include "rarewood/workflow/test_part.hpp"

#include "rarewood/base/random.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/pattern/split.hpp"
#include "rarewood/table/fingerprint.hpp"

namespace rarewood {
namespace {

/// [rows] by what a row is known again: the key that decided, or its place in the table where that
/// is what decided, or the key is the same for all that are held back.
std::vector<std::uint64_t> identities(const TrainingTable& table, const SplitOptions& split) {
  const bool by_place = split.split == SplitKind::sklearn || split.split == SplitKind::column;
  if (!by_place) return keys_of(*deciding_keys(table, split));
  std::vector<std::uint64_t> places(table.labels.size());
  for (std::size_t row = 0; row < places.size(); ++row) places[row] = row;
  return places;
}

/// The same in whatever order rows of equal keys come.
std::string name_of_rows(const std::vector<std::uint64_t>& identity,
                         const std::vector<std::uint8_t>& labels,
                         const std::vector<std::uint32_t>& folds) {
  std::uint64_t rows = 0;
  std::uint64_t sum = 0;
  for (std::size_t row = 0; row < folds.size(); ++row) {
    if (folds[row] != kTestFold) continue;
    ++rows;
    sum += KeyedDraws(KeyedDraws(identity[row]).bits() ^ labels[row]).bits();
  }
  Fingerprint name;
  name.add(rows);
  name.add(sum);
  return name.text();
}

}  // namespace

std::string name_of_test_part(const TrainingTable& table, const CountedTable& counted,
                              const TrainRequest& request, const std::string& fingerprint) {
  if (!counted.row_folds.empty()) {
    return name_of_rows(identities(table, request.split), table.labels, counted.row_folds);
  }
  Fingerprint name;
  name.add(fingerprint);
  name.add(shortest(request.split.test_size));
  name.add(request.seed);
  return name.text();
}

}  // namespace rarewood
