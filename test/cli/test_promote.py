"""`rarewood promote`: a challenger against the champion, on rows that neither has learnt from."""

import json
import math
import random
import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

DAYS = 100


def dated_visits(rows=4000, seed=1, shift=0.0):
    """CSV of visits over 100 days: `bought` depends on depth; `noise` on nothing."""
    draw = random.Random(seed)
    lines = ["day,depth,noise,bought"]
    for visit in range(rows):
        day = 1 + visit * DAYS // rows
        depth = draw.randint(1, 6)
        bought = draw.random() < shift + [0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.7][depth]
        month, of_month = 1 + day // 28, 1 + day % 28
        lines.append(f"2026-{month:02}-{of_month:02},{depth},{draw.randint(0, 9)},{int(bought)}")
    return "\n".join(lines) + "\n"


TRAIN = "train visits.csv --target bought --time-column day --n-estimators 10 --figures none"
PROMOTE = "promote --json p.json --plain"
CHAMPION = "store/models/classification_model"


@pytest.fixture
def shop(rarewood, tmp_path):
    """A folder with visits.csv; run(words) -> answer, failing unless it ends as `code` says."""
    (tmp_path / "visits.csv").write_text(dated_visits())

    def run(words, code=0):
        answer = rarewood(words)
        assert answer.returncode == code, answer.stdout + answer.stderr
        return answer

    return run


@pytest.fixture
def promote(shop, tmp_path):
    def run(words="", code=0):
        (tmp_path / "p.json").unlink(missing_ok=True)
        table = "" if "--table" in words else "--table visits.csv"
        answer = shop(f"{PROMOTE} {table} {words}", code)
        text = (tmp_path / "p.json").read_text()
        assert "NaN" not in text and "nan" not in answer.stdout
        return answer, json.loads(text)

    return run


def files(folder, base=CHAMPION):
    return [(folder / f"{base}{ending}").read_bytes() for ending in (".onnx", ".pkl")]


def train(shop, model="models/challenger", words="--split time --test-size 0.5"):
    shop(f"{TRAIN} --model {model} {words}")


def test_the_first_model_is_promoted_and_promoting_again_changes_nothing(shop, promote, tmp_path):
    train(shop)
    answer, decision = promote()
    assert decision["promoted"] and decision["outcome"] == "first"
    assert decision["champion"] is None and decision["differences"] == []
    assert 1900 < decision["rows"] < 2100 and decision["challenger"]["trained_until"] < "2026-02-28"
    assert "PROMOTED: There is no champion yet." in answer.stdout and answer.stdout.isascii()
    assert files(tmp_path) == files(tmp_path, "store/models/challenger")
    before = files(tmp_path)
    answer, decision = promote()
    assert decision["promoted"] and decision["outcome"] == "already" and not decision["written"]
    assert "NOTHING TO DO: This model is the champion already." in answer.stdout
    assert files(tmp_path) == before


def test_one_that_is_not_worse_takes_the_place(shop, promote, tmp_path):
    train(shop, "models/classification_model", "--split time --test-size 0.6")
    train(shop, words="--split time --test-size 0.5 --random-state 7")
    champion = files(tmp_path)
    answer, decision = promote("--margin 0.05 --dry-run")
    assert not decision["promoted"] and decision["outcome"] == "not_worse"
    assert files(tmp_path) == champion and "dry run" in answer.stdout
    answer, decision = promote("--margin 0.05")
    assert decision["promoted"] and decision["written"].endswith("classification_model.pkl")
    assert decision["judged_after"] == decision["challenger"]["trained_until"]
    assert decision["champion"]["trained_until"] < decision["challenger"]["trained_until"]
    for test in decision["differences"]:
        assert test["interval"]["low"] < test["difference"] < test["interval"]["high"]
        metric = test["metric"]
        both = [decision[who]["metrics"][metric] for who in ("challenger", "champion")]
        assert math.isclose(both[0] - both[1], test["difference"], abs_tol=1e-12)
    assert files(tmp_path) == files(tmp_path, "store/models/challenger")


