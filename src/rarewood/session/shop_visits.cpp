#include "rarewood/session/shop_visits.hpp"

#include <algorithm>
#include <numeric>
#include <span>
#include <utility>

#include <date/date.h>

#include "rarewood/base/parallel.hpp"

namespace rarewood {
namespace {

using Sizes = std::array<std::array<std::size_t, shop_depths>, shop_months>;

constexpr std::int64_t day_seconds = 86400;

/// `wanted` cards of a shuffled deck; where it runs out it is shuffled anew.
std::vector<std::uint8_t> deal(const Deck& deck, std::size_t wanted, Random& random) {
  std::vector<std::uint8_t> cards;
  for (std::size_t value = 0; value < deck.size(); ++value) {
    cards.insert(cards.end(), deck[value], static_cast<std::uint8_t>(value));
  }
  std::vector<std::uint8_t> dealt;
  dealt.reserve(wanted);
  while (dealt.size() < wanted && !cards.empty()) {
    const std::size_t now = std::min(wanted - dealt.size(), cards.size());
    for (std::size_t i = 0; i < now; ++i) {
      std::swap(cards[i], cards[i + random.below(cards.size() - i)]);
      dealt.push_back(cards[i]);
    }
  }
  dealt.resize(wanted, 0);
  return dealt;
}

/// Deal from `deck` to the visits that `chosen` names, into the member `to`.
template <typename Chosen>
void deal_to(std::span<Visit> visits, const Deck& deck, std::uint8_t Visit::* to, Random& random,
             Chosen chosen) {
  std::vector<std::size_t> who;
  for (std::size_t i = 0; i < visits.size(); ++i) {
    if (chosen(visits[i])) who.push_back(i);
  }
  const std::vector<std::uint8_t> cards = deal(deck, who.size(), random);
  for (std::size_t i = 0; i < who.size(); ++i) visits[who[i]].*to = cards[i];
}

bool lands_at_home(const Visit& visit) { return channel_facts()[visit.channel].lands_at_home; }

Sizes group_sizes(const ShopLaw& law, std::uint64_t sessions) {
  const auto by_month = largest_remainder(sessions, law.sessions.row_sums());
  const auto by_depth = largest_remainder(sessions, law.sessions.column_sums());
  const Grid fitted =
      fit_to_margins(law.sessions, std::vector<double>(by_month.begin(), by_month.end()),
                     std::vector<double>(by_depth.begin(), by_depth.end()));
  Sizes sizes{};
  for (std::size_t m = 0; m < shop_months; ++m) {
    for (std::size_t d = 0; d < shop_depths; ++d) {
      sizes[m][d] = static_cast<std::size_t>(fitted.at(m, d));
    }
  }
  return sizes;
}

/// What the months share out among each other before each deals on its own.
struct Table {
  const ShopLaw& law;
  const GapLaw& gaps;
  std::uint64_t seed;
  Sizes sizes;
  std::array<std::vector<std::uint8_t>, 2> hours;  ///< [ordered], month after month
  std::array<std::array<std::size_t, 2>, shop_months + 1> first_hour{};
};

void deal_hours(Table& table) {
  for (std::size_t m = 0; m < shop_months; ++m) {
    const auto& groups = table.sizes[m];
    const std::size_t others = std::accumulate(groups.begin(), groups.end() - 1, std::size_t{0});
    table.first_hour[m + 1] = {table.first_hour[m][0] + others,
                               table.first_hour[m][1] + groups.back()};
  }
  for (const std::size_t o : {0U, 1U}) {
    Random random(table.seed, "sample hours", o);
    table.hours[o] = deal(table.law.hour[o], table.first_hour[shop_months][o], random);
  }
}

void deal_groups(const Table& table, std::size_t m, std::vector<Visit>& visits) {
  for (std::size_t d = 0; d < shop_depths; ++d) {
    const std::size_t begin = visits.size();
    Visit visit;
    visit.month = static_cast<std::uint8_t>(m);
    visit.depth = visit.meant_depth = static_cast<std::uint8_t>(d + 1);
    visits.resize(begin + table.sizes[m][d], visit);
    const std::span<Visit> group = std::span(visits).subspan(begin);
    Random random(table.seed, "sample channels", m * shop_depths + d);
    deal_to(group, table.law.channel[m][d], &Visit::channel, random,
            [](const Visit&) { return true; });
    deal_to(group, table.law.device[m][d], &Visit::device, random,
            [](const Visit& v) { return !is_social(v.channel); });
    for (Visit& v : group) {
      if (is_social(v.channel)) v.device = static_cast<std::uint8_t>(social_device(v.channel));
    }
  }
}

void deal_month_decks(const Table& table, std::size_t m, std::span<Visit> visits) {
  const ShopLaw& law = table.law;
  Random random(table.seed, "sample pages", m);
  deal_to(visits, law.landing[m], &Visit::landing, random,
          [](const Visit& v) { return !lands_at_home(v); });
  for (const bool ordered : {false, true}) {
    deal_to(visits, law.repeat[m][ordered], &Visit::repeat, random,
            [&](const Visit& v) { return lands_at_home(v) && v.ordered() == ordered; });
  }
  for (std::size_t stage = 0; stage < product_stages; ++stage) {
    deal_to(visits, law.product[m][stage], &Visit::product, random, [&](const Visit& v) {
      return v.depth >= 3 && product_stage(v.depth) == static_cast<ProductStage>(stage);
    });
  }
  deal_to(visits, law.billing[m], &Visit::billing, random,
          [](const Visit& v) { return v.depth >= 6; });
  std::array<std::size_t, 2> next = table.first_hour[m];
  for (Visit& v : visits) v.hour = table.hours[v.ordered()][next[v.ordered()]++];
}

/// First seconds of the month's days on which the shop was open, and their weights.
struct Days {
  std::vector<std::int64_t> begin;
  std::vector<double> until;  ///< cumulated weight, the last one 1
};

Days open_days(std::size_t m) {
  const MonthFacts& month = month_facts()[m];
  const date::year_month_day first{date::year(month.year), date::month(month.month),
                                   date::day(m == 0 ? 19 : 1)};  // the shop opened on 19 March 2012
  const date::sys_days end =
      m + 1 == shop_months
          ? date::sys_days(date::year(2015) / date::March / 20)
          : date::sys_days(first.year() / first.month() / date::last) + date::days(1);
  Days days;
  double sum = 0;
  for (date::sys_days day = first; day < end; day += date::days(1)) {
    sum += weekday_share[date::weekday(day).iso_encoding() - 1];
    days.begin.push_back(day.time_since_epoch().count() * day_seconds);
    days.until.push_back(sum);
  }
  for (double& weight : days.until) weight /= sum;
  return days;
}

void draw_times(const Table& table, std::size_t m, std::span<Visit> visits) {
  const Days days = open_days(m);
  Random random(table.seed, "sample times", m);
  for (Visit& visit : visits) {
    const auto day = std::upper_bound(days.until.begin(), days.until.end() - 1, random.uniform());
    visit.start = days.begin[static_cast<std::size_t>(day - days.until.begin())] +
                  visit.hour * 3600 + static_cast<std::int64_t>(random.below(3600));
    for (std::size_t step = 0; step + 1 < visit.depth; ++step) {
      visit.gap[step] = table.gaps.draw(step, random);
    }
  }
}

/// In a shifted shop some orders are not placed: the session ends at billing.
void give_up_orders(const Table& table, std::size_t m, std::span<Visit> visits) {
  if (table.law.orders_kept[m] >= 1) return;
  Random random(table.seed, "sample shift", m);
  for (Visit& visit : visits) {
    if (!visit.ordered() || random.uniform() < table.law.orders_kept[m]) continue;
    visit.depth -= 1;
    visit.gap[5] = 0;
  }
}

std::vector<Visit> deal_month(const Table& table, std::size_t m) {
  std::vector<Visit> visits;
  deal_groups(table, m, visits);
  deal_month_decks(table, m, visits);
  draw_times(table, m, visits);
  give_up_orders(table, m, visits);
  return by_start(visits);
}

/// Returning visitors are one of those who came for the first time in the last 60 days.
class Users {
 public:
  explicit Users(std::uint64_t seed) : random_(seed, "sample users") {}

