#include "rarewood/base/log.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/cli/command.hpp"
#include "rarewood/workflow/build_features.hpp"

namespace rarewood {
namespace {

/// "1,012 sessions", padded so that numbers stand below each other.
std::string count_line(std::uint64_t count, const std::string& words) {
  std::string number = thousands(count);
  if (number.size() < 9) number.insert(0, 9 - number.size(), ' ');
  return "   " + number + " " + words + "\n";
}

std::string share_text(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? "" : " (" + fixed(100.0 * double(part) / double(whole), 1) + " %)";
}

std::string summary(const BuiltFeatures& built) {
  const Population& kept = built.population;
  std::string text = "Read " + thousands(built.sessions) + " sessions with " +
                     thousands(built.page_views) + " page views" +
                     (built.simulated ? " of a simulated shop" : "") + "\n";
  for (const std::string& line : built.dirt) text += "   " + line + "\n";
  text += "Prediction point: " + built.point + "\n";
  for (const auto& [reason, sessions] : built.left_out) {
    text += count_line(sessions, "left out: " + reason);
  }
  text += count_line(built.rows, "rows");
  text += count_line(kept.positives,
                     "of them end in an order" + share_text(kept.positives, built.rows));
  if (!built.leaks) {
    text += count_line(kept.active, "of them active, " + thousands(kept.active_positives) +
                                        " with an order" +
                                        share_text(kept.active_positives, kept.active));
  }
  return text + "Wrote " + built.table_uri + "\n      " + built.keys_uri + "\n";
}

void run(const Call& call) {
  const FeatureJob job{.files = feature_files_options().make(call.raw),
                       .session = session_options().make(call.raw),
                       .store = store_options().make(call.raw),
                       .text = table_options().make(call.raw)};
  const BuiltFeatures built = build_features(job, call.control);
  for (const std::string& warning : built.warnings) log(LogLevel::warning, warning);
  if (built.leaks) {
    log(LogLevel::warning,
        "As of the end of the session the features tell the outcome. Learn from a table as of a "
        "point within the session, such as --as-of 10min.");
  }
  print(summary(built));
}

}  // namespace

Command features_command() {
  Command command;
  command.spec.name = "features";
  command.spec.summary = "Turn raw tables of events into a training table as of a point in time";
  command.spec.examples = {
      {"rarewood features --as-of 10min", "what is known ten minutes into each session"},
      {"rarewood features --as-of url:/cart --timezone Europe/Berlin",
       "the moment of the first look at the cart, hours by the shop's clock"},
      {"rarewood features --raw exports --store s3://",
       "from CSV or Parquet files in the folder exports to the buckets of an S3 store"},
  };
  command.spec.groups = {
      joined(option_group(feature_files_options()), option_group(session_options())),
      option_group(store_options()), option_group(table_options())};
  command.run = run;
  return command;
}

}  // namespace rarewood