def test_one_that_is_worse_leaves_the_champion(shop, promote, tmp_path):
    train(shop, "models/classification_model")
    train(shop, words="--split time --test-size 0.5 --exclude depth")
    champion = files(tmp_path)
    answer, decision = promote()
    assert decision["outcome"] == "worse" and not decision["promoted"]
    assert re.search(
        r"KEPT: The challenger is worse by more than the margin of 0\.01: its AUC is 0\.\d{4} lower "
        r"\(0\.\d{4} to 0\.\d{4} lower\)",
        answer.stdout,
    )
    assert files(tmp_path) == champion
    answer, _ = promote("--fail-if-kept", code=5)
    assert "The challenger is not promoted." in answer.stderr


def test_few_rows_keep_the_champion_and_say_how_many_it_takes(shop, promote, tmp_path):
    train(shop, "models/classification_model", "--split time --test-size 0.05")
    train(shop, words="--split time --test-size 0.05 --random-state 7 --max-depth 2")
    answer, decision = promote("--margin 0.0005")
    assert decision["outcome"] == "not_shown"
    assert "do not show that the challenger is not worse by more than the margin of 0.0005" in decision["reason"]
    assert "(margin 0.0005)" in answer.stdout
    assert "rows more would mostly show it" in decision["reason"]
    assert any(test["rows_needed"] > decision["rows"] for test in decision["differences"])
    lines = (tmp_path / "visits.csv").read_text().splitlines()
    (tmp_path / "visits.csv").write_text("\n".join([lines[0], *lines[-40:]]) + "\n")
    answer, decision = promote("--all-rows")
    assert decision["outcome"] == "not_shown" and decision["rows"] == 40
    assert "too few to judge by: 20 of each class are the least" in decision["reason"]


def test_probabilities_that_are_off_are_not_promoted(shop, promote, tmp_path):
    train(shop)
    (tmp_path / "visits.csv").write_text(dated_visits(seed=2, shift=0.25))
    answer, decision = promote()
    assert decision["outcome"] == "not_calibrated" and not decision["promoted"]
    assert "NOT PROMOTED: The challenger's probabilities are off: mean probability 0." in answer.stdout
    assert not (tmp_path / f"{CHAMPION}.onnx").exists()
    _, decision = promote("--calibration-tolerance 5")
    assert decision["outcome"] == "first"


def test_rows_within_the_window_do_not_count(shop, promote):
    train(shop, "models/classification_model", "--split time --test-size 0.5")
    train(shop, words="--split stratified")  # drawn by lot: its window is that of all rows
    answer, decision = promote()
    assert decision["outcome"] == "not_shown" and decision["rows"] == 0
    until = [decision[who]["trained_until"] for who in ("challenger", "champion")]
    assert until[0] > until[1]
    assert (
        f"has no row that began after {until[0]}: the challenger learnt from rows until {until[0]}, "
        f"the champion until {until[1]}." in decision["reason"]
    )
    assert decision["challenger"]["metrics"] == {}


def test_a_model_without_a_window_is_refused_unless_all_rows_are_vouched_for(shop, promote, tmp_path):
    train(shop, "models/classification_model", "--split time --test-size 0.5")
    shop("train visits.csv --target bought --exclude day --figures none --n-estimators 10 "
         "--model models/challenger")  # fmt: skip
    answer = shop(f"{PROMOTE} --table visits.csv", code=3)
    assert "does not say until when its training rows were" in answer.stderr
    assert "--all-rows" in answer.stderr
    (tmp_path / "fresh.csv").write_text(dated_visits(seed=2).replace("2026-", "2027-"))
    _, decision = promote("--all-rows --margin 0.05 --table fresh.csv")
    assert decision["rows"] == 4000 and decision["judged_after"] is None
    assert decision["rows_within_windows"] == 0 and decision["outcome"] == "not_worse"


def test_rows_of_a_training_window_show_nothing_even_if_vouched_for(shop, promote, tmp_path):
    train(shop, "models/classification_model", "--split time --test-size 0.5")
    train(shop, words="--split time --test-size 0.5 --random-state 7")
    champion = files(tmp_path)
    answer, decision = promote("--all-rows --margin 0.4")
    assert decision["outcome"] == "not_shown" and 1900 < decision["rows_within_windows"] < 2100
    assert "may have learnt from these" in answer.stdout
    assert files(tmp_path) == champion
    undated = [line.split(",", 1)[1] for line in dated_visits(seed=3).splitlines()]
    (tmp_path / "undated.csv").write_text("\n".join(undated) + "\n")
    _, decision = promote("--all-rows --margin 0.4 --table undated.csv")
    assert decision["outcome"] == "not_worse", "nothing speaks against the vouch"


