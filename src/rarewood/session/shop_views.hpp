#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/session/shop_visits.hpp"

namespace rarewood {

/// Page view rows of a simulated shop, visit by visit, before they get their ids.
struct ViewRows {
  std::vector<std::int64_t> time;     ///< UTC seconds
  std::vector<std::int64_t> arrival;  ///< when the row reached the table; ids follow it
  std::vector<std::uint32_t> visit;
  std::vector<std::uint8_t> page;  ///< code into page_urls()
};

const std::vector<std::string>& page_urls();

/// Add bots: each opens dozens of pages a few seconds apart and never orders.
/// \param rate  bots per visit. \return the visits in order of time, with users of their own.
std::vector<Visit> with_bots(std::vector<Visit> visits, double rate, std::uint64_t seed);

/// The pages of every visit, with reloads and late arrivals at the rates of `options`.
ViewRows view_rows(const std::vector<Visit>& visits, const SampleOptions& options);

/// Row numbers in order of arrival: the place is the id less one.
std::vector<std::uint32_t> order_of_arrival(const ViewRows& rows, const Control& control);

}  // namespace rarewood
