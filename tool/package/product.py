"""The built tree that packages are made from, and the programs that look into it."""

import os
import platform
import subprocess
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build"
PROGRAM = BUILD / "rarewood"
PYTHON_PACKAGE = BUILD / "python" / "rarewood"
SITE = Path(sysconfig.get_path("platlib"))
# Libraries that the program loads when a learner asks for them; no list of needs names them.
LOADED_LATER = (SITE / "xgboost/lib/libxgboost.so", SITE / "lightgbm/lib/lib_lightgbm.so")


class Refusal(Exception):
    """One sentence what is wrong, one what to do."""


def output_of(*command):
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"LC_ALL": "C"})
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip().splitlines() or ["without a word"]
        raise Refusal(f"{Path(command[0]).name} failed ({said[-1]}). Mend that and repeat.")
    return done.stdout


def version():
    return output_of(PROGRAM, "--version").split()[-1]


def architecture():
    return platform.machine()


def moment():
    """Seconds since 1970 that all files bear, so that equal input gives equal packages."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    try:
        return int(output_of("git", "-C", ROOT, "log", "-1", "--format=%ct"))
    except Refusal:  # an unpacked source archive
        return int((ROOT / "CMakeLists.txt").stat().st_mtime)
