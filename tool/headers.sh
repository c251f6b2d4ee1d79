#!/usr/bin/env bash
# Fetch the C API headers of XGBoost and LightGBM, which their Python wheels lack, from their source
# packages into ${XDG_CACHE_HOME:-~/.cache}/rarewood/headers. Safe to repeat; nothing is done where
# they are. The versions are those of requirements.txt; cmake/Boosters.cmake looks there.
set -euo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "${BASH_SOURCE[0]}")/.."

cache=${XDG_CACHE_HOME:-$HOME/.cache}/rarewood/headers

# fetch PACKAGE FOLDER FILE...: the headers FOLDER/FILE of the package's include folder.
fetch() {
  local package=$1 folder=$2 version target scratch header file
  shift 2
  version=$(sed -n "s/^$package==\([^ ]*\).*/\1/p" requirements.txt)
  target=$cache/$package-$version
  for file in "$@"; do [[ -f $target/$folder/$file ]] || break; done
  [[ -f $target/$folder/$file ]] && return

  echo "set-up: fetching the headers of $package $version" >&2
  scratch=$(mktemp -d)
  # pip unpacks the package and then stops for want of its build tool. That is meant: only the
  # unpacked files are of use, and building would take half an hour.
  TMPDIR=$scratch .venv/bin/python -m pip download --no-clean --no-build-isolation --no-deps \
    --no-binary "$package" --dest "$scratch" "$package==$version" >"$scratch/log" 2>&1 || true
  mkdir -p "$target/$folder"
  for file in "$@"; do
    header=$(find "$scratch" -path "*/include/$folder/$file" -print -quit)
    if [[ -z $header ]]; then
      cat "$scratch/log" >&2
      echo "set-up: the source package of $package $version has no $folder/$file" >&2
      exit 1
    fi
    cp "$header" "$target/$folder/$file.new"
    mv "$target/$folder/$file.new" "$target/$folder/$file"
  done
  rm -rf "$scratch"
}

fetch xgboost-cpu xgboost c_api.h
fetch lightgbm LightGBM export.h arrow.h c_api.h
