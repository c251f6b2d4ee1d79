#!/usr/bin/env bash
# Format every C++ file in place; with --check only name the files that would change (exit 5).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

mapfile -d '' files < <(find src benchmark test -type f \( -name '*.cpp' -o -name '*.hpp' \) \
  -print0 2>/dev/null)
[[ ${#files[@]} -gt 0 ]] || exit 0

if [[ ${1:-} != --check ]]; then
  exec .venv/bin/clang-format -i "${files[@]}"
fi
changed=$(.venv/bin/clang-format --dry-run "${files[@]}" 2>&1 | sed -n 's/^\([^:]*\):[0-9:]* \(warning\|error\).*/\1/p' | sort -u)
[[ -z $changed ]] && echo "format: as it should be" && exit 0
echo "Not formatted (run tool/format.sh):"
echo "$changed"
exit 5
