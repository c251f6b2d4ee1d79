"""`rarewood compare`: what is chosen, why, and what is kept of it."""

import json
import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from tables import VISITS, visits  # noqa: E402

FEW = "--learners forest,logistic,dummy --balances none,class_weight --set forest.n_estimators=25"
ON = "compare t.csv --target bought --exclude visit --plain --json c.json"
METRICS = ["f1_score", "auc_roc", "average_precision", "log_loss"]


def compared(rarewood, folder, table=VISITS, words=FEW, command=ON):
    (folder / "t.csv").write_text(table)
    answer = rarewood(f"{command} {words}")
    assert answer.returncode == 0, answer.stderr
    return json.loads((folder / "c.json").read_text()), answer.stdout


def null_table(rows=2000, seed=5):
    """Nothing tells anything about the tenth of the rows that are bought."""
    draw = random.Random(seed)
    lines = ["visit,depth,hour,source,returning,bought"]
    for visit in range(rows):
        source = draw.choice(["ads", "mail", "search"])
        lines.append(
            f"{visit},{draw.randint(1, 6)},{draw.randint(0, 23)},{source},"
            f"{draw.randint(0, 1)},{int(draw.random() < 0.1)}"
        )
    return "\n".join(lines) + "\n"


def crossed_table(rows=3000, seed=2):
    """Only both columns together tell, which a regression without products cannot see."""
    draw = random.Random(seed)
    lines = ["visit,depth,hour,bought"]
    for visit in range(rows):
        depth, hour = draw.randint(0, 1), draw.randint(0, 3)
        likely = 0.45 if (depth == 1) == (hour % 2 == 1) else 0.02
        lines.append(f"{visit},{depth},{hour},{int(draw.random() < likely)}")
    return "\n".join(lines) + "\n"


def name_of(candidate):
    balance = candidate["balance"]
    return candidate["learner"] + ("" if balance == "none" else f" with {balance}")


def test_candidates_stand_in_the_order_of_the_figure_that_decides(rarewood, tmp_path):
    record, text = compared(rarewood, tmp_path)
    candidates = record["candidates"]
    assert sorted(map(name_of, candidates)) == [
        "dummy", "forest", "forest with class_weight", "logistic", "logistic with class_weight"
    ]  # fmt: skip
    scores = [candidate["f1_score"] for candidate in candidates]
    assert scores == sorted(scores, reverse=True)
    rows = [line for line in text.splitlines() if line[3:].split("  ")[0] in map(name_of, candidates)]
    assert [line[3:].split("  ")[0] for line in rows] == [name_of(c) for c in candidates]
    assert candidates[0]["differences"] == {}
    for candidate in candidates:
        assert candidate["seconds"] >= 0
        low, high = (candidate["intervals"]["f1_score"][end] for end in ("low", "high"))
        assert low <= candidate["f1_score"] <= high
        for metric, each in candidate["differences"].items():
            assert each["difference"] == pytest.approx(candidate[metric] - candidates[0][metric])
            assert each["interval"]["low"] <= each["difference"] <= each["interval"]["high"]


def test_the_chosen_one_alone_is_judged_on_the_test_part(rarewood, tmp_path):
    record, text = compared(rarewood, tmp_path)
    chosen = record["chosen"]
    assert record["test"]["metrics"] == record["metrics"]
    assert record["params"]["learner"] == chosen["learner"]
    assert {b["name"] for b in record["baselines"]} == {"flag_all", "single_column"}
    # The same as training it by itself: no other choice went into the model.
    train = f"train t.csv --target bought --exclude visit --figures none --json t.json " \
            f"--learner {chosen['learner']} --balance {chosen['balance']}"  # fmt: skip
    more = " --n-estimators 25" if chosen["learner"] == "forest" else ""
    assert rarewood(train + more).returncode == 0
    alone = json.loads((tmp_path / "t.json").read_text())
    for metric in METRICS:
        assert alone["metrics"][metric] == pytest.approx(record["metrics"][metric], abs=1e-12)
    assert alone["test_part"] == record["test_part"]
    assert "On the test part, looked at for the chosen one only" in text


def test_on_null_tables_the_dummy_is_chosen_and_hardly_anything_shown(rarewood, tmp_path):
    # What is shown holds with 95 % confidence: one table in twenty may show something by chance.
    shown = 0
    for seed in range(5, 9):
        for by in METRICS:
            record, text = compared(rarewood, tmp_path, null_table(seed=seed), f"{FEW} --by {by}")
            assert record["chosen"] == {"learner": "dummy", "balance": "none"}
            alike = len(record["indistinguishable"]) == 5
            assert alike == ("None of the 5 candidates is shown to be worse" in text)
            shown += not alike
    assert shown <= 1


def test_a_real_difference_is_shown(rarewood, tmp_path):
    for by in METRICS:
        record, _ = compared(rarewood, tmp_path, crossed_table(), f"{FEW} --by {by}")
        assert record["chosen"]["learner"] == "forest"
        assert not {"dummy", "logistic"} & set(record["indistinguishable"])


def test_the_simplest_of_equals_is_chosen(rarewood, tmp_path):
    # One column of two values: every learner that can tell them apart says the same.
    draw = random.Random(4)
    lines = ["x,bought"]
    for _ in range(2000):
        x = draw.randint(0, 1)
        lines.append(f"{x},{int(draw.random() < 0.02 + 0.3 * x)}")
    record, _ = compared(
        rarewood, tmp_path, "\n".join(lines) + "\n",
        "--learners xgboost,forest,logistic,dummy --balances none --by auc_roc",
        "compare t.csv --target bought --plain --json c.json",
    )  # fmt: skip
    assert record["chosen"]["learner"] == "logistic"
    assert set(record["indistinguishable"]) == {"xgboost", "forest", "logistic"}


