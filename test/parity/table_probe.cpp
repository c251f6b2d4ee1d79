// Opens the rooms table and feature to the parity tests:
//   table_probe copy IN OUT            read a table and write it in the format of OUT's ending
//   table_probe load IN OPTIONS OUT    read a training table by the options (JSON: name -> text),
//                                      print what became of it as JSON, write the encoded columns
//                                      and then the labels to OUT as float32, column by column

#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include <arrow/table.h>
#include <nlohmann/json.hpp>

#include "rarewood/feature/training_table.hpp"
#include "rarewood/store/local_store.hpp"
#include "rarewood/table/table.hpp"
#include "rarewood/table/table_writer.hpp"

namespace rarewood {
namespace {

struct Place {
  std::shared_ptr<ObjectStore> store;
  std::string key;
};

Place place_of(const std::string& path) {
  const auto whole = std::filesystem::absolute(path);
  return {make_local_store(whole.parent_path(), {}), whole.filename().string()};
}

void copy(const std::string& in, const std::string& out) {
  const Place from = place_of(in);
  const Place to = place_of(out);
  const auto table = read_table(*from.store, from.key, {}, {}, Control{.threads = 2});
  write_table(*to.store, to.key, *table, {}, {});
}

RawOptions raw_options(const std::string& json) {
  RawOptions raw;
  const nlohmann::json options = nlohmann::json::parse(json);
  for (const auto& [name, text] : options.items()) raw[name] = {.text = text.get<std::string>()};
  return raw;
}

void write_floats(std::ofstream& out, const std::vector<float>& values) {
  out.write(reinterpret_cast<const char*>(values.data()),
            static_cast<std::streamsize>(values.size() * sizeof(float)));
}

void load(const std::string& in, const std::string& options, const std::string& out) {
  const Place from = place_of(in);
  const RawOptions raw = raw_options(options);
  const TrainingRequest request{.features = feature_options().make(raw),
                                .table = table_options().make(raw)};
  const TrainingTable table =
      load_training_table(*from.store, from.key, request, Control{.threads = 2});

  nlohmann::json told;
  for (const Feature& feature : table.schema.features) {
    told["features"].push_back({{"name", feature.name}, {"categories", feature.categories}});
  }
  for (const ColumnNote& note : table.notes) {
    told["notes"][note.name] = {{"role", note.role}, {"why", note.why}, {"undo", note.undo}};
  }
  told["classes"] = {table.schema.target.negative, table.schema.target.positive};
  told["warnings"] = table.warnings;
  std::cout << told << '\n';

  std::ofstream stream(out, std::ios::binary);
  for (const auto& column : table.columns.values) write_floats(stream, column);
  write_floats(stream, {table.labels.begin(), table.labels.end()});
}

}  // namespace
}  // namespace rarewood

int main(int count, char** words) {
  const std::vector<std::string> arguments(words, words + count);
  try {
    if (arguments.at(1) == "copy") {
      rarewood::copy(arguments.at(2), arguments.at(3));
    } else {
      rarewood::load(arguments.at(2), arguments.at(3), arguments.at(4));
    }
  } catch (const rarewood::Error& error) {
    std::cerr << error.what() << '\n';
    return error.exit_code();
  }
  return 0;
}
