// Resamples a table that the parity test or the benchmark hands over, and hands the result back.
//
// usage: resample_probe NAME ROWS FEATURES SEED THREADS [option=value ...]
// stdin:  float32 [rows][features], then one byte a row, 1 = positive. A feature is a category if
//         categories=... names its number.
// stdout: one line of JSON, then for each pattern uint32 n0, uint32 n1, float32 [features]

#if defined(__linux__)
#include <malloc.h>
#endif

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "rarewood/pattern/count.hpp"
#include "rarewood/pattern/parts.hpp"
#include "rarewood/resample/resampler.hpp"
#include "rarewood/resample/synthetic_place.hpp"

namespace rarewood {
namespace {

template <typename T>
std::vector<T> read_values(std::size_t count) {
  std::vector<T> values(count);
  std::cin.read(reinterpret_cast<char*>(values.data()),
                static_cast<std::streamsize>(count * sizeof(T)));
  return values;
}

template <typename T>
void write_value(const T& value) {
  std::cout.write(reinterpret_cast<const char*>(&value), sizeof(T));
}

/// All rows to learn from; the last two, a copy of a row of each class, are the test part.
FitPart read_part(std::size_t rows, std::size_t features, const std::string& categories) {
  const auto values = read_values<float>(rows * features);
  auto positive = read_values<std::uint8_t>(rows);
  std::vector<std::uint32_t> folds(rows, 0);
  Columns columns;
  columns.rows = rows + 2;
  columns.values.resize(features);
  std::size_t example[2] = {0, 0};  // NOLINT(modernize-avoid-c-arrays)
  for (std::size_t i = 0; i < rows; ++i) {
    example[positive[i]] = i;
    for (std::size_t f = 0; f < features; ++f) {
      columns.values[f].push_back(values[i * features + f] + 0.0F);
    }
  }
  for (const std::uint8_t side : {std::uint8_t{0}, std::uint8_t{1}}) {
    for (auto& column : columns.values) column.push_back(column[example[side]]);
    positive.push_back(side);
    folds.push_back(kTestFold);
  }
  FeatureSchema schema;
  for (std::size_t f = 0; f < features; ++f) {
    schema.features.push_back({std::to_string(f), FeatureKind::number, {}});
  }
  for (const std::string& number : list_items(categories)) {
    schema.features[std::stoul(number)].kind = FeatureKind::category;
    schema.features[std::stoul(number)].categories.resize(1000);
  }
  return split_by_fold(count_cells(columns, schema, positive, folds, Control{}), 1).train.all();
}

/// Most memory in use since begin_peak, in bytes; 0 where the system does not tell.
std::uint64_t peak() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stoull(line.substr(6)) * 1024;
  }
  return 0;
}

/// \return what is in use now
std::uint64_t begin_peak() {
#if defined(__linux__)
  malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << "5";
#endif
  return peak();
}

/// What the resampling took.
struct Cost {
  double seconds = 0;
  std::uint64_t memory = 0;
};

void write_result(const FitPart& before, const Resampled& result, const Cost& cost,
                  const Control& control) {
  const Patterns& patterns = result.part.patterns();
  const std::uint64_t output =
      patterns.values.size() * sizeof(float) + result.part.counts().size() * sizeof(PatternCount);
  nlohmann::json facts{{"seconds", cost.seconds},
                       {"memory", cost.memory},
                       {"output", output},
                       {"synthetic", result.synthetic},
                       {"copies", result.copies},
                       {"note", result.note},
                       {"patterns", result.part.counts().size()}};
  if (result.synthetic > 0) {
    facts["among_majority"] = share_among_majority(before, result.part, 1, control);
  }
  std::cout << facts << '\n';
  for (const PatternCount& count : result.part.counts()) {
    write_value(count.n0);
    write_value(count.n1);
    for (std::size_t f = 0; f < patterns.features(); ++f) {
      write_value(patterns.value(count.pattern, f));
    }
  }
}

int run(const std::vector<std::string>& words) {
  const std::size_t rows = std::stoul(words[1]);
  const std::size_t features = std::stoul(words[2]);
  RawOptions raw;
  std::string categories;
  for (std::size_t i = 5; i < words.size(); ++i) {
    const std::size_t equals = words[i].find('=');
    const std::string name = words[i].substr(0, equals);
    (name == "categories" ? categories : raw[name].text) = words[i].substr(equals + 1);
  }
  Control control;
  control.threads = std::stoi(words[4]);
  const FitPart part = read_part(rows, features, categories);
  const auto resampler = resampler_named(words[0]).make(raw);
  const std::uint64_t in_use = begin_peak();
  const auto begun = std::chrono::steady_clock::now();
  resampler->check(part.totals());
  const Resampled result = resampler->resample(part, std::stoul(words[3]), control);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  write_result(part, result, {took.count(), peak() - in_use}, control);
  return 0;
}

}  // namespace
}  // namespace rarewood

int main(int argc, char** argv) {
  try {
    return rarewood::run({argv + 1, argv + argc});
  } catch (const rarewood::Error& error) {
    std::cerr << error.what() << '\n';
    return 3;
  }
}
