#pragma once

#include <atomic>
#include <chrono>

#include "rarewood/learn/learner.hpp"
#include "rarewood/resample/resampler.hpp"

namespace rarewood {

/// Adds the seconds of its life to a sum that several threads may add to.
class Lap {
 public:
  explicit Lap(std::atomic<double>& seconds)
      : seconds_(seconds), begun_(std::chrono::steady_clock::now()) {}
  Lap(const Lap&) = delete;
  Lap& operator=(const Lap&) = delete;
  ~Lap() {
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begun_;
    seconds_.fetch_add(passed.count());
  }

 private:
  std::atomic<double>& seconds_;
  std::chrono::steady_clock::time_point begun_;
};

/// A learner that notes how long its fits took, all together.
class TimedLearner : public Learner {
 public:
  TimedLearner(const Learner& learner, std::atomic<double>& seconds)
      : learner_(learner), seconds_(seconds) {}
  Predictor fit(const FitPart& part, const FitRequest& request,
                const Control& control) const override {
    const Lap lap(seconds_);
    return learner_.fit(part, request, control);
  }

 private:
  const Learner& learner_;
  std::atomic<double>& seconds_;
};

/// The same of a resampler.
class TimedResampler : public Resampler {
 public:
  TimedResampler(const Resampler& resampler, std::atomic<double>& seconds)
      : resampler_(resampler), seconds_(seconds) {}
  SamplingPlan plan(const FitPart& part) const override { return resampler_.plan(part); }
  Resampled resample(const FitPart& part, std::uint64_t seed,
                     const Control& control) const override {
    const Lap lap(seconds_);
    return resampler_.resample(part, seed, control);
  }

 private:
  const Resampler& resampler_;
  std::atomic<double>& seconds_;
};

}  // namespace rarewood
