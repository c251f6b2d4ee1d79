"""`rarewood evaluate`: any model's scores, judged; figures are those of scikit-learn on the rows."""

import json

import numpy as np
import pandas as pd
import pytest
from sklearn import metrics as sk


def made(rows=3000, seed=3, rate=0.1):
    """Scores of two models on rows of users; the second knows less."""
    rng = np.random.default_rng(seed)
    odds = rng.normal(0, 1.5, rows)
    chance = 1 / (1 + np.exp(-(odds + np.log(rate))))
    return pd.DataFrame(
        {
            "y": (rng.random(rows) < chance).astype(int),
            "p": chance.round(4),
            "q": (1 / (1 + np.exp(-(odds + rng.normal(0, 1.5, rows) + np.log(rate))))).round(4),
            "user": rng.integers(0, 900, rows),
            "day": pd.Timestamp("2026-01-05") + pd.to_timedelta(rng.integers(0, 40, rows), "D"),
            "device": rng.choice(["phone", "desk"], rows),
        }
    )


@pytest.fixture
def judge(rarewood, tmp_path):
    """judge(table, words): the JSON and the text of `evaluate` with --score p."""

    def run(table, words=""):
        table.to_csv(tmp_path / "s.csv", index=False)
        command = f"evaluate s.csv --label y --score p --json o.json --plain {words}"
        answer = rarewood(" ".join(dict.fromkeys(command.split())) if "--score" not in words
                          else f"evaluate s.csv --label y --json o.json --plain {words}")  # fmt: skip
        assert answer.returncode == 0, answer.stderr
        text = (tmp_path / "o.json").read_text()
        assert "NaN" not in text and "nan" not in answer.stdout
        return json.loads(text), answer

    return run


def test_figures_are_those_of_scikit_learn(judge):
    table = made()
    record, answer = judge(table, "--threshold 0.3")
    y, flagged = table.y, table.p >= 0.3
    assert record["metrics"]["auc_roc"] == pytest.approx(sk.roc_auc_score(y, table.p))
    assert record["metrics"]["log_loss"] == pytest.approx(sk.log_loss(y, table.p))
    assert record["metrics"]["f1_score"] == pytest.approx(sk.f1_score(y, flagged))
    assert sk.classification_report(y, flagged) in answer.stdout
    for name, interval in record["intervals"].items():
        assert interval["low"] < record["metrics"][name] < interval["high"]


def test_calibration_is_summed_up(judge):
    table = made(20_000)
    record, answer = judge(table)
    right = record["calibration"]["after"]
    assert right["mean_probability"] == pytest.approx(table.p.mean())
    assert right["prevalence"]["value"] == pytest.approx(table.y.mean())
    for figure, target in (("in_the_large", 0), ("slope", 1)):
        assert right[figure]["interval"]["low"] < target < right[figure]["interval"]["high"]
    assert "Calibration on the rows (probabilities as given)" in answer.stdout

    record, answer = judge(table.assign(p=(table.p * 1.5).clip(upper=1)))
    assert record["calibration"]["after"]["in_the_large"]["interval"]["high"] < 0
    assert any("mean probability" in warning for warning in record["warnings"])



def test_calibration_by_whole_groups_is_less_sure(judge):
    table = made(20_000).iloc[:5_000]
    copies = pd.concat([table.assign(user=range(len(table)))] * 4)
    alone, answer = judge(copies.drop(columns="user"))
    grouped, answer = judge(copies, "--group user")
    assert "Calibration on the rows (probabilities as given)" in answer.stdout

    def width(record, figure):
        interval = record["calibration"]["after"][figure]["interval"]
        return interval["high"] - interval["low"]

    for figure in ("prevalence", "in_the_large", "slope"):
        assert width(grouped, figure) == pytest.approx(2 * width(alone, figure), rel=0.1)
    for bins in zip(grouped["calibration"]["curve"], alone["calibration"]["curve"], strict=True):
        assert bins[0]["rate"] == bins[1]["rate"]
        ends = [each["rate_interval"] for each in bins]
        assert ends[0]["high"] - ends[0]["low"] > 1.5 * (ends[1]["high"] - ends[1]["low"])


