#include "rarewood/workflow/promote.hpp"

#include <cmath>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/base/utc.hpp"
#include "rarewood/evaluate/interval.hpp"
#include "rarewood/model/model_file.hpp"
#include "rarewood/report/warn.hpp"
#include "rarewood/store/write_pair.hpp"
#include "rarewood/track/mlflow_model.hpp"
#include "rarewood/track/tracking_address.hpp"
#include "rarewood/workflow/champion_alias.hpp"
#include "rarewood/workflow/later_rows.hpp"
#include "rarewood/workflow/loading.hpp"
#include "rarewood/workflow/model_version.hpp"
#include "rarewood/workflow/promotion_decision.hpp"
#include "rarewood/workflow/replaced_model.hpp"
#include "rarewood/workflow/score_table.hpp"

namespace rarewood {
namespace {

constexpr std::string_view kOnnx = ".onnx";
constexpr std::string_view kPickle = ".pkl";

/// "models/a", "models/a.pkl" -> "models/a"
std::string without_ending(std::string key) {
  for (const std::string_view ending : {kOnnx, kPickle}) {
    if (key.ends_with(ending)) return key.substr(0, key.size() - ending.size());
  }
  return key;
}

/// The champion's two files as they were when the job began.
struct ChampionPlace {
  std::shared_ptr<ObjectStore> store;
  std::string base;  ///< key without an ending
  PairPlace pair;

