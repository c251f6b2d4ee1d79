"""What was seen of the test rows is a look the journal counts; a refused run has not looked."""

import json
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]
from conftest import clean_environment  # noqa: E402
from tables import VISITS  # noqa: E402

TRAIN = "train t.csv --target y --strategy steady --figures none"
FIGURES = ["F1-Score", "AUC-ROC", "this test part"]


def ruled_by_one_column(rows=1500, seed=3):
    """CSV whose model is little more than `x`, an open question of the audit; `z` tells nothing."""
    draw = random.Random(seed)
    lines = ["x,z,y"]
    for _ in range(rows):
        x = draw.randint(0, 9)
        lines.append(f"{x},{draw.randint(0, 4)},{int(draw.random() < 0.004 * x * x)}")
    return "\n".join(lines) + "\n"


def said_figures(text):
    return [figure for figure in FIGURES if figure in text]


def test_a_run_that_findings_refuse_has_not_looked(rarewood, tmp_path):
    (tmp_path / "t.csv").write_text(ruled_by_one_column())
    refused = rarewood(f"{TRAIN} --fail-on suspect")
    assert refused.returncode == 5, refused.stdout + refused.stderr
    assert "the model is little more than x" in refused.stdout
    assert said_figures(refused.stdout) == []
    assert not list((tmp_path / "runs").glob("*")) and not (tmp_path / "store").exists()
    taken = rarewood(f"{TRAIN} --json run.json")
    assert said_figures(taken.stdout) == FIGURES
    assert json.loads((tmp_path / "run.json").read_text())["looks"] == 1


@pytest.mark.parametrize(
    ("split", "seed", "looks"),
    [
        ("--split column --fold-column part", 7, 2),
        ("--split sklearn", 42, 2),
        ("--split sklearn", 7, 1),
        ("--split stratified", 42, 1),
    ],
)
def test_other_columns_are_the_same_rows_but_of_a_draw_on_counts(
    rarewood, tmp_path, split, seed, looks
):
    header, *lines = ruled_by_one_column().splitlines()
    parts = [f"{line},{'test' if row % 5 == 0 else row % 3}" for row, line in enumerate(lines)]
    (tmp_path / "t.csv").write_text("\n".join([header + ",part", *parts]) + "\n")
    train = f"{TRAIN} {split} --json run.json --learner logistic"
    for exclude, state in (("part", 42), ("part,z", seed)):
        left = exclude.replace("part", "") if "column" in split else exclude
        words = f"--exclude {left.strip(',')}" if left else ""
        answer = rarewood(f"{train} {words} --random-state {state}")
        assert answer.returncode == 0, answer.stderr
    assert json.loads((tmp_path / "run.json").read_text())["looks"] == looks


@pytest.fixture
def overtaken(program, rarewood, tmp_path):
    """run(command): one whose model another process writes meanwhile -> exit code, its stdout."""
    (tmp_path / "t.csv").write_text(VISITS)

    def run(command, before):
        process = subprocess.Popen(
            [program, *command.split()],
            cwd=tmp_path,
            env=clean_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        said = ""
        for line in process.stdout:
            said += line
            if before in line:
                break
        process.send_signal(signal.SIGSTOP)
        (tmp_path / "store/models").mkdir(parents=True, exist_ok=True)
        (tmp_path / "store/models/m.onnx").write_bytes(b"another's")
        process.send_signal(signal.SIGCONT)
        rest, _ = process.communicate(timeout=300)
        return process.returncode, said + rest

    return run


@pytest.mark.parametrize(
    ("command", "before"),
    [
        ("train --n-estimators 60 --figures none --model models/m", "   Training "),
        ("compare --learners logistic,forest --save-as models/m", "Fitting"),
    ],
)
def test_a_run_whose_model_is_not_saved_has_not_looked(overtaken, tmp_path, command, before):
    code, said = overtaken(f"{command} --table t.csv --target bought --exclude visit", before)
    assert code == 4, said
    assert "this test part" not in said and "Model saved" not in said
    assert not list((tmp_path / "runs").glob("*"))
