#include "rarewood/session/sample_options.hpp"

namespace rarewood {

OptionTable<SampleOptions> sample_options() {
  using O = SampleOptions;
  const Range rate{0, 0.5};
  OptionTable<O> table("sample");
  table
      .add(&O::sessions, "sessions",
           "Number of sessions; at 472871 all published totals are met exactly", {1, 100'000'000})
      .choice(
          &O::shop, "shop",
          "usual, null (nothing but the pages tells of the order) or shifted (half of the orders "
          "vanish from 2015 on)",
          {{"usual", ShopKind::usual}, {"null", ShopKind::null}, {"shifted", ShopKind::shifted}})
      .choice(&O::gaps, "gaps", "Times between pages: uniform as published, or with a long tail",
              {{"uniform", GapKind::uniform}, {"long", GapKind::long_tailed}})
      .add(&O::reload_rate, "reload_rate", "Share of page views that are loaded twice", rate)
      .add(&O::bot_rate, "bot_rate", "Bots that click through dozens of pages, per session", rate)
      .add(&O::duplicate_rate, "duplicate_rate", "Share of page view rows that are written twice",
           rate)
      .add(&O::late_rate, "late_rate", "Share of page views that arrive up to an hour late", rate);
  return table;
}

}  // namespace rarewood
