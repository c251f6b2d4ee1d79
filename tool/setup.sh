#!/usr/bin/env bash
# Set up everything rarewood needs and build it: system packages, the Python environment .venv,
# headers in ~/.cache/rarewood, the program build/rarewood. Safe to repeat; takes well under a second
# when nothing is missing.
#   --tests      also what the tests need (MinIO, MLflow and Airflow among it), and the unit tests
#   --no-build   packages only
set -euo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "${BASH_SOURCE[0]}")/.."

with_tests=no
with_build=yes
for word in "$@"; do
  case $word in
    --tests) with_tests=yes ;;
    --no-build) with_build=no ;;
    -h | --help) sed -n '2,6s/^# \{0,1\}//p' tool/setup.sh && exit 0 ;;
    *) echo "setup.sh: unknown option $word (known: --tests, --no-build)" >&2 && exit 2 ;;
  esac
done

apt_lists=(tool/apt.txt)
pip_lists=(requirements.txt)
if [[ $with_tests == yes ]]; then
  apt_lists+=(tool/apt-dev.txt)
  pip_lists+=(requirements-dev.txt)
fi

say() { echo "set-up: $*" >&2; }

stop() {
  say "$*"
  exit 1
}

names_in() { sed 's/#.*//' "$@" | tr -s ' \n' '\n' | sed '/^$/d'; }

as_root() {
  if [[ $(id -u) == 0 ]]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    stop "not root and there is no sudo. Ask an administrator to run: $*"
  fi
}

# --- System packages --------------------------------------------------------------------------

missing_system_packages() {
  local installed
  # shellcheck disable=SC2046  # one word a package
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $(names_in "${apt_lists[@]}") \
    2>/dev/null | sed -n 's/^installed //p' || true)
  comm -23 <(names_in "${apt_lists[@]}" | sort) <(sort <<<"$installed")
}

install_system_packages() {
  local missing
  mapfile -t missing < <(missing_system_packages)
  [[ ${#missing[@]} -gt 0 ]] || return 0
  say "installing ${missing[*]}"
  as_root apt-get -qq update
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends \
    "${missing[@]}" >/dev/null
}

# Without apt the libraries are the user's to install; CMake names those it does not find.
check_tools() {
  local missing=() tool
  for tool in c++ cmake ninja python3; do
    command -v "$tool" >/dev/null || missing+=("$tool")
  done
  [[ ${#missing[@]} -eq 0 ]] || stop "this system has no apt-get. Install ${missing[*]}, and what" \
    "corresponds to these Debian packages: $(names_in "${apt_lists[@]}" | tr '\n' ' ')"
}

# --- Python environment -----------------------------------------------------------------------

# The distribution's Python, whose headers python3-dev brings; else the first on the PATH.
base_python() { if [[ -x /usr/bin/python3 ]]; then echo /usr/bin/python3; else echo python3; fi; }

pip_install() {
  local lists=()
  for list in "${pip_lists[@]}"; do lists+=(-r "$list"); done
  if .venv/bin/python -m pip install --quiet "$(names_in requirements.txt | grep '^uv==')" &&
    .venv/bin/uv pip install --quiet --python .venv/bin/python "${lists[@]}"; then
    return
  fi
  say "uv cannot be used here: installing with pip, which takes longer"
  .venv/bin/python -m pip install --quiet "${lists[@]}"
}

# The stamp says which lists the environment was made from. Test packages stay once installed.
make_python_environment() {
  local stamp=.venv/rarewood-packages wanted
  wanted=$(for list in "${pip_lists[@]}"; do echo "$list: $(names_in "$list" | sha256sum)"; done)
  [[ -f $stamp && $(<"$stamp") == *"$wanted"* ]] && return
  say "installing Python packages into .venv"
  [[ -x .venv/bin/python && -x .venv/bin/pip ]] || "$(base_python)" -m venv "$(readlink -m .venv)"
  pip_install
  echo "$wanted" >"$stamp"
  configure=yes
}

# --- Build ------------------------------------------------------------------------------------

build() {
  local options=()
  [[ $with_tests == yes ]] && options+=(-DRAREWOOD_TESTS=ON)
  [[ ${CI:-} == true ]] && options+=(-DRAREWOOD_WERROR=ON)
  if [[ $configure == yes || ! -f build/build.ninja ]] ||
    [[ $with_tests == yes && $(grep -c '^RAREWOOD_TESTS:BOOL=ON' build/CMakeCache.txt) == 0 ]]; then
    mkdir -p build
    cmake --preset release "${options[@]}" >build/configure.log 2>&1 ||
      { cat build/configure.log && exit 1; }
  fi
  cmake --build build --target "$([[ $with_tests == yes ]] && echo all || echo product)"
}

configure=no
if command -v apt-get >/dev/null; then install_system_packages; else check_tools; fi
make_python_environment
bash tool/headers.sh
if [[ $with_tests == yes ]]; then
  bash tool/minio.sh >/dev/null
  for service in mlflow mlflow-scoring airflow container package; do bash tool/service_env.sh "$service" >/dev/null; done
fi
if [[ $with_build == yes ]]; then build >&2; fi
