#include "rarewood/session/sample.hpp"

#include <array>

#include <arrow/table.h>

#include "rarewood/base/parallel.hpp"
#include "rarewood/session/shop_tables.hpp"
#include "rarewood/table/table_options.hpp"
#include "rarewood/table/table_writer.hpp"

namespace rarewood {

Shop simulate_shop(const SampleOptions& options, const Control& control) {
  const auto sessions = static_cast<std::uint64_t>(options.sessions);
  const auto seed = static_cast<std::uint64_t>(options.seed);
  check_memory(control, "simulate " + std::to_string(sessions) + " sessions", sessions * 400);
  const ShopLaw law = shop_law(options.shop);
  const GapLaw gaps(options.gaps);
  report_progress(control, "deal sessions", 0);
  const std::vector<Visit> visits =
      with_bots(deal_visits(law, gaps, sessions, seed, control), options.bot_rate, seed);
  check_stop(control);
  report_progress(control, "lay out pages", 0.4);
  const ViewRows rows = view_rows(visits, options);

  Shop shop;
  shop.pageviews = pageviews_table(rows, options, control);
  report_progress(control, "lay out sessions", 0.7);
  shop.sessions = sessions_table(visits, options, control);
  shop.orders = orders_table(visits, options, control);
  shop.truth = truth_table(visits, law, gaps, options, control);
  return shop;
}

void write_shop(ObjectStore& store, const std::string& prefix, const Shop& shop,
                const Control& control) {
  const std::array<std::pair<const char*, const arrow::Table*>, 4> tables{
      {{"website_pageviews", shop.pageviews.get()},
       {"website_sessions", shop.sessions.get()},
       {"truth", shop.truth.get()},
       {"orders", shop.orders.get()}}};
  Control quiet = control;
  quiet.progress = nullptr;
  parallel_for(control, tables.size(), [&](std::size_t i) {
    const auto& [name, table] = tables[i];
    write_table(store, prefix + "/" + name + ".parquet", *table, TableOptions{}, quiet);
  });
}

}  // namespace rarewood
