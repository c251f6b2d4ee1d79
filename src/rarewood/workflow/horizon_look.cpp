#include "rarewood/workflow/horizon_look.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <tuple>

#include "rarewood/base/error.hpp"
#include "rarewood/feature/encoded_table.hpp"
#include "rarewood/model/score.hpp"
#include "rarewood/pattern/count.hpp"
#include "rarewood/session/feature_columns.hpp"
#include "rarewood/workflow/judging.hpp"

namespace rarewood {
namespace {

constexpr std::uint32_t kNowhere = 0xFFFFFFFF;

/// Where the rows of a pattern, of a fold where there are several, stand in a list of scores.
class Places {
 public:
  Places(std::size_t patterns, std::uint32_t folds)
      : folds_(folds), places_(patterns * folds, kNowhere) {}

  void add(std::uint32_t pattern, std::uint32_t fold) {
    places_[pattern * folds_ + fold] = next_++;
  }
  std::uint32_t of(std::uint32_t pattern, std::uint32_t fold) const {
    return places_[pattern * folds_ + fold];
  }

 private:
  std::size_t folds_;
  std::uint32_t next_ = 0;
  std::vector<std::uint32_t> places_;
};

/// Scores of one side of the split, and how rows find theirs.
struct SideScores {
  Contestant scored;
  std::vector<std::uint32_t> fold;  ///< [entries of scored] 0 where one model scored all
  Places places;
};

/// In the order of TestPart::counts(): by pattern.
Places test_places(const TestPart& test) {
  Places places(test.patterns().count, 1);
  for (const PatternCount& count : test.counts()) places.add(count.pattern, 0);
  return places;
}

/// In the order of OutOfFold::score(): fold by fold, by pattern.
Places fold_places(const CellTable& table, std::uint32_t folds) {
  std::vector<std::vector<std::uint32_t>> patterns(folds);
  for (const Cell& cell : table.cells) {
    if (cell.fold != kTestFold) patterns[cell.fold].push_back(cell.pattern);
  }
  Places places(table.patterns->count, folds);
  for (std::uint32_t k = 0; k < folds; ++k) {
    for (const std::uint32_t pattern : patterns[k]) places.add(pattern, k);
  }
  return places;
}

/// The rows at a point, encoded and counted.
struct PointRows {
  AsOfRows rows;
  std::vector<std::uint32_t> fold;  ///< [rows]
  FeatureSchema schema;
  CountedRows counted;
  std::int64_t active_within = 0;
};

void count_at(PointRows& at, const Columns& columns, const SessionParts& parts,
              const Control& control) {
  at.fold.clear();
  for (const std::uint32_t session : at.rows.session) at.fold.push_back(parts.fold[session]);
  at.counted = count_rows(columns, at.schema, at.rows.positive, at.fold, control);
}

FeatureSchema with_target(FeatureSchema schema, const PredictionPoint& point) {
  schema.target = {"is_ordered", "0", "1"};
  schema.prediction_point = point_text(point);
  return schema;
}

/// Entries of equal fold, probability and flag become one of the look's.
/// \return [entries of the contestant] which
std::vector<std::uint32_t> merge_entries(const SideScores& side, Look& look) {
  std::vector<std::uint32_t> entry;
  std::map<std::tuple<std::uint32_t, double, std::uint8_t>, std::uint32_t> known;
  for (std::size_t i = 0; i < side.scored.probabilities.size(); ++i) {
    const double probability = side.scored.probabilities[i].score;
    const auto next = static_cast<std::uint32_t>(look.probability.size());
    const auto [at, fresh] =
        known.try_emplace({side.fold[i], probability, side.scored.flags[i]}, next);
    if (fresh) {
      look.fold.push_back(side.fold[i]);
      look.probability.push_back(probability);
      look.flagged.push_back(side.scored.flags[i]);
    }
    entry.push_back(at->second);
  }
  return entry;
}

/// The rank of each entry in its fold.
std::vector<double> ranks_in_folds(const Look& look) {
  std::vector<std::uint64_t> rows(look.probability.size());
  for (const std::uint32_t entry : look.entry) ++rows[entry];
  std::map<std::uint32_t, std::map<double, std::uint64_t>> at_probability;
  for (std::size_t e = 0; e < rows.size(); ++e) {
    at_probability[look.fold[e]][look.probability[e]] += rows[e];
  }
  std::map<std::pair<std::uint32_t, double>, double> ranks;
  for (const auto& [fold, counts] : at_probability) {
    std::uint64_t all = 0;
    for (const auto& [probability, here] : counts) all += here;
    std::uint64_t below = 0;
    for (const auto& [probability, here] : counts) {
      ranks[{fold, probability}] = static_cast<double>(2 * below + here) /
                                   (2 * static_cast<double>(std::max<std::uint64_t>(all, 1)));
      below += here;
    }
  }
  std::vector<double> rank;
  for (std::size_t e = 0; e < rows.size(); ++e) {
    rank.push_back(ranks.at({look.fold[e], look.probability[e]}));
  }
  return rank;
}

/// Seconds to the order, no more than an int32 holds (68 years).
std::int32_t lead_of(const Journeys& journeys, const AsOfRows& rows, std::size_t row) {
  if (rows.positive[row] == 0) return 0;
  const std::int64_t lead = journeys.order_time[rows.session[row]] - rows.point[row];
  return static_cast<std::int32_t>(
      std::clamp<std::int64_t>(lead, 0, std::numeric_limits<std::int32_t>::max()));
}

std::vector<std::uint32_t> of_side(const std::vector<std::uint32_t>& sessions,
                                   const SessionParts& parts, bool judged) {
  std::vector<std::uint32_t> side;
  for (const std::uint32_t s : sessions) {
    if (parts.judged(s) == judged) side.push_back(s);
  }
  return side;
}

/// \param judged  the judged rows, or else the training rows beside a test part
Look make_look(const PointRows& at, const SideScores& side, bool judged, const LookPlan& plan) {
  const SessionParts& parts = plan.parts;
  Look look;
  const std::vector<std::uint32_t> merged = merge_entries(side, look);
  for (std::size_t row = 0; row < at.rows.rows(); ++row) {
    const std::uint32_t session = at.rows.session[row];
    if (parts.judged(session) != judged) continue;
    const std::uint32_t fold = at.fold[row] == kTestFold ? 0 : at.fold[row];
    look.unit.push_back(session);
    look.entry.push_back(merged[side.places.of(at.counted.pattern[row], fold)]);
    look.positive.push_back(at.rows.positive[row]);
    const bool active = active_at(at.rows.last_page[row], at.rows.point[row], at.active_within);
    look.active.push_back(active ? 1 : 0);
    look.lead.push_back(lead_of(plan.journeys, at.rows, row));
  }
  look.placed = of_side(at.rows.ordered_before, parts, judged);
  look.unseen = of_side(at.rows.ordered_unseen, parts, judged);
  look.rank = ranks_in_folds(look);
  return look;
}

bool goes_on(const Journeys& journeys, const AsOfRows& rows, std::size_t row) {
  const auto times = journeys.times(rows.session[row]);
  return rows.positive[row] != 0 || times.back() > rows.point[row];
}

std::vector<std::uint8_t> judged_that_go_on(const Journeys& journeys, const AsOfRows& rows,
                                            const SessionParts& parts) {
  std::vector<std::uint8_t> marks;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    if (parts.judged(rows.session[row])) marks.push_back(goes_on(journeys, rows, row) ? 1 : 0);
  }
  return marks;
}

/// Why the rows cannot be judged; "" if they can.
std::string why_not(const AsOfRows& rows, const SessionRules& rules, const SessionParts& parts) {
  if (rows.rows() == 0) return no_rows_sentence(rows, rules);
  std::array<std::uint64_t, 2> judged{};
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    if (parts.judged(rows.session[row])) ++judged.at(rows.positive[row]);
  }
  if (rows.population.positives == 0) return "No order lies ahead.";
  for (const auto& [count, what] : {std::pair{judged[1], " with an order ahead"},
                                    std::pair{judged[0], " without an order ahead"}}) {
    if (count >= kFewestOfAClass) continue;
    return "Only " + std::to_string(count) + " judged sessions" + what + ", too few to judge.";
  }
  return "";
}

