"""The small C++ programs that open inner rooms to these tests."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("RAREWOOD_PROGRAM", ROOT / "build" / "rarewood"))


@pytest.fixture(scope="session")
def probe():
    """probe("evaluate_probe"): its path, in the build folder of the program."""

    def find(name):
        path = PROGRAM.parent / "test" / name
        assert path.exists(), f"{path} is not built: run 'bash tool/setup.sh --tests'"
        return path

    return find
