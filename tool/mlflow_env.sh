#!/usr/bin/env bash
# Make an environment of the tracking tests, once per machine, and print its folder. It lies outside
# the repository, in ${XDG_CACHE_HOME:-~/.cache}/rarewood.
#   tool/mlflow_env.sh            the MLflow server
#   tool/mlflow_env.sh scoring    what loads and serves its models
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

pins=requirements-mlflow${1:+-$1}.txt
version=$(sed -n 's/^mlflow\(-skinny\)\{0,1\}==\([^ ]*\).*/\2/p' "$pins" | sed 1q)
folder="${XDG_CACHE_HOME:-$HOME/.cache}/rarewood/mlflow${1:+-$1}-$version"
stamp="$folder/pins.sha256"
wanted=$(sed "s, *#.*,," "$pins" | sha256sum)

# Two test runs may come here at once: one makes it, the other waits.
mkdir -p "$(dirname "$folder")"
exec 9>"$folder.lock"
flock 9

if [[ ! -f $stamp || $(<"$stamp") != "$wanted" ]]; then
  rm -rf "$folder"
  .venv/bin/python -m venv --without-pip "$folder" >&2
  if .venv/bin/uv --version >/dev/null 2>&1; then
    .venv/bin/uv pip install --quiet --no-deps --python "$folder/bin/python" -r "$pins" >&2
  else
    .venv/bin/python -m pip --python "$folder/bin/python" install --quiet --no-deps -r "$pins" >&2
  fi
  echo "$wanted" >"$stamp"
fi
echo "$folder"
