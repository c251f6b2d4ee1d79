"""Ctrl-C and TERM: exit 130, one line, and either the whole result or none of it."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from shop import shop  # noqa: E402

DELAYS = [0.02, 0.05, 0.1, 0.2, 0.4]  # seconds; where the work ends sooner, the rest say nothing


@pytest.fixture(scope="module")
def large_raw(tmp_path_factory):
    folder = tmp_path_factory.mktemp("large")
    (folder / "raw").mkdir()
    for name, text in shop(100_000).items():
        (folder / name).write_text(text)
    return folder / "raw"


def interrupted_after(delay, number, command, folder):
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    time.sleep(delay)
    process.send_signal(number)
    _, told = process.communicate(timeout=60)
    return process.returncode, told


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_leaves_nothing_behind(program, large_raw, tmp_path, number):
    command = [program, "features", "--raw", large_raw, "--n-jobs", "1"]
    codes = []
    for delay in DELAYS:
        folder = tmp_path / str(delay)
        folder.mkdir()
        code, told = interrupted_after(delay, number, command, folder)
        codes.append(code)
        written = [path for path in folder.rglob("*") if path.is_file()]
        if code == 0:
            assert len(written) == 2 and told == ""
            break
        if code == -number:  # before the program listens, the signal has its usual effect
            continue
        assert code == 130
        assert told.startswith("error: Stopped") and told.count("\n") == 1
        assert written == []
    assert 130 in codes
