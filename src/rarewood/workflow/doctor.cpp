#include "rarewood/workflow/doctor.hpp"

#include "rarewood/base/file.hpp"
#include "rarewood/base/process.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/store/store_health.hpp"
#include "rarewood/track/tracking_health.hpp"
#include "rarewood/workflow/airflow_health.hpp"

namespace rarewood {
namespace {

constexpr std::uint64_t kLittleMemory = 1'000'000'000;

/// First parts of the keys that jobs use, the one they write models to last.
const std::vector<std::string> kBuckets{"raw-data", "processed-data", "models"};

ServiceHealth machine_health(const std::string& journal) {
  ServiceHealth health{"machine", "", {}};
  health.look_at("cores", [] { return HealthFinding{std::to_string(available_cores())}; });
  health.look_at("memory", [] {
    const std::uint64_t bytes = available_memory();
    return HealthFinding{bytes_text(bytes), bytes < kLittleMemory};
  });
  health.look_at("journal", [&] {
    check_folder_writable(journal);
    return HealthFinding{journal + " can be written"};
  });
  health.look_at("space", [&] { return free_space(journal); });
  return health;
}

}  // namespace

const OptionTable<DoctorOptions>& doctor_options() {
  using O = DoctorOptions;
  static const OptionTable<DoctorOptions> table = [] {
    OptionTable<DoctorOptions> t("doctor");
    t.add(&O::airflow_url, "airflow_url",
          "Address of Airflow's web server, such as http://127.0.0.1:8080; empty = none")
        .environment({"AIRFLOW__API__BASE_URL"})
        .not_in_model();
    t.add(&O::json, "json", "File that gets the findings as JSON too").not_in_model();
    return t;
  }();
  return table;
}

std::vector<ServiceHealth> examine(const DoctorRequest& request, const Control& control) {
  std::vector<ServiceHealth> services{machine_health(request.track.journal),
                                      store_health(request.store, kBuckets, control)};
  if (!request.track.tracking_uri.empty()) {
    services.push_back(tracking_health(request.track, control));
  }
  if (!request.doctor.airflow_url.empty()) {
    services.push_back(airflow_health(request.doctor.airflow_url, control));
  }
  return services;
}

}  // namespace rarewood
