"""Every row of bad_input.py: its exit code, its one line, and nothing half-written."""

import os
import sys

import pytest

sys.path.insert(0, os.path.dirname(__file__))
from bad_input import ROWS  # noqa: E402


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    if callable(content):
        content(path)
    else:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def files_below(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_bad_input(row, rarewood, tmp_path):
    for name, content in row.files.items():
        write(tmp_path / name, content)
    before = files_below(tmp_path)
    answer = rarewood(row.command, **row.environment)
    # What was seen of a table before it was known to be of no use has been said.
    seen = ("columns taken", "warning: ")
    lines = [line for line in answer.stderr.splitlines() if not line.startswith(seen)]
    assert answer.returncode == row.exit_code, answer.stderr
    assert len(lines) == 1, answer.stderr
    assert lines[0].startswith("error: ")
    assert row.sentence in lines[0]
    assert lines[0].isascii() or not row.sentence.isascii()
    assert files_below(tmp_path) == before


def test_names_of_rows_are_unique():
    names = [row.name for row in ROWS]
    assert len(names) == len(set(names))
