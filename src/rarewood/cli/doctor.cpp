#include "rarewood/workflow/doctor.hpp"

#include <algorithm>
#include <filesystem>

#include "rarewood/base/file.hpp"
#include "rarewood/cli/command.hpp"
#include "rarewood/report/health_text.hpp"

namespace rarewood {
namespace {

void run(const Call& call) {
  const DoctorRequest request{.doctor = doctor_options().make(call.raw),
                              .store = store_options().make(call.raw),
                              .track = track_options().make(call.raw)};
  const std::vector<ServiceHealth> services = examine(request, call.control);
  if (!request.doctor.json.empty()) {
    write_file_whole(request.doctor.json, health_to_json(services));
  }
  print(health_text(style_of(call.general), services));
  const bool ill = std::any_of(services.begin(), services.end(),
                               [](const ServiceHealth& service) { return service.failed(); });
  if (ill) throw Error(ErrorKind::external, "Not all services work. See the steps that failed.");
}

}  // namespace

Command doctor_command() {
  Command command;
  command.spec.name = "doctor";
  command.spec.summary = "Try each service that is configured, step by step, and say what to mend";
  command.spec.examples = {
      {"rarewood doctor", "this machine, the store and what the environment names"},
      {"rarewood doctor --store s3:// --tracking-uri http://127.0.0.1:5001 "
       "--airflow-url http://127.0.0.1:8080",
       "MinIO or S3, MLflow and Airflow"},
  };
  command.spec.groups = {option_group(doctor_options()), option_group(store_options()),
                         option_group(track_options())};
  command.run = run;
  return command;
}

}  // namespace rarewood