  void take(Visit& visit) {
    settle_debt(visit);
    while (earlier_ < born_.size() && born_[earlier_] < visit.start) ++earlier_;
    while (recent_ < earlier_ && born_[recent_] < visit.start - memory) ++recent_;
    if (visit.repeat && earlier_ == 0) owe(visit);
    if (!visit.repeat) {
      born_.push_back(visit.start);
      visit.user = static_cast<std::int64_t>(born_.size());
      return;
    }
    const std::size_t from = recent_ < earlier_ ? recent_ : earlier_ - 1;
    visit.user = static_cast<std::int64_t>(from + random_.below(earlier_ - from)) + 1;
  }

 private:
  static constexpr std::int64_t memory = 60 * day_seconds;

  /// Nobody has been there yet: a later visitor of the kind returns instead.
  void owe(Visit& visit) {
    visit.repeat = 0;
    ++debt_[visit.ordered()];
  }

  void settle_debt(Visit& visit) {
    std::size_t& debt = debt_[visit.ordered()];
    const bool could = debt > 0 && !visit.repeat && lands_at_home(visit) && visit.month == 0;
    if (!could || born_.empty() || born_.front() >= visit.start) return;
    visit.repeat = 1;
    --debt;
  }

  Random random_;
  std::vector<std::int64_t> born_;  ///< first visit of each user, ascending
  std::size_t earlier_ = 0;         ///< users born before the visit at hand
  std::size_t recent_ = 0;          ///< the first of them within memory
  std::array<std::size_t, 2> debt_{};
};

}  // namespace

std::vector<Visit> by_start(const std::vector<Visit>& visits) {
  std::vector<std::pair<std::int64_t, std::size_t>> keys;
  keys.reserve(visits.size());
  for (std::size_t i = 0; i < visits.size(); ++i) keys.emplace_back(visits[i].start, i);
  std::sort(keys.begin(), keys.end());
  std::vector<Visit> sorted;
  sorted.reserve(visits.size());
  for (const auto& [start, i] : keys) sorted.push_back(visits[i]);
  return sorted;
}

std::vector<Visit> deal_visits(const ShopLaw& law, const GapLaw& gaps, std::uint64_t sessions,
                               std::uint64_t seed, const Control& control) {
  Table table{law, gaps, seed, group_sizes(law, sessions), {}, {}};
  deal_hours(table);
  std::array<std::vector<Visit>, shop_months> months;
  parallel_for(control, shop_months, [&](std::size_t m) {
    months[shop_months - 1 - m] = deal_month(table, shop_months - 1 - m);
  });
  std::vector<Visit> visits;
  visits.reserve(sessions);
  for (std::vector<Visit>& month : months) {
    visits.insert(visits.end(), month.begin(), month.end());
    std::vector<Visit>().swap(month);
  }
  Users users(seed);
  for (Visit& visit : visits) users.take(visit);
  return visits;
}

}  // namespace rarewood
