#include "rarewood/evaluate/report_text.hpp"

#include <algorithm>
#include <cstddef>

#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

struct Row {
  double precision = 0;
  double recall = 0;
  double f1 = 0;
  std::uint64_t support = 0;
};

/// Characters, not bytes: what Python's format counts.
std::size_t characters(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::string right_aligned(const std::string& text, std::size_t width) {
  const std::size_t used = characters(text);
  return (used < width ? std::string(width - used, ' ') : "") + text;
}

std::string line(const std::string& heading, std::size_t width,
                 const std::array<std::string, 4>& texts) {
  std::string out = right_aligned(heading, width) + ' ';
  for (const std::string& text : texts) out += ' ' + right_aligned(text, 9);
  return out + '\n';
}

Row row_of(const Confusion& confusion) {
  return {precision(confusion), recall(confusion), f1_score(confusion),
          confusion.true_positive + confusion.false_negative};
}

/// The two rows' mean, in the order of operations of numpy.average: a sum, then one division.
Row mean(const std::array<Row, 2>& rows, double weight0, double weight1) {
  const auto average = [&](double Row::* value) {
    const double sum = rows[0].*value * weight0 + rows[1].*value * weight1;
    return weight0 + weight1 == 0 ? 0 : sum / (weight0 + weight1);
  };
  return {average(&Row::precision), average(&Row::recall), average(&Row::f1),
          rows[0].support + rows[1].support};
}

}  // namespace

std::string classification_report(const Confusion& confusion,
                                  const std::array<std::string, 2>& labels) {
  const Confusion swapped{confusion.true_positive, confusion.false_negative,
                          confusion.false_positive, confusion.true_negative};
  const std::array<Row, 2> rows{row_of(swapped), row_of(confusion)};
  const std::string widest = "weighted avg";
  const std::size_t width = std::max({characters(labels[0]), characters(labels[1]), widest.size()});
  // Where no row at all is predicted right, scikit-learn's counts become floating-point numbers.
  const std::string ending = accuracy(confusion) == 0 ? ".0" : "";
  const auto row_line = [&](const std::string& heading, const Row& row) {
    return line(heading, width,
                {fixed(row.precision, 2), fixed(row.recall, 2), fixed(row.f1, 2),
                 std::to_string(row.support) + ending});
  };
  const std::string all = std::to_string(rows[0].support + rows[1].support) + ending;

  return line("", width, {"precision", "recall", "f1-score", "support"}) + '\n' +
         row_line(labels[0], rows[0]) + row_line(labels[1], rows[1]) + '\n' +
         line("accuracy", width, {"", "", fixed(accuracy(confusion), 2), all}) +
         row_line("macro avg", mean(rows, 1, 1)) +
         row_line(widest, mean(rows, static_cast<double>(rows[0].support),
                               static_cast<double>(rows[1].support)));
}

}  // namespace rarewood
