// A door to the object store for tests in Python: one command, as one process of rarewood would
// give it.
//
//   store_probe STORE COMMAND KEY [MORE] [option=value ...]
//     read | find | list | uri            answer on stdout
//     write | create PIECE                the bytes come on stdin; create writes pieces of that
//     size write_if ETAG|absent                the bytes come on stdin open answers each line
//     "POSITION SIZE" of stdin with the bytes stream PIECE                        reads on from the
//     start in pieces of that size
//
// Options are also taken from the standard variables, as the program does.

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include <arrow/buffer.h>
#include <arrow/io/interfaces.h>
#include <arrow/result.h>

#include "rarewood/base/process.hpp"
#include "rarewood/store/arrow_status.hpp"
#include "rarewood/store/location.hpp"

namespace rarewood {
namespace {

using Words = std::vector<std::string>;

StoreOptions options_from(const Words& words) {
  RawOptions raw;
  for (const OptionSpec& spec : store_options().specs()) {
    for (const std::string& variable : spec.environment) {
      const char* value = std::getenv(variable.c_str());
      if (value != nullptr) raw.try_emplace(spec.name, RawValue{value, Origin::environment});
    }
  }
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    raw[word.substr(0, equals)] = {word.substr(equals + 1), Origin::flag};
  }
  return store_options().make(raw);
}

std::string standard_input() {
  return {std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
}

template <typename T>
T value_of(arrow::Result<T> result) {
  if (!result.ok()) throw error_of(result.status(), "Cannot read", ErrorKind::bug);
  return *std::move(result);
}

void demand(const arrow::Status& status) {
  if (!status.ok()) throw error_of(status, "Cannot write", ErrorKind::bug);
}

void answer_ranges(const ObjectStore& store, const std::string& key) {
  const auto file = store.open(key);
  std::cout << value_of(file->GetSize()) << "\n" << std::flush;
  std::int64_t position = 0;
  std::int64_t size = 0;
  while (std::cin >> position >> size) {
    std::cout << value_of(file->ReadAt(position, size))->ToString() << std::flush;
  }
}

void stream(const ObjectStore& store, const std::string& key, std::int64_t piece) {
  const auto file = store.open(key);
  while (true) {
    const auto bytes = value_of(file->Read(piece));
    if (bytes->size() == 0) return;
    std::cout << bytes->ToString();
  }
}

void create(ObjectStore& store, const std::string& key, std::size_t piece) {
  const std::string bytes = standard_input();
  const auto output = store.create(key);
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    demand(output->Write(std::string_view(bytes).substr(at, piece)));
  }
  demand(output->Close());
}

void write_if(ObjectStore& store, const std::string& key, const std::string& etag) {
  const auto seen = etag == "absent" ? std::nullopt : std::optional(etag);
  const ConditionalWrite outcome = store.write_if_match(key, standard_input(), seen);
  std::cout << (outcome.written ? "written " : "refused ") << outcome.etag << "\n";
}

void obey(ObjectStore& store, const Words& words) {
  const std::string& command = words[1];
  const std::string& key = words[2];
  const std::string more = words.size() > 3 ? words[3] : "";
  if (command == "read") std::cout << store.read(key);
  if (command == "uri") std::cout << store.uri(key) << "\n";
  if (command == "write") store.write(key, standard_input());
  if (command == "write_if") write_if(store, key, more);
  if (command == "create") create(store, key, std::stoul(more));
  if (command == "open") answer_ranges(store, key);
  if (command == "stream") stream(store, key, std::stol(more));
  if (command == "find") {
    const auto object = store.find(key);
    std::cout << (object ? std::to_string(object->size) + " " + object->etag : "none") << "\n";
  }
  if (command == "list") {
    for (const ObjectInfo& object : store.list(key)) {
      std::cout << object.size << " " << object.etag << " " << object.key << "\n";
    }
  }
}

int run(int count, char** texts) {
  Words words;
  Words settings;
  for (int i = 1; i < count; ++i) {
    const std::string word = texts[i];
    (i > 3 && word.find('=') != std::string::npos ? settings : words).push_back(word);
  }
  try {
    StoreOptions options = options_from(settings);
    options.store = words.at(0);
    const auto store = open_store(options, Control{.stop = stop_on_signal()});
    obey(*store, words);
    std::cout.flush();
    return 0;
  } catch (const Error& error) {
    std::cerr << "error: " << error.what() << "\n";
    return error.exit_code();
  }
}

}  // namespace
}  // namespace rarewood

int main(int count, char** texts) {
  std::ios::sync_with_stdio(false);
  return rarewood::run(count, texts);
}
