#include "rarewood/track/tracked_facts.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "rarewood/report/console_style.hpp"

namespace rarewood {
namespace {

using Metrics = std::vector<std::pair<std::string, double>>;
using Texts = std::vector<std::pair<std::string, std::string>>;

void append(Metrics& all, const std::string& prefix, const std::map<std::string, double>& values) {
  for (const auto& [key, value] : values) {
    if (std::isfinite(value)) all.emplace_back(prefix + key, value);
  }
}

Metrics metrics_of(const RunRecord& record) {
  Metrics all;
  append(all, "", record.metrics);
  for (const auto& [key, interval] : record.intervals) {
    append(all, key, {{"_low", interval.low}, {"_high", interval.high}});
  }
  for (const Baseline& baseline : record.baselines) {
    const std::string where = baseline.judged_on == "out_of_fold" ? "oof_" : "";
    append(all, "baseline_" + where + baseline.name + "_", baseline.metrics);
  }
  for (const Slice& slice : record.slices) append(all, slice.name + "_", slice.metrics);
  append(all, "seconds_", record.timings);
  if (record.peak_memory_bytes > 0) {
    all.emplace_back("peak_memory_bytes", static_cast<double>(record.peak_memory_bytes));
  }
  return all;
}

/// Markdown for the run's page: what a reader must know before the numbers.
std::string description(const RunRecord& record) {
  std::string text;
  if (record.data.simulated) text += "**Simulated data**: no claim of quality on a real shop.\n\n";
  for (const Finding& finding : record.findings) {
    if (finding.level == FindingLevel::note) continue;
    const bool proved = finding.level == FindingLevel::proved;
    text += std::string("**") + (proved ? "leak" : "suspect") + "**: " + finding.evidence + " " +
            finding.remedy + "\n\n";
  }
  if (!record.verdict.empty()) text += record.verdict + "\n\n";
  for (const TargetCheck& check : record.targets) {
    text += "- " + metric_title(check.metric) + " > " + number_text(check.minimum, 2) + ": " +
            check.verdict + "\n";
  }
  return text;
}

Texts tags_of(const RunRecord& record) {
  Texts tags = record.tags;
  tags.emplace_back("rarewood.data", record.data.simulated ? "simulated" : "real");
  tags.emplace_back("rarewood.leak", leak_text(record));
  tags.emplace_back("rarewood.prediction_point", record.data.prediction_point);
  tags.emplace_back("rarewood.data_fingerprint", record.data.fingerprint);
  tags.emplace_back("rarewood.test_part", record.test_part);
  if (record.looks > 0) tags.emplace_back("rarewood.looks", std::to_string(record.looks));
  tags.emplace_back("rarewood.verdict", record.verdict);
  tags.emplace_back("mlflow.note.content", description(record));
  std::erase_if(tags, [](const auto& tag) { return tag.second.empty(); });
  return tags;
}

std::int64_t thousandths(double share) { return std::llround(1000 * share); }

/// The values that could be computed; a step has one.
void append(std::vector<StepValue>& all, const std::string& key,
            const std::map<std::int64_t, double>& values) {
  for (const auto& [step, value] : values) {
    if (std::isfinite(value)) all.push_back({key, step, value});
  }
}

std::vector<StepValue> curves_of(const RunRecord& record) {
  std::map<std::string, std::map<std::int64_t, double>> curves;
  for (const CurveStep& step : record.curve) {
    const std::int64_t threshold = thousandths(step.threshold);
    curves["curve/roc"][thousandths(step.false_positive_rate)] = step.recall;
    curves["curve/precision_recall"].try_emplace(thousandths(step.recall), step.precision);
    curves["curve/f1_by_threshold"][threshold] = step.f1_score;
    curves["curve/precision_by_threshold"][threshold] = step.precision;
    curves["curve/recall_by_threshold"][threshold] = step.recall;
  }
  for (const ReliabilityBin& bin : record.calibration.curve) {
    curves["curve/calibration"][thousandths(bin.mean_probability)] = bin.rate;
  }
  std::vector<StepValue> all;
  for (const auto& [key, values] : curves) append(all, key, values);
  return all;
}

std::set<std::string> keys_of(const std::map<std::string, double>& metrics) {
  std::set<std::string> keys;
  for (const auto& [key, value] : metrics) keys.insert(key);
  return keys;
}

/// A server refuses a key given twice; the first one counts.
template <typename Value>
void keep_first(std::vector<std::pair<std::string, Value>>& items) {
  std::set<std::string> seen;
  std::erase_if(items, [&](const auto& item) { return !seen.insert(item.first).second; });
}

}  // namespace

std::string param_of(const RunRecord& record, const std::string& key) {
  const auto found =
      std::ranges::find(record.params, key, &std::pair<std::string, std::string>::first);
  return found == record.params.end() ? "" : found->second;
}

std::string leak_text(const RunRecord& record) {
  if (!has_level(record.findings, FindingLevel::proved)) return "none found";
  const std::string columns = columns_of(record.findings, FindingLevel::proved);
  return columns.empty() ? "rows in both parts" : columns;
}

TrackedFacts tracked_facts(const RunRecord& record) {
  TrackedFacts facts{record.params, metrics_of(record), tags_of(record), curves_of(record),
                     keys_of(record.metrics)};
  keep_first(facts.params);
  keep_first(facts.metrics);
  keep_first(facts.tags);
  return facts;
}

}  // namespace rarewood
