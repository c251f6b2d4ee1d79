"""`rarewood train` from typed words to the files it leaves."""

import json
import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from shop import shop  # noqa: E402
from tables import VISITS  # noqa: E402

QUICK = "--figures none --n-estimators 20"


@pytest.fixture
def visits(tmp_path):
    (tmp_path / "visits.csv").write_text(VISITS)


def trained(rarewood, tmp_path, words, **environment):
    answer = rarewood(
        f"train visits.csv --target bought {QUICK} --json run.json {words}", **environment
    )
    assert answer.returncode == 0, answer.stderr
    return answer, json.loads((tmp_path / "run.json").read_text())


def model_bytes(tmp_path):
    return (tmp_path / "store/models/classification_model.onnx").read_bytes()


def test_leaves_model_journal_and_json(visits, rarewood, tmp_path):
    answer, run = trained(rarewood, tmp_path, "")
    assert (tmp_path / "store/models/classification_model.pkl").exists()
    (folder,) = (tmp_path / "runs").iterdir()
    assert json.loads((folder / "run.json").read_text())["run_id"] == run["run_id"]
    assert (folder / "artifacts/model/classification_model.onnx").read_bytes() == model_bytes(
        tmp_path
    )
    assert run["data"]["rows"] == 2000
    assert run["data"]["train_rows"] == 1600 and run["data"]["test_rows"] == 400
    for key in "f1_score auc_roc precision recall average_precision brier log_loss".split():
        assert 0 <= run["metrics"][key] <= 1
        assert run["intervals"][key]["low"] <= run["metrics"][key] <= run["intervals"][key]["high"]
    for timed in "load split count resample fit out_of_fold evaluate save".split():
        assert run["timings"][timed] >= 0
    assert {b["name"] for b in run["baselines"]} == {"flag_all", "single_column"}
    assert "column visit (integer) left out: an identifier" in answer.stderr
    assert "columns taken as number: depth, hour; boolean: returning; category: source of 4" in (
        answer.stderr
    )
    assert "Verdict:" in answer.stdout


def test_names_what_identifiers_and_times_are_good_for(rarewood, tmp_path):
    """Two rows a user, and the moment of each: neither is a feature, both say how to split."""
    chance = random.Random(3)
    lines = ["user_id,seen_at,hour,bought"]
    for i in range(3000):
        day = f"2026-0{1 + i % 9}-{1 + i % 28:02} 10:00:00"
        lines.append(f"u{i // 2},{day},{chance.randrange(24)},{int(chance.random() < 0.1)}")
    (tmp_path / "rows.csv").write_text("\n".join(lines) + "\n")
    answer = rarewood("train rows.csv --target bought --n-estimators 10 --figures none")
    assert answer.returncode == 0, answer.stderr
    said = [line for line in answer.stderr.splitlines() if "left out" in line]
    assert any("column user_id" in line and "--group-column user_id keeps them so" in line for line in said)
    assert any("column seen_at" in line and "--split time --time-column seen_at" in line for line in said)


def test_same_bytes_for_any_threads_and_row_order(visits, rarewood, tmp_path):
    header, *lines = VISITS.splitlines()
    found = set()
    for jobs, order in ((1, lines), (2, lines), (3, lines), (8, lines), (2, lines[::-1])):
        (tmp_path / "visits.csv").write_text("\n".join([header, *order]) + "\n")
        trained(rarewood, tmp_path, f"--exclude visit --balance smote --n-jobs {jobs}")
        found.add(model_bytes(tmp_path))
    assert len(found) == 1
    trained(rarewood, tmp_path, "--exclude visit --balance smote --random-state 7")
    assert model_bytes(tmp_path) not in found


def test_names_the_leak_above_the_report(rarewood, tmp_path):
    lines = VISITS.splitlines()
    leaking = [lines[0] + ",paid"] + [f"{line},{line[-1]}" for line in lines[1:]]
    (tmp_path / "visits.csv").write_text("\n".join(leaking) + "\n")
    answer, run = trained(rarewood, tmp_path, "")
    assert run["findings"][0]["kind"] == "leak" and run["findings"][0]["column"] == "paid"
    assert answer.stdout.index("paid = 1") < answer.stdout.index("Classification Report")
    assert run["verdict"].startswith("Not judged")
    assert run["targets"] == [], "targets are the conversion job's"


def leaking(name="paid"):
    """VISITS with a column that is the target."""
    header, *lines = VISITS.splitlines()
    return "\n".join([f"{header},{name}", *(f"{line},{line[-1]}" for line in lines)]) + "\n"


