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

Json metric_item(const FactsOf& of, const StepValue& metric) {
  return {{"key", cut(metric.key, kLongestKey)},
          {"value", metric.value},
          {"timestamp", of.time_ms},
          {"step", metric.step}};
}

/// So that the server shows it with the model, too.
void link_to_model(const FactsOf& of, Json& item) {
  item["model_id"] = of.model;
  if (of.digest.empty()) return;
  item["dataset_name"] = of.dataset;
  item["dataset_digest"] = of.digest;
}

}  // namespace

std::vector<std::string> log_batches(const FactsOf& of, const TrackedFacts& facts) {
  Batches batches(of.run);
  for (const auto& [key, value] : facts.params) {
    batches.add("params", kMostParamsOrTags,
                {{"key", cut(key, kLongestKey)}, {"value", cut(value, kLongestParam)}});
  }
  for (const auto& [key, value] : facts.metrics) {
    Json item = metric_item(of, {key, 0, value});
    if (!of.model.empty() && facts.of_model.contains(key)) link_to_model(of, item);
    batches.add("metrics", kMostItems, item);
  }
  for (const StepValue& point : facts.curves) {
    batches.add("metrics", kMostItems, metric_item(of, point));
  }
  for (const auto& [key, value] : facts.tags) {
    batches.add("tags", kMostParamsOrTags,
                {{"key", cut(key, kLongestKey)}, {"value", cut(value, kLongestTag)}});
  }
  return std::move(batches).all();
}

}  // namespace rarewood
