// Prints, as JSON, every number of the evaluate room for the scores on stdin, so that the parity
// tests can compare them with scikit-learn's. Lines "score,n0,n1"; a line "threshold,NUMBER" and a
// line "labels,NEGATIVE,POSITIVE" may come first.

#include <array>
#include <iostream>
#include <string>

#include <nlohmann/json.hpp>

#include "rarewood/evaluate/curve.hpp"
#include "rarewood/evaluate/metrics.hpp"
#include "rarewood/evaluate/report_text.hpp"

using nlohmann::ordered_json;

namespace rarewood {
namespace {

struct Input {
  ScoreList list;
  double threshold = 0.5;
  std::array<std::string, 2> labels{"0", "1"};
};

Input read_input(std::istream& in) {
  Input input;
  std::string line;
  while (std::getline(in, line)) {
    const std::size_t first = line.find(',');
    const std::size_t second = line.find(',', first + 1);
    const std::string head = line.substr(0, first);
    if (head == "threshold") {
      input.threshold = std::stod(line.substr(first + 1));
    } else if (head == "labels") {
      input.labels = {line.substr(first + 1, second - first - 1), line.substr(second + 1)};
    } else {
      input.list.push_back({std::stod(head), std::stoull(line.substr(first + 1)),
                            std::stoull(line.substr(second + 1))});
    }
  }
  return input;
}

ordered_json all_numbers(const Input& input) {
  const Confusion confusion = confusion_at(input.list, input.threshold);
  ordered_json out;
  out["metrics"] = metrics_by_name(compute_metrics(input.list, input.threshold));
  out["confusion"] = {confusion.true_negative, confusion.false_positive, confusion.false_negative,
                      confusion.true_positive};
  out["report"] = classification_report(confusion, input.labels);
  out["flag_all_f1"] = flag_all_f1(class_totals(input.list));
  for (const CurvePoint& point : make_curve(input.list).points) {
    out["curve"].push_back({point.score, point.n0, point.n1});
  }
  return out;
}

}  // namespace
}  // namespace rarewood

int main() {
  try {
    std::cout << rarewood::all_numbers(rarewood::read_input(std::cin)) << '\n';
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
  return 0;
}
