#pragma once

#include <limits>
#include <string>
#include <vector>

#include "rarewood/evaluate/judgement.hpp"

namespace rarewood {

/// How sure a finding is, and what it asks for.
enum class FindingLevel {
  proved,   ///< a rule that chance does not explain: the figures of a model cannot be believed
  suspect,  ///< one question to whoever knows the table
  note      ///< worth knowing
};

/// A fact about the table that the user must know before believing a model made from it.
struct Finding {
  FindingLevel level = FindingLevel::proved;
  std::string kind;      ///< "leak", "known_later", "shared_rows", ..., see docs/method/audit.md
  std::string taxonomy;  ///< Kapoor and Narayanan's type: "L2"; "" where it is no leak
  std::string column;    ///< the column in question; "" of findings about rows
  std::vector<std::string> others;  ///< further columns that belong to it
  std::string what;                 ///< a few words: "duration stands out"
  std::string evidence;             ///< one sentence with its numbers
  std::string remedy;               ///< what to do, a sentence or two
  std::string measure;              ///< what `value` is: "auc_roc"; "" where there is no number
  double value = std::numeric_limits<double>::quiet_NaN();
  Interval interval = {std::numeric_limits<double>::quiet_NaN(),
                       std::numeric_limits<double>::quiet_NaN()};  ///< of `value`, 95 %
};

/// A finding with no words yet. \param column  "" of findings about rows
Finding begin_finding(FindingLevel level, std::string kind, std::string taxonomy,
                      std::string column);

std::string word_of(FindingLevel level);  ///< "proved", "suspect", "note"
/// \throws Error(data) for another word
void read_word(const std::string& word, FindingLevel& level);

bool has_level(const std::vector<Finding>& findings, FindingLevel level);

/// The features that are proved to give the answer away, each once. Rows on both sides of the split
/// are no such leak: they spoil a figure, not a model.
std::vector<std::string> leaking_features(const std::vector<Finding>& findings);

/// "a, b": the columns of all findings of the level, each once.
std::string columns_of(const std::vector<Finding>& findings, FindingLevel level);

}  // namespace rarewood
