#include "rarewood/session/sample.hpp"

#include "rarewood/base/text.hpp"
#include "rarewood/cli/command.hpp"
#include "rarewood/store/location.hpp"

namespace rarewood {
namespace {

void run(const Call& call) {
  SampleOptions options = sample_options().make(call.raw);
  options.seed = call.general.random_state;
  const auto store = open_store(store_options().make(call.raw), call.control);
  write_shop(*store, "raw-data", simulate_shop(options, call.control), call.control);
  print("Simulated a shop of " + thousands(static_cast<std::uint64_t>(options.sessions)) +
        " sessions; its tables are marked as simulated\nWrote " +
        store->uri("raw-data/website_sessions.parquet") + "\n      " +
        store->uri("raw-data/website_pageviews.parquet") + "\n      " +
        store->uri("raw-data/orders.parquet") + "\n      " + store->uri("raw-data/truth.parquet") +
        " (the true probabilities)\n");
}

}  // namespace

Command sample_command() {
  Command command;
  command.spec.name = "sample";
  command.spec.summary = "Write the raw tables of a simulated shop";
  command.spec.examples = {
      {"rarewood sample", "472,871 sessions with the published totals of a real shop"},
      {"rarewood sample --store /tmp/null --shop null --sessions 50000",
       "a shop in which nothing but the pages seen tells who buys"},
  };
  command.spec.groups = {option_group(sample_options()), option_group(store_options())};
  command.run = run;
  return command;
}

}  // namespace rarewood
