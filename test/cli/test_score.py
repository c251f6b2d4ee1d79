"""`rarewood score`: columns are matched by name, and what cannot be scored is refused by name."""

import csv
import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from tables import VISITS, visits  # noqa: E402

ROWS = list(csv.DictReader(visits(300, seed=2).splitlines()))


@pytest.fixture(scope="module")
def model(program, tmp_path_factory):
    """A model that learnt depth, hour, source and returning."""
    folder = tmp_path_factory.mktemp("model")
    (folder / "visits.csv").write_text(VISITS)
    words = "train visits.csv --target bought --exclude visit --n-estimators 20 --figures none"
    subprocess.run([program, *words.split()], cwd=folder, check=True, capture_output=True)
    return folder / "store/models/classification_model.onnx"


@pytest.fixture
def score(model, rarewood, tmp_path):
    """score(table) -> the ended process; the table is rows of texts or an Arrow table."""

    def run(table):
        if isinstance(table, pa.Table):
            pq.write_table(table, tmp_path / "new.parquet")
            return rarewood(["score", "new.parquet", "--model", model, "--out", "scored.csv"])
        with (tmp_path / "new.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, table[0])
            writer.writeheader()
            writer.writerows(table)
        return rarewood(["score", "new.csv", "--model", model, "--out", "scored.csv"])

    return run


@pytest.fixture
def scores(score, tmp_path):
    """scores(table): probability and label of each row, as written."""

    def run(table):
        answer = score(table)
        assert answer.returncode == 0, answer.stderr
        with (tmp_path / "scored.csv").open(newline="") as file:
            return [(row["probability"], row["label"]) for row in csv.DictReader(file)]

    return run


def without(name):
    return [{key: row[key] for key in row if key != name} for row in ROWS]


def test_order_and_number_of_columns_change_no_score(scores):
    usual = scores(ROWS)
    assert len(usual) == 300 and {label for _, label in usual} == {"0", "1"}
    assert scores([dict(reversed(row.items())) for row in ROWS]) == usual
    assert scores([{"comment": f"no. {i}", **ROWS[i], "rest": 1} for i in range(300)]) == usual
    assert scores(without("bought")) == usual, "the outcome is not known yet"
    assert scores(ROWS[::-1]) == usual[::-1]


def arrow_table(**types):
    text = "\n".join([",".join(ROWS[0]), *(",".join(row.values()) for row in ROWS)])
    table = pa.csv.read_csv(pa.BufferReader(text.encode()))
    for name, kind in types.items():
        place = table.schema.get_field_index(name)
        table = table.set_column(place, name, table[name].cast(kind))
    return table


def test_a_number_is_a_number_of_any_width(scores):
    usual = scores(ROWS)
    assert scores(arrow_table()) == usual
    assert scores(arrow_table(depth=pa.float64(), hour=pa.int8())) == usual
    assert scores(arrow_table(depth=pa.float32(), hour=pa.float64())) == usual


def test_a_missing_column_is_named(score, tmp_path):
    answer = score(without("depth"))
    assert answer.returncode == 3
    assert "depth" in answer.stderr and answer.stderr.count("\n") == 1
    answer = score([{"hour": row["hour"]} for row in ROWS])
    assert answer.returncode == 3
    assert all(name in answer.stderr for name in ("depth", "source", "returning"))
    assert not (tmp_path / "scored.csv").exists()


def test_a_column_nearly_of_that_name_is_suggested(score):
    mistyped = [{key.replace("depth", "depht"): row[key] for key in row} for row in ROWS]
    answer = score(mistyped)
    assert answer.returncode == 3
    assert "depht" in answer.stderr


@pytest.mark.parametrize("name, words", [("depth", "deep"), ("returning", "often")])
def test_a_column_of_another_type_is_named(score, tmp_path, name, words):
    answer = score([row | {name: words} for row in ROWS])
    assert answer.returncode == 3, answer.stderr
    assert name in answer.stderr and answer.stderr.count("\n") == 1
    assert not (tmp_path / "scored.csv").exists()


def test_unseen_categories_are_counted(score):
    answer = score([row | {"source": "radio"} for row in ROWS])
    assert answer.returncode == 0, answer.stderr
    assert "source" in answer.stderr and "300" in answer.stderr


def test_booleans_come_back_as_they_are_written(score, tmp_path, scores):
    usual = scores(ROWS)
    for yes, no in [("True", "False"), ("TRUE", "FALSE"), ("true", "false")]:
        spelled = [row | {"returning": yes if row["returning"] == "true" else no} for row in ROWS]
        spelled = [row | {"returning": "" if i == 7 else row["returning"]} for i, row in enumerate(spelled)]
        assert [pair for i, pair in enumerate(scores(spelled)) if i != 7] == usual[:7] + usual[8:]
        with (tmp_path / "scored.csv").open(newline="") as file:
            assert [row["returning"] for row in csv.DictReader(file)] == [
                row["returning"] for row in spelled
            ]


def test_a_model_knows_its_columns_whatever_the_file_says(scores, score, tmp_path):
    """[available_at] decides what is learned; scoring has nothing to decide any more."""
    usual = scores(ROWS)
    (tmp_path / "rarewood.toml").write_text('[available_at]\ndepth = "after"\n')
    assert scores(ROWS) == usual
    assert "depth" not in score(ROWS).stderr


def test_says_when_the_two_forms_are_of_two_runs(model, rarewood, tmp_path):
    (tmp_path / "visits.csv").write_text(VISITS)
    assert rarewood("train visits.csv --target bought --n-estimators 3 --figures none").returncode == 0
    folder = tmp_path / "store/models"
    command = "score visits.csv --out scored.csv --model store/models/classification_model"
    for ending in (".onnx", ".pkl"):
        assert rarewood(command + ending).stderr == ""
    shown = rarewood(command + ".onnx").stdout.splitlines()[1]
    digest = hashlib.sha256((folder / "classification_model.onnx").read_bytes()).hexdigest()
    assert shown == f"   Model: {digest[:16]}"
    (folder / "classification_model.onnx").write_bytes(model.read_bytes())
    for ending in (".onnx", ".pkl"):
        answer = rarewood(command + ending)
        assert answer.returncode == 0
        assert digest[:16] in answer.stderr and "a run ended between the two" in answer.stderr
    (folder / "classification_model.pkl").write_bytes(b"no model")
    answer = rarewood(command + ".onnx")
    assert answer.returncode == 0 and answer.stderr == ""


def test_digits_behind_zeros_come_out_as_they_were(model, rarewood, tmp_path):
    header, *lines = visits(50, seed=4).splitlines()
    rows = [f"{line},{i:08}" for i, line in enumerate(lines)]
    (tmp_path / "new.csv").write_text("\n".join([header + ",customer", *rows]) + "\n")
    answer = rarewood(["score", "new.csv", "--model", model, "--out", "scored.csv"])
    assert answer.returncode == 0, answer.stderr
    with (tmp_path / "scored.csv").open() as scored:
        assert [row["customer"] for row in csv.DictReader(scored)] == [f"{i:08}" for i in range(50)]


@pytest.mark.parametrize("out", ["scored.csv", "scored.parquet"])
def test_what_was_scored_is_judged_as_the_model_decided(model, rarewood, tmp_path, out):
    (tmp_path / "new.csv").write_text(visits(1500, seed=4))
    answer = rarewood(["score", "new.csv", "--model", model, "--out", out])
    assert answer.returncode == 0, answer.stderr
    answer = rarewood(f"evaluate {out} --label bought --json o.json --plain")
    assert answer.returncode == 0, answer.stderr
    assert "(by the column 'label')" in answer.stdout
    table = pyarrow.csv.read_csv(tmp_path / out) if out.endswith("csv") else pq.read_table(tmp_path / out)
    rows = table.select(["bought", "label", "probability"]).to_pylist()
    rows = [{name: float(value) for name, value in row.items()} for row in rows]
    record = json.loads((tmp_path / "o.json").read_text())
    hits = sum(row["bought"] and row["label"] for row in rows)
    flagged = sum(row["label"] for row in rows)
    assert record["metrics"]["precision"] == pytest.approx(hits / flagged)
    assert record["threshold"]["rule"] == "label"
    least = min(row["probability"] for row in rows if row["label"])
    assert record["metrics"]["threshold"] == pytest.approx(least)
    assert record["verdict"].endswith(
        f"F1 goes by the column 'label', positive from probability {least:.4f} on."
    )
    answer = rarewood(f"evaluate {out} --label bought --json o.json --threshold 0.5 --plain")
    record = json.loads((tmp_path / "o.json").read_text())
    assert record["verdict"].endswith("F1 is at the threshold 0.5, as given.")


def test_a_label_that_is_no_decision_by_the_scores_is_refused(rarewood, tmp_path):
    rows = [f"{i % 3 // 2},{i % 2},{(i % 10 + 0.5) / 10}" for i in range(200)]
    (tmp_path / "d.csv").write_text("\n".join(["bought,label,probability", *rows]) + "\n")
    answer = rarewood("evaluate d.csv --label bought")
    assert answer.returncode == 3
    assert "The column 'label' does not go by the scores" in answer.stderr
    assert rarewood("evaluate d.csv --label bought --threshold 0.5").returncode == 0
    # The truth itself is nobody's decision.
    answer = rarewood("evaluate d.csv --label label --json o.json")
    assert answer.returncode == 0 and "as none was given" in answer.stdout


def test_labels_that_flag_no_row_are_said_to(rarewood, tmp_path):
    rows = [f"{i % 3 // 2},0,{(i % 10 + 0.5) / 10}" for i in range(200)]
    (tmp_path / "d.csv").write_text("\n".join(["bought,label,probability", *rows]) + "\n")
    answer = rarewood("evaluate d.csv --label bought")
    assert answer.returncode == 0, answer.stderr
    assert "goes by the column 'label', which predicts no row positive." in answer.stdout
