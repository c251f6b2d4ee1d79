#!/usr/bin/env bash
# Set up, then run every check and test; stops at the first group that fails and names it.
# With CI=true also clang-tidy, and the unit tests once more under the address and
# undefined-behaviour sanitizers (RAREWOOD_TIDY=1, RAREWOOD_ASAN=1 ask for one of them elsewhere).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

ci=$([[ ${CI:-} == true ]] && echo 1 || echo 0)
passed=()
current=""
trap '[[ -z $current ]] || echo "FAILED: $current (passed before it: ${passed[*]:-nothing})"' EXIT

group() {
  current=$1
  shift
  printf '\n== %s: %s\n' "$current" "$*"
  local start=$SECONDS
  "$@"
  echo "== $current: passed in $((SECONDS - start)) s"
  passed+=("$current")
  current=""
}

asan_tests() {
  cmake --preset asan >/dev/null
  cmake --build --preset asan
  ctest --preset asan -j "$(nproc)" --quiet
}

group set-up bash tool/setup.sh --tests
group format bash tool/format.sh --check
group rooms .venv/bin/python tool/check_rooms.py
group third-party .venv/bin/python tool/third_party.py --check
group unit ctest --preset release -j "$(nproc)" --progress
group program .venv/bin/python -m pytest -q test
if [[ ${RAREWOOD_TIDY:-$ci} == 1 ]]; then group tidy bash tool/tidy.sh; fi
if [[ ${RAREWOOD_ASAN:-$ci} == 1 ]]; then group asan asan_tests; fi

printf '\nAll passed: %s (%d s)\n' "${passed[*]}" "$SECONDS"
