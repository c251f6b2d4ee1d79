#pragma once

#include <memory>

#include "rarewood/learn/learner.hpp"

namespace rarewood {

enum class DummyStrategy { most_frequent, prior, stratified };

struct DummyOptions {
  DummyStrategy dummy_strategy = DummyStrategy::most_frequent;
};

const OptionTable<DummyOptions>& dummy_options();

/// One leaf for all rows: 0 or 1, whichever class is more frequent (equal: 0), or the base rate.
Ensemble fit_dummy(const FitPart& part, const DummyOptions& options);

/// \throws Error(usage) for the strategy stratified: labels drawn by lot are no function of the
/// row,
///         which a saved model must be.
std::unique_ptr<Learner> make_dummy(const RawOptions& raw);

}  // namespace rarewood