def test_a_better_model_is_told_from_a_worse_one(judge):
    record, answer = judge(made(), "--score p,q --threshold f1")
    auc = next(each for each in record["differences"]
               if (each["rival"], each["metric"]) == ("q", "auc_roc"))  # fmt: skip
    assert auc["interval"]["low"] > 0
    assert "better than flagging everyone and the score q" in record["verdict"]
    assert "Less the score q" in answer.stdout


def test_models_that_know_the_same_are_indistinguishable(judge):
    table = made()
    rng = np.random.default_rng(5)
    table["q"] = np.clip(table.p + rng.normal(0, 0.002, len(table)), 0, 1).round(4)
    record, _ = judge(table, "--score p,q")
    assert "not shown to be better than the score q" in record["verdict"]


def test_whole_groups_widen_intervals(judge):
    once = made(800)
    fourfold = pd.concat([once.assign(user=range(len(once)))] * 4)
    right = judge(once)[0]["intervals"]
    by_group, answer = judge(fourfold, "--group user")
    assert by_group["design_effects"]["auc_roc"] == pytest.approx(4, rel=0.1)
    assert "Intervals are by whole groups" in answer.stdout
    for name in ("auc_roc", "f1_score", "log_loss", "average_precision"):
        width = by_group["intervals"][name]["high"] - by_group["intervals"][name]["low"]
        assert width == pytest.approx(right[name]["high"] - right[name]["low"], rel=0.1), name


def test_levels_name_the_worst(judge):
    table = made(6000)
    rng = np.random.default_rng(1)
    on_phone = table.device == "phone"
    table.loc[on_phone, "p"] = rng.permutation(table.p[on_phone])  # says nothing there
    record, _ = judge(table, "--by device --time day")
    device, week = record["segmentations"]
    assert [each["level"] for each in device["segments"]] == ["desk", "phone"]
    assert "Ranked worst, beyond chance: phone" in device["verdict"]
    assert week["column"] == "week of day"
    assert [each["level"] for each in week["segments"]][:2] == ["2026-01-05", "2026-01-12"]
    assert "may be chance" in week["verdict"]
    for each in device["segments"]:
        rows = table[table.device == each["level"]]
        assert each["rows"] == len(rows)
        assert each["mean_probability"] == pytest.approx(rows.p.mean())
        assert each["metrics"]["auc_roc"] == pytest.approx(sk.roc_auc_score(rows.y, rows.p))


def test_scales_agree(judge):
    table = made()
    probability = judge(table)[0]
    odds = table.assign(p=np.log(table.p / (1 - table.p)))
    log_odds = judge(odds, "--scale log_odds")[0]
    assert log_odds["metrics"] == pytest.approx(probability["metrics"])
    rank = judge(table.assign(p=table.p * 50), "--scale rank --threshold 25")[0]
    assert rank["metrics"]["auc_roc"] == probability["metrics"]["auc_roc"]
    assert rank["metrics"]["f1_score"] == probability["metrics"]["f1_score"]
    assert "log_loss" not in rank["metrics"]
    assert {each["metric"] for each in rank["differences"]} == {
        "f1_score", "auc_roc", "average_precision"}  # fmt: skip
    assert "log loss" not in rank["verdict"]


def test_what_was_not_computed_is_null_and_times_are_real(judge):
    record = judge(made().assign(p=lambda t: t.p * 50), "--scale rank --threshold 25")[0]
    assert record["calibration"]["after"]["mean_probability"] is None
    data = record["data"]
    assert data["train_rows"] is data["distinct_rows"] is data["features"] is None
    assert record["ended_at_ms"] >= record["started_at_ms"] > 1_700_000_000_000
    assert record["ended_at"] > "2023"