@pytest.mark.parametrize("command", ["train", "compare --save-as models/classification_model"])
def test_a_leak_does_not_take_the_place_of_a_model_without_one(visits, rarewood, tmp_path, command):
    trained(rarewood, tmp_path, "--exclude visit")
    before = model_bytes(tmp_path)
    (tmp_path / "visits.csv").write_text(leaking())
    words = f"{command} visits.csv --target bought --exclude visit"
    answer = rarewood(words)
    assert answer.returncode == 5 and model_bytes(tmp_path) == before
    assert "paid gives the answer away" in answer.stderr and "--fail-on none" in answer.stderr
    option = "--model" if command == "train" else "--save-as"
    assert f"name another place with {option}, or" in answer.stderr
    assert "paid = 1" in answer.stdout, "the finding itself is shown"
    assert rarewood(words + " --fail-on none").returncode == 0
    leaky = model_bytes(tmp_path)
    assert leaky != before
    answer = rarewood(words + " --random-state 7")
    assert answer.returncode == 0, "one leak may follow another: " + answer.stderr
    assert model_bytes(tmp_path) != leaky


@pytest.mark.parametrize(
    "strategy, lines",
    [
        (
            "smote",
            [
                "Applying SMOTE to handle class imbalance...",
                "Original distribution: {0: ",
                "After SMOTE: {0: ",
                "Training Random Forest Classifier...",
            ],
        ),
        ("class_weight", ["Training Random Forest with class_weight='balanced'..."]),
        ("xgboost", ["Scale pos weight: ", "Training XGBoost Classifier..."]),
    ],
)
def test_strategies_print_the_lines_and_the_rival_without(
    visits, rarewood, tmp_path, strategy, lines
):
    answer, run = trained(rarewood, tmp_path, f"--strategy {strategy}")
    for line in lines:
        assert line in answer.stdout
    assert f"Strategy {strategy}: " in answer.stderr
    rivals = {(b["name"], b["judged_on"]) for b in run["baselines"]}
    assert {("model", "out_of_fold"), ("no_resampling", "out_of_fold")} <= rivals
    assert run["params"]["n_estimators"] == 20, "a flag overrides the preset"


