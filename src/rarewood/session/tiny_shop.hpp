#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rarewood/session/journeys.hpp"

// Raw tables of a few rows, written by hand in tests. Only tests include this file.

namespace rarewood {

struct TinyShop {
  struct Session {
    std::int64_t id, time, user;
    double repeat = 0;
    std::string source = "gsearch";
    std::string device = "desktop";
  };
  struct View {
    std::int64_t id, time, session;
    std::string url = "/home";
  };
  struct Order {
    std::int64_t id, time, session;
    double revenue = 49.99;
  };
  std::vector<Session> sessions;
  std::vector<View> views;
  std::vector<Order> orders;

  RawEvents events() const {
    RawEvents raw;
    TextCodes sources, devices, urls;
    for (const Session& row : sessions) {
      raw.sessions.id.push_back(row.id);
      raw.sessions.time.push_back(row.time);
      raw.sessions.user.push_back(row.user);
      raw.sessions.repeat.push_back(row.repeat);
      raw.sessions.source.push_back(sources.code(row.source));
      raw.sessions.device.push_back(devices.code(row.device));
    }
    for (const View& row : views) {
      raw.pageviews.id.push_back(row.id);
      raw.pageviews.time.push_back(row.time);
      raw.pageviews.session.push_back(row.session);
      raw.pageviews.url.push_back(urls.code(row.url));
    }
    for (const Order& row : orders) {
      raw.orders.id.push_back(row.id);
      raw.orders.time.push_back(row.time);
      raw.orders.session.push_back(row.session);
      raw.orders.revenue.push_back(row.revenue);
    }
    raw.sessions.sources = settle(sources, raw.sessions.source);
    raw.sessions.devices = settle(devices, raw.sessions.device);
    raw.pageviews.urls = settle(urls, raw.pageviews.url);
    return raw;
  }

  Journeys journeys() const { return join_journeys(events(), Control{}); }
};

}  // namespace rarewood
