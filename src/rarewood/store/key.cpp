#include "rarewood/store/key.hpp"

#include <algorithm>
#include <cstddef>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

constexpr std::size_t kNamesShown = 5;

bool is_proper_part(const std::string& part) {
  return !part.empty() && part != "." && part != "..";
}

}  // namespace

void check_key(const std::string& key) {
  std::size_t begin = 0;
  while (begin <= key.size()) {
    const std::size_t end = std::min(key.find('/', begin), key.size());
    if (!is_proper_part(key.substr(begin, end - begin))) {
      throw Error(ErrorKind::usage, "'" + key +
                                        "' is no key of a store. Write names with '/' between "
                                        "them, such as processed-data/training_data.parquet.");
    }
    begin = end + 1;
  }
}

std::string folder_of(const std::string& key) {
  const std::size_t slash = key.rfind('/');
  return slash == std::string::npos ? "" : key.substr(0, slash + 1);
}

std::string name_of(const std::string& key) {
  const std::size_t slash = key.rfind('/');
  return slash == std::string::npos ? key : key.substr(slash + 1);
}

std::string present_instead(const std::string& wanted, std::vector<std::string> present) {
  if (present.empty()) return "";
  std::sort(present.begin(), present.end());
  const auto meant = wanted.empty() ? std::nullopt : nearest_word(wanted, present);
  std::string help = meant ? " Did you mean '" + *meant + "'?" : "";
  const std::size_t total = present.size();
  if (total > kNamesShown) {
    present.resize(kNamesShown);
    present.push_back(thousands(total - kNamesShown) + " more");
  }
  return help + " Present there: " + listed(present) + ".";
}

}  // namespace rarewood
