#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace rarewood {

/// The Python whose environment has vl-convert: $RAREWOOD_PYTHON, else .venv beside the program or
/// above it, else the python3 of the PATH.
std::string drawing_python();

/// Draw a Vega-Lite specification as a PNG of twice the usual resolution, in a child process of
/// `python`; the file appears whole or not at all. Takes about half a second.
///
/// A figure never costs a run, so nothing is thrown.
/// \return nothing, or a sentence that says why there is no figure and what to do.
std::optional<std::string> draw_chart(const std::string& specification,
                                      const std::filesystem::path& png, const std::string& python);

}  // namespace rarewood
