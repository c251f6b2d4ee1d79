#!/usr/bin/env bash
# Make the Python environment of one service, once per machine, and print its folder:
#   tool/service_env.sh mlflow|mlflow-scoring|airflow|container|package|go [--no-build]
# With --no-build it only looks; exit code 1 where there is none.
# It lies outside the repository, in ${XDG_CACHE_HOME:-~/.cache}/rarewood. What is in it is said by
# requirements-NAME.txt, whose digest is in the folder's name: another list makes another folder,
# and never takes one away from under a server that runs from it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

name=${1:-}
pins=requirements-$name.txt
[[ -n $name && -f $pins ]] || { echo "service_env.sh: say mlflow, mlflow-scoring, airflow, container, package or go" >&2 && exit 2; }
wanted=$(sed "s, *#.*,," "$pins" | sha256sum)
version=$(sed -n 's/^[a-z-]*==\([^ ]*\).*/\1/p;T;q' "$pins")
folder="${XDG_CACHE_HOME:-$HOME/.cache}/rarewood/$name-$version-${wanted:0:8}"

if [[ ${2:-} == --no-build ]]; then
  [[ -f $folder/complete ]] && echo "$folder" && exit
  exit 1
fi

# Two may come here at once: one makes it, the other waits.
mkdir -p "$(dirname "$folder")"
exec 9>"$folder.lock"
flock 9

# Compiled at once, as the first start would otherwise take a minute for it.
install() {
  if .venv/bin/uv --version >/dev/null 2>&1; then
    .venv/bin/uv pip install --quiet --no-deps --compile-bytecode --python "$1/bin/python" -r "$pins"
  else
    .venv/bin/python -m pip --python "$1/bin/python" install --quiet --no-deps -r "$pins"
  fi
}

if [[ ! -f $folder/complete ]]; then
  rm -rf "$folder"
  .venv/bin/python -m venv --without-pip "$folder" >&2
  install "$folder" >&2
  touch "$folder/complete"
fi
echo "$folder"