def test_smote_adds_exactly_the_planned_rows(visits, rarewood, tmp_path):
    _, run = trained(rarewood, tmp_path, "--balance smote --sampling-strategy 0.5")
    positives = round(run["data"]["class_rows"][1] * 0.8)
    negatives = run["data"]["train_rows"] - positives
    assert abs(run["data"]["synthetic_rows"] - (negatives // 2 - positives)) <= 1


@pytest.mark.parametrize("words", ["", "--learner xgboost", "--learner logistic",
                                   "--balance random_under", "--balance enn"])  # fmt: skip
def test_weights_change_the_model_but_not_what_is_judged(words, rarewood, tmp_path):
    header, *lines = VISITS.splitlines()
    rows = [f"{line},{1 + 9 * (line.split(',')[3] == 'ads')}" for line in lines]
    (tmp_path / "visits.csv").write_text("\n".join([header + ",heft", *rows]) + "\n")
    found = []
    for columns in ("--exclude visit --weight-column heft", "--exclude visit,heft"):
        answer = rarewood(
            f"train visits.csv --target bought --figures none --json run.json {columns} {words}"
        )
        assert answer.returncode == 0, answer.stderr
        found.append((json.loads((tmp_path / "run.json").read_text()), model_bytes(tmp_path)))
    assert found[0][0]["data"]["test_rows"] == found[1][0]["data"]["test_rows"] == 400
    assert found[0][1] != found[1][1]


@pytest.mark.parametrize("learner", ["forest", "xgboost", "logistic", "dummy"])
def test_most_rows_may_weigh_nothing(learner, rarewood, tmp_path):
    rows = [f"{i % 8},{i * 7 % 97},{int(i % 5 == 0)},{int(i * 31 % 11 < 1 + i % 8 // 4)}"
            for i in range(3000)]  # fmt: skip
    (tmp_path / "visits.csv").write_text("\n".join(["x,z,w,bought", *rows]) + "\n")
    answer = rarewood(
        f"train visits.csv --target bought --weight-column w --learner {learner} --figures none"
    )
    assert answer.returncode == 0, answer.stderr


def test_replacing_another_model_is_said(visits, rarewood, tmp_path):
    answer, _ = trained(rarewood, tmp_path, "--exclude visit")
    assert "is replaced" not in answer.stderr
    renamed = VISITS.replace("bought", "paid", 1)
    (tmp_path / "other.csv").write_text(renamed)
    answer = rarewood("train other.csv --target paid --exclude visit --figures none")
    assert answer.returncode == 0
    assert "The model of 'bought' that was there is replaced" in answer.stderr


def test_calibration_none_takes_what_the_learner_says(visits, rarewood, tmp_path):
    words = "--exclude visit --class-weight balanced --min-samples-leaf 20"
    _, mended = trained(rarewood, tmp_path, words)
    _, stated = trained(rarewood, tmp_path, words + " --calibration none")
    assert stated["metrics"]["auc_roc"] == mended["metrics"]["auc_roc"]
    assert stated["metrics"]["log_loss"] > mended["metrics"]["log_loss"] + 0.1


def test_out_of_bag_is_near_out_of_fold(visits, rarewood, tmp_path):
    words = "--exclude visit --min-samples-leaf 20 --oob-score"
    answer, run = trained(rarewood, tmp_path, words)
    assert "Out-of-bag AUC-ROC" in answer.stdout
    assert abs(run["metrics"]["oob_auc_roc"] - run["metrics"]["auc_roc"]) < 0.1
    assert run["metrics"]["oob_auc_roc"] > 0.6


def test_a_fixed_threshold_is_kept(visits, rarewood, tmp_path):
    answer, run = trained(rarewood, tmp_path, "--threshold 0.25")
    assert run["metrics"]["threshold"] == pytest.approx(0.25, abs=1e-6)
    assert "(fixed)" in answer.stdout


def test_the_dummy_flags_nobody_and_is_told_so(visits, rarewood, tmp_path):
    answer = rarewood("train visits.csv --target bought --learner dummy --json run.json")
    assert answer.returncode == 0, answer.stderr
    run = json.loads((tmp_path / "run.json").read_text())
    assert run["metrics"]["recall"] == 0
    assert run["metrics"]["auc_roc"] == 0.5
    assert "F1 = 0: all rows were predicted negative" in answer.stdout
    assert "no better than chance" in answer.stdout, "f1 tuned the threshold already"


@pytest.mark.parametrize("kind", ["group", "hash"])
def test_a_keyed_split_keeps_rows_on_their_side(rarewood, tmp_path, kind):
    option = {"group": "--group-column", "hash": "--id-column"}[kind]
    (tmp_path / "visits.csv").write_text(VISITS)
    _, run = trained(rarewood, tmp_path, f"--split {kind} {option} visit")
    assert 300 < run["data"]["test_rows"] < 500


def test_groups_stay_whole(rarewood, tmp_path):
    # Ten visits of each user, one of them with an order: a torn group would break the tens.
    rows = [f"{user},{visit},{user * 7 % 5},{int(visit == user % 10)}"
            for user in range(300) for visit in range(10)]  # fmt: skip
    (tmp_path / "visits.csv").write_text("\n".join(["user,visit,kind,bought", *rows]) + "\n")
    _, run = trained(rarewood, tmp_path, "--split group --group-column user")
    (true_negative, false_positive), (false_negative, true_positive) = run["confusion_matrix"]
    assert run["data"]["test_rows"] % 10 == 0 and 300 < run["data"]["test_rows"] < 900
    assert 10 * (false_negative + true_positive) == run["data"]["test_rows"]
    assert true_negative + false_positive == run["data"]["test_rows"] * 9 // 10


def test_a_split_by_time_tests_the_latest(rarewood, tmp_path):
    (tmp_path / "visits.csv").write_text(VISITS)
    answer, run = trained(rarewood, tmp_path, "--split time --time-column visit")
    assert run["data"]["test_rows"] == 400
    assert "latest rows by visit" in answer.stdout


def test_own_folds(rarewood, tmp_path):
    header, *lines = VISITS.splitlines()
    rows = [
        f"{line},{['a', 'b', 'c', 'test'][i % 4]}" for i, line in enumerate(lines)
    ]
    (tmp_path / "visits.csv").write_text("\n".join([header + ",part", *rows]) + "\n")
    _, run = trained(rarewood, tmp_path, "--split column --fold-column part")
    assert run["data"]["test_rows"] == 500


def test_the_whole_shop_job(rarewood, tmp_path):
    for name, text in shop(600).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    assert rarewood("features --raw raw --as-of 10min").returncode == 0
    answer = rarewood(f"train --plain --strategy class_weight {QUICK}")
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.isascii()
    assert "Task: Conversion Prediction (is_ordered)" in answer.stdout
    assert "Prediction point: 10min" in answer.stdout
    (run,) = (json.loads(path.read_text()) for path in tmp_path.glob("runs/*/run.json"))
    (active,) = run["slices"]
    assert active["name"] == "active" and "within the last 10min" in active["description"]
    assert 0 < active["positives"] < active["rows"] < run["data"]["test_rows"]
    assert {rival["name"] for rival in active["baselines"]} == {"flag_all", "single_column"}
    assert "On the active test rows only" in answer.stdout
    answer = rarewood("score store/processed-data/training_data.parquet --out scored.csv")
    assert answer.returncode == 0, answer.stderr
    first = (tmp_path / "scored.csv").read_text().splitlines()[0].replace('"', "")
    assert first.startswith("website_session_id,user_id,is_repeat_session,")
    assert first.endswith(",is_ordered,revenue,probability,label")
    assert rarewood("features --raw raw --as-of page:2 --out other.parquet").returncode == 0
    refused = rarewood("score store/other.parquet --out x.csv")
    assert refused.returncode == 3 and "prediction point '10min'" in refused.stderr
    told = rarewood("score store/other.parquet --out x.csv --any-prediction-point")
    assert told.returncode == 0, told.stderr
