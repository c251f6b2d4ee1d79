#include "rarewood/track/looks.hpp"

#include <filesystem>
#include <fstream>

#include "rarewood/base/text.hpp"
#include "rarewood/report/warn.hpp"

namespace rarewood {
namespace {

constexpr std::size_t kHead = 4096;

std::string head_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string head(kHead, '\0');
  file.read(head.data(), kHead);
  head.resize(static_cast<std::size_t>(file.gcount()));
  return head;
}

/// As the record's writer words it; quotes within a value would have a backslash before them.
std::string key_of_test_part(const std::string& test_part) {
  return "\"test_part\": \"" + test_part + "\"";
}

}  // namespace

std::uint64_t looks_at(const std::string& journal, const std::string& test_part) {
  const std::string key = key_of_test_part(test_part);
  std::uint64_t looks = 0;
  std::error_code none;
  for (std::filesystem::directory_iterator at(journal, none), end; at != end; at.increment(none)) {
    if (at->path().filename().string().find(".part-") != std::string::npos) continue;
    if (head_of(at->path() / "run.json").find(key) != std::string::npos) ++looks;
  }
  return looks;
}

void record_look(const std::string& journal, RunRecord& record) {
  record.looks = looks_at(journal, record.test_part) + 1;
  if (record.looks < kManyLooks) return;
  warn(record.warnings, "This test part has been looked at " + thousands(record.looks) +
                            " times: the best figure of so many is partly luck. Judge the model "
                            "you keep once on rows no run has seen: newer ones, or "
                            "--random-state 7.");
}

}  // namespace rarewood
