# Language, optimisation and sanitizers: what every target of this project is compiled with.

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Debug or Release" FORCE)
endif()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

# Only what a door exports is visible: rooms are an inside matter.
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)

set(CMAKE_CXX_FLAGS_RELEASE "-O3 -DNDEBUG")
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1 -D_GLIBCXX_ASSERTIONS")

# Equal input must give equal bytes on every machine: no fused multiply-add where the source has
# two operations. No -march either: the program runs on any machine of the architecture.
add_compile_options(-ffp-contract=off)

if(RAREWOOD_SANITIZE)
  add_compile_options(-fsanitize=${RAREWOOD_SANITIZE} -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${RAREWOOD_SANITIZE})
endif()

# The program finds the wheel's libraries where CMake found them, built or installed. (CMake's own
# build-tree path would end in an empty entry, which the loader reads as the current folder.)
set(CMAKE_INSTALL_RPATH_USE_LINK_PATH ON)
set(CMAKE_BUILD_WITH_INSTALL_RPATH ON)

# Paths are cached relative to the source folder, so that every clone profits from the first one.
find_program(RAREWOOD_CCACHE ccache)
if(RAREWOOD_CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env
    "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" CCACHE_NOHASHDIR=1 "${RAREWOOD_CCACHE}")
endif()
