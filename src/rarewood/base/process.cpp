#include "rarewood/base/process.hpp"

#include <pwd.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <system_error>
#include <thread>

namespace rarewood {
namespace {

int signal_pipe_write = -1;

/// Only a write is safe in a handler; the thread that reads it asks for the stop.
void on_signal(int number) {
  std::signal(number, SIG_DFL);
  const char byte = 1;
  [[maybe_unused]] const ssize_t written = ::write(signal_pipe_write, &byte, 1);
}

std::stop_source& stop_source() {
  static std::stop_source source;
  return source;
}

void feed(int pipe, std::string_view input) {
  while (!input.empty()) {
    const ssize_t written = ::write(pipe, input.data(), input.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;  // the program closed its stdin: its exit status tells the rest
    input.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

std::uint64_t peak_memory() {
  struct rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
#ifdef __APPLE__
  return static_cast<std::uint64_t>(usage.ru_maxrss);
#else
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
#endif
}

std::uint64_t available_memory() {
  auto bytes = static_cast<std::uint64_t>(::sysconf(_SC_PHYS_PAGES)) *
               static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  for (const char* path :
       {"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"}) {
    std::uint64_t limit = 0;
    if (std::ifstream(path) >> limit && limit > 0) bytes = std::min(bytes, limit);
  }
  return bytes;
}

int available_cores() {
#ifdef __linux__
  cpu_set_t mask;
  CPU_ZERO(&mask);
  if (::sched_getaffinity(0, sizeof mask, &mask) == 0) return std::max(1, CPU_COUNT(&mask));
#endif
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

void let_openmp_threads_sleep() {
  if (std::getenv("OMP_WAIT_POLICY") == nullptr) setenv("GOMP_SPINCOUNT", "1000", 0);
}

void let_arrow_use_system_memory() { setenv("ARROW_DEFAULT_MEMORY_POOL", "system", 0); }

std::vector<std::string> environment_variables(std::string_view prefix) {
  std::vector<std::string> names;
  for (char** each = environ; each != nullptr && *each != nullptr; ++each) {
    const std::string_view variable(*each);
    const std::size_t sign = variable.find('=');
    const bool empty = sign == std::string_view::npos || sign + 1 == variable.size();
    if (!empty && variable.starts_with(prefix)) names.emplace_back(variable.substr(0, sign));
  }
  std::ranges::sort(names);
  return names;
}

bool stdout_is_terminal() { return ::isatty(STDOUT_FILENO) != 0; }

bool colour_is_wanted() {
  const char* refused = std::getenv("NO_COLOR");
  return stdout_is_terminal() && (refused == nullptr || *refused == '\0');
}

int terminal_width() {
  struct winsize size{};
  const bool known = ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : 80;
}

std::string login_name() {
  for (const char* name : {"USER", "LOGNAME"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return value;
  }
  struct passwd entry{};
  struct passwd* found = nullptr;
  std::array<char, 16384> texts{};
  const int problem = ::getpwuid_r(::geteuid(), &entry, texts.data(), texts.size(), &found);
  return problem == 0 && found != nullptr && found->pw_name != nullptr ? found->pw_name : "";
}

std::filesystem::path program_path() {
  std::error_code status;
  return std::filesystem::read_symlink("/proc/self/exe", status);
}

std::string fresh_hex(std::size_t digits) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string id(digits, '0');
  if (::getentropy(id.data(), id.size()) != 0) {
    throw std::system_error(errno, std::generic_category(), "getentropy");
  }
  for (char& byte : id) byte = kDigits[static_cast<unsigned char>(byte) % 16];
  return id;
}

std::stop_token stop_on_signal() {
  static const bool installed = [] {
    int ends[2];
    if (::pipe(ends) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
    signal_pipe_write = ends[1];
    std::thread([read_end = ends[0]] {
      char byte = 0;
      while (::read(read_end, &byte, 1) < 0 && errno == EINTR) {
      }
      stop_source().request_stop();
    }).detach();
    std::signal(SIGINT, on_signal);
    std::signal(SIGTERM, on_signal);
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);  // writing fails with a reason instead
    return true;
  }();
  static_cast<void>(installed);
  return stop_source().get_token();
}

int run_program(const std::vector<std::string>& command, std::string_view input) {
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  int ends[2];
  if (::pipe(ends) != 0) return 127;
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[0], STDIN_FILENO);
    ::dup2(STDERR_FILENO, STDOUT_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
  }
  ::close(ends[0]);
  if (child > 0) feed(ends[1], input);
  ::close(ends[1]);
  if (child < 0) return 127;
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

}  // namespace rarewood
