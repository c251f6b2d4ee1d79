#include "rarewood/workflow/build_features.hpp"

#include "rarewood/session/feature_tables.hpp"
#include "rarewood/session/raw_tables.hpp"
#include "rarewood/session/write_features.hpp"
#include "rarewood/store/location.hpp"

namespace rarewood {
namespace {

constexpr const char* kRawFolder = "raw-data";

}  // namespace

const OptionTable<FeatureFiles>& feature_files_options() {
  static const auto table = [] {
    OptionTable<FeatureFiles> made("features");
    made.add(&FeatureFiles::raw, "raw",
             "Folder or s3:// URI of website_sessions, website_pageviews and orders, .parquet or "
             ".csv; without it raw-data of the store")
        .not_in_model()
        .add(&FeatureFiles::out, "out",
             "Key of the training table in the store; its keys file stands beside it")
        .not_in_model();
    return made;
  }();
  return table;
}

Journeys read_raw_journeys(const FeatureJob& job, const std::string& zone, const Control& control) {
  StoreOptions place = job.store;
  if (!job.files.raw.empty()) place.store = job.files.raw;
  const auto store = open_store(place, control);
  const std::string prefix = job.files.raw.empty() ? kRawFolder : "";
  return read_journeys(open_raw_tables(*store, prefix, job.text, control), zone, control);
}

BuiltFeatures build_features(const FeatureJob& job, const Control& control) {
  const SessionRules rules = check_session_options(job.session);
  const auto store = open_store(job.store, control);
  const Journeys journeys = read_raw_journeys(job, rules.timezone, control);
  const FeatureTables made = features_as_of(journeys, rules, control);

  write_features(*store, job.files.out, made, job.text, control);
  return {.sessions = journeys.sessions(),
          .page_views = journeys.page_time.size(),
          .rows = made.population.at(Standing::kept),
          .population = made.population,
          .left_out = left_out(made.population, rules),
          .dirt = dirt_lines(journeys.dirt),
          .warnings = made.warnings,
          .point = point_phrase(rules.point),
          .leaks = rules.point.kind == PredictionPoint::Kind::end,
          .simulated = journeys.simulated,
          .table_uri = store->uri(job.files.out),
          .keys_uri = store->uri(keys_key(job.files.out))};
}

}  // namespace rarewood
