#include "rarewood/evaluate/report_text.hpp"

#include <gtest/gtest.h>

namespace rarewood {
namespace {

TEST(ReportText, IsTheLayoutUsersKnow) {
  // 88,112 and 6,463 rows; the rates are those of the known output.
  const Confusion confusion{77431, 10681, 2908, 3555};
  EXPECT_EQ(classification_report(confusion, {"0", "1"}),
            "              precision    recall  f1-score   support\n"
            "\n"
            "           0       0.96      0.88      0.92     88112\n"
            "           1       0.25      0.55      0.34      6463\n"
            "\n"
            "    accuracy                           0.86     94575\n"
            "   macro avg       0.61      0.71      0.63     94575\n"
            "weighted avg       0.92      0.86      0.88     94575\n");
}

TEST(ReportText, ShowsZeroWhereNothingIsPredicted) {
  EXPECT_EQ(classification_report({9, 0, 1, 0}, {"0", "1"}),
            "              precision    recall  f1-score   support\n"
            "\n"
            "           0       0.90      1.00      0.95         9\n"
            "           1       0.00      0.00      0.00         1\n"
            "\n"
            "    accuracy                           0.90        10\n"
            "   macro avg       0.45      0.50      0.47        10\n"
            "weighted avg       0.81      0.90      0.85        10\n");
}

TEST(ReportText, WidensForLabelsAndCountsTheirCharacters) {
  EXPECT_EQ(classification_report({3, 1, 1, 3}, {"did not buy", "hat etwas bestellt ✓"}),
            "                      precision    recall  f1-score   support\n"
            "\n"
            "         did not buy       0.75      0.75      0.75         4\n"
            "hat etwas bestellt ✓       0.75      0.75      0.75         4\n"
            "\n"
            "            accuracy                           0.75         8\n"
            "           macro avg       0.75      0.75      0.75         8\n"
            "        weighted avg       0.75      0.75      0.75         8\n");
}

}  // namespace
}  // namespace rarewood
