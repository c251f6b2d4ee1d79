"""`rarewood validate`, and `--validate` before training and scoring."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from tables import VISITS, visits  # noqa: E402

FRESH = visits(1500, seed=8)
TRAIN = "train visits.csv --target bought --exclude visit --n-estimators 5 --figures none"


@pytest.fixture(scope="module")
def model(program, tmp_path_factory):
    """A model that learnt depth, hour, source and returning of 2,000 visits."""
    folder = tmp_path_factory.mktemp("model")
    (folder / "visits.csv").write_text(VISITS)
    subprocess.run([program, *TRAIN.split()], cwd=folder, check=True, capture_output=True)
    return folder / "store/models/classification_model.onnx"


@pytest.fixture
def validate(model, rarewood, tmp_path):
    """run(text of a table, words) -> (answer, verdict as JSON)."""

    def run(text, words=""):
        (tmp_path / "new.csv").write_text(text)
        words = f"validate new.csv --json v.json --plain {words}".split()
        answer = rarewood([*words, "--model", model])
        path = tmp_path / "v.json"
        return answer, json.loads(path.read_text()) if path.exists() else None

    return run


def changed(text, change):
    """The table with each row, a dict, as `change(row, number)` leaves it."""
    rows = list(csv.DictReader(io.StringIO(text)))
    for number, row in enumerate(rows):
        change(row, number)
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def setting(column, value, one_of=1):
    def change(row, number):
        if number % one_of == 0:
            row[column] = value

    return change


def not_ok(verdict):
    return {(c["column"], c["check"]): c["verdict"] for c in verdict["checks"] if c["verdict"] != "ok"}


def test_fresh_rows_of_the_same_law_pass(validate):
    answer, verdict = validate(FRESH)
    assert answer.returncode == 0, answer.stderr
    assert verdict["verdict"] == "ok" and not_ok(verdict) == {}
    assert verdict["met"] == len(verdict["checks"]) > 15
    assert answer.stdout.endswith(f"{verdict['met']} of {verdict['met']} expectations met\nVerdict: ok\n")
    assert answer.stdout.isascii()
    assert {c["check"] for c in verdict["checks"]} >= {"rows", "column", "missing", "new_values", "range",
                                                      "drift", "labels", "base_rate"}  # fmt: skip


def test_a_model_that_is_not_there_yet_may_be_no_failure(validate, rarewood, tmp_path):
    (tmp_path / "new.csv").write_text(FRESH)
    answer = rarewood("validate new.csv --model none.onnx --if-model")
    assert answer.returncode == 0 and "none.onnx' yet. Nothing was validated." in answer.stdout
    answer, verdict = validate(FRESH, "--if-model")
    assert answer.returncode == 0 and verdict["verdict"] == "ok"


def test_a_table_to_be_scored_has_no_outcome(validate):
    without = changed(FRESH, lambda row, number: row.pop("bought"))
    answer, verdict = validate(without)
    assert answer.returncode == 0
    assert not {c["check"] for c in verdict["checks"]} & {"labels", "base_rate"}


@pytest.mark.parametrize(
    ("change", "culprit", "word"),
    [
        (setting("source", "radio", 5), ("source", "new_values"), "fail"),
        (setting("hour", "", 4), ("hour", "missing"), "fail"),
        (setting("hour", "", 1), ("hour", "missing"), "error"),
        (setting("hour", "99", 20), ("hour", "range"), "warn"),
        (setting("depth", "6", 2), ("depth", "drift"), "fail"),
        (setting("bought", "1", 3), ("bought", "base_rate"), "fail"),
        (setting("bought", "perhaps", 500), ("bought", "labels"), "error"),
        (setting("depth", "deep", 500), ("depth", "column"), "error"),
        (lambda row, number: row.pop("depth"), ("depth", "column"), "error"),
    ],
)
def test_what_is_not_as_expected_is_named(validate, change, culprit, word):
    answer, verdict = validate(changed(FRESH, change))
    assert not_ok(verdict).get(culprit) == word
    assert verdict["verdict"] in (word, "fail", "error")
    bad = verdict["verdict"] in ("fail", "error")
    assert answer.returncode == (5 if bad else 0)
    place = ", ".join(culprit)
    assert f"{word.upper()}: {place}" in answer.stdout
    assert f"\nVerdict: {verdict['verdict']}\n" in answer.stdout


def test_few_rows_do_not_fail_by_bad_luck(validate):
    rows = FRESH.splitlines()
    for first in range(1, 200, 20):
        answer, verdict = validate("\n".join([rows[0], *rows[first : first + 20]]) + "\n")
        assert verdict["verdict"] == "ok", answer.stdout
    answer, verdict = validate("\n".join(rows[:2]) + "\n", "--min-rows 100")
    assert answer.returncode == 5 and not_ok(verdict) == {(None, "rows"): "error"}


def test_tolerances_are_options(validate):
    drifted = changed(FRESH, setting("depth", "6", 2))
    assert not_ok(validate(drifted, "--max-psi 5")[1])["depth", "drift"] == "warn"
    rare = changed(FRESH, setting("hour", "", 4))
    assert not_ok(validate(rare, "--max-unexpected 0.9")[1])["hour", "missing"] == "warn"


def test_equal_work_leaves_equal_expectations(program, tmp_path):
    files = []
    for jobs in ("1", "3"):
        folder = tmp_path / jobs
        folder.mkdir()
        rows = VISITS.splitlines()
        (folder / "visits.csv").write_text("\n".join([rows[0], *(rows[1:][:: 1 if jobs == "1" else -1])]) + "\n")
        words = f"{TRAIN} --no-time-check --n-jobs {jobs}"
        subprocess.run([program, *words.split()], cwd=folder, check=True, capture_output=True)
        files.append((folder / "store/models/classification_model.onnx").read_bytes())
    assert files[0] == files[1] and b"rarewood.expectations" in files[0]


def test_scoring_stops_before_it_writes(model, rarewood, tmp_path):
    (tmp_path / "new.csv").write_text(changed(FRESH, setting("source", "radio", 5)))
    words = ["score", "new.csv", "--model", model, "--out", "scored.csv"]
    answer = rarewood([*words, "--validate", "fail"])
    assert answer.returncode == 5 and "source: " in answer.stderr
    assert not (tmp_path / "scored.csv").exists()
    answer = rarewood([*words, "--validate", "warn"])
    assert answer.returncode == 0 and "source: " in answer.stderr
    assert (tmp_path / "scored.csv").exists()


def test_training_is_held_against_the_model_it_replaces(rarewood, tmp_path):
    (tmp_path / "visits.csv").write_text(VISITS)
    words = f"{TRAIN} --no-time-check --validate fail"
    answer = rarewood(words)
    assert answer.returncode == 0 and "not validated: there is no model" in answer.stderr
    path = tmp_path / "store/models/classification_model.onnx"
    first = path.read_bytes()
    (tmp_path / "visits.csv").write_text(changed(VISITS, setting("hour", "", 4)))
    answer = rarewood(words)
    assert answer.returncode == 5 and "hour: " in answer.stderr
    assert path.read_bytes() == first


def test_models_of_earlier_versions_say_that_they_expect_nothing(rarewood, tmp_path):
    (tmp_path / "new.csv").write_text(FRESH)
    golden = Path(__file__).resolve().parents[1] / "golden/model_v1.onnx"
    answer = rarewood(["validate", "new.csv", "--model", golden])
    assert answer.returncode == 3 and "keeps no expectations" in answer.stderr


def test_what_validation_found_is_kept_in_the_record(rarewood, tmp_path):
    (tmp_path / "visits.csv").write_text(VISITS)
    assert rarewood(TRAIN).returncode == 0
    (tmp_path / "visits.csv").write_text(changed(VISITS, setting("source", "nowhere")))
    answer = rarewood(f"{TRAIN} --validate warn --json run.json")
    assert answer.returncode == 0, answer.stderr
    warnings = json.loads((tmp_path / "run.json").read_text())["warnings"]
    assert any(warning.startswith("source: ") for warning in warnings), warnings


def test_a_comparison_that_saves_is_held_against_the_model_too(rarewood, tmp_path):
    (tmp_path / "visits.csv").write_text(VISITS)
    assert rarewood(TRAIN).returncode == 0
    model = tmp_path / "store/models/classification_model.onnx"
    before = model.read_bytes()
    (tmp_path / "visits.csv").write_text(changed(VISITS, setting("source", "nowhere")))
    compare = "compare visits.csv --target bought --exclude visit --learners dummy,logistic"
    answer = rarewood(f"{compare} --save-as models/classification_model --validate fail")
    assert answer.returncode == 5, answer.stderr
    assert model.read_bytes() == before


def test_a_name_that_is_no_utf8_comes_into_the_json(model, program, tmp_path):
    (tmp_path / "caf\udce9.csv").write_text(FRESH)
    words = ["validate", "caf\udce9.csv", "--json", "v.json", "--model", model]
    answer = subprocess.run([program, *words], cwd=tmp_path, capture_output=True)
    assert answer.returncode in (0, 5), answer.stderr
    assert json.loads((tmp_path / "v.json").read_text())["rows"] == 1500


def test_a_foreign_table_is_one_sentence(validate):
    answer, verdict = validate("a,b\n1,2\n3,4\n")
    assert answer.returncode == 5
    assert answer.stdout.count("ERROR") == 1
    assert ("The table lacks 4 of the model's 4 columns (depth, hour, source and returning): is it "
            "the right table, and the right model?") in answer.stdout  # fmt: skip
    absent = [check for check in verdict["checks"] if check["observed"] == "absent"]
    assert len(absent) == 4, "the JSON has each"


def of_users(text, times, first=0):
    """Each visit `times` over, as rows of one user."""
    rows = text.splitlines()
    lines = [f"u{first + number},{row}" for number, row in enumerate(rows[1:]) for _ in range(times)]
    return "\n".join([f"user,{rows[0]}", *lines]) + "\n"


@pytest.fixture(scope="module")
def grouped(program, tmp_path_factory):
    """A model of 2,000 visits of users, two rows each."""
    folder = tmp_path_factory.mktemp("grouped")
    (folder / "visits.csv").write_text(of_users(VISITS, 2))
    words = f"{TRAIN} --split group --group-column user --no-time-check"
    subprocess.run([program, *words.split()], cwd=folder, check=True, capture_output=True)
    return folder / "store/models/classification_model.onnx"


def without_users(text):
    return changed(text, lambda row, number: row.pop("user"))


def test_rows_of_one_user_count_as_fewer(grouped, rarewood, tmp_path):
    rows = FRESH.splitlines()
    alarms = 0
    for first in range(1, 601, 60):
        text = of_users("\n".join([rows[0], *rows[first : first + 60]]) + "\n", 20)
        (tmp_path / "new.csv").write_text(text)
        words = ["validate", "new.csv", "--model", grouped, "--json", "v.json"]
        answer = rarewood(words)
        verdict = json.loads((tmp_path / "v.json").read_text())
        assert answer.returncode == 0 and verdict["verdict"] == "ok", answer.stdout
        assert (verdict["group_column"], verdict["groups"], verdict["warnings"]) == ("user", 60, [])
        assert "1,200 rows in 60 groups of user, held against" in answer.stdout
        effects = [check["design_effect"] for check in verdict["checks"] if "design_effect" in check]
        assert all(19.9 < effect < 24 for effect in effects), effects
        (tmp_path / "new.csv").write_text(without_users(text))
        answer = rarewood(words)
        assert "has no such column: its rows count as independent" in answer.stderr
        verdict = json.loads((tmp_path / "v.json").read_text())
        assert verdict["groups"] is None and len(verdict["warnings"]) == 1
        alarms += verdict["verdict"] != "ok"
    assert alarms >= 5, "the same rows by themselves look like another law"


def test_a_real_shift_of_whole_users_is_found(grouped, rarewood, tmp_path):
    shifted = changed(FRESH, setting("source", "radio", 5))
    (tmp_path / "new.csv").write_text(of_users(changed(shifted, setting("bought", "1", 3)), 4))
    answer = rarewood(["validate", "new.csv", "--model", grouped, "--json", "v.json"])
    found = not_ok(json.loads((tmp_path / "v.json").read_text()))
    assert answer.returncode == 5
    assert found["source", "new_values"] == "fail" and found["bought", "base_rate"] == "fail"
    assert not {"depth", "hour", "returning"} & {column for column, check in found}


def test_users_of_one_row_each_at_training_are_users_later(rarewood, tmp_path):
    (tmp_path / "visits.csv").write_text(of_users(VISITS, 1))
    assert rarewood(f"{TRAIN} --group-column user --no-time-check").returncode == 0
    (tmp_path / "new.csv").write_text(of_users(FRESH, 2))
    assert rarewood("validate new.csv --json v.json").returncode == 0
    verdict = json.loads((tmp_path / "v.json").read_text())
    assert (verdict["group_column"], verdict["groups"]) == ("user", 1500)


def test_the_entities_of_a_training_are_its_groups_in_the_look_before(rarewood, tmp_path):
    (tmp_path / "visits.csv").write_text(VISITS)
    assert rarewood(f"{TRAIN} --no-time-check").returncode == 0
    few = "\n".join(FRESH.splitlines()[:61]) + "\n"
    (tmp_path / "visits.csv").write_text(of_users(few, 20))
    words = f"{TRAIN} --no-time-check --validate warn --folds 2 --exclude user"
    assert "at training" in rarewood(words).stderr, "the same rows by themselves"
    answer = rarewood(f"{words} --entity-column user")
    assert answer.returncode == 0 and "at training" not in answer.stderr


def test_the_groups_may_be_named(validate, grouped, rarewood, tmp_path):
    answer, verdict = validate(of_users(FRESH, 2), "--group-column user")
    assert answer.returncode == 0 and verdict["groups"] == 1500, "of a model learnt from single rows"
    answer, _ = validate(FRESH, "--group-column shopper")
    assert answer.returncode == 3 and "has no column 'shopper'" in answer.stderr
    (tmp_path / "new.csv").write_text(of_users(FRESH, 2).replace("u7,", ","))
    answer = rarewood(["validate", "new.csv", "--model", grouped])
    assert answer.returncode == 0 and "count as independent" in answer.stderr
