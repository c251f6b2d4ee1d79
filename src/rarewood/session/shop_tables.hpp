#pragma once

#include <memory>
#include <vector>

#include <arrow/type_fwd.h>

#include "rarewood/session/shop_truth.hpp"
#include "rarewood/session/shop_views.hpp"

namespace rarewood {

// The raw tables as the shop's own database has them: ids from 1 in order of time, stamps without
// zone (they are UTC), text columns that may be missing. All carry rarewood.simulated = true and
// the options of the simulation.

std::shared_ptr<arrow::Table> sessions_table(const std::vector<Visit>& visits,
                                             const SampleOptions& options, const Control& control);

/// Duplicates, if any, are a second copy of their row at the end.
std::shared_ptr<arrow::Table> pageviews_table(const ViewRows& rows, const SampleOptions& options,
                                              const Control& control);

std::shared_ptr<arrow::Table> orders_table(const std::vector<Visit>& visits,
                                           const SampleOptions& options, const Control& control);

std::shared_ptr<arrow::Table> truth_table(const std::vector<Visit>& visits, const ShopLaw& law,
                                          const GapLaw& gaps, const SampleOptions& options,
                                          const Control& control);

}  // namespace rarewood
