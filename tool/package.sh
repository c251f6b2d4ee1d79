#!/usr/bin/env bash
# Make from the built tree what users install without building, into dist/:
#   rarewood-VERSION-linux-ARCH.tar.gz           the program with its libraries
#   rarewood-VERSION-cpXY-cpXY-PLATFORM.whl      the Python package
#   tool/package.sh [archive] [wheel]            one of them only
# docs/guide/install.md says how they are used, docs/decision/package.md what is in them and why.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if [[ ${1:-} == --help || ${1:-} == -h ]]; then
  sed -n '2,/^set /{s/^# \{0,1\}//p}' tool/package.sh
  exit 0
fi
[[ $(uname -s) == Linux ]] || { echo "package.sh: packages are made on Linux only" >&2 && exit 1; }
[[ -x build/rarewood ]] || { echo "package.sh: build/rarewood is not built. Run 'bash tool/setup.sh'." >&2 && exit 1; }
tools=$(bash tool/service_env.sh package)
PATH=$tools/bin:$PATH exec .venv/bin/python tool/package "$@"
