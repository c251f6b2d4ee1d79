#pragma once

#include <cstdint>
#include <stop_token>
#include <string>

#include "rarewood/base/control.hpp"
#include "rarewood/base/log.hpp"
#include "rarewood/option/option.hpp"
#include "rarewood/report/console_style.hpp"

namespace rarewood {

/// What every command understands.
struct GeneralOptions {
  std::int64_t random_state = 42;
  int n_jobs = -1;  ///< -1 = all cores this process may use
  std::string memory_limit = "auto";
  LogLevel log_level = LogLevel::info;
  bool plain = false;
  std::string config = {};
};

const OptionTable<GeneralOptions>& general_options();

/// Bytes meant by "8GB", "500 MB", "1.5GiB", "4096"; "none" is 0 (no limit), "auto" nine tenths of
/// what this process may use. \throws Error(usage).
std::uint64_t memory_limit_bytes(const std::string& text);

/// How the console text is to look.
ConsoleStyle style_of(const GeneralOptions& options);

/// How the functions of the command are to be steered.
Control control_of(const GeneralOptions& options, std::stop_token stop);

}  // namespace rarewood
