#include "rarewood/session/shop_tables.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <string>
#include <utility>

#include <arrow/api.h>

#include "rarewood/session/column_maker.hpp"

namespace rarewood {
namespace {

ColumnMaker whole_numbers(std::string name, std::size_t rows,
                          std::function<std::int64_t(std::size_t)> value) {
  return {std::move(name),
          [rows, value = std::move(value)] { return column_of<arrow::Int64Builder>(rows, value); }};
}

ColumnMaker numbers(std::string name, std::size_t rows, std::function<double(std::size_t)> value) {
  return {std::move(name), [rows, value = std::move(value)] {
            return column_of<arrow::DoubleBuilder>(rows, value);
          }};
}

ColumnMaker stamps(std::size_t rows, std::function<std::int64_t(std::size_t)> seconds) {
  return {"created_at", [rows, seconds = std::move(seconds)] {
            const ArrayPtr micro = column_of<arrow::Int64Builder>(
                rows, [&](std::size_t i) { return seconds(i) * 1'000'000; });
            auto data = micro->data()->Copy();
            data->type = arrow::timestamp(arrow::TimeUnit::MICRO);
            return arrow::MakeArray(data);
          }};
}

/// A column of few words, null where `word` is.
ColumnMaker words(std::string name, std::size_t rows,
                  std::function<const char*(std::size_t)> word) {
  return {std::move(name), [rows, word = std::move(word)] {
            arrow::StringBuilder builder;
            check_built(builder.Reserve(static_cast<std::int64_t>(rows)));
            for (std::size_t i = 0; i < rows; ++i) {
              const char* text = word(i);
              check_built(text ? builder.Append(text) : builder.AppendNull());
            }
            return finish(builder);
          }};
}

std::shared_ptr<arrow::Table> simulated_table(const std::vector<ColumnMaker>& plans,
                                              std::size_t rows, const SampleOptions& options,
                                              const Control& control) {
  std::vector<std::string> names{"rarewood.simulated"}, values{"true"};
  for (const auto& [name, value] : sample_options().values(options)) {
    names.push_back("rarewood.sample_" + name);
    values.push_back(value);
  }
  return table_of(plans, rows, control, arrow::key_value_metadata(names, values));
}

std::int64_t order_seconds(const Visit& visit) {
  std::int64_t time = visit.start;
  for (const std::uint16_t gap : visit.gap) time += gap;
  return time;
}

/// Rows of the page view table: all in order of arrival, then the duplicates again.
std::vector<std::uint32_t> places_with_duplicates(std::size_t rows, const SampleOptions& options) {
  std::vector<std::uint32_t> places(rows);
  for (std::uint32_t i = 0; i < rows; ++i) places[i] = i;
  if (options.duplicate_rate <= 0) return places;
  Random random(static_cast<std::uint64_t>(options.seed), "sample duplicates");
  for (std::uint32_t i = 0; i < rows; ++i) {
    if (random.uniform() < options.duplicate_rate) places.push_back(i);
  }
  return places;
}

ArrayPtr url_column(const ViewRows& rows, const std::vector<std::uint32_t>& order,
                    const std::vector<std::uint32_t>& places) {
  arrow::StringBuilder builder;
  check_built(builder.Reserve(static_cast<std::int64_t>(places.size())));
  check_built(builder.ReserveData(static_cast<std::int64_t>(places.size()) * 16));
  for (const std::uint32_t place : places) {
    check_built(builder.Append(page_urls()[rows.page[order[place]]]));
  }
  return finish(builder);
}

ArrayPtr truth_column(const std::vector<Visit>& visits,
                      const std::function<double(const Visit&)>& probability) {
  arrow::DoubleBuilder builder;
  check_built(builder.Reserve(static_cast<std::int64_t>(visits.size())));
  for (const Visit& visit : visits) {
    const double value = visit.bot_pages > 0 ? 0 : probability(visit);
    if (std::isnan(value)) {
      builder.UnsafeAppendNull();
    } else {
      builder.UnsafeAppend(value);
    }
  }
  return finish(builder);
}

}  // namespace

std::shared_ptr<arrow::Table> sessions_table(const std::vector<Visit>& visits,
                                             const SampleOptions& options, const Control& control) {
  const std::size_t n = visits.size();
  const auto channel = [&](std::size_t i) -> const ChannelFacts& {
    return channel_facts()[visits[i].channel];
  };
  return simulated_table(
      {whole_numbers("website_session_id", n,
                     [](std::size_t i) { return static_cast<std::int64_t>(i) + 1; }),
       stamps(n, [&](std::size_t i) { return visits[i].start; }),
       whole_numbers("user_id", n, [&](std::size_t i) { return visits[i].user; }),
       whole_numbers("is_repeat_session", n, [&](std::size_t i) { return visits[i].repeat; }),
       words("utm_source", n, [&](std::size_t i) { return channel(i).utm_source; }),
       words("utm_campaign", n, [&](std::size_t i) { return channel(i).utm_campaign; }),
       words("utm_content", n, [&](std::size_t i) { return channel(i).utm_content; }),
       words("device_type", n,
             [&](std::size_t i) { return visits[i].device == 0 ? "desktop" : "mobile"; }),
       words("http_referer", n, [&](std::size_t i) { return channel(i).http_referer; })},
      n, options, control);
}

std::shared_ptr<arrow::Table> pageviews_table(const ViewRows& rows, const SampleOptions& options,
                                              const Control& control) {
  const std::vector<std::uint32_t> order = order_of_arrival(rows, control);
  const std::vector<std::uint32_t> places = places_with_duplicates(order.size(), options);
  const std::size_t n = places.size();
  return simulated_table(
      {whole_numbers("website_pageview_id", n,
                     [&](std::size_t i) { return std::int64_t{places[i]} + 1; }),
       stamps(n, [&](std::size_t i) { return rows.time[order[places[i]]]; }),
       whole_numbers("website_session_id", n,
                     [&](std::size_t i) { return std::int64_t{rows.visit[order[places[i]]]} + 1; }),
       {"pageview_url", [&] { return url_column(rows, order, places); }}},
      n, options, control);
}

std::shared_ptr<arrow::Table> orders_table(const std::vector<Visit>& visits,
                                           const SampleOptions& options, const Control& control) {
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < visits.size(); ++i) {
    if (visits[i].ordered()) order.push_back(i);
  }
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const std::int64_t first = order_seconds(visits[a]), second = order_seconds(visits[b]);
    return first != second ? first < second : a < b;
  });
  const std::size_t n = order.size();
  const auto visit = [&](std::size_t i) -> const Visit& { return visits[order[i]]; };
  return simulated_table(
      {whole_numbers("order_id", n, [](std::size_t i) { return static_cast<std::int64_t>(i) + 1; }),
       stamps(n, [&](std::size_t i) { return order_seconds(visit(i)); }),
       whole_numbers("website_session_id", n,
                     [&](std::size_t i) { return std::int64_t{order[i]} + 1; }),
       whole_numbers("user_id", n, [&](std::size_t i) { return visit(i).user; }),
       whole_numbers("primary_product_id", n, [&](std::size_t i) { return visit(i).product + 1; }),
       whole_numbers("items_purchased", n, [](std::size_t) { return 1; }),
       numbers("price_usd", n, [&](std::size_t i) { return product_price[visit(i).product]; }),
       numbers("cogs_usd", n, [&](std::size_t i) { return product_cost[visit(i).product]; })},
      n, options, control);
}

std::shared_ptr<arrow::Table> truth_table(const std::vector<Visit>& visits, const ShopLaw& law,
                                          const GapLaw& gaps, const SampleOptions& options,
                                          const Control& control) {
  const std::size_t n = visits.size();
  std::vector<ColumnMaker> plans{whole_numbers(
      "website_session_id", n, [](std::size_t i) { return static_cast<std::int64_t>(i) + 1; })};
  plans.push_back({"p_start", [&] {
                     return truth_column(
                         visits, [&](const Visit& visit) { return order_probability(law, visit); });
                   }});
  for (const int minutes : {5, 8, 10, 12}) {
    plans.push_back({"p_" + std::to_string(minutes) + "min", [&, minutes] {
                       return truth_column(visits, [&](const Visit& visit) {
                         return order_probability_at(law, gaps, visit, minutes * 60);
                       });
                     }});
  }
  return simulated_table(plans, n, options, control);
}

}  // namespace rarewood
