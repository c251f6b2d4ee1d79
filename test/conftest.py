"""What every whole-program test needs: the program, and a clean environment to run it in."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = Path(os.environ.get("RAREWOOD_PROGRAM", ROOT / "build" / "rarewood"))

# What a developer has set for their own runs must not change a test.
FOREIGN = ("RAREWOOD_", "AWS_", "MLFLOW_", "AIRFLOW_")


def clean_environment(**more):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(FOREIGN)}
    return kept | {"LC_ALL": "C.UTF-8"} | more


@pytest.fixture(scope="session")
def root():
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def program():
    """build/rarewood, or what RAREWOOD_PROGRAM names."""
    assert PROGRAM.exists(), f"{PROGRAM} is not built: run 'bash tool/setup.sh'"
    return PROGRAM


@pytest.fixture
def rarewood(program, tmp_path):
    """run("train my.csv --plain", ...) in an empty folder; a list where words hold spaces."""

    def run(command, *, cwd=tmp_path, timeout=300, **environment):
        words = command.split() if isinstance(command, str) else [str(word) for word in command]
        return subprocess.run(
            [program, *words],
            cwd=cwd,
            env=clean_environment(**environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
        )

    return run


@pytest.fixture(scope="session")
def shared():
    """The folder of real data beside the repository, or skip."""
    folder = Path(os.environ.get("RAREWOOD_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"no shared data: set RAREWOOD_SHARED (looked in {folder})")
    return folder


@pytest.fixture(scope="session")
def build():
    """The build folder with the programs and modules under test."""
    return ROOT / os.environ.get("RAREWOOD_BUILD", "build")


@pytest.fixture(scope="session")
def model_cases(build, tmp_path_factory):
    """A folder with random models: NAME.onnx, NAME.pkl, and in NAME.json rows and their scores."""
    probe = build / "test" / "model_probe"
    if not probe.exists():
        pytest.skip(f"{probe} is not built: configure with -DRAREWOOD_TESTS=ON")
    folder = tmp_path_factory.mktemp("models")
    subprocess.run([probe, folder], check=True)
    return folder
