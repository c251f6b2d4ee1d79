#include "rarewood/base/random.hpp"

#include <algorithm>
#include <cmath>

namespace rarewood {
namespace {

std::uint64_t fnv1a(std::string_view text) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 1099511628211ULL;
  }
  return hash;
}

std::uint64_t mix(std::uint64_t x) {
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ULL;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

void philox(std::array<std::uint32_t, 4>& c, std::array<std::uint32_t, 2> k) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = std::uint64_t{0xD2511F53} * c[0];
    const std::uint64_t b = std::uint64_t{0xCD9E8D57} * c[2];
    c = {static_cast<std::uint32_t>(b >> 32) ^ c[1] ^ k[0], static_cast<std::uint32_t>(b),
         static_cast<std::uint32_t>(a >> 32) ^ c[3] ^ k[1], static_cast<std::uint32_t>(a)};
    k[0] += 0x9E3779B9;
    k[1] += 0xBB67AE85;
  }
}

/// log of n! without std::lgamma, whose global sign is not safe with threads.
double log_factorial(double n) {
  if (n < 16) {
    double product = 1;
    for (double i = 2; i <= n; i += 1) product *= i;
    return std::log(product);
  }
  const double x = n + 1;
  const double inverse = 1 / (x * x);
  const double tail = (1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260))) / x;
  return (x - 0.5) * std::log(x) - x + 0.91893853320467274178 + tail;
}

/// Walk up from 0; the expected number of steps is n*p.
std::uint64_t binomial_by_inversion(Random& random, std::uint64_t n, double p) {
  const double odds = p / (1 - p);
  const double count = static_cast<double>(n);
  double left = random.uniform();
  double mass = std::exp(count * std::log1p(-p));
  std::uint64_t k = 0;
  while (left >= mass && k < n) {
    left -= mass;
    ++k;
    mass *= odds * (count - static_cast<double>(k) + 1) / static_cast<double>(k);
  }
  return k;
}

std::uint64_t binomial_by_rejection(Random& random, std::uint64_t trials, double p) {
  const double n = static_cast<double>(trials);
  const double spread = std::sqrt(n * p * (1 - p));
  const double b = 1.15 + 2.53 * spread;
  const double a = -0.0873 + 0.0248 * b + 0.01 * p;
  const double centre = n * p + 0.5;
  const double vr = 0.92 - 4.2 / b;
  const double alpha = (2.83 + 5.1 / b) * spread;
  const double log_odds = std::log(p / (1 - p));
  const double mode = std::floor((n + 1) * p);
  const double at_mode = log_factorial(mode) + log_factorial(n - mode);
  while (true) {
    const double u = random.uniform() - 0.5;
    double v = 1 - random.uniform();
    const double us = 0.5 - std::abs(u);
    const double k = std::floor((2 * a / us + b) * u + centre);
    if (k < 0 || k > n) continue;
    if (us >= 0.07 && v <= vr) return static_cast<std::uint64_t>(k);
    v = std::log(v * alpha / (a / (us * us) + b));
    const double bound = at_mode - log_factorial(k) - log_factorial(n - k) + (k - mode) * log_odds;
    if (v <= bound) return static_cast<std::uint64_t>(k);
  }
}

std::uint64_t hypergeometric_by_draws(Random& random, std::uint64_t marked, std::uint64_t total,
                                      std::uint64_t sample) {
  std::uint64_t found = 0;
  for (; sample > 0 && marked > 0; --sample, --total) {
    if (random.below(total) < marked) {
      --marked;
      ++found;
    }
  }
  return found;
}

/// Start at the mode and take the next likeliest value on either side; steps grow with the
/// standard deviation.
std::uint64_t hypergeometric_from_mode(Random& random, std::uint64_t marked, std::uint64_t total,
                                       std::uint64_t sample) {
  const double good = static_cast<double>(marked);
  const double bad = static_cast<double>(total - marked);
  const double n = static_cast<double>(sample);
  const double lowest = std::max(0.0, n - bad);
  const double highest = std::min(good, n);
  const double mode =
      std::clamp(std::floor((n + 1) * (good + 1) / (good + bad + 2)), lowest, highest);
  const auto log_choose = [](double a, double b) {
    return log_factorial(a) - log_factorial(b) - log_factorial(a - b);
  };
  const double at_mode =
      std::exp(log_choose(good, mode) + log_choose(bad, n - mode) - log_choose(good + bad, n));
  double left = random.uniform() - at_mode;
  double down = mode, up = mode, mass_down = at_mode, mass_up = at_mode;
  while (left >= 0) {
    const double below =
        down > lowest ? mass_down * down * (bad - n + down) / ((good - down + 1) * (n - down + 1))
                      : 0;
    const double above =
        up < highest ? mass_up * (good - up) * (n - up) / ((up + 1) * (bad - n + up + 1)) : 0;
    if (below == 0 && above == 0) return static_cast<std::uint64_t>(mode);  // rounding ate the rest
    if (below >= above) {
      down -= 1;
      mass_down = below;
      left -= below;
      if (left < 0) return static_cast<std::uint64_t>(down);
    } else {
      up += 1;
      mass_up = above;
      left -= above;
      if (left < 0) return static_cast<std::uint64_t>(up);
    }
  }
  return static_cast<std::uint64_t>(mode);
}

}  // namespace

Random::Random(std::uint64_t seed, std::string_view purpose, std::uint64_t index) {
  const std::uint64_t key = mix(seed + 0x9E3779B97F4A7C15ULL) ^ fnv1a(purpose);
  key_ = {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)};
  counter_ = {0, 0, static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(index >> 32)};
}

std::uint64_t Random::bits() {
  if (left_ == 0) {
    std::array<std::uint32_t, 4> block = counter_;
    philox(block, key_);
    block_ = {block[0] | (std::uint64_t{block[1]} << 32),
              block[2] | (std::uint64_t{block[3]} << 32)};
    if (++counter_[0] == 0) ++counter_[1];
    left_ = 2;
  }
  return block_[static_cast<std::size_t>(--left_)];
}

double Random::uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }

std::uint64_t Random::below(std::uint64_t bound) {
  // Lemire 2019: the high half of a product is uniform once the low half's remainder is cut off.
  __extension__ using Wide = unsigned __int128;
  Wide product = static_cast<Wide>(bits()) * bound;
  auto low = static_cast<std::uint64_t>(product);
  if (low < bound) {
    const std::uint64_t cut = (0 - bound) % bound;
    while (low < cut) {
      product = static_cast<Wide>(bits()) * bound;
      low = static_cast<std::uint64_t>(product);
    }
  }
  return static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t draw_binomial(Random& random, std::uint64_t n, double p) {
  if (n == 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (p > 0.5) return n - draw_binomial(random, n, 1 - p);
  return static_cast<double>(n) * p < 10 ? binomial_by_inversion(random, n, p)
                                         : binomial_by_rejection(random, n, p);
}

std::uint64_t draw_hypergeometric(Random& random, std::uint64_t marked, std::uint64_t total,
                                  std::uint64_t sample) {
  if (sample == total) return marked;
  // Swapping "marked" and "sampled" leaves the law as it is; the smaller one costs fewer draws.
  if (sample > marked) std::swap(sample, marked);
  return sample <= 64 ? hypergeometric_by_draws(random, marked, total, sample)
                      : hypergeometric_from_mode(random, marked, total, sample);
}

}  // namespace rarewood
