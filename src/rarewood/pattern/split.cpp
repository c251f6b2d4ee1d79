#include "rarewood/pattern/split.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <tuple>

#include "rarewood/base/random.hpp"

namespace rarewood {
namespace {

/// splitmix64's finaliser: every bit of the key decides every bit of the result.
std::uint64_t finalise(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

double unit_interval(std::uint64_t bits) { return static_cast<double>(bits >> 11) * 0x1p-53; }

void append_cell(std::vector<Cell>& cells, const Cell& cell) {
  if (cell.rows() > 0) cells.push_back(cell);
}

/// Draws, cell after cell, how many of one class's rows go to each receiver, whose free places
/// are the urn: a multivariate hypergeometric draw taken one margin at a time.
class Dealer {
 public:
  explicit Dealer(std::vector<std::uint64_t> places)
      : places_(std::move(places)), free_(std::accumulate(places_.begin(), places_.end(), 0ULL)) {}

  /// \return how many of `rows` alike rows each receiver takes
  std::vector<std::uint32_t> deal(Random& random, std::uint32_t rows) {
    std::vector<std::uint32_t> taken(places_.size(), 0);
    std::uint64_t urn = free_;
    std::uint64_t left = rows;
    for (std::size_t r = 0; r < places_.size() && left > 0; ++r) {
      const std::uint64_t share = draw_hypergeometric(random, places_[r], urn, left);
      taken[r] = static_cast<std::uint32_t>(share);
      urn -= places_[r];
      left -= share;
      places_[r] -= share;
    }
    free_ -= rows;
    return taken;
  }

 private:
  std::vector<std::uint64_t> places_;
  std::uint64_t free_;
};

/// Deal the rows of fold 0 to `receivers`; cells of other folds pass through.
/// \param places  per class, per receiver: exact numbers of rows, summing to the class's rows
CellTable deal_rows(const CellTable& table, const std::vector<std::uint32_t>& receivers,
                    const std::vector<std::uint64_t> (&places)[2], Random random) {
  Dealer negatives(places[0]);
  Dealer positives(places[1]);
  CellTable dealt{table.patterns, {}};
  for (const Cell& cell : table.cells) {
    if (cell.fold != 0) {
      append_cell(dealt.cells, cell);
      continue;
    }
    const auto n0 = negatives.deal(random, cell.n0);
    const auto n1 = positives.deal(random, cell.n1);
    for (std::size_t r = 0; r < receivers.size(); ++r) {
      append_cell(dealt.cells, {cell.pattern, receivers[r], n0[r], n1[r], cell.weight, cell.cost});
    }
  }
  std::sort(dealt.cells.begin(), dealt.cells.end(), [](const Cell& a, const Cell& b) {
    return std::tie(a.pattern, a.fold, a.weight, a.cost) <
           std::tie(b.pattern, b.fold, b.weight, b.cost);
  });
  return dealt;
}

ClassTotals totals_of_fold_0(const CellTable& table) {
  ClassTotals totals;
  for (const Cell& cell : table.cells) {
    if (cell.fold == 0) {
      totals.n0 += cell.n0;
      totals.n1 += cell.n1;
    }
  }
  return totals;
}

}  // namespace

const OptionTable<SplitOptions>& split_options() {
  static const OptionTable<SplitOptions> table = [] {
    OptionTable<SplitOptions> t("split");
    t.choice(&SplitOptions::split, "split",
             "how the test part is chosen: stratified draw, the very rows of scikit-learn's "
             "train_test_split(stratify=y), latest rows, whole groups, by a hash of the id (stable "
             "membership), or the fold column",
             {{"stratified", SplitKind::stratified},
              {"sklearn", SplitKind::sklearn},
              {"time", SplitKind::time},
              {"group", SplitKind::group},
              {"hash", SplitKind::hash},
              {"column", SplitKind::column}});
    t.add(&SplitOptions::test_size, "test_size", "share of the rows held back for the final test",
          Range{0, 1, true, true});
    t.add(&SplitOptions::folds, "folds", "folds of the training part for out-of-fold scores",
          Range{2, 50});
    t.add(&SplitOptions::time_column, "time_column",
          "time of each row: the latest are tested; with another --split the latest are judged "
          "beside it");
    t.add(&SplitOptions::time_gap, "time_gap",
          "time that passes until a row's outcome is known, such as 7d: rows less than that before "
          "the first one tested are not learned from; auto = the table's outcome window, if it has "
          "one");
    t.add(&SplitOptions::group_column, "group_column",
          "whose row it is (a user, a shop): intervals are by whole groups, which --split group "
          "keeps "
          "on one side; with other splits the audit looks whether that matters");
    t.add(&SplitOptions::id_column, "id_column", "identifier of each row, for --split hash");
    t.add(&SplitOptions::fold_column, "fold_column",
          "your own folds, for --split column: 'test' marks the test part");
    return t;
  }();
  return table;
}

SplitOptions read_split_options(const RawOptions& raw) {
  SplitOptions options = split_options().make(raw);
  if (!options.time_column.empty() && !raw.contains("split")) options.split = SplitKind::time;
  return options;
}

ClassTotals test_totals(const ClassTotals& all, double test_size) {
  const double rows = static_cast<double>(all.rows());
  const double train_rows = rows - std::ceil(test_size * rows);
  const double share0 = train_rows * static_cast<double>(all.n0) / rows;
  const double share1 = train_rows * static_cast<double>(all.n1) / rows;
  auto train0 = static_cast<std::uint64_t>(share0);
  auto train1 = static_cast<std::uint64_t>(share1);
  if (train0 + train1 < static_cast<std::uint64_t>(train_rows)) {
    ++(share0 - std::floor(share0) >= share1 - std::floor(share1) ? train0 : train1);
  }
  const ClassTotals test{all.n0 - train0, all.n1 - train1};
  if (train0 == 0 || train1 == 0 || test.n0 == 0 || test.n1 == 0) {
    throw Error(ErrorKind::data,
                "With " + thousands(all.n1) + " positive and " + thousands(all.n0) +
                    " negative rows, a test part of " + shortest(test_size) +
                    " leaves a part without one of the classes. Change --test-size or give it "
                    "more rows.");
  }
  return test;
}

CellTable draw_test_part(const CellTable& table, double test_size, std::uint64_t seed) {
  const ClassTotals all = totals_of_fold_0(table);
  const ClassTotals test = test_totals(all, test_size);
  return deal_rows(table, {0, kTestFold},
                   {{all.n0 - test.n0, test.n0}, {all.n1 - test.n1, test.n1}},
                   Random(seed, "test part"));
}

CellTable draw_folds(const CellTable& table, std::uint32_t folds, std::uint64_t seed) {
  const ClassTotals all = totals_of_fold_0(table);
  if (all.n0 < folds || all.n1 < folds) {
    throw Error(ErrorKind::data, "The training part has only " +
                                     thousands(std::min(all.n0, all.n1)) +
                                     " rows of one class, too few for " + std::to_string(folds) +
                                     " folds. Lower --folds or give it more rows.");
  }
  std::vector<std::uint64_t> places[2];
  std::vector<std::uint32_t> receivers(folds);
  for (std::uint32_t k = 0; k < folds; ++k) {
    receivers[k] = k;
    places[0].push_back(all.n0 / folds + (k < all.n0 % folds ? 1 : 0));
    // the odd rows of the two classes go to different folds, so that fold sizes stay even
    places[1].push_back(all.n1 / folds + (folds - 1 - k < all.n1 % folds ? 1 : 0));
  }
  return deal_rows(table, receivers, places, Random(seed, "folds"));
}

std::vector<std::uint32_t> folds_by_time(std::span<const std::int64_t> seconds, double test_size,
                                         std::int64_t gap) {
  std::vector<std::int64_t> sorted(seconds.begin(), seconds.end());
  const auto test_rows =
      static_cast<std::size_t>(std::ceil(test_size * static_cast<double>(sorted.size())));
  const auto first =
      sorted.end() - static_cast<std::ptrdiff_t>(std::max<std::size_t>(test_rows, 1));
  std::nth_element(sorted.begin(), first, sorted.end());
  std::vector<std::uint32_t> folds(seconds.size());
  for (std::size_t row = 0; row < folds.size(); ++row) {
    const bool tested = seconds[row] >= *first;
    folds[row] = tested ? kTestFold : seconds[row] > *first - gap ? kLeftOutFold : 0;
  }
  return folds;
}

CellTable without_folds(const CellTable& table) {
  CellTable joined{table.patterns, table.cells};
  for (Cell& cell : joined.cells) cell.fold = 0;
  const auto place = [](const Cell& cell) {
    return std::tie(cell.pattern, cell.weight, cell.cost);
  };
  std::sort(joined.cells.begin(), joined.cells.end(),
            [&](const Cell& a, const Cell& b) { return place(a) < place(b); });
  std::size_t kept = 0;
  for (std::size_t i = 1; i < joined.cells.size(); ++i) {
    Cell& last = joined.cells[kept];
    const Cell& next = joined.cells[i];
    if (place(last) != place(next)) {
      joined.cells[++kept] = next;
      continue;
    }
    last.n0 += next.n0;  // parts of one counted cell, whose sum was checked
    last.n1 += next.n1;
  }
  joined.cells.resize(std::min(kept + 1, joined.cells.size()));
  return joined;
}

std::uint64_t drop_left_out(std::vector<Cell>& cells) {
  std::uint64_t rows = 0;
  for (const Cell& cell : cells) rows += cell.fold == kLeftOutFold ? cell.rows() : 0;
  std::erase_if(cells, [](const Cell& cell) { return cell.fold == kLeftOutFold; });
  return rows;
}

std::vector<std::uint32_t> folds_by_key(std::span<const std::uint64_t> keys, double test_size,
                                        std::uint32_t folds, std::uint64_t seed) {
  std::vector<std::uint32_t> result(keys.size());
  for (std::size_t row = 0; row < keys.size(); ++row) {
    const std::uint64_t side = finalise(finalise(seed + 0x9E3779B97F4A7C15ULL) ^ keys[row]);
    const std::uint64_t fold = finalise(side + 0x9E3779B97F4A7C15ULL);
    result[row] = unit_interval(side) < test_size
                      ? kTestFold
                      : static_cast<std::uint32_t>(unit_interval(fold) * folds);
  }
  return result;
}

std::uint64_t key_of(std::string_view identifier) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : identifier) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return finalise(hash);
}

