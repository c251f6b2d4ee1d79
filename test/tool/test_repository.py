"""What the repository may hold: sources, small test data and pictures."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LARGEST = 600_000  # bytes


def test_no_file_is_large_and_none_is_a_package():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    files = [ROOT / name for name in listed.stdout.split("\0") if name]
    assert files
    assert [f.name for f in files if f.exists() and f.stat().st_size > LARGEST] == []
    assert [f.name for f in files if f.suffix in (".whl", ".gz", ".zip", ".so", ".parquet")] == []
