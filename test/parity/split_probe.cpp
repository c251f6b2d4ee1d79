// split_probe TEST_SIZE SEED: labels from standard input, one character 0 or 1 a row; prints the
// rows that --split sklearn holds back, one a line.

#include <iostream>
#include <string>

#include "rarewood/pattern/cells.hpp"
#include "rarewood/pattern/sklearn_split.hpp"

int main(int count, char** words) {
  if (count != 3) {
    std::cerr << "usage: split_probe TEST_SIZE SEED < LABELS\n";
    return 2;
  }
  std::vector<std::uint8_t> labels;
  for (char letter = 0; std::cin.get(letter);) labels.push_back(letter == '1' ? 1 : 0);
  const auto folds = rarewood::folds_by_sklearn(labels, std::stod(words[1]), std::stoull(words[2]));
  for (std::size_t row = 0; row < folds.size(); ++row) {
    if (folds[row] == rarewood::kTestFold) std::cout << row << '\n';
  }
  return 0;
}
