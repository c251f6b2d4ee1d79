"""A journal with no room left: one clear sentence, and nothing half-written."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "cli")]
from conftest import clean_environment  # noqa: E402
from tables import VISITS  # noqa: E402

COMMAND = "train visits.csv --target bought --n-estimators 2 --max-depth 3 --figures none --fail-on none"


def train(program, folder, *words, most=None):
    """With no file above `most` bytes, as on a disk that is full from there on."""

    def limit():
        if most:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    return subprocess.run(
        [program, *COMMAND.split(), *words],
        cwd=folder,
        env=clean_environment(),
        capture_output=True,
        text=True,
        timeout=120,
        preexec_fn=limit,
    )


def refusal(done):
    assert done.returncode == 4, (done.returncode, done.stderr)
    lines = done.stderr.splitlines()
    assert [line for line in lines if line.startswith("error: ")] == lines[-1:]
    return lines[-1]


def files_of(folder):
    return {str(p.relative_to(folder)): p.stat().st_size for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def sizes(program, tmp_path):
    """Bytes of each file of a run and its model; visits.csv lies in tmp_path."""
    (tmp_path / "visits.csv").write_text(VISITS)
    assert train(program, tmp_path, "--store", "a", "--journal", "b").returncode == 0
    return files_of(tmp_path)


def test_model_that_does_not_fit_is_refused(program, tmp_path, sizes):
    before = files_of(tmp_path)
    line = refusal(train(program, tmp_path, "--journal", "runs", most=2000))
    assert "classification_model" in line and "File too large" in line
    assert files_of(tmp_path) == before
    assert not list((tmp_path / "runs").glob("*"))


def test_record_that_does_not_fit_costs_no_model(program, tmp_path, sizes):
    model = max(size for name, size in sizes.items() if name.startswith("a/"))
    record = max(size for name, size in sizes.items() if name.endswith("run.json"))
    assert model < record - 2000, "no limit lies between them"
    done = train(program, tmp_path, most=record - 1000)
    line = refusal(done)
    assert "The model is saved as" in line and "only the record of its run is lost" in line
    assert (tmp_path / "store/models/classification_model.onnx").stat().st_size > 0
    assert not list((tmp_path / "runs").glob("*"))


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 64 KiB, where this user may mount one."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder]
    try:
        mounted = subprocess.run(mount, capture_output=True).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("no right to mount a file system")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_full_disk_costs_no_model(program, tmp_path, sizes, small_disk):
    (small_disk / "filler").write_bytes(bytes(40_000))
    line = refusal(train(program, tmp_path, "--journal", str(small_disk)))
    assert "The model is saved as" in line
    assert (tmp_path / "store/models/classification_model.pkl").stat().st_size > 0
    assert {path.name for path in small_disk.iterdir()} == {"filler"}