def test_any_number_of_threads_gives_the_same(rarewood, tmp_path):
    found = []
    for jobs in (1, 3):
        words = f"--balances none,smote --set forest.n_estimators=25 --n-jobs {jobs}"
        record, _ = compared(rarewood, tmp_path, visits(1000), words)
        for candidate in record["candidates"]:
            del candidate["seconds"]
        found.append([record[key] for key in ("candidates", "chosen", "choice", "test")])
    assert found[0] == found[1]


def test_settings_reach_the_learner_they_name(rarewood, tmp_path):
    words = "--learners forest,xgboost --balances none --set forest.n_estimators=25,xgboost.n_estimators=7"
    compared(rarewood, tmp_path, words=words)
    (run,) = (tmp_path / "runs").iterdir()
    kept = {}
    for path in sorted(run.glob("candidates/*/run.json")):
        record = json.loads(path.read_text())
        kept[record["run_name"]] = record["params"]["n_estimators"]
    assert kept == {"forest": 25, "xgboost": 7}


def test_the_journal_keeps_candidates_and_the_chosen_model(rarewood, tmp_path):
    record, text = compared(rarewood, tmp_path)
    (run,) = (tmp_path / "runs").iterdir()
    assert json.loads((run / "run.json").read_text()) == record
    assert (run / "artifacts/model/classification_model.onnx").exists()
    assert not (tmp_path / "store").exists()
    kept = [json.loads(p.read_text()) for p in sorted(run.glob("candidates/*/run.json"))]
    assert [each["run_name"] for each in kept] == [name_of(c) for c in record["candidates"]]
    assert [each["metrics"]["f1_score"] for each in kept] == [
        candidate["f1_score"] for candidate in record["candidates"]
    ]
    assert all(each["tags"]["rarewood.parent_run_key"] == record["run_id"] for each in kept)
    assert [each["run_name"] for each in kept if each["tags"]["rarewood.chosen"] == "true"] == [
        name_of(record["chosen"])
    ]
    assert run.name in text


def test_the_model_is_saved_where_asked_and_scores(rarewood, tmp_path):
    record, _ = compared(rarewood, tmp_path, words=f"{FEW} --save-as models/best")
    assert (tmp_path / "store/models/best.onnx").exists()
    assert record["model_paths"]["pkl"].endswith("models/best.pkl")
    assert rarewood("score t.csv --model models/best.onnx --out scored.csv").returncode == 0


def test_looks_are_counted_over_commands_and_warned_of(rarewood, tmp_path):
    (tmp_path / "t.csv").write_text(VISITS)
    train = "train t.csv --target bought --exclude visit --learner logistic --figures none"
    assert "first look at this test part" in rarewood(train).stdout
    record, text = compared(rarewood, tmp_path, words="--learners logistic --balances none")
    assert record["looks"] == 2  # the comparison's candidates are no looks
    assert "looked at 2 times" in text
    assert "first look" in rarewood(train + " --random-state 7").stdout
    assert "first look" in rarewood(train + " --test-size 0.3").stdout
    for damaged in ("", "{", "\x00" * 5000):
        folder = tmp_path / "runs" / f"damaged{len(damaged)}"
        folder.mkdir()
        (folder / "run.json").write_text(damaged)
    for _ in range(6):
        last = rarewood(train)
    assert "looked at 8 times" in last.stdout and "warning" not in last.stderr
    rarewood(train)
    last = rarewood(train)
    assert "warning: This test part has been looked at 10 times" in last.stderr


def test_what_cannot_be_is_left_out_and_said(rarewood, tmp_path):
    words = "--learners logistic,xgboost,dummy --balances none,smote --set xgboost.early_stopping_rounds=5"
    record, text = compared(rarewood, tmp_path, words=words)
    assert [name_of(c) for c in record["candidates"]].count("xgboost with smote") == 0
    (sentence,) = record["skipped"]
    assert sentence.startswith("xgboost with smote: ")
    assert f"Left out: {sentence}" in text


def test_one_candidate_is_judged_and_not_chosen(rarewood, tmp_path):
    record, text = compared(rarewood, tmp_path, words="--learners dummy")
    assert record["choice"] == "dummy was the only candidate."
    assert record["indistinguishable"] == ["dummy"]
    assert "nan" not in text.lower()


def test_so_few_positives_show_nothing(rarewood, tmp_path):
    draw = random.Random(1)
    rows = [(i, draw.random(), int(i % 15 == 0)) for i in range(220)]
    table = "visit,x,bought\n" + "".join(f"{i},{x + 5 * y:.3f},{y}\n" for i, x, y in rows)
    record, _ = compared(rarewood, tmp_path, table)
    assert record["chosen"]["learner"] == "dummy"
    assert len(record["indistinguishable"]) == 5


def test_a_leak_is_named_above_the_candidates(rarewood, tmp_path):
    header, *lines = VISITS.splitlines()
    leaking = [header + ",paid", *(f"{line},{7 * int(line[-1])}" for line in lines)]
    record, text = compared(rarewood, tmp_path, "\n".join(leaking) + "\n")
    assert text.index("paid") < text.index("Candidates by F1-Score")
    assert record["verdict"] == "Not judged: a column gives the answer away."
