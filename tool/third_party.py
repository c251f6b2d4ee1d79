#!/usr/bin/env python3
"""Write THIRD_PARTY.md from the lists of what set-up installs (--check: only say if it differs)."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "THIRD_PARTY.md"

PIN = re.compile(r"^(?P<name>[\w.+\-]+)(?:\[[\w,]+\])?==(?P<version>\S+)\s+# (?P<rest>.+)$")
PROGRAM = re.compile(r"^(?P<name>[^@\s]+)@(?P<version>\S+)\s+# (?P<rest>.+)$")
PACKAGE = re.compile(r"^(?P<name>[\w.+\-]+)\s+# (?P<version>[^;]+); (?P<rest>.+)$")

INTRODUCTION = """# Third-party software

Made by `python3 tool/third_party.py` from the lists named below; do not edit it by hand. Nothing
listed here is copied into this repository. rarewood itself is under the Apache Licence 2.0.
"""
SECTIONS = [
    ("Linked or used by the program", "requirements.txt", PIN),
    ("Debian packages to build and run", "tool/apt.txt", PACKAGE),
    ("Debian packages of the container images", "tool/apt-run.txt", PACKAGE),
    ("Tests and checks only", "requirements-dev.txt", PIN),
    ("Debian packages of the tests", "tool/apt-dev.txt", PACKAGE),
    ("The tracking server of the tests and of tool/services.sh", "requirements-mlflow.txt", PIN),
    ("The scheduler of the tests and of tool/services.sh", "requirements-airflow.txt", PIN),
    ("The object store of the tests and of tool/services.sh", "tool/go.txt", PROGRAM),
    ("Checks of the container files", "requirements-container.txt", PIN),
    ("What makes the packages of tool/package.sh", "requirements-package.txt", PIN),
    ("What builds it where there is no Go", "requirements-go.txt", PIN),
    ("Scoring with models of that server, in the tests", "requirements-mlflow-scoring.txt", PIN),
]


def rows(text, pattern):
    """The entries of one list: tuples (name, version, licence, use). Refuses a line it cannot read."""
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        found = pattern.match(line)
        if not found or ";" not in found["rest"]:
            raise SystemExit(f"third_party.py: '{line}' lacks '# licence; use'")
        licence, use = found["rest"].split("; ", 1)
        yield found["name"], found["version"], licence, use


def section(title, source, pattern):
    lines = [f"## {title}", "", f"From `{source}`.", "", "| name | version | licence | use |"]
    lines.append("|---|---|---|---|")
    text = (ROOT / source).read_text(encoding="utf-8")
    lines += ["| " + " | ".join(row) + " |" for row in rows(text, pattern)]
    return "\n".join(lines) + "\n"


def document():
    return "\n".join([INTRODUCTION] + [section(*entry) for entry in SECTIONS])


def main():
    wanted = document()
    if "--check" not in sys.argv[1:]:
        OUTPUT.write_text(wanted, encoding="utf-8")
        return 0
    if OUTPUT.exists() and OUTPUT.read_text(encoding="utf-8") == wanted:
        print("THIRD_PARTY.md: current")
        return 0
    print("THIRD_PARTY.md differs from the lists: run python3 tool/third_party.py")
    return 5


if __name__ == "__main__":
    sys.exit(main())
