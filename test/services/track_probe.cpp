// Sends a made-up run, so that tracking can be tested apart from training:
//   track_probe JOURNAL            write the run, send it, print the result as JSON
//   track_probe JOURNAL --again    send the newest run of the journal once more
// The server and its credentials come from the variables rarewood reads; PROBE_STARTED_MS is when a
// run began, in milliseconds since 1970, by default a moment ago; PROBE_LEAK a column that leaks;
// with PROBE_IN_USE the run wrote the model file that the registry's name stands for.

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <nlohmann/json.hpp>

#include "rarewood/base/error.hpp"
#include "rarewood/base/process.hpp"
#include "rarewood/report/record_for_test.hpp"
#include "rarewood/report/record_params.hpp"
#include "rarewood/track/journal.hpp"
#include "rarewood/track/mlflow_model.hpp"
#include "rarewood/track/origin.hpp"
#include "rarewood/track/send_run.hpp"

namespace {

using namespace rarewood;

TrackOptions options_of_environment() {
  RawOptions raw;
  for (const OptionSpec& spec : track_options().specs()) {
    for (const std::string& variable : spec.environment) {
      if (const char* value = std::getenv(variable.c_str())) {
        raw[spec.name] = {value, Origin::environment};
      }
    }
  }
  if (const char* seconds = std::getenv("PROBE_TIMEOUT")) {
    raw["tracking_timeout"] = {seconds, Origin::flag};
  }
  return track_options().make(raw);
}

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string registered_name() {
  const char* name = std::getenv("PROBE_REGISTERED");
  return name == nullptr ? "classification_model" : name;
}

RunRecord made_up_run(const TrackOptions& options) {
  RunRecord record = assigned_job();
  const char* started = std::getenv("PROBE_STARTED_MS");
  record.started_at_ms = started == nullptr ? now_ms() - 1500 : std::atoll(started);
  record.ended_at_ms = record.started_at_ms + 1250;
  record.run_id = fresh_hex(32);
  record.run_name = options.run_name;
  record.status = "FINISHED";
  record.experiment = experiment_name(options, record.data.target);
  record.importance = {{"engagement_depth", 0.8}, {"hour_of_day", 0.2}};
  if (const char* column = std::getenv("PROBE_LEAK")) {
    record.findings = {begin_finding(FindingLevel::proved, "leak", "L2", column)};
  }
  if (std::getenv("PROBE_IN_USE") != nullptr) {
    record.model_paths["onnx"] = "./store/models/" + registered_name() + ".onnx";
  }
  record.timings = {{"load", 0.03}, {"fit", 0.3}};
  record.tags = origin_tags("train");
  for (const auto& param : data_params(record.data, "s3://models/classification_model.pkl")) {
    record.params.push_back(param);
  }
  for (int i = 0; i < 120; ++i) record.params.emplace_back("option_" + std::to_string(i), "1");
  record.params.emplace_back("long", std::string(7000, 'x'));
  return record;
}

/// A model folder whose ONNX file is as large as a real one, and none.
std::vector<Artifact> made_up_model(RunRecord& record) {
  const std::string onnx(300'000, '\x5a');
  const FeatureSchema schema{{{"engagement_depth", FeatureKind::number, {}},
                              {"utm_source", FeatureKind::category, {"ads", "mail"}}},
                             {"is_ordered", "0", "1"},
                             "10min"};
  record.registered_model = registered_name();
  record.data.fingerprint = "0123456789abcdef0123456789abcdef";
  record.data.columns = {{"engagement_depth", "number"}, {"utm_source", "category"}};
  record.tags.emplace_back("rarewood.model_id", "0123456789abcdef");
  return mlflow_model_folder(onnx, schema, record);
}

std::filesystem::path write_made_up(const std::string& journal, const TrackOptions& options) {
  RunRecord record = made_up_run(options);
  const std::vector<Artifact> artifacts = made_up_model(record);
  return write_run(journal, record, artifacts);
}

std::filesystem::path newest(const std::filesystem::path& journal) {
  std::filesystem::path last;
  for (const auto& entry : std::filesystem::directory_iterator(journal)) {
    last = std::max(last, entry.path());
  }
  return last;
}

}  // namespace

int main(int count, char** words) {
  try {
    if (count < 2) return 2;
    const Control control{.stop = stop_on_signal()};
    const TrackOptions options = options_of_environment();
    const bool again = count > 2 && std::string(words[2]) == "--again";
    const std::filesystem::path folder =
        again ? newest(words[1]) : write_made_up(words[1], options);
    const SendResult sent = send_run(folder, options, control);
    const nlohmann::json json = {
        {"folder", folder.string()},           {"run_id", read_run(folder).run_id},
        {"mlflow_run_id", sent.mlflow_run_id}, {"run_page", sent.run_page},
        {"complete", sent.complete},           {"warning", sent.warning},
        {"model_version", sent.model_version}};
    std::puts(json.dump().c_str());
    return 0;
  } catch (const Error& problem) {
    std::fprintf(stderr, "%s\n", problem.what());
    return problem.exit_code();
  }
}
