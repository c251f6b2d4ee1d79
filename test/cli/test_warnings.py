"""What a run keeps as a warning is said, too, and once."""

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from shop import shop  # noqa: E402
from test_promote import dated_visits  # noqa: E402

FEW = "Only 11 positive rows were judged"
NO_SERVER = "--tracking-uri http://127.0.0.1:9 --tracking-timeout 2"


def few_positives(rows=800, positives=55):
    """CSV of which a fifth is judged: 160 rows with 11 positive ones. `x` tells a little."""
    lines = ["x,z,y"]
    for row in range(rows):
        positive = row * positives // rows != (row + 1) * positives // rows
        lines.append(f"{row * 37 % 100 + 60 * positive},{row * 53 % 7},{int(positive)}")
    return "\n".join(lines) + "\n"


def with_users(text):
    header, *lines = text.splitlines()
    return "\n".join([header + ",user", *(f"{line},u{i // 10}" for i, line in enumerate(lines))])


def check_said(answer, warnings):
    """Each of `warnings` is a line of stderr, and no line is said twice."""
    said = [line for line in answer.stderr.splitlines() if line.startswith("warning: ")]
    assert sorted(said) == sorted(set(said))
    assert warnings != []
    assert set(warnings) <= {line.removeprefix("warning: ") for line in said}


@pytest.mark.parametrize(
    "command", ["train --n-estimators 5 --figures none", "compare --learners logistic,dummy"]
)
def test_train_and_compare_say_what_they_keep(rarewood, tmp_path, command):
    (tmp_path / "t.csv").write_text(few_positives())
    answer = rarewood(f"{command} --table t.csv --target y --json r.json {NO_SERVER}")
    assert answer.returncode == 0, answer.stderr
    record = json.loads((tmp_path / "r.json").read_text())
    assert any(FEW in warning for warning in record["warnings"])
    check_said(answer, record["warnings"])
    (run,) = (tmp_path / "runs").glob("*/run.json")
    assert json.loads(run.read_text())["warnings"] == record["warnings"]


def test_evaluate_says_what_it_keeps(rarewood, tmp_path):
    rows = [f"{row % 9 / 10},{int(row % 15 == 0)}" for row in range(160)]
    (tmp_path / "s.csv").write_text("\n".join(["p,y", *rows]) + "\n")
    answer = rarewood("evaluate s.csv --label y --score p --json r.json")
    assert answer.returncode == 0, answer.stderr
    record = json.loads((tmp_path / "r.json").read_text())
    assert any(FEW in warning for warning in record["warnings"])
    check_said(answer, record["warnings"])


def test_horizon_says_what_it_keeps(rarewood, tmp_path):
    for name, text in shop(700).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    answer = rarewood(f"horizon --raw raw --points 4min --draws 200 --figure none {NO_SERVER}")
    assert answer.returncode == 0, answer.stderr
    (run,) = (tmp_path / "runs").glob("*/run.json")
    warnings = json.loads(run.read_text())["warnings"]
    assert len(warnings) == 2
    check_said(answer, warnings)


def test_promote_says_what_it_keeps(rarewood, tmp_path):
    (tmp_path / "visits.csv").write_text(with_users(dated_visits(2000)))
    (tmp_path / "later.csv").write_text(dated_visits(2000))
    train = "train visits.csv --target bought --time-column day --n-estimators 5 --figures none"
    own = "--split time --test-size 0.5 --group-column user --model models/challenger"
    assert rarewood(f"{train} {own}").returncode == 0
    answer = rarewood(f"promote --table later.csv --json r.json {NO_SERVER}")
    assert answer.returncode == 0, answer.stderr
    decision = json.loads((tmp_path / "r.json").read_text())
    assert len(decision["warnings"]) == 2
    check_said(answer, decision["warnings"])