OofScores out_of_fold_scores(const TrainPart& train, const LookPlan& plan, int members,
                             const Control& control) {
  return OutOfFold::score(
      train, {{*plan.method.learner, *plan.method.resampler, plan.request.seed, members}},
      control)[0];
}

/// Every row by a model, a calibrator and a threshold made without its fold.
SideScores scored_out_of_fold(const PointRows& at, const OofScores& scores, const LookPlan& plan,
                              const Control& control) {
  return {cross_fitted({"model", ""}, scores, plan.decision, control), scores.fold(),
          fold_places(at.counted.table, plan.parts.folds)};
}

Look look_out_of_fold(const PointRows& at, const LookPlan& plan, const Control& control) {
  const TrainPart train = train_on_all(at.counted.table, plan.parts.folds);
  const OofScores scores = out_of_fold_scores(train, plan, 0, control);
  return make_look(at, scored_out_of_fold(at, scores, plan, control), true, plan);
}

template <typename T>
void append(const std::vector<T>& from, std::vector<T>& to) {
  to.insert(to.end(), from.begin(), from.end());
}

void append(const Look& more, Look& all) {
  const auto entries = static_cast<std::uint32_t>(all.probability.size());
  append(more.probability, all.probability);
  append(more.flagged, all.flagged);
  const std::uint32_t folds = all.fold.empty() ? 0 : std::ranges::max(all.fold) + 1;
  for (const std::uint32_t fold : more.fold) all.fold.push_back(folds + fold);
  append(more.rank, all.rank);
  append(more.unit, all.unit);
  for (const std::uint32_t entry : more.entry) all.entry.push_back(entries + entry);
  append(more.positive, all.positive);
  append(more.active, all.active);
  append(more.lead, all.lead);
  append(more.placed, all.placed);
  append(more.unseen, all.unseen);
}

