#pragma once

#include <concepts>
#include <cstdint>
#include <type_traits>

#include "rarewood/base/utc.hpp"
#include "rarewood/report/audit_record.hpp"
#include "rarewood/report/run_record.hpp"

// Each struct is described once, by a function that hands its members with their keys to `io`: one
// that writes JSON or one that reads it, so the two directions cannot drift apart. `derived` values
// are written for the reader's comfort and not read back.

namespace rarewood {

/// Of the JSON; raised when a key changes its meaning.
inline constexpr int kRecordFormatVersion = 1;

/// A reference that is const while writing and not while reading.
template <typename T, typename Record>
concept Either = std::same_as<std::remove_const_t<T>, Record>;

template <typename Io, Either<Interval> T>
void describe(Io& io, T& interval) {
  io("low", interval.low);
  io("high", interval.high);
}

template <typename Io, Either<Baseline> T>
void describe(Io& io, T& baseline) {
  io("name", baseline.name);
  io("description", baseline.description);
  io("judged_on", baseline.judged_on);
  io("metrics", baseline.metrics);
}

template <typename Io, Either<MetricDifference> T>
void describe(Io& io, T& difference) {
  io("rival", difference.rival);
  io("metric", difference.metric);
  io("difference", difference.difference);
  io("interval", difference.interval);
  io("p_adjusted", difference.chance);
}

template <typename Io, Either<Segment> T>
void describe(Io& io, T& segment) {
  io("level", segment.level);
  io("rows", segment.rows);
  io("positives", segment.positives);
  io("flagged", segment.flagged);
  io("mean_probability", segment.mean_probability);
  io("positive_rate", segment.positive_rate);
  io("flag_rate", segment.flag_rate);
  io("metrics", segment.metrics);
  io("intervals", segment.intervals);
  io("few", segment.few);
  io("few_groups", segment.few_groups);
  io("compared", segment.compared);
  io("p_ranking", segment.p_ranking);
  io("p_calibration", segment.p_calibration);
}

template <typename Io, Either<Segmentation> T>
void describe(Io& io, T& segmentation) {
  io("column", segmentation.column);
  io("verdict", segmentation.verdict);
  io("asked", segmentation.asked);
  io("segments", segmentation.segments);
}

template <typename Io, Either<ThresholdFacts> T>
void describe(Io& io, T& threshold) {
  io("rule", threshold.rule);
  io("words", threshold.words);
  io("probability", threshold.probability);
  io("interval", threshold.interval);
  io("figure", threshold.figure);
  io("wanted", threshold.wanted);
  io("out_of_fold", threshold.out_of_fold);
  io("test", threshold.test);
  io("test_interval", threshold.test_interval);
  io("optimum", threshold.optimum);
  io("best_out_of_fold", threshold.best_out_of_fold);
  io("plateau", threshold.plateau);
  io("expected", threshold.expected);
  io("flagging_everyone", threshold.everyone);
  io("flagging_nobody", threshold.nobody);
}

template <typename Io, Either<CalibrationTrial> T>
void describe(Io& io, T& trial) {
  io("method", trial.method);
  io("log_loss", trial.log_loss);
  io("behind", trial.behind);
  io("error", trial.error);
}

template <typename Io, Either<Figure> T>
void describe(Io& io, T& figure) {
  io("value", figure.value);
  io("interval", figure.interval);
}

template <typename Io, Either<CalibrationFigures> T>
void describe(Io& io, T& figures) {
  io("mean_probability", figures.mean_probability);
  io("prevalence", figures.prevalence);
  io("in_the_large", figures.in_the_large);
  io("slope", figures.slope);
  io("intercept", figures.intercept);
  io("brier", figures.brier);
  io("ece", figures.ece);
}

template <typename Io, Either<ReliabilityBin> T>
void describe(Io& io, T& bin) {
  io("mean_probability", bin.mean_probability);
  io("rate", bin.rate);
  io("rate_interval", bin.rate_interval);
  io("rows", bin.rows);
  io("positives", bin.positives);
}

template <typename Io, Either<CalibrationFacts> T>
void describe(Io& io, T& calibration) {
  io("method", calibration.method);
  io("trials", calibration.trials);
  io("before", calibration.before);
  io("after", calibration.after);
  io("curve", calibration.curve);
}

template <typename Io, Either<Slice> T>
void describe(Io& io, T& slice) {
  io("name", slice.name);
  io("description", slice.description);
  io("rows", slice.rows);
  io("positives", slice.positives);
  io("metrics", slice.metrics);
  io("intervals", slice.intervals);
  io("baselines", slice.baselines);
}

template <typename Io, Either<Sighting> T>
void describe(Io& io, T& sighting) {
  io("rows", sighting.rows);
  io("positives", sighting.positives);
  io("mean_probability", sighting.mean_probability);
  io("positive_rate", sighting.positive_rate);
  io("rate_interval", sighting.rate_interval);
  io("metrics", sighting.metrics);
  io("intervals", sighting.intervals);
}

template <typename Io, Either<TimeCheck> T>
void describe(Io& io, T& check) {
  io("column", check.column);
  io("tested_from", check.tested_from);
  io("gap", check.gap);
  io("train_rows", check.train_rows);
  io("left_out", check.left_out);
  io("at_random", check.at_random);
  io("latest", check.latest);
  io("agrees", check.agrees);
  io("verdict", check.verdict);
}

template <typename Io, Either<CandidateName> T>
void describe(Io& io, T& name) {
  io("learner", name.learner);
  io("balance", name.balance);
}

template <typename Io, Either<CandidateDifference> T>
void describe(Io& io, T& difference) {
  io("difference", difference.difference);
  io("interval", difference.interval);
}

template <typename Io, Either<CandidateFacts> T>
void describe(Io& io, T& candidate) {
  describe(io, candidate.name);
  io("figure", candidate.figure);
  io("f1_score", candidate.f1_score);
  io("auc_roc", candidate.auc_roc);
  io("average_precision", candidate.average_precision);
  io("log_loss", candidate.log_loss);
  io("intervals", candidate.intervals);
  io("differences", candidate.differences);
  io("threshold", candidate.threshold);
  io("calibration", candidate.calibration);
  io("seconds", candidate.seconds);
}

/// The record's keys of a comparison stand beside its others.
template <typename Io, Either<ComparisonFacts> T>
void describe(Io& io, T& comparison) {
  io("by", comparison.by);
  io("candidates", comparison.candidates);
  io("chosen", comparison.chosen);
  io("indistinguishable", comparison.indistinguishable);
  io("skipped", comparison.skipped);
  io("choice", comparison.choice);
}

template <typename Io, Either<Finding> T>
void describe(Io& io, T& finding) {
  io("level", finding.level);
  io("kind", finding.kind);
  io("taxonomy", finding.taxonomy);
  io("column", finding.column);
  io("other_columns", finding.others);
  io("what", finding.what);
  io("evidence", finding.evidence);
  io("remedy", finding.remedy);
  io("measure", finding.measure);
  io("value", finding.value);
  io("interval", finding.interval);
}

template <typename Io, Either<WhatIfFigure> T>
void describe(Io& io, T& figure) {
  io("metric", figure.metric);
  io("as_it_is", figure.as_it_is);
  io("changed", figure.changed);
  io("difference", figure.difference);
}

template <typename Io, Either<WhatIf> T>
void describe(Io& io, T& what_if) {
  io("change", what_if.change);
  io("column", what_if.column);
  io("cap", what_if.cap);
  io("learner", what_if.learner);
  io("figures", what_if.figures);
}

template <typename Io, Either<TargetCheck> T>
void describe(Io& io, T& check) {
  io("metric", check.metric);
  io("minimum", check.minimum);
  io("good", check.good);
  io("verdict", check.verdict);
  io("good_verdict", check.good_verdict);
}

template <typename Io, Either<FeatureImportance> T>
void describe(Io& io, T& item) {
  io("feature", item.feature);
  io("importance", item.importance);
}

template <typename Io, Either<CurveStep> T>
void describe(Io& io, T& step) {
  io("threshold", step.threshold);
  io("recall", step.recall);
  io("precision", step.precision);
  io("false_positive_rate", step.false_positive_rate);
  io("f1_score", step.f1_score);
}

template <typename Io, Either<ColumnFact> T>
void describe(Io& io, T& column) {
  io("name", column.name);
  io("kind", column.kind);
}

template <typename Io, Either<LeftOut> T>
void describe(Io& io, T& left_out) {
  io("reason", left_out.reason);
  io("rows", left_out.rows);
}

template <typename Io, Either<GroupFacts> T>
void describe(Io& io, T& groups) {
  io("column", groups.column);
  io("groups", groups.groups);
}

template <typename Io, Either<DataFacts> T>
void describe(Io& io, T& data) {
  io("table", data.table);
  io("target", data.target);
  io("labels", data.labels);
  io("prediction_point", data.prediction_point);
  io("rows", data.rows);
  io.counted("distinct_rows", data.distinct_rows);
  io.counted("train_rows", data.train_rows);
  io("test_rows", data.test_rows);
  io("class_rows", data.class_rows);
  io.counted("features", data.features);
  io("columns", data.columns);
  std::uint64_t left_out = 0;
  for (const LeftOut& part : data.left_out) left_out += part.rows;
  io.derived("left_out", left_out);
  io("left_out_by_reason", data.left_out);
  io("groups", data.groups);
  io("synthetic_rows", data.synthetic_rows);
  io("simulated", data.simulated);
  io("fingerprint", data.fingerprint);
}

/// What the one look at the test part found, once more under a key of its own for readers of a
/// comparison.
struct TestLook {
  std::map<std::string, double> metrics;
  std::map<std::string, Interval> intervals;
};

template <typename Io, Either<TestLook> T>
void describe(Io& io, T& look) {
  io("metrics", look.metrics);
  io("intervals", look.intervals);
}

template <typename Io, Either<RunRecord> T>
void describe(Io& io, T& record) {
  io.derived("format_version", kRecordFormatVersion);
  io("run_id", record.run_id);
  io("test_part", record.test_part);
  io("looks", record.looks);
  io("run_name", record.run_name);
  io("experiment", record.experiment);
  io("command", record.command);
  io("status", record.status);
  io("mlflow_run_id", record.mlflow_run_id);
  io.derived("started_at", utc_text(record.started_at_ms));
  io.derived("ended_at", utc_text(record.ended_at_ms));
  io("started_at_ms", record.started_at_ms);
  io("ended_at_ms", record.ended_at_ms);
  io("data", record.data);
  io.scalars("params", record.params);
  io("metrics", record.metrics);
  io("intervals", record.intervals);
  io("threshold", record.threshold);
  io("calibration", record.calibration);
  io("curve", record.curve);
  describe(io, record.comparison);
  if (!record.comparison.candidates.empty()) {
    io.derived("test", TestLook{record.metrics, record.intervals});
  }
  io("verdict", record.verdict);
  io("baselines", record.baselines);
  io("differences", record.differences);
  io("design_effects", record.design_effects);
  io("all_rows", record.all_rows);
  io("slices", record.slices);
  io("time_check", record.time_check);
  io("segmentations", record.segmentations);
  io("targets", record.targets);
  io("findings", record.findings);
  io("warnings", record.warnings);
  io("importance", record.importance);
  io("importance_measure", record.importance_measure);
  io("confusion_matrix", record.confusion);
  io("classification_report", record.classification_report);
  io("model_id", record.model_id);
  io("model_paths", record.model_paths);
  io("registered_model", record.registered_model);
  io("timings", record.timings);
  io("peak_memory_bytes", record.peak_memory_bytes);
  io.texts("tags", record.tags);
}

template <typename Io, Either<AuditRecord> T>
void describe(Io& io, T& record) {
  io.derived("format_version", kRecordFormatVersion);
  io.derived("command", "audit");
  io("data", record.data);
  io("findings", record.findings);
  io("looked_for", record.looked_for);
  io("what_if", record.what_if);
  io("warnings", record.warnings);
  io("timings", record.timings);
}

}  // namespace rarewood
