#include "rarewood/learn/forest/class_weight.hpp"

#include <optional>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/option/option.hpp"

namespace rarewood {
namespace {

constexpr double kLargestWeight = 1e6;

[[noreturn]] void refuse(const std::string& text) {
  throw Error(ErrorKind::usage,
              "--class-weight must be none, balanced, balanced_subsample or weights above 0 and up "
              "to 1000000 of the negative and the positive class such as 0:1,1:5, not '" +
                  text + "'." + did_you_mean(text, {"none", "balanced", "balanced_subsample"}));
}

/// "1:5" gives weight 5 to class 1.
void read_item(const std::string& item, const std::string& text, ClassWeight& to) {
  const std::size_t colon = item.find(':');
  if (colon != 1 || (item[0] != '0' && item[0] != '1')) refuse(text);
  const std::optional<double> weight = parse_double(item.substr(colon + 1));
  if (!weight || !(*weight > 0 && *weight <= kLargestWeight)) refuse(text);
  to.by_class[item[0] == '1' ? 1 : 0] = *weight;
}

}  // namespace

ClassWeight parse_class_weight(const std::string& text) {
  using Kind = ClassWeight::Kind;
  if (text == "none") return {Kind::none};
  if (text == "balanced") return {Kind::balanced};
  if (text == "balanced_subsample") return {Kind::balanced_subsample};
  ClassWeight weight{Kind::by_class};
  const std::vector<std::string> items = list_items(text);
  if (items.empty() || items.size() > 2 || (items.size() == 2 && items[0][0] == items[1][0])) {
    refuse(text);
  }
  for (const std::string& item : items) read_item(item, text, weight);
  return weight;
}

std::array<double, 2> balanced_weights(const ClassTotals& totals) {
  if (totals.n0 == 0 || totals.n1 == 0) return {1, 1};
  const auto rows = static_cast<double>(totals.rows());
  return {rows / (2.0 * static_cast<double>(totals.n0)),
          rows / (2.0 * static_cast<double>(totals.n1))};
}

std::array<double, 2> class_weights(const ClassWeight& weight, const ClassTotals& totals) {
  switch (weight.kind) {
    case ClassWeight::Kind::none: return {1, 1};
    case ClassWeight::Kind::by_class: return weight.by_class;
    default: return balanced_weights(totals);
  }
}

}  // namespace rarewood
