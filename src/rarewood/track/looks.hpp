#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "rarewood/report/run_record.hpp"

namespace rarewood {

/// From this many looks on a run warns. The luckiest of ten models that are equally good looks on
/// average 1.5 standard errors better than it is (docs/method/evaluation.md).
inline constexpr std::uint64_t kManyLooks = 10;

/// Name of a test part, 32 hex digits: equal for runs that judge the same rows.
/// \param fingerprint  of the table's content, as DataFacts has it
/// \param split        every option that decides which rows are held back, name and value
std::string test_part_name(const std::string& fingerprint,
                           const std::vector<std::pair<std::string, std::string>>& split);

/// How many runs of the journal judged this test part. Reads the first 4 KiB of each record, so
/// thousands of runs take some hundredths of a second; entries that are no records, or damaged
/// there, count as none.
std::uint64_t looks_at(const std::string& journal, const std::string& test_part);

/// Note in the record which test part it judged and the how many-th look that was; from kManyLooks
/// on it warns.
void record_look(const std::string& journal, const std::string& test_part, RunRecord& record);

}  // namespace rarewood
