#!/usr/bin/env bash
# The main job on a simulated shop of 472,871 sessions: set up, make the shop's raw tables once,
# then train twice, on the assigned table (whose leak is named) and as of ten minutes into each
# session. Every command is shown before it runs. The store is ./store, or $RAREWOOD_STORE.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

store=${RAREWOOD_STORE:-store}
rarewood=build/rarewood

now() { date +%s.%N; }

since() { awk -v from="$1" -v to="$(now)" 'BEGIN { printf "%.1f s", to - from }'; }

show() {
  printf '\n$ %s\n' "$*"
  "$@"
}

start=$(now)
bash tool/setup.sh
echo "Set-up: $(since "$start")"

if [[ ! -f $store/raw-data/website_sessions.parquet ]]; then
  start=$(now)
  show "$rarewood" sample --store "$store"
  echo "Simulated shop: $(since "$start")"
fi

start=$(now)
show "$rarewood" features --store "$store" --as-of end
# The honest model of an earlier run may be there: its place is taken on purpose.
show "$rarewood" train --store "$store" --fail-on none
echo "Assigned table: $(since "$start")"

start=$(now)
show "$rarewood" features --store "$store" --as-of 10min
show "$rarewood" train --store "$store"
echo "As of ten minutes: $(since "$start")"