def test_few_positive_rows_compare_nothing(judge):
    table = made(600)
    table = table[(table.y == 0) | (table.y.cumsum() <= 12)].assign(q=0.5)
    record, answer = judge(table, "--score p,q --threshold 0.5")
    assert {each["interval"]["low"] for each in record["differences"]} == {None}
    assert "12 positive rows there are too few" in record["verdict"]
    assert "Less the" not in answer.stdout


def test_a_cut_chosen_on_other_rows_promises_no_more_than_it_holds(judge):
    """Scores without knowledge: the best cut on the same rows would beat flagging everyone."""
    rng = np.random.default_rng(9)
    table = made(400).assign(p=rng.random(400).round(4))
    record = judge(table, "--threshold f1")[0]
    best = max(sk.f1_score(table.y, table.p >= cut) for cut in table.p)
    assert record["metrics"]["f1_score"] < best
    assert record["metrics"]["threshold_lowest"] <= record["metrics"]["threshold_highest"]


def test_few_positives_have_exact_intervals_or_none(judge):
    table = made(200, seed=2, rate=0.03)
    assert 2 < table.y.sum() < 20
    record, answer = judge(table)
    assert record["intervals"]["auc_roc"] == {"low": None, "high": None}
    assert record["intervals"]["recall"]["low"] is not None
    assert "exact intervals" in answer.stderr


@pytest.mark.parametrize("p", [0.3, "label"])
def test_one_score_and_perfect_scores_have_figures(judge, p):
    table = made(500)
    table["p"] = table.y.astype(float) if p == "label" else p
    record, _ = judge(table)
    assert record["metrics"]["auc_roc"] == (1 if p == "label" else 0.5)
    assert None not in record["intervals"]["auc_roc"].values()


@pytest.mark.parametrize("groups", [1, 2, 4])
def test_few_groups_have_no_intervals_and_show_nothing(judge, groups):
    table = made(600)
    table["user"] = np.arange(len(table)) % groups
    record, answer = judge(table, "--score p,q --group user --threshold 0.2 --by user")
    assert {end for each in record["intervals"].values() for end in each.values()} == {None}
    assert {end for each in record["differences"] for end in each["interval"].values()} == {None}
    assert record["design_effects"] == {}
    assert "is better than" not in record["verdict"]
    assert any("Use rows of more groups" in warning for warning in record["warnings"])
    for segment in record["segmentations"][0]["segments"]:
        assert {end for each in segment["intervals"].values() for end in each.values()} == {None}
        assert (segment["p_ranking"], segment["p_calibration"]) == (1, 1)


def test_copies_in_a_group_are_no_evidence(judge):
    once = pd.DataFrame({"y": np.arange(60) % 2, "user": range(60)}).assign(p=lambda t: t.y * 0.9)
    tenfold = judge(pd.concat([once] * 10), "--group user")[0]["intervals"]
    assert tenfold["recall"] == pytest.approx(judge(once)[0]["intervals"]["recall"])
    assert tenfold["auc_roc"]["low"] == pytest.approx(0.025 ** (1 / 30))


def test_marks_of_levels_say_which_rows_are_few(judge):
    table = made(3000)
    table["level"] = np.where(np.arange(len(table)) < 30, "small", "large")
    record, answer = judge(table, "--by level")
    large, small = record["segmentations"][0]["segments"]
    assert (large["few"], large["compared"], small["few"]) == (False, False, True)
    assert None not in large["intervals"]["auc_roc"].values()
    assert "alone: no other level has enough rows" in answer.stdout
    line = next(line for line in answer.stdout.splitlines() if line.startswith("   large "))
    assert line.endswith("   alone")
    line = next(line for line in answer.stdout.splitlines() if line.startswith("   small "))
    assert line.endswith("   few")
