#include "rarewood/report/record_json.hpp"

#include <cmath>
#include <limits>

#include <nlohmann/json.hpp>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/report/record_fields.hpp"

namespace rarewood {
namespace {

using Json = nlohmann::ordered_json;
using TextPairs = std::vector<std::pair<std::string, std::string>>;

/// The JSON scalar a text stands for, if it is exactly the text that scalar is written as.
Json scalar(const std::string& text) {
  if (text == "true" || text == "false") return text == "true";
  if (const auto whole = parse_int64(text); whole && std::to_string(*whole) == text) return *whole;
  if (const auto number = parse_double(text); number && shortest(*number) == text) return *number;
  return text;
}

std::string scalar_text(const Json& json) {
  if (json.is_boolean()) return json.get<bool>() ? "true" : "false";
  if (json.is_number_integer()) return std::to_string(json.get<std::int64_t>());
  if (json.is_number()) return shortest(json.get<double>());
  return json.get<std::string>();
}

struct Writer {
  Json json = Json::object();

  template <typename T>
  void operator()(const char* key, const T& value) {
    json[key] = made(value);
  }
  template <typename T>
  void derived(const char* key, const T& value) {
    json[key] = made(value);
  }
  /// A number that is 0 only where nothing was counted.
  void counted(const char* key, std::uint64_t value) {
    json[key] = value > 0 ? Json(value) : Json(nullptr);
  }
  void scalars(const char* key, const TextPairs& pairs) {
    json[key] = Json::object();
    for (const auto& [name, text] : pairs) json[key][name] = scalar(text);
  }
  void texts(const char* key, const TextPairs& pairs) {
    json[key] = Json::object();
    for (const auto& [name, text] : pairs) json[key][name] = text;
  }

  template <typename T>
  static Json made(const T& value) {
    if constexpr (std::is_enum_v<T>) {
      return word_of(value);
    } else if constexpr (std::floating_point<T>) {
      return std::isfinite(value) ? Json(value) : Json(nullptr);
    } else if constexpr (std::integral<T> || std::convertible_to<T, std::string>) {
      return value;
    } else {
      Writer inner;
      describe(inner, value);
      return std::move(inner.json);
    }
  }
  template <typename T>
  static Json made(const std::vector<T>& items) {
    return listed_items(items);
  }
  template <typename T, std::size_t N>
  static Json made(const std::array<T, N>& items) {
    return listed_items(items);
  }
  template <typename T>
  static Json made(const std::map<std::string, T>& items) {
    Json object = Json::object();
    for (const auto& [key, item] : items) object[key] = made(item);
    return object;
  }
  /// Rows are true classes, columns predicted ones.
  static Json made(const Confusion& rows) {
    return {{rows.true_negative, rows.false_positive}, {rows.false_negative, rows.true_positive}};
  }
  static Json listed_items(const auto& items) {
    Json list = Json::array();
    for (const auto& item : items) list.push_back(made(item));
    return list;
  }
};

/// Keys that are absent leave their members as they are: older records have fewer.
struct Reader {
  const Json& json;

  template <typename T>
  void operator()(const char* key, T& value) {
    const auto found = json.find(key);
    if (found != json.end()) fill(*found, value);
  }
  template <typename T>
  void derived(const char*, const T&) {}
  void counted(const char* key, std::uint64_t& value) {
    const auto found = json.find(key);
    if (found != json.end()) value = found->is_null() ? 0 : found->get<std::uint64_t>();
  }
  void scalars(const char* key, TextPairs& pairs) {
    const auto found = json.find(key);
    if (found == json.end()) return;
    pairs.clear();
    for (const auto& [name, value] : found->items()) pairs.emplace_back(name, scalar_text(value));
  }
  void texts(const char* key, TextPairs& pairs) { scalars(key, pairs); }

  template <typename T>
  static void fill(const Json& from, T& value) {
    if constexpr (std::is_enum_v<T>) {
      read_word(from.get<std::string>(), value);
    } else if constexpr (std::floating_point<T>) {
      value = from.is_null() ? std::numeric_limits<T>::quiet_NaN() : from.get<T>();
    } else if constexpr (std::integral<T> || std::same_as<T, std::string>) {
      value = from.get<T>();
    } else {
      Reader inner{from};
      describe(inner, value);
    }
  }
  static void fill(const Json& from, Confusion& rows) {
    fill(from.at(0).at(0), rows.true_negative);
    fill(from.at(0).at(1), rows.false_positive);
    fill(from.at(1).at(0), rows.false_negative);
    fill(from.at(1).at(1), rows.true_positive);
  }
  template <typename T>
  static void fill(const Json& from, std::vector<T>& items) {
    items.assign(from.size(), T{});
    for (std::size_t i = 0; i < items.size(); ++i) fill(from.at(i), items[i]);
  }
  template <typename T, std::size_t N>
  static void fill(const Json& from, std::array<T, N>& items) {
    for (std::size_t i = 0; i < N; ++i) fill(from.at(i), items[i]);
  }
  template <typename T>
  static void fill(const Json& from, std::map<std::string, T>& items) {
    items.clear();
    for (const auto& [key, item] : from.items()) fill(item, items[key]);
  }
};

/// Labels and names may come from files in any encoding: what is no UTF-8 becomes U+FFFD.
std::string written(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string record_to_json(const RunRecord& record) { return written(Writer::made(record)); }

std::string audit_to_json(const AuditRecord& record) { return written(Writer::made(record)); }

RunRecord record_from_json(std::string_view text) {
  try {
    const Json json = Json::parse(text);
    const int version = json.at("format_version").get<int>();
    if (version > kRecordFormatVersion) {
      throw Error(ErrorKind::data, "This run record has format " + std::to_string(version) +
                                       ", newer than this rarewood reads (" +
                                       std::to_string(kRecordFormatVersion) +
                                       "). Update rarewood.");
    }
    RunRecord record;
    Reader::fill(json, record);
    return record;
  } catch (const nlohmann::json::exception& problem) {
    throw Error(ErrorKind::data, std::string("This is not a rarewood run record (") +
                                     problem.what() + "). Give a run.json of the journal.");
  }
}

std::string confusion_to_json(const RunRecord& record) {
  Json json;
  json["labels"] = record.data.labels;
  json["rows"] = "true class";
  json["columns"] = "predicted class";
  json["confusion_matrix"] = Writer::made(record.confusion);
  return written(json);
}

std::string importance_to_json(const RunRecord& record) {
  return written(Writer::made(record.importance));
}

}  // namespace rarewood
