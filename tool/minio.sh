#!/usr/bin/env bash
# Print the path of a MinIO server program: $RAREWOOD_MINIO, else `minio` on the PATH, else the one
# that is built from source by Go (some minutes, once per machine) and kept in
# ${XDG_CACHE_HOME:-~/.cache}/rarewood/bin.
#   --no-build   only look; exit code 1 where there is none
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

cache=${XDG_CACHE_HOME:-$HOME/.cache}/rarewood
source=$(sed -n 's/^\(github.com\/minio\/minio@[^ ]*\).*/\1/p' tool/go.txt)
kept=$cache/bin/minio-${source#*@}
least_go=24 # MinIO's go.mod asks for Go 1.24

found=${RAREWOOD_MINIO:-$(command -v minio || true)}
if [[ -n $found && ! -x $found ]]; then
  echo "RAREWOOD_MINIO is '$found', which is no program. Give the path of a minio." >&2
  exit 1
fi
[[ -n $found || ! -x $kept ]] || found=$kept
[[ -z $found ]] || { echo "$found" && exit; }
[[ ${1:-} != --no-build ]] || exit 1

# The machine's Go where it is new enough, else that of requirements-go.txt.
find_go() {
  local minor
  minor=$(go env GOVERSION 2>/dev/null | sed -n 's/^go1\.\([0-9]*\).*/\1/p')
  if [[ ${minor:-0} -ge $least_go ]]; then command -v go; else
    echo "$(bash tool/service_env.sh go)/bin/go"
  fi
}

mkdir -p "$cache/bin"
exec 9>"$kept.lock"
flock 9
if [[ ! -x $kept ]]; then
  go=$(find_go)
  echo "set-up: building MinIO (${source#*@}), some minutes" >&2
  # 2 GB of sources and object files, which nobody needs afterwards.
  work=$(mktemp -d "$cache/minio-build.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  if ! GOTOOLCHAIN=local GOBIN=$work/bin GOPATH=$work/path GOCACHE=$work/cache GOFLAGS=-modcacherw \
    nice "$go" install -trimpath -ldflags='-s -w' "$source" >"$work/log" 2>&1; then
    tail -n 20 "$work/log" >&2
    echo "set-up: MinIO could not be built. Set RAREWOOD_MINIO to a minio program, or repeat." >&2
    exit 1
  fi
  mv "$work/bin/minio" "$kept"
fi
echo "$kept"
