#!/usr/bin/env bash
# Run clang-tidy (.clang-tidy) over the C++ files named, or over all of them, with the compile
# commands of a configured build folder: tool/tidy.sh [file...]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

build=${RAREWOOD_TIDY_BUILD:-build}
[[ -f $build/compile_commands.json ]] ||
  { echo "tidy.sh: $build is not configured: run tool/setup.sh first" >&2 && exit 2; }

files=("$@")
[[ ${#files[@]} -gt 0 ]] || mapfile -t files < <(find src -name '*.cpp' ! -name '*_test.cpp' | sort)

# clang does not know g++'s warning options, and finds its standard library by itself.
printf '%s\0' "${files[@]}" |
  xargs -0 -n 4 -P "$(nproc)" .venv/bin/clang-tidy --quiet -p "$build" \
    --extra-arg=-Wno-unknown-warning-option 2> >(grep -v 'warnings generated\|^Suppressed\|^Use -\|Processing file' >&2)
