#pragma once

#include <memory>
#include <string>

#include <arrow/type_fwd.h>

#include "rarewood/base/control.hpp"
#include "rarewood/session/sample_options.hpp"
#include "rarewood/store/object_store.hpp"

namespace rarewood {

/// Raw tables of a simulated shop, marked as simulated in their metadata, and the truth about them.
struct Shop {
  std::shared_ptr<arrow::Table> sessions;   ///< website_sessions
  std::shared_ptr<arrow::Table> pageviews;  ///< website_pageviews
  std::shared_ptr<arrow::Table> orders;
  /// website_session_id, p_start, p_5min, p_8min, p_10min, p_12min: the probability that the
  /// session orders (later), given all that the raw tables show of it by then; null if it has
  /// ordered.
  std::shared_ptr<arrow::Table> truth;
};

/// \cost linear in sessions; up to 400 bytes each. The same for any number of threads.
/// \throws Error(data) if that exceeds the memory limit.
Shop simulate_shop(const SampleOptions& options, const Control& control);

/// Write website_sessions, website_pageviews, orders and truth below `prefix` as Parquet.
void write_shop(ObjectStore& store, const std::string& prefix, const Shop& shop,
                const Control& control);

}  // namespace rarewood
