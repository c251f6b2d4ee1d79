#include "rarewood/report/figure.hpp"

#include <cstdlib>

#include "rarewood/base/error.hpp"
#include "rarewood/base/file.hpp"
#include "rarewood/base/process.hpp"

namespace rarewood {
namespace {

constexpr int kNoConverter = 3;
constexpr int kNotStarted = 127;

/// Reads the specification on stdin and writes the PNG to its argument. Kept here and not in a file
/// so that the program finds it wherever it is installed.
constexpr const char* kScript = R"(
import sys
try:
    import vl_convert
except ImportError:
    sys.exit(3)
try:
    png = vl_convert.vegalite_to_png(sys.stdin.read(), scale=2)
    with open(sys.argv[1], "wb") as file:
        file.write(png)
except (ValueError, OSError) as problem:
    sys.exit(str(problem).splitlines()[0])
)";

std::string refusal(const std::filesystem::path& png, int status, const std::string& python) {
  const std::string what = "The figure '" + png.string() + "' was not drawn: ";
  if (status == kNotStarted) {
    return what + "'" + python +
           "' cannot be started. Set RAREWOOD_PYTHON to a Python that has "
           "the package vl-convert-python.";
  }
  if (status == kNoConverter) {
    return what + "'" + python +
           "' lacks the package vl-convert-python. Run 'bash tool/setup.sh' "
           "or install it there.";
  }
  return what + "the drawing process ended with status " + std::to_string(status) + ".";
}

}  // namespace

std::string drawing_python() {
  if (const char* chosen = std::getenv("RAREWOOD_PYTHON"); chosen != nullptr && *chosen != '\0') {
    return chosen;
  }
  std::error_code ignored;
  std::filesystem::path folder = program_path().parent_path();
  for (int level = 0; level < 4 && !folder.empty(); ++level, folder = folder.parent_path()) {
    const std::filesystem::path candidate = folder / ".venv" / "bin" / "python";
    if (std::filesystem::exists(candidate, ignored)) return candidate.string();
  }
  return "python3";
}

std::optional<std::string> draw_chart(const std::string& specification,
                                      const std::filesystem::path& png, const std::string& python) {
  try {
    const std::filesystem::path staged = staging_path(png);
    const int status = run_program({python, "-I", "-c", kScript, staged.string()}, specification);
    if (status == 0) {
      publish_file(staged, png);
      return std::nullopt;
    }
    std::error_code ignored;
    std::filesystem::remove(staged, ignored);
    return refusal(png, status, python);
  } catch (const Error& problem) {
    return std::string("The figure was not drawn. ") + problem.what();
  }
}

}  // namespace rarewood
