#include "rarewood/track/log_batch.hpp"

#include <nlohmann/json.hpp>

namespace rarewood {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostParamsOrTags = 100;
constexpr std::size_t kMostItems = 1000;
constexpr std::size_t kMostBytes = 900'000;  // of a limit of 1,000,000 for the whole body
constexpr std::size_t kLongestKey = 250;
constexpr std::size_t kLongestParam = 6000;
constexpr std::size_t kLongestTag = 8000;

std::string cut(const std::string& text, std::size_t most) {
  if (text.size() <= most) return text;
  std::size_t end = most - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "...";
}

/// Fills one body after the other.
class Batches {
 public:
  explicit Batches(std::string run) : run_(std::move(run)) { begin(); }

  void add(const char* kind, std::size_t most, const Json& item) {
    const std::size_t bytes = item.dump(-1, ' ', false, Json::error_handler_t::replace).size();
    if (body_[kind].size() == most || items_ == kMostItems || bytes_ + bytes > kMostBytes) end();
    body_[kind].push_back(item);
    ++items_;
    bytes_ += bytes;
  }

  std::vector<std::string> all() && {
    if (items_ > 0) end();
    return std::move(bodies_);
  }

 private:
  void begin() {
    body_ = {{"run_id", run_},
             {"params", Json::array()},
             {"metrics", Json::array()},
             {"tags", Json::array()}};
    items_ = 0;
    bytes_ = 0;
  }

  void end() {
    bodies_.push_back(body_.dump(-1, ' ', false, Json::error_handler_t::replace));
    begin();
  }

  std::string run_;
  Json body_;
  std::size_t items_ = 0;
  std::size_t bytes_ = 0;
  std::vector<std::string> bodies_;
};

}  // namespace

std::vector<std::string> log_batches(const std::string& run, const TrackedFacts& facts,
                                     std::int64_t time_ms) {
  Batches batches(run);
  for (const auto& [key, value] : facts.params) {
    batches.add("params", kMostParamsOrTags,
                {{"key", cut(key, kLongestKey)}, {"value", cut(value, kLongestParam)}});
  }
  for (const auto& [key, value] : facts.metrics) {
    batches.add(
        "metrics", kMostItems,
        {{"key", cut(key, kLongestKey)}, {"value", value}, {"timestamp", time_ms}, {"step", 0}});
  }
  for (const auto& [key, value] : facts.tags) {
    batches.add("tags", kMostParamsOrTags,
                {{"key", cut(key, kLongestKey)}, {"value", cut(value, kLongestTag)}});
  }
  return std::move(batches).all();
}

}  // namespace rarewood