std::uint64_t key_of(std::int64_t identifier) {
  return finalise(static_cast<std::uint64_t>(identifier) + 0x9E3779B97F4A7C15ULL);
}

std::vector<std::uint64_t> keys_of(const RowKeys& identifiers) {
  std::vector<std::uint64_t> of_text;
  for (const std::string& text : identifiers.texts) of_text.push_back(key_of(text));
  std::vector<std::uint64_t> keys;
  keys.reserve(identifiers.values.size());
  for (const std::int64_t value : identifiers.values) {
    keys.push_back(of_text.empty() ? key_of(value) : of_text[static_cast<std::size_t>(value)]);
  }
  return keys;
}

std::vector<std::uint32_t> folds_by_column(const std::vector<std::string>& texts,
                                           std::uint32_t& folds) {
  std::set<std::string> names(texts.begin(), texts.end());
  const bool has_test = names.erase("test") > 0;
  if (!has_test || names.size() < 2) {
    throw Error(ErrorKind::data,
                "The fold column must hold the word 'test' for the rows held back and at least two "
                "other values for the training folds. Name another --fold-column or fill it so.");
  }
  const std::vector<std::string> sorted(names.begin(), names.end());
  folds = static_cast<std::uint32_t>(sorted.size());
  std::vector<std::uint32_t> result(texts.size());
  for (std::size_t row = 0; row < texts.size(); ++row) {
    const auto at = std::lower_bound(sorted.begin(), sorted.end(), texts[row]);
    result[row] =
        texts[row] == "test" ? kTestFold : static_cast<std::uint32_t>(at - sorted.begin());
  }
  return result;
}

}  // namespace rarewood
