#include "rarewood/session/shop_views.hpp"

#include <algorithm>
#include <numeric>

#include "rarewood/base/parallel.hpp"

namespace rarewood {
namespace {

enum Page : std::uint8_t {
  landing = 0,  // and the five landers after it
  products = shop_landings,
  product,
  cart = product + shop_products,
  shipping,
  billing,
  billing_2,
  thank_you
};

constexpr std::uint64_t longest_reload = 20;  // seconds after the first load

/// What a bot looks at, again and again.
constexpr std::array<std::uint8_t, 4> bot_round{landing, products, product, products};

std::uint8_t page_of(const Visit& visit, std::size_t step) {
  switch (step) {
    case 0: return static_cast<std::uint8_t>(landing + visit.landing);
    case 1: return products;
    case 2: return static_cast<std::uint8_t>(product + visit.product);
    case 3: return cart;
    case 4: return shipping;
    case 5: return visit.billing == 0 ? billing : billing_2;
    default: return thank_you;
  }
}

class Recorder {
 public:
  Recorder(const SampleOptions& options, ViewRows& rows)
      : options_(options),
        rows_(rows),
        random_(static_cast<std::uint64_t>(options.seed), "sample dirt") {}

  void view(std::uint32_t visit, std::int64_t time, std::uint8_t page, std::uint16_t until_next) {
    add(visit, time, page);
    // A reload comes before the next page; nobody reloads within the last second.
    if (options_.reload_rate <= 0 || random_.uniform() >= options_.reload_rate) return;
    const std::uint64_t longest =
        until_next == 0 ? longest_reload : std::min<std::uint64_t>(longest_reload, until_next - 1U);
    if (longest > 0) add(visit, time + 1 + static_cast<std::int64_t>(random_.below(longest)), page);
  }

 private:
  void add(std::uint32_t visit, std::int64_t time, std::uint8_t page) {
    const bool late = options_.late_rate > 0 && random_.uniform() < options_.late_rate;
    rows_.time.push_back(time);
    rows_.arrival.push_back(late ? time + 1 + static_cast<std::int64_t>(random_.below(3600))
                                 : time);
    rows_.visit.push_back(visit);
    rows_.page.push_back(page);
  }

  const SampleOptions& options_;
  ViewRows& rows_;
  Random random_;
};

void view_as_bot(const Visit& bot, std::uint32_t number, Recorder& recorder) {
  for (std::size_t i = 0; i < bot.bot_pages; ++i) {
    recorder.view(number, bot.start + static_cast<std::int64_t>(2 * i),
                  bot_round[i % bot_round.size()], 2);
  }
}

void view_as_person(const Visit& visit, std::uint32_t number, Recorder& recorder) {
  std::int64_t time = visit.start;
  for (std::size_t step = 0; step < visit.depth; ++step) {
    const std::uint16_t next = step + 1 < visit.depth ? visit.gap[step] : std::uint16_t{0};
    recorder.view(number, time, page_of(visit, step), next);
    time += next;
  }
}

}  // namespace

const std::vector<std::string>& page_urls() {
  static const std::vector<std::string> urls{"/home",
                                             "/lander-1",
                                             "/lander-2",
                                             "/lander-3",
                                             "/lander-4",
                                             "/lander-5",
                                             "/products",
                                             "/the-original-mr-fuzzy",
                                             "/the-forever-love-bear",
                                             "/the-birthday-sugar-panda",
                                             "/the-hudson-river-mini-bear",
                                             "/cart",
                                             "/shipping",
                                             "/billing",
                                             "/billing-2",
                                             "/thank-you-for-your-order"};
  return urls;
}

std::vector<Visit> with_bots(std::vector<Visit> visits, double rate, std::uint64_t seed) {
  if (rate <= 0) return visits;
  Random random(seed, "sample bots");
  std::int64_t user = 0;
  for (const Visit& visit : visits) user = std::max(user, visit.user);
  const auto bots = draw_binomial(random, visits.size(), rate);
  const std::size_t people = visits.size();
  for (std::uint64_t i = 0; i < bots; ++i) {
    Visit bot =
        visits[random.below(people)];  // at a person's time, so that bots grow with the shop
    bot.user = ++user;
    bot.depth = bot.meant_depth = 1;
    bot.channel = bot.device = bot.landing = bot.repeat = 0;
    bot.gap = {};
    bot.bot_pages = static_cast<std::uint8_t>(20 + random.below(100));
    visits.push_back(bot);
  }
  return by_start(visits);
}

ViewRows view_rows(const std::vector<Visit>& visits, const SampleOptions& options) {
  ViewRows rows;
  Recorder recorder(options, rows);
  for (std::uint32_t i = 0; i < visits.size(); ++i) {
    if (visits[i].bot_pages > 0) {
      view_as_bot(visits[i], i, recorder);
    } else {
      view_as_person(visits[i], i, recorder);
    }
  }
  return rows;
}

std::vector<std::uint32_t> order_of_arrival(const ViewRows& rows, const Control& control) {
  constexpr std::size_t pieces = 8;  // not the number of threads, though the result is the same
  std::vector<std::uint32_t> order(rows.time.size());
  std::vector<std::uint32_t> merged(order.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto at = [&](std::vector<std::uint32_t>& rows_of, std::size_t piece) {
    return rows_of.begin() + static_cast<std::ptrdiff_t>(rows_of.size() * piece / pieces);
  };
  const auto earlier = [&](std::uint32_t a, std::uint32_t b) {
    return rows.arrival[a] != rows.arrival[b] ? rows.arrival[a] < rows.arrival[b] : a < b;
  };
  parallel_for(control, pieces,
               [&](std::size_t p) { std::sort(at(order, p), at(order, p + 1), earlier); });
  for (std::size_t width = 1; width < pieces; width *= 2) {
    parallel_for(control, pieces / width / 2, [&](std::size_t p) {
      const std::size_t begin = 2 * p * width;
      std::merge(at(order, begin), at(order, begin + width), at(order, begin + width),
                 at(order, begin + 2 * width), at(merged, begin), earlier);
    });
    order.swap(merged);
  }
  return order;
}

}  // namespace rarewood
