#!/usr/bin/env bash
# Make the environment of the MLflow server that the tracking tests start, once per machine, and
# print its folder. It lies outside the repository, in ${XDG_CACHE_HOME:-~/.cache}/rarewood.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

pins=requirements-mlflow.txt
version=$(sed -n 's/^mlflow==\([^ ]*\).*/\1/p' "$pins")
folder="${XDG_CACHE_HOME:-$HOME/.cache}/rarewood/mlflow-$version"
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
