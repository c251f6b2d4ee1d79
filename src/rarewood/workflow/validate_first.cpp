#include "rarewood/workflow/validate_first.hpp"

namespace rarewood {

const OptionTable<ValidateFirst>& validate_first_options() {
  static const OptionTable<ValidateFirst> table = [] {
    OptionTable<ValidateFirst> options("tolerance");
    options
        .choice(&ValidateFirst::validate, "validate",
                "Hold the table against what the model in place expects before it is used: fail "
                "stops with exit code 5, warn goes on",
                {{"off", OnUnexpected::off},
                 {"warn", OnUnexpected::warn},
                 {"fail", OnUnexpected::fail}})
        .not_in_model();
    return options;
  }();
  return table;
}

}  // namespace rarewood
