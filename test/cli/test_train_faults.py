"""What goes wrong while a model is trained or saved leaves the model that was there."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))
from conftest import clean_environment  # noqa: E402
from tables import VISITS  # noqa: E402

ON = "train visits.csv --target bought --figures none --journal runs"
LONG = "--n-estimators 10000"  # minutes; nobody waits for its end
STOPPED = "error: Stopped"


@pytest.fixture
def visits(tmp_path):
    (tmp_path / "visits.csv").write_text(VISITS)


def started(program, folder, words):
    return subprocess.Popen(
        [program, *f"{ON} {words}".split()],
        cwd=folder,
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def fitting(program, folder, words):
    """A process that is growing its trees: it knows its data and which model lies at its place."""
    process = started(program, folder, words)
    for line in process.stdout:
        if line.startswith("   Training "):
            return process
    raise AssertionError(process.communicate()[1])


def ended(process):
    _, told = process.communicate(timeout=300)
    return process.returncode, told


def done(rarewood, words):
    answer = rarewood(f"{ON} {words}")
    assert answer.returncode == 0, answer.stderr


def saved(store):
    """Every file of the store; the two forms of a model must be of one run."""
    files = {path.name: path.read_bytes() for path in store.rglob("*") if path.is_file()}
    if files:
        assert set(files) == {"classification_model.onnx", "classification_model.pkl"}
        assert files["classification_model.onnx"] in files["classification_model.pkl"]
    return files


def runs(folder):
    return sorted((folder / "runs").glob("*")) if (folder / "runs").exists() else []


@pytest.mark.parametrize("before", [False, True])
def test_the_second_of_two_writers_is_refused(visits, program, rarewood, tmp_path, before):
    if before:
        done(rarewood, "--n-estimators 3")
    slow = fitting(program, tmp_path, "--n-estimators 100 --random-state 1")
    slow.send_signal(signal.SIGSTOP)
    done(rarewood, "--n-estimators 5 --random-state 2")
    theirs, known = saved(tmp_path / "store"), runs(tmp_path)
    slow.send_signal(signal.SIGCONT)
    code, told = ended(slow)
    assert code == 4
    errors = [line for line in told.splitlines() if line.startswith("error: ")]
    assert len(errors) == 1 and "Another process wrote" in errors[0]
    assert saved(tmp_path / "store") == theirs
    assert runs(tmp_path) == known


def test_writers_at_once_leave_one_whole_model(visits, program, tmp_path):
    writers = [
        started(program, tmp_path, f"--n-estimators 20 --random-state {seed}") for seed in range(4)
    ]
    codes = [ended(writer)[0] for writer in writers]
    assert set(codes) <= {0, 4} and 0 in codes
    assert len(saved(tmp_path / "store")) == 2
    assert len(runs(tmp_path)) == codes.count(0)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_while_fitting_leaves_no_model_and_no_run(visits, program, tmp_path, number):
    process = fitting(program, tmp_path, LONG)
    process.send_signal(number)
    code, told = ended(process)
    assert code == 130
    assert told.splitlines()[-1].startswith(STOPPED)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["visits.csv"]


def test_a_kill_while_fitting_leaves_the_old_model(visits, program, rarewood, tmp_path):
    done(rarewood, "--n-estimators 5")
    before, known = saved(tmp_path / "store"), runs(tmp_path)
    process = fitting(program, tmp_path, LONG)
    process.kill()
    assert ended(process)[0] == -signal.SIGKILL
    assert saved(tmp_path / "store") == before and runs(tmp_path) == known
    done(rarewood, "--n-estimators 6")
    assert saved(tmp_path / "store") != before


@contextmanager
def small_disk(folder, size):
    """A disk of `size` bytes at the folder, or skip."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("a disk of its own needs the right to mount one")
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize("room", [0.5, 1.5], ids=["for no file", "for one of the two files"])
def test_a_full_disk_leaves_the_old_model(visits, rarewood, tmp_path, room):
    done(rarewood, "--n-estimators 60 --store elsewhere")
    size = len(saved(tmp_path / "elsewhere")["classification_model.onnx"])
    known = runs(tmp_path)
    with small_disk(tmp_path / "disk", 4 * size):
        done(rarewood, "--n-estimators 3 --store disk/store")
        before = saved(tmp_path / "disk/store")
        free = os.statvfs(tmp_path / "disk").f_bavail * os.statvfs(tmp_path / "disk").f_bsize
        (tmp_path / "disk/ballast").write_bytes(bytes(free - int(room * size)))
        answer = rarewood(f"{ON} --n-estimators 60 --store disk/store")
        assert answer.returncode == 4, answer.stderr
        assert "No space left on device. Free some space" in answer.stderr.splitlines()[-1]
        assert saved(tmp_path / "disk/store") == before
    assert len(runs(tmp_path)) == len(known) + 1
