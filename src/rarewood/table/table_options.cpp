#include "rarewood/table/table_options.hpp"

namespace rarewood {

const OptionTable<TableOptions>& table_options() {
  static const OptionTable<TableOptions> table = [] {
    OptionTable<TableOptions> options("csv");
    options
        .add(
            &TableOptions::separator, "separator",
            "What stands between the fields of a CSV file: one character or 'tab' (default: found)")
        .not_in_model()
        .choice(&TableOptions::decimal_point, "decimal_point",
                "What stands before the decimals of a number in a CSV file",
                {{".", "."}, {",", ","}})
        .not_in_model()
        .add(&TableOptions::null_words, "null_words",
             "Words of a CSV file that mean a missing value, besides the empty field")
        .not_in_model();
    return options;
  }();
  return table;
}

char separator_of(const TableOptions& options) {
  const std::string& word = options.separator;
  if (word.empty()) return 0;
  if (word == "tab" || word == "\\t") return '\t';
  const bool usable = word.size() == 1 && word != "\"" && word != "\n" && word != "\r";
  if (usable) return word.front();
  throw Error(
      ErrorKind::usage,
      "--separator must be one character such as ',' or ';', or the word tab, not '" + word + "'.");
}

}  // namespace rarewood
