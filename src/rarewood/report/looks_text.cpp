#include "rarewood/report/looks_text.hpp"

#include "rarewood/base/text.hpp"

namespace rarewood {

std::string looks_text(const RunRecord& record) {
  if (record.looks == 0) return "";
  if (record.looks == 1) return "   This is the journal's first look at this test part.\n";
  return "   This test part has been looked at " + thousands(record.looks) +
         " times by runs in the journal, this one among them.\n";
}

}  // namespace rarewood
