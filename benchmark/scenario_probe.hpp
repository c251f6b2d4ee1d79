#pragma once

#include <exception>
#include <iostream>
#include <string>

namespace rarewood {

/// The end of a probe that simulates scenarios: its words are scenarios and, last, how many
/// simulations of each. Prints a line of JSON for each.
/// \param simulate  (text of the scenario, simulations), gives JSON
template <typename Simulate>
int run_scenarios(int count, char** words, const Simulate& simulate) {
  try {
    const std::size_t simulations = std::stoull(words[count - 1]);
    for (int i = 1; i + 1 < count; ++i) {
      std::cout << simulate(std::string(words[i]), simulations) << '\n' << std::flush;
    }
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
  return 0;
}

}  // namespace rarewood
