#include "rarewood/report/findings_text.hpp"

#include <gtest/gtest.h>

namespace rarewood {
namespace {

const ConsoleStyle kPlain{.plain = true};

Finding finding(FindingLevel level, const std::string& column) {
  Finding made = begin_finding(level, "leak", "L2", column);
  made.what = column + " gives the answer away";
  made.evidence = column + " = 7 exactly where is_ordered = 1.";
  made.remedy = "Fix a prediction point: rarewood features --as-of 10min.";
  return made;
}

TEST(FindingsText, NamesALeakWithItsEvidenceAndRemedy) {
  EXPECT_EQ(findings_text(kPlain, {finding(FindingLevel::proved, "depth")}),
            "\n"
            "LEAK: depth gives the answer away\n"
            "   depth = 7 exactly where is_ordered = 1.\n"
            "   Fix a prediction point: rarewood features --as-of 10min.\n");
  EXPECT_EQ(findings_text(kPlain, {}), "");
}

TEST(FindingsText, OnlyCountsNotes) {
  EXPECT_EQ(findings_text(kPlain, {finding(FindingLevel::note, "a")}),
            "\nThe audit has 1 note on the table: see them with 'rarewood audit'.\n");
}

AuditRecord record() {
  AuditRecord audit;
  audit.data.table = "t.csv";
  audit.data.target = "bought";
  audit.data.rows = 2000;
  audit.data.class_rows = {1800, 200};
  audit.data.features = 4;
  audit.looked_for = {"rules without exception"};
  return audit;
}

TEST(FindingsText, AnAuditWithoutFindingsSaysWhatItLookedFor) {
  EXPECT_EQ(audit_text(kPlain, record()),
            "t.csv: 2,000 rows, 200 with bought = 1, 4 columns\n"
            "Nothing found.\n"
            "\n"
            "Looked for:\n"
            "   - rules without exception\n");
}

TEST(FindingsText, AnAuditShowsEveryLevelAndWhatIf) {
  AuditRecord audit = record();
  audit.findings = {finding(FindingLevel::proved, "a"), finding(FindingLevel::suspect, "b"),
                    finding(FindingLevel::note, "c")};
  audit.what_if = {{.change = "with depth at most 6",
                    .column = "depth",
                    .cap = 6,
                    .learner = "forest",
                    .figures = {{"f1_score", 0.5, 0.25, {-0.3, -0.2}}}}};
  const std::string text = audit_text(kPlain, audit);
  EXPECT_NE(text.find("Found: 1 leak, 1 suspect, 1 note."), std::string::npos);
  EXPECT_LT(text.find("LEAK: a"), text.find("SUSPECT: b"));
  EXPECT_LT(text.find("SUSPECT: b"), text.find("Note: c"));
  EXPECT_NE(text.find("F1-Score:           0.5000     0.2500 (-0.3000 to -0.2000)\n"),
            std::string::npos);
  EXPECT_NE(text.find("It is no prediction point"), std::string::npos);
}

}  // namespace
}  // namespace rarewood