void judge_out_of_fold(PointRows& at, const Columns& columns, const LookPlan& plan,
                       const Control& control, PointLook& look) {
  look.judged = look_out_of_fold(at, plan, control);
  for (const SessionParts& parts : plan.repeats) {
    count_at(at, columns, parts, control);
    append(look_out_of_fold(at, plan, control), look.repeated);
  }
  look.threshold = std::numeric_limits<double>::quiet_NaN();
}

void judge_test_part(const PointRows& at, const LookPlan& plan, const Control& control,
                     PointLook& look) {
  const HorizonRequest& request = plan.request;
  const Split split = split_by_fold(at.counted.table, plan.parts.folds);
  const OofScores scores = out_of_fold_scores(
      split.train, plan, ensemble_members(request.train.learner, request.raw), control);
  const Decision decision = decide(scores, plan.decision, control);
  const Resampled resampled =
      plan.method.resampler->resample(split.train.all(), request.seed, control);
  const Model model{at.schema,
                    plan.method.learner->fit(resampled.part, {request.seed, 0, nullptr}, control),
                    decision.calibrator,
                    decision.threshold,
                    {}};
  Contestant scored =
      on_test({"model", ""}, TestScoring::score(model, split.test, control), decision.threshold);
  std::vector<std::uint32_t> one_fold(scored.probabilities.size());
  const SideScores test{std::move(scored), std::move(one_fold), test_places(split.test)};
  look.judged = make_look(at, test, true, plan);
  look.threshold = decision.threshold.probability;
  if (!plan.wants_learned) return;
  look.learned = make_look(at, scored_out_of_fold(at, scores, plan, control), false, plan);
}

}  // namespace

SessionParts part_sessions(const Journeys& journeys, const SplitOptions& split, bool has_test,
                           std::uint64_t seed) {
  SessionParts parts{{}, static_cast<std::uint32_t>(split.folds), has_test};
  std::vector<std::uint64_t> keys;
  keys.reserve(journeys.sessions());
  for (const std::int64_t id : journeys.session) keys.push_back(key_of(id));
  parts.fold = folds_by_key(keys, has_test ? split.test_size : 0, parts.folds, seed);
  return parts;
}

Look all_judged(const PointLook& look) {
  Look all = look.judged;
  append(look.repeated, all);
  return all;
}

PointLook look_at(const SessionRules& rules, const LookPlan& plan, const Control& control) {
  PointLook look{.rules = rules};
  PointRows at;
  at.rows = find_rows_as_of(plan.journeys, look.rules, control);
  look.population = at.rows.population;
  look.reason = why_not(at.rows, look.rules, plan.parts);
  for (std::size_t row = 0; row < at.rows.rows(); ++row) {
    look.went_on += goes_on(plan.journeys, at.rows, row);
  }
  if (!look.reason.empty()) return look;

  const ColumnSources sources = column_sources(plan.journeys, look.rules, at.rows, control);
  EncodedTable encoded =
      encode_table(*feature_table(sources, control), {"is_ordered", "revenue"}, control);
  if (encoded.schema.features.empty()) {
    look.reason = "Every column has one value only: there is nothing to learn from.";
    return look;
  }
  at.schema = with_target(std::move(encoded.schema), rules.point);
  at.active_within = look.rules.active_within;
  count_at(at, encoded.columns, plan.parts, control);
  look.goes_on = judged_that_go_on(plan.journeys, at.rows, plan.parts);
  try {
    if (plan.parts.has_test) {
      judge_test_part(at, plan, control, look);
    } else {
      judge_out_of_fold(at, encoded.columns, plan, control, look);
    }
  } catch (const Error& error) {  // a fold or a resampler that lacks rows: other points have them
    if (error.kind() != ErrorKind::data) throw;
    look.reason = error.what();
  }
  return look;
}

}  // namespace rarewood