def test_windows_of_different_columns_are_said(shop, promote, tmp_path):
    lines = dated_visits().splitlines()
    sent = [f"{line},{line.split(',')[0]}" for line in lines[1:]]
    (tmp_path / "visits.csv").write_text("\n".join([lines[0] + ",sent", *sent]) + "\n")
    words = "train visits.csv --target bought --n-estimators 10 --figures none --split time"
    shop(f"{words} --time-column sent --exclude day")
    shop(f"{words} --time-column day --exclude sent --model models/challenger --random-state 2")
    answer, decision = promote("--dry-run")
    (warning,) = decision["warnings"]
    assert "until a moment of 'sent'" in warning and "dated by 'day'" in warning
    assert warning in answer.stderr
    _, decision = promote("--dry-run --time-column sent")
    assert decision["warnings"] == [] and decision["time_column"] == "sent"


def test_the_groups_of_training_are_remembered(shop, promote, tmp_path):
    lines = dated_visits().splitlines()
    users = [f"{line},{row % 400}" for row, line in enumerate(lines[1:])]
    (tmp_path / "visits.csv").write_text("\n".join([lines[0] + ",user", *users]) + "\n")
    for model, seed in (("models/classification_model", 1), ("models/challenger", 2)):
        train(shop, model, f"--split time --test-size 0.5 --group-column user --random-state {seed}")
    _, decision = promote("--dry-run")
    assert decision["group_column"] == "user" and decision["groups"] == 400
    (tmp_path / "other.csv").write_text("\n".join(lines) + "\n")
    answer, decision = promote("--table other.csv")
    assert decision["group_column"] is None
    assert "no such column" in answer.stderr and decision["warnings"] != []


def test_the_entities_of_training_are_its_groups(shop, promote, tmp_path):
    lines = dated_visits().splitlines()
    shops = [f"{line},{row % 400}" for row, line in enumerate(lines[1:])]
    (tmp_path / "visits.csv").write_text("\n".join([lines[0] + ",shop", *shops]) + "\n")
    train(shop, words="--split time --test-size 0.5 --entity-column shop")
    _, decision = promote("--dry-run")
    assert decision["group_column"] == "shop" and decision["groups"] == 400
    shop("compare visits.csv --target bought --time-column day --split time --test-size 0.5 "
         "--entity-column shop --learners dummy,logistic --balances none "
         "--save-as models/compared")  # fmt: skip
    _, decision = promote("models/compared --dry-run")
    assert decision["group_column"] == "shop"


def test_a_proved_leak_does_not_take_the_place_of_a_model_without_one(shop, promote, tmp_path):
    train(shop, "models/classification_model")
    header, *lines = dated_visits().splitlines()
    paid = [f"{line},{line[-1]}" for line in lines]
    (tmp_path / "visits.csv").write_text("\n".join([header + ",paid", *paid]) + "\n")
    train(shop)
    champion = files(tmp_path)
    answer, decision = promote()
    assert decision["outcome"] == "leaks" and decision["challenger"]["leaks"] == ["paid"]
    assert decision["champion"]["leaks"] == []
    assert "KEPT: The challenger has a proved leak (paid)" in answer.stdout
    assert files(tmp_path) == champion
    answer, decision = promote("--champion models/none_yet")
    assert decision["outcome"] == "leaks" and not decision["promoted"] and not decision["written"]
    assert "NOT PROMOTED: The challenger has a proved leak (paid): its figures" in answer.stdout
    assert not (tmp_path / "store/models/none_yet.onnx").exists()
    promote("--champion models/none_yet --fail-if-kept", code=5)


def test_equal_work_gives_equal_bytes_with_the_window(shop, tmp_path):
    train(shop, "a")
    train(shop, "b")
    assert files(tmp_path, "store/a") == files(tmp_path, "store/b")
    assert b'"window":{"column":"day","until":' in files(tmp_path, "store/a")[0]
