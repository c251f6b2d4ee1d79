# Third-party libraries. A missing one stops the configuration with the package to install.

function(rarewood_need package debian_package)
  find_package(${package} ${ARGN} QUIET)
  if(NOT ${package}_FOUND)
    message(FATAL_ERROR "${package} was not found. "
      "Run 'bash tool/setup.sh', or install the package ${debian_package}.")
  endif()
endfunction()

include(Arrow)
include(Boosters)

rarewood_need(Threads libc6-dev)
rarewood_need(fmt libfmt-dev CONFIG)
rarewood_need(nlohmann_json nlohmann-json3-dev CONFIG)
rarewood_need(CLI11 libcli11-dev CONFIG)
rarewood_need(CURL libcurl4-openssl-dev)
rarewood_need(OpenSSL libssl-dev)
rarewood_need(Eigen3 libeigen3-dev CONFIG)
rarewood_need(date libhowardhinnant-date-dev CONFIG)

# toml++ is compiled into its one .cpp with its assert off: the Debian library aborts on bad input
# ("[`") where the header without assert reports a parse error.
find_path(RAREWOOD_TOML_INCLUDE toml++/toml.h)
if(NOT RAREWOOD_TOML_INCLUDE)
  message(FATAL_ERROR "toml++ was not found. "
    "Run 'bash tool/setup.sh', or install the package libtomlplusplus-dev.")
endif()
add_library(rarewood_toml INTERFACE)
target_include_directories(rarewood_toml SYSTEM INTERFACE "${RAREWOOD_TOML_INCLUDE}")
target_compile_definitions(rarewood_toml INTERFACE TOML_HEADER_ONLY=1)
target_compile_options(rarewood_toml INTERFACE "-DTOML_ASSERT(x)=static_cast<void>(0)")

if(RAREWOOD_TESTS)
  include(GoogleTest)
  rarewood_need(GTest libgtest-dev CONFIG)
endif()