  std::optional<SavedModel> load() const {
    if (pair.first_etag) return load_model({store, pair.first_key});
    if (pair.second_etag) return load_model({store, pair.second_key});
    return std::nullopt;
  }
};

ChampionPlace find_champion(const PromoteJob& job, const Control& control) {
  const ObjectPlace onnx =
      model_place(without_ending(job.promote.champion) + std::string(kOnnx), job.store, control);
  ChampionPlace place{onnx.store, without_ending(onnx.key), {}};
  place.pair.first_key = onnx.key;
  place.pair.second_key = place.base + std::string(kPickle);
  if (const auto there = place.store->find(place.pair.first_key)) {
    place.pair.first_etag = there->etag;
  }
  if (const auto there = place.store->find(place.pair.second_key)) {
    place.pair.second_etag = there->etag;
  }
  return place;
}

SavedModel load_challenger(const PromoteJob& job, const Control& control) {
  const std::string& name = job.promote.challenger;
  const std::string base = without_ending(name);
  const ObjectPlace place =
      model_place(base == name ? name + std::string(kOnnx) : name, job.store, control);
  if (!place.store->find(place.key)) {
    throw Error(ErrorKind::external,
                "There is no challenger: '" + place.uri() +
                    "' does not exist. Train one with `rarewood train --split time --model " +
                    base + "`, or name one that is there: `rarewood promote MODEL`.");
  }
  return load_model(place);
}

void refuse_incomparable(const SavedModel& challenger, const SavedModel& champion) {
  const FeatureSchema& one = challenger.model.schema;
  const FeatureSchema& other = champion.model.schema;
  const Target& target = other.target;
  if (one.target.name != target.name || one.target.positive != target.positive ||
      one.target.negative != target.negative) {
    throw Error(ErrorKind::data, "The challenger predicts '" + one.target.name +
                                     "' = " + one.target.positive + ", the champion '" +
                                     target.name + "' = " + target.positive +
                                     ". Name another place with --champion.");
  }
  if (one.prediction_point == other.prediction_point) return;
  throw Error(ErrorKind::data,
              "The challenger predicts as of '" + one.prediction_point + "', the champion as of '" +
                  other.prediction_point +
                  "': no rows are right for both. Name another place with --champion.");
}

/// The challenger has a proved leak, and a champion that may have one, too, is not there.
bool brings_a_leak(const Model& challenger, const std::optional<SavedModel>& champion) {
  const auto& leaks = challenger.provenance.leaks;
  if (!leaks || leaks->empty()) return false;
  return !champion || !may_rest_on(*leaks, challenger.schema.prediction_point, champion->model);
}

const std::optional<TrainingWindow>& window_of(const SavedModel& saved) {
  return saved.model.provenance.window;
}

void refuse_without_window(const SavedModel& saved) {
  if (window_of(saved)) return;
  throw Error(ErrorKind::data,
              "'" + saved.name +
                  "' does not say until when its training rows were: it is of an earlier rarewood, "
                  "or its rows had no times. Train it again with --time-column, or say --all-rows "
                  "of a table that neither model has learnt from.");
}

JudgedModel named(const SavedModel& saved) {
  JudgedModel judged{saved.name, saved.id, {}, {}, {}, {}};
  judged.leaks = saved.model.provenance.leaks.value_or(std::vector<std::string>{});
  if (const auto& window = window_of(saved)) judged.trained_until = window->until;
  return judged;
}

void judge(const SaidOfRows& said, const LaterRows& rows, JudgedModel& model) {
  model.metrics = metrics_by_name(compute_metrics(said.probabilities, said.flags));
  for (const auto& [name, interval] :
       metric_intervals(said.probabilities, said.flags, rows.blocks).intervals) {
    if (std::isfinite(interval.low) && std::isfinite(interval.high)) {
      model.intervals[name] = interval;
    }
  }
  model.calibration = check_mean({said.probabilities, said.flags}, rows.blocks);
}

/// Of rows that are vouched for, and lie in a training window all the same.
std::string learnt_sentence(const LaterRows& rows) {
  return thousands(rows.within_windows) + " of the " + thousands(rows.rows()) + " rows of '" +
         rows.table + "' are not later than " + utc_text(*rows.last_end * 1000) +
         ", until when a model learnt from rows: it may have learnt from these, and what they say "
         "shows nothing. Leave --all-rows out to judge by the later rows, or name a table of rows "
         "that neither has seen.";
}

/// "the challenger learnt from rows until 2026-03-08T00:00:00Z, the champion until ..."
std::string windows_words(const Promotion& promotion) {
  std::string words = "the challenger learnt from rows until " +
                      utc_text(*promotion.challenger.trained_until * 1000);
  if (promotion.champion) {
    words += ", the champion until " + utc_text(*promotion.champion->trained_until * 1000);
  }
  return words;
}

/// Fill in what the rows say. \return why they say nothing; "" where they do
std::string judge_on(const LaterRows& rows, Promotion& promotion) {
  promotion.table = rows.table;
  promotion.time_column = rows.time_column;
  promotion.judged_from = rows.after;
  promotion.rows = rows.rows();
  promotion.positives = rows.positives;
  promotion.group_column = rows.group_column;
  promotion.groups = rows.groups;
  promotion.rows_within_windows = rows.within_windows;
  for (const std::string& warning : rows.warnings) warn(promotion.warnings, warning);
  if (rows.rows() == 0) {
    return "'" + rows.table + "' has no row that began after " + utc_text(*rows.after * 1000) +
           ": " + windows_words(promotion) +
           ". Judge again when there are some; a model that is trained with --split time leaves "
           "the latest rows to be judged by.";
  }
  judge(rows.said[0], rows, promotion.challenger);
  if (promotion.champion) {
    judge(rows.said[1], rows, *promotion.champion);
    const auto of = [&](std::size_t m) {
      return Said{rows.said[m].probabilities, rows.said[m].flags};
    };
    promotion.differences = test_margin({of(0), of(1), rows.blocks}, promotion.margin);
  }
  return rows.within_windows == 0 ? "" : learnt_sentence(rows);
}

/// Judge both on the table. \return why nothing was judged; "" where something was
std::string judge_models(const PromoteJob& job, const SavedModel& challenger,
                         const std::optional<SavedModel>& champion, Promotion& promotion,
                         const Control& control) {
  const bool all_rows = job.promote.all_rows;
  std::vector<const SavedModel*> models{&challenger};
  if (champion) {
    refuse_incomparable(challenger, *champion);
    models.push_back(&*champion);
    if (!all_rows) refuse_without_window(challenger);
    if (!all_rows) refuse_without_window(*champion);
  } else if (!all_rows && !window_of(challenger)) {
    return "it does not say until when its training rows were.";
  }
  const ObjectPlace table = training_place(job.promote.table, job.store, control);
  return judge_on(score_later_rows(models, table, job.promote, job.text, control), promotion);
}

/// Both files are there, and are the same model.
bool is_whole(const ChampionPlace& place, const SavedModel& champion) {
  return place.pair.first_etag && place.pair.second_etag &&
         !mixed_pair({place.store, place.pair.first_key}, champion.onnx);
}

/// Both files, after the version that an S3 store keeps.
void write_champion(const SavedModel& challenger, const ChampionPlace& place,
                    Promotion& promotion) {
  ObjectStore& store = *place.store;
  const std::string uri = store.uri(place.pair.second_key);
  if (uri.starts_with("s3://")) keep_version(store, place.base, challenger.id, challenger.onnx);
  if (!write_pair_if_match(store, place.pair, challenger.onnx, model_to_pickle)) {
    throw Error(ErrorKind::external, "Another process wrote " + store.uri(place.pair.first_key) +
                                         " while it was judged; it was left as it is. Promote "
                                         "again to judge against the new one.");
  }
  promotion.written = uri;
}

/// The alias of MLflow's registry, where there is one: never a reason to fail.
void point_alias(const PromoteJob& job, const ChampionPlace& place, Promotion& promotion,
                 const Control& control) {
  const std::string name = registered_model_name(job.track.registered_model, place.base);
  if (job.track.tracking_uri.empty() || name.empty()) return;
  try {
    promotion.alias_version =
        follow_champion(job.track, name, {place.store, place.pair.first_key}, control);
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::interrupted) throw;
    warn(promotion.warnings,
         "MLflow's alias champion was not set: " + std::string(error.what()) +
             " The model file is as it should be; 'rarewood promote' again sets it.");
  }
}

}  // namespace

Promotion promote(const PromoteJob& job, const Control& control) {
  check_tracking_uri(job.track);
  const SavedModel challenger = load_challenger(job, control);
  const ChampionPlace place = find_champion(job, control);
  const std::optional<SavedModel> champion = place.load();
  Promotion promotion;
  promotion.dry_run = job.promote.dry_run;
  promotion.margin = job.promote.margin;
  promotion.tolerance = job.promote.calibration_tolerance;
  promotion.challenger = named(challenger);
  if (champion) promotion.champion = named(*champion);
  if (champion && champion->id == challenger.id) {
    promotion.outcome = PromotionOutcome::already;
    promotion.reason = "This model is the champion already.";
  } else {
    const std::string unjudged = judge_models(job, challenger, champion, promotion, control);
    decide_promotion(promotion, unjudged);
    if (brings_a_leak(challenger.model, champion)) keep_for_leak(promotion);
  }
  if (promotion.dry_run) return promotion;
  if (!promotion.promoted()) {  // what is in use and what the registry calls champion stay the same
    if (champion) point_alias(job, place, promotion, control);
    return promotion;
  }
  const bool there = promotion.outcome == PromotionOutcome::already && is_whole(place, challenger);
  if (!there) write_champion(challenger, place, promotion);
  point_alias(job, place, promotion, control);
  return promotion;
}

}  // namespace rarewood
