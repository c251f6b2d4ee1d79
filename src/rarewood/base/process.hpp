#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace rarewood {

/// Largest resident size of this process so far, bytes.
std::uint64_t peak_memory();

/// Memory this process may use at most, bytes: the machine's, or its container's limit if less.
std::uint64_t available_memory();

/// Cores this process may use (its affinity mask, not the machine's), >= 1.
int available_cores();

/// Let the OpenMP threads of libraries loaded later sleep soon where they wait for each other. By
/// default they spin, which on a machine with other work takes ten times the time of the work
/// (docs/decision/boosters.md). What the user has set stands. Call it before any thread is made.
void let_openmp_threads_sleep();

/// Let Arrow take memory from the system's allocator. Its own (mimalloc) keeps what is freed in
/// huge pages: 70 MB more at the peak of the conversion job, and time to clear them. What the user
/// has set stands. Call it before Arrow is used.
void let_arrow_use_system_memory();

/// Names of the environment's variables that begin so and are not empty, sorted.
std::vector<std::string> environment_variables(std::string_view prefix);

/// True if a person looks at stdout.
bool stdout_is_terminal();

/// True if a person looks at stdout and has not set NO_COLOR (no-color.org).
bool colour_is_wanted();

/// Columns of the terminal on stdout; 80 where there is none.
int terminal_width();

/// Name of who runs the program: USER, else LOGNAME, else what the system calls the user; "" where
/// it has no name either, as in some containers.
std::string login_name();

/// Path of the running program.
std::filesystem::path program_path();

/// Hex digits from the system's entropy: for names that must differ, never for results.
std::string fresh_hex(std::size_t digits);

/// A token that asks for a stop from the first Ctrl-C or TERM on; a second one ends the process. A
/// pipe nobody reads and a file above the system's limit are errors from then on, not signals.
std::stop_token stop_on_signal();

/// Run a program to its end with `input` on its stdin; its stdout and stderr go to our stderr.
/// \return its exit status; 127 if it could not be started.
int run_program(const std::vector<std::string>& command, std::string_view input);

}  // namespace rarewood
