#include "rarewood/resample/random_sampling.hpp"

#include "rarewood/base/random.hpp"
#include "rarewood/pattern/urn.hpp"
#include "rarewood/resample/added_rows.hpp"
#include "rarewood/resample/sampling_strategy.hpp"

namespace rarewood {
namespace {

std::uint32_t& rows_of(PatternCount& count, bool positive) {
  return positive ? count.n1 : count.n0;
}

std::uint64_t counts_memory(const FitPart& part) {
  return part.counts().size() * sizeof(PatternCount);
}

class RandomOver : public Resampler {
 public:
  explicit RandomOver(SamplingStrategy strategy) : strategy_(std::move(strategy)) {}

  void check(const ClassTotals& totals) const override { check_over(totals, strategy_); }
  SamplingPlan plan(const FitPart& part) const override {
    const ClassPlan classes = plan_over(part.totals(), strategy_);
    return {classes.before, classes.after, 0, false, counts_memory(part)};
  }

  Resampled resample(const FitPart& part, std::uint64_t seed, const Control&) const override {
    const ClassPlan classes = plan_over(part.totals(), strategy_);
    const bool positive = classes.positive_is_minority();
    std::uint64_t rows_left = positive ? classes.before.n1 : classes.before.n0;
    std::uint64_t left = classes.added();
    Random random(seed, "random_over");
    std::vector<PatternCount> counts = part.counts();
    for (PatternCount& count : counts) {
      std::uint32_t& rows = rows_of(count, positive);
      if (rows == 0) continue;
      const double share = static_cast<double>(rows) / static_cast<double>(rows_left);
      const std::uint64_t drawn = draw_binomial(random, left, share);
      rows_left -= rows;
      left -= drawn;
      rows = checked_count(rows + drawn);
    }
    return {with_counts(part, std::move(counts))};
  }

 private:
  SamplingStrategy strategy_;
};

class RandomUnder : public Resampler {
 public:
  explicit RandomUnder(SamplingStrategy strategy) : strategy_(std::move(strategy)) {}

  void check(const ClassTotals& totals) const override { check_under(totals, strategy_); }
  SamplingPlan plan(const FitPart& part) const override {
    const ClassPlan classes = plan_under(part.totals(), strategy_);
    return {classes.before, classes.after, 0, false, counts_memory(part)};
  }

  Resampled resample(const FitPart& part, std::uint64_t seed, const Control&) const override {
    const ClassPlan classes = plan_under(part.totals(), strategy_);
    const bool positive = !classes.positive_is_minority();
    Urn majority = positive ? Urn(classes.before.n1, classes.after.n1)
                            : Urn(classes.before.n0, classes.after.n0);
    Random random(seed, "random_under");
    std::vector<PatternCount> counts = part.counts();
    for (PatternCount& count : counts) {
      std::uint32_t& rows = rows_of(count, positive);
      rows = majority.take(random, rows);
    }
    return {with_counts(part, std::move(counts))};
  }

 private:
  SamplingStrategy strategy_;
};

}  // namespace

std::unique_ptr<Resampler> make_random_over(const SamplerOptions& options) {
  return std::make_unique<RandomOver>(SamplingStrategy::parse(options.sampling_strategy));
}

std::unique_ptr<Resampler> make_random_under(const SamplerOptions& options) {
  return std::make_unique<RandomUnder>(SamplingStrategy::parse(options.sampling_strategy));
}

}  // namespace rarewood
