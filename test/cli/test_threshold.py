"""Thresholds and calibrations from typed words to console, run.json, model file and labels."""

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow.parquet
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from tables import VISITS  # noqa: E402

WORDS = "--exclude visit --figures none --n-estimators 20 --min-samples-leaf 20"


@pytest.fixture
def trained(rarewood, tmp_path):
    (tmp_path / "visits.csv").write_text(VISITS)

    def run(words):
        answer = rarewood(f"train visits.csv --target bought {WORDS} --json run.json {words}")
        assert answer.returncode == 0, answer.stderr
        return answer, json.loads((tmp_path / "run.json").read_text())

    return run


def metadata(tmp_path, key):
    import onnx

    model = onnx.load(tmp_path / "store/models/classification_model.onnx")
    return json.loads({p.key: p.value for p in model.metadata_props}[key])


RULES = {
    "f1": "best F1",
    "fbeta:2": "best F2",
    "cost --cost-false-positive 1 --cost-false-negative 5": "lowest cost",
    "net_benefit:0.2": "best net benefit at 0.2",
    "recall:0.8": "recall of at least 0.8",
    "precision:0.3": "precision of at least 0.3",
    "top:0.2": "the likeliest 20.00 % of rows",
}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_reaches_console_record_model_and_labels(trained, rarewood, tmp_path, rule):
    answer, run = trained(f"--threshold {rule}")
    facts = run["threshold"]
    low, high = facts["interval"]["low"], facts["interval"]["high"]
    assert facts["rule"] == rule.split()[0] and facts["words"] == RULES[rule]
    assert 0 < low <= facts["probability"] <= high < 1
    line = f"Best threshold: {facts['probability']:.3f} ({low:.3f} to {high:.3f}; {RULES[rule]}"
    assert line in answer.stdout
    assert run["metrics"]["threshold"] == facts["probability"]
    stored = metadata(tmp_path, "rarewood.threshold")
    assert stored["rule"] == facts["rule"] and stored["interval"] == pytest.approx([low, high])

    assert rarewood("score visits.csv --out scored.csv").returncode == 0
    scored = np.genfromtxt(tmp_path / "scored.csv", delimiter=",", names=True)
    flagged = scored["probability"] >= facts["probability"] - 1e-7
    assert np.array_equal(flagged, scored["label"] == 1)


def test_a_constraint_is_shown_beside_what_came_of_it(trained):
    answer, run = trained("--threshold recall:0.8")
    facts = run["threshold"]
    assert facts["out_of_fold"] >= 0.8 and facts["wanted"] == 0.8
    assert facts["test"] == pytest.approx(run["metrics"]["recall"])
    low, high = facts["test_interval"]["low"], facts["test_interval"]["high"]
    assert low <= facts["test"] <= high
    assert "Recall: asked for 0.8000, " in answer.stdout
    assert f"on the test rows ({low:.4f} to {high:.4f})" in answer.stdout


def test_a_run_has_one_interval_of_a_figure(trained):
    for rule in ("recall:1", "precision:0.3"):
        run = trained(f"--threshold {rule}")[1]
        assert run["threshold"]["test_interval"] == run["intervals"][rule.split(":")[0]]
        low, high = run["threshold"]["test_interval"].values()
        assert low < high
    share = trained("--threshold top:0.2")[1]["threshold"]
    assert share["test_interval"]["low"] < share["test"] < share["test_interval"]["high"]


def test_nobody_is_flagged_where_that_costs_least(trained):
    for rule in ("cost --cost-false-positive 1000 --cost-false-negative 1", "net_benefit:0.99"):
        answer, run = trained(f"--threshold {rule}")
        facts = run["threshold"]
        assert facts["out_of_fold"] == facts["flagging_nobody"]
        assert run["confusion_matrix"][0][1] == run["confusion_matrix"][1][1] == 0
        nobody, everyone = facts["flagging_nobody"], facts["flagging_everyone"]
        assert f"flagging everyone: {everyone:.4f}, flagging nobody: {nobody:.4f}" in answer.stdout
        assert "no better than chance" not in answer.stdout
        assert "(lowest cost)" in answer.stdout or "(best net benefit" in answer.stdout


def test_rivals_are_held_to_the_models_rule(trained):
    def recall(rule):
        run = trained(f"--threshold {rule}")[1]
        rivals = {each["name"]: each["metrics"] for each in run["baselines"]}
        return rivals["single_column"]["recall"]

    assert recall("recall:0.3") < 0.6 < recall("recall:0.9")


def test_a_precision_out_of_reach_is_said(trained):
    answer, run = trained("--threshold precision:0.99")
    assert "No threshold reaches a precision of 0.99 out of fold" in answer.stderr
    assert any("No threshold reaches" in warning for warning in run["warnings"])
    assert run["threshold"]["out_of_fold"] < 0.99


def days_table(rows_of_day):
    """50 days of rows, of which x tells nearly all."""
    rows = [
        f"{date(2024, 1, 1) + timedelta(days=day)},{(7 * i + day) % 23},{int((7 * i + day) % 23 > 18)}"
        for day in range(50)
        for i in range(rows_of_day(day))
    ]
    return "\n".join(["on,x,y", *rows]) + "\n"


DAYS = ("train days.csv --target y --split time --time-column on --figures none --json run.json "
        "--threshold per_day:")  # fmt: skip


