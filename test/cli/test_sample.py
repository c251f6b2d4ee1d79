"""From a simulated shop to a saved model: the leaking table, and the honest one."""

import json
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
from conftest import clean_environment  # noqa: E402

RAW = "store/raw-data/"
ASSIGNED = "train --strategy smote --figures none --json run.json"
QUICK = "--n-estimators 20 --max-depth 8"


def told(program, folder, words):
    """What a command that succeeds says on stdout."""
    answer = subprocess.run(
        [program, *words.split()],
        cwd=folder,
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


@pytest.fixture(scope="module")
def small(program, tmp_path_factory):
    """A folder with the raw tables of 20,000 sessions."""
    folder = tmp_path_factory.mktemp("small")
    assert "simulated" in told(program, folder, "sample --sessions 20000")
    return folder


def judged(program, folder, point, words):
    """Console and JSON of a training as of a prediction point."""
    told(program, folder, f"features --as-of {point}")
    console = told(program, folder, f"{ASSIGNED} {words}")
    return console, json.loads((folder / "run.json").read_text())


def test_the_shop_has_as_many_sessions_as_asked(small):
    assert pq.read_metadata(small / RAW / "website_sessions.parquet").num_rows == 20_000
    truth = pq.read_table(small / RAW / "truth.parquet")
    assert truth.num_rows == 20_000


def test_the_same_seed_gives_the_same_shop(program, small, tmp_path):
    told(program, tmp_path, "sample --sessions 20000 --n-jobs 1")
    for path in sorted((small / RAW).glob("*.parquet")):
        assert (tmp_path / RAW / path.name).read_bytes() == path.read_bytes(), path.name
    told(program, tmp_path, "sample --sessions 20000 --random-state 7")
    name = RAW + "orders.parquet"
    assert (tmp_path / name).read_bytes() != (small / name).read_bytes()


def test_the_assigned_table_is_not_judged(program, small):
    console, run = judged(program, small, "end", QUICK)
    assert console.index("engagement_depth = 7") < console.index("Classification Report")
    assert "not judged: leak" in console
    (leak,) = [finding for finding in run["findings"] if finding["kind"] == "leak"]
    assert leak["column"] == "engagement_depth" and "engagement_depth = 7" in leak["evidence"]
    assert {target["verdict"] for target in run["targets"]} == {"not judged: leak"}
    assert run["metrics"]["f1_score"] > 0.99, "that is what a leak looks like"


def test_the_honest_table_is_judged_and_called_simulated(program, small):
    console, run = judged(program, small, "10min", QUICK)
    assert "Simulated data" in console and run["data"]["simulated"] is True
    assert "engagement_depth = 7" not in console and run["findings"] == []
    assert "not judged" not in {target["verdict"] for target in run["targets"]}
    assert 0.85 < run["metrics"]["auc_roc"] < 0.97
    assert run["data"]["prediction_point"] == "10min"
    assert run["data"]["left_out"] > 0
    assert run["data"]["rows"] + run["data"]["left_out"] == 20_000
    assert "already ordered at 10 min" in console


@pytest.fixture(scope="module")
def full(program, tmp_path_factory):
    """A folder with the raw tables of the whole shop."""
    folder = tmp_path_factory.mktemp("full")
    told(program, folder, "sample")
    return folder


def test_the_assigned_job_has_the_assigned_counts(program, full):
    console, run = judged(program, full, "end", QUICK)
    for line in [
        "Loaded 472,871 samples",
        "   Features: 12",
        "   Class distribution: {0: 440558, 1: 32313}",
        "   Train: 378,296 samples",
        "   Test:  94,575 samples",
        "   Original distribution: {0: 352446, 1: 25850}",
        "   After SMOTE: {0: 352446, 1: 88111}",
        "   88112\n",
        "    6463\n",
    ]:
        assert line in console, line
    assert run["params"]["total_samples"] == 472_871
    assert [sum(row) for row in run["confusion_matrix"]] == [88_112, 6_463]


def test_about_a_thousand_sessions_have_ordered_within_ten_minutes(program, full):
    console, run = judged(program, full, "10min", QUICK)
    assert "Loaded 472,871 samples" in console
    ordered = [part for part in run["data"]["left_out_by_reason"] if "ordered" in part["reason"]]
    assert 950 <= sum(part["rows"] for part in ordered) <= 1_150
    assert run["data"]["rows"] + run["data"]["left_out"] == 472_871
