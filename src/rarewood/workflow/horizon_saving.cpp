#include "rarewood/workflow/horizon_saving.hpp"

#include <filesystem>

#include "rarewood/base/file.hpp"
#include "rarewood/base/log.hpp"
#include "rarewood/report/figure.hpp"
#include "rarewood/report/horizon_chart.hpp"
#include "rarewood/report/horizon_json.hpp"
#include "rarewood/track/journal.hpp"
#include "rarewood/workflow/sending.hpp"

namespace rarewood {
namespace {

constexpr const char* kPointsArtifact = "horizon.json";
constexpr const char* kChartArtifact = "horizon.png";

/// \return the figure's bytes; "" where there is none
std::string draw(const HorizonRecord& record, const std::filesystem::path& png) {
  if (png == "none") return "";
  const std::string chart = horizon_chart(record);
  if (chart.empty()) return "";
  if (const auto problem = draw_chart(chart, png, drawing_python())) {
    log(LogLevel::warning, *problem);
    return "";
  }
  log(LogLevel::info, "Figure: " + png.string());
  return read_file(png);
}

}  // namespace

void check_horizon_places(const HorizonRequest& request) {
  check_folder_writable(request.track.journal);
  const std::filesystem::path json = request.horizon.json;
  if (!json.empty()) check_folder_writable(json.parent_path());
}

void save_horizon(HorizonRecord& record, const HorizonRequest& request, const Control& control) {
  const std::string json = horizon_to_json(record);
  if (!request.horizon.json.empty()) write_file_whole(request.horizon.json, json);
  std::vector<Artifact> artifacts{{kPointsArtifact, json}};
  const std::string figure = draw(record, request.horizon.figure);
  if (!figure.empty()) artifacts.push_back({kChartArtifact, figure});
  const std::filesystem::path folder = write_run(request.track.journal, record.run, artifacts);
  send_kept_run(folder, request.track, record.run, control);
}

}  // namespace rarewood