@pytest.mark.parametrize("busy, said", [(40, False), (120, True)])
def test_a_capacity_that_is_not_kept_is_said(rarewood, tmp_path, busy, said):
    # 7 of 40 rows a day are a level of x; on three busy days there are three times as many.
    (tmp_path / "days.csv").write_text(days_table(lambda day: busy if day >= 47 else 40))
    answer = rarewood(DAYS + "7 --test-size 0.06")
    assert answer.returncode == 0, answer.stderr
    run = json.loads((tmp_path / "run.json").read_text())
    assert said == any("On the days tested" in warning for warning in run["warnings"])


def test_a_capacity_a_day_is_a_share_of_the_latest_rows(rarewood, tmp_path):
    # 40 rows a day on 50 days: 10 a day are a quarter.
    (tmp_path / "days.csv").write_text(days_table(lambda day: 40))
    answer = rarewood(DAYS + "10")
    assert answer.returncode == 0, answer.stderr
    facts = json.loads((tmp_path / "run.json").read_text())["threshold"]
    assert facts["rule"] == "per_day:10"
    assert facts["wanted"] == pytest.approx(0.25, abs=0.01)
    assert facts["out_of_fold"] <= facts["wanted"]


@pytest.mark.parametrize("method", ["none", "platt", "beta", "isotonic", "auto"])
def test_a_calibration_is_stored_and_judged(trained, tmp_path, method):
    answer, run = trained(f"--calibration {method} --class-weight balanced")
    facts = run["calibration"]
    assert method in ("auto", facts["method"])
    assert metadata(tmp_path, "rarewood.calibrator")["method"] == facts["method"]
    assert [trial["method"] for trial in facts["trials"]] == (
        ["none", "platt", "beta", "isotonic"] if method == "auto" else []
    )
    assert "Calibration on the test rows (" in answer.stdout
    assert facts["before"]["mean_probability"] > 2 * facts["before"]["prevalence"]["value"]
    within = facts["after"]["prevalence"]["interval"]
    mended = within["low"] <= facts["after"]["mean_probability"] <= within["high"]
    assert mended == (method != "none")
    assert ("do not read the probabilities as frequencies" in answer.stderr) == (method == "none")
    assert run["metrics"]["ece"] == facts["after"]["ece"]["value"]
    assert facts["after"]["brier"]["interval"] == run["intervals"]["brier"]
    assert run["metrics"]["uncalibrated_brier"] == facts["before"]["brier"]["value"]
    assert sum(part["rows"] for part in facts["curve"]) == run["data"]["test_rows"]


def test_auto_takes_the_simplest_within_one_error(trained):
    _, run = trained("--class-weight balanced")
    trials = run["calibration"]["trials"]
    within = [trial["method"] for trial in trials if trial["behind"] <= trial["error"]]
    assert run["calibration"]["method"] == within[0]
    assert min(trial["behind"] for trial in trials) == 0


def test_a_dummy_has_the_base_rate_for_all(trained, rarewood, tmp_path):
    answer = rarewood("train visits.csv --target bought --learner dummy --json run.json "
                      "--figures none --threshold recall:0.9")  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    run = json.loads((tmp_path / "run.json").read_text())
    assert run["threshold"]["rule"] == "0.5" and run["threshold"]["interval"]["low"] is None
    assert run["calibration"]["after"]["slope"]["value"] is None
    assert "nan" not in answer.stdout.lower()


def test_the_truth_of_a_simulated_shop_is_found(program, tmp_path):
    """Mean, slope and the place of the best F1, by the probabilities that made the orders."""
    for words in ("sample --sessions 60000", "features --as-of 10min",
                  "train --figures none --json run.json --min-samples-leaf 50"):  # fmt: skip
        subprocess.run([program, *words.split(), "--store", "shop"], cwd=tmp_path, check=True,
                       capture_output=True)  # fmt: skip
    subprocess.run([program, "score", "shop/processed-data/training_data.parquet", "--store", "shop",
                    "--out", "scored.parquet"], cwd=tmp_path, check=True, capture_output=True)  # fmt: skip
    run = json.loads((tmp_path / "run.json").read_text())
    keys = pyarrow.parquet.read_table(tmp_path / "shop/processed-data/training_data.keys.parquet")
    truth = pyarrow.parquet.read_table(tmp_path / "shop/raw-data/truth.parquet").to_pandas()
    truth = truth.set_index("website_session_id")["p_10min"]
    true = truth.loc[keys["website_session_id"].to_numpy()].to_numpy()
    said = pyarrow.parquet.read_table(tmp_path / "scored.parquet")["probability"].to_numpy()
    assert said.mean() == pytest.approx(true.mean(), rel=0.03)
    for low, high in ((0, 0.02), (0.02, 0.1), (0.1, 0.3), (0.3, 1)):
        bin_ = (said >= low) & (said < high)
        if bin_.sum() > 500:
            assert said[bin_].mean() == pytest.approx(true[bin_].mean(), rel=0.15, abs=0.004)

    order = np.argsort(-said)
    f1 = 2 * np.cumsum(true[order]) / (np.arange(1, len(true) + 1) + true.sum())
    ends = np.append(np.diff(said[order]) != 0, True)
    best = f1[ends].max()
    facts = run["threshold"]
    assert facts["best_out_of_fold"] == pytest.approx(best, abs=0.02)
    assert facts["plateau"]["low"] <= best / 2 <= facts["plateau"]["high"]
    assert facts["probability"] == pytest.approx(best / 2, abs=0.02)
