// Prints, as JSON, what rarewood says of the counts on stdin, for test_stability.py. Lines
// "psi", then the rows before and after, group by group; "shares,K,N,k,n"; "chi,VALUE,FREEDOM".

#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "rarewood/evaluate/distribution.hpp"
#include "rarewood/evaluate/stability.hpp"
#include "rarewood/evaluate/two_shares.hpp"

using nlohmann::ordered_json;

namespace rarewood {
namespace {

using Cells = std::vector<std::string>;

Cells cells_of(const std::string& line) {
  Cells cells;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
  return cells;
}

ordered_json psi_of(const Cells& cells) {
  std::vector<std::uint64_t> before, after;
  for (std::size_t i = 1; i + 1 < cells.size(); i += 2) {
    before.push_back(std::stoull(cells[i]));
    after.push_back(std::stoull(cells[i + 1]));
  }
  const Stability stability = population_stability(before, after);
  return {{"index", stability.index},
          {"by_chance", stability.by_chance},
          {"p_value", stability.p_value}};
}

ordered_json shares_of(const Cells& cells) {
  const RowShare before{std::stoull(cells.at(1)), std::stoull(cells.at(2))};
  const RowShare after{std::stoull(cells.at(3)), std::stoull(cells.at(4))};
  return {{"more", p_of_more(before, after)}, {"other", p_of_other(before, after)}};
}

ordered_json answer(const std::string& line) {
  const Cells cells = cells_of(line);
  if (cells.at(0) == "psi") return psi_of(cells);
  if (cells.at(0) == "shares") return shares_of(cells);
  return chi_square_above(std::stod(cells.at(1)), std::stoull(cells.at(2)));
}

}  // namespace
}  // namespace rarewood

int main() {
  try {
    ordered_json answers = ordered_json::array();
    for (std::string line; std::getline(std::cin, line);) answers.push_back(rarewood::answer(line));
    std::cout << answers << '\n';
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
  return 0;
}
