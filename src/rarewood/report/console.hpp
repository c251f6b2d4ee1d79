#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "rarewood/report/console_style.hpp"
#include "rarewood/report/run_record.hpp"

namespace rarewood {

// The blocks a training run prints, in this order, each when it is due. Every text ends with a
// newline; a block begins with the blank line that sets it apart.

std::string banner_text(const ConsoleStyle& style, const std::string& target);

std::string loading_text(const ConsoleStyle& style);

/// Rows by class, the rows left out with their reasons, and whether the data is simulated.
/// "Loaded" counts the rows left out too.
std::string loaded_text(const ConsoleStyle& style, const DataFacts& data);

/// \param how  "" for the stratified split, else such as "by time"
std::string splitting_text(const ConsoleStyle& style, const std::string& how, double test_size);

/// Rows of both parts, and what they fold to; ends with a blank line.
std::string split_text(const DataFacts& data);

/// \param method  "SMOTE"
std::string resampling_text(const std::string& method);

/// \param caption  "Original distribution", "After SMOTE"
std::string distribution_text(const std::string& caption, const std::array<std::string, 2>& labels,
                              const std::array<std::uint64_t, 2>& rows);

/// What resampling is going to make and to need: "62,261 synthetic rows, up to 14 MB of memory".
std::string plan_text(std::uint64_t synthetic, bool about, std::uint64_t memory);

/// How many of the synthetic rows equal a row that was there, and which share of them lies where
/// only the other class lives; "" where none was made.
std::string synthetic_text(std::uint64_t synthetic, std::uint64_t copies, double among_majority);

/// "   Scale pos weight: 13.63"
std::string positive_weight_text(double weight);

/// \param learner        "Random Forest"
/// \param class_weights  they are the only cure of the imbalance, so they are named
std::string training_text(const std::string& learner, bool class_weights);

/// "   Boosting rounds: 19"
std::string rounds_text(std::size_t rounds);
std::string evaluating_text(const ConsoleStyle& style);

std::string report_text(const ConsoleStyle& style, const std::string& classification_report);

/// F1 and AUC; then every metric with its interval and what no skill would reach.
std::string key_metrics_text(const ConsoleStyle& style, const RunRecord& record);

/// \param place  "MinIO", "S3", "the local store"
std::string saving_text(const ConsoleStyle& style, const std::string& place);
std::string saved_text(const ConsoleStyle& style, const std::string& uri);

/// The figures that count, and below them what leak is proved against them.
/// \param journal  the run's folder, named where no tracking server has the run
std::string complete_text(const ConsoleStyle& style, const RunRecord& record,
                          const std::string& journal);

}  // namespace rarewood
