"""Does the model hold over time: the latest rows beside the test part drawn at random."""

import json

import numpy as np
import pandas as pd
import pytest


def visits(late_rate, rows=12_000):
    """A year of visits whose outcome depends on x; from November on at `late_rate` of its chance."""
    draw = np.random.default_rng(3)
    day = np.sort(draw.integers(0, 365, rows))
    x = draw.normal(size=rows).round(1)
    chance = 1 / (1 + np.exp(2 - 1.5 * x))
    happens = draw.random(rows) < np.where(day >= 305, late_rate, 1) * chance
    return pd.DataFrame(
        {"day": pd.Timestamp("2023-01-01") + pd.to_timedelta(day, "D"), "x": x, "y": happens * 1}
    )


@pytest.fixture
def trained(rarewood, tmp_path):
    def run(table, *words):
        table.to_parquet(tmp_path / "t.parquet")
        answer = rarewood(
            ["train", "t.parquet", "--target", "y", "--figures", "none", "--json", "run.json",
             "--n-estimators", "25", "--min-samples-leaf", "20", *words]
        )  # fmt: skip
        assert answer.returncode == 0, answer.stderr
        return json.loads((tmp_path / "run.json").read_text()), answer

    return run


BESIDE = ["--split", "stratified", "--time-column", "day"]


def test_a_shift_is_named(trained):
    run, answer = trained(visits(late_rate=0.4), *BESIDE)
    check = run["time_check"]
    assert not check["agrees"]
    assert "unlike the earlier ones" in run["verdict"]
    assert check["verdict"] in run["warnings"]
    assert "Does it hold over time?" in answer.stdout
    assert "unlike the earlier ones" in answer.stderr
    latest = check["latest"]
    assert latest["rate_interval"]["high"] < 0.9 * latest["mean_probability"]


def test_no_shift_is_not(trained):
    run, answer = trained(visits(late_rate=1), *BESIDE)
    assert run["time_check"]["agrees"]
    assert "unlike" not in run["verdict"] + answer.stderr
    assert "The latest rows are as the earlier ones promised." in answer.stdout


def test_few_latest_positives_do_not_agree_nor_disagree(trained):
    table = visits(late_rate=1, rows=1500)
    run, _ = trained(table.assign(y=table.y * (table.index % 3 == 0)), *BESIDE)
    assert "too few to tell" in run["time_check"]["verdict"]


def test_its_figures_are_those_of_a_split_by_time(trained):
    table = visits(late_rate=0.4)
    beside, _ = trained(table, *BESIDE, "--time-gap", "3d")
    by_time, _ = trained(table, "--time-column", "day", "--time-gap", "3d")
    latest = beside["time_check"]["latest"]
    assert by_time["params"]["split"] == "time"
    assert by_time["time_check"]["column"] == ""
    assert latest["rows"] == by_time["data"]["test_rows"]
    for metric in ("auc_roc", "log_loss"):
        assert latest["metrics"][metric] == pytest.approx(by_time["metrics"][metric], abs=1e-9)


def test_rows_in_the_gap_are_left_out(trained):
    table = visits(late_rate=1)
    run, answer = trained(table, "--time-column", "day", "--time-gap", "7d")
    days = table.day.sort_values().to_numpy()
    first = days[-int(np.ceil(0.2 * len(days)))]
    gap = ((table.day < first) & (table.day > first - pd.Timedelta("7D"))).sum()
    assert gap > 0
    assert run["data"]["test_rows"] == (table.day >= first).sum()
    assert run["data"]["rows"] == len(table) - gap
    assert run["data"]["left_out_by_reason"] == [
        {"reason": "less than 7d before the test rows", "rows": gap}
    ]
    assert f"Left out: {gap} less than 7d before the test rows" in answer.stdout


def test_it_can_be_left_out(trained):
    run, answer = trained(visits(late_rate=0.4), *BESIDE, "--no-time-check")
    assert run["time_check"]["column"] == ""
    assert "over time" not in answer.stdout


def test_too_few_early_positives_cost_the_check_not_the_run(trained):
    table = visits(late_rate=1, rows=2000)
    early = table.index < 1598
    table.loc[early & (table.y == 1), "y"] = 0
    run, _ = trained(table, *BESIDE)
    assert run["time_check"]["column"] == ""
    assert any("no check over time" in warning for warning in run["warnings"])


def test_a_time_column_beside_another_split_tells_the_rows_of_a_day(trained):
    run, answer = trained(visits(late_rate=1), *BESIDE, "--threshold", "per_day:3")
    assert run["threshold"]["rule"] == "per_day:3"
    # About 33 rows a day, three of which are to be flagged.
    assert run["threshold"]["wanted"] == pytest.approx(3 / (12_000 / 365), rel=0.15)


def test_the_audit_splits_as_training_does(rarewood, tmp_path):
    """A column that is another on the latest rows drifts where a time column alone is named."""
    table = visits(late_rate=1)
    table["version"] = (table.day >= pd.Timestamp("2023-09-01")) * 1.0
    table.to_parquet(tmp_path / "t.parquet")
    words = "audit t.parquet --target y --time-column day --json a.json"
    assert rarewood(words.split()).returncode == 0
    findings = json.loads((tmp_path / "a.json").read_text())["findings"]
    assert ("drift", "version") in [(each["kind"], each["column"]) for each in findings]


def cohorts(users=600, rows_each=20, seed=5):
    """Users whose own chance nothing tells but their number; each comes within a few days only."""
    draw = np.random.default_rng(seed)
    user = np.repeat(np.arange(users), rows_each)
    chance = np.where(draw.random(users) < 0.2, 0.7, 0.02)[user]
    day = user // 4 + draw.integers(0, 3, len(user))
    return pd.DataFrame(
        {
            "day": pd.Timestamp("2023-01-01") + pd.to_timedelta(day, "D"),
            "x": draw.permutation(users)[user],
            "user": [f"u{number}" for number in user],
            "y": (draw.random(len(user)) < chance) * 1,
        }
    )


def test_groups_stay_together_among_the_earlier_rows(trained):
    """Else the calibrator knows of users what it will not know of those to come."""
    words = ["--split", "group", "--group-column", "user", "--time-column", "day"]
    run, _ = trained(cohorts(), *words)
    latest = run["time_check"]["latest"]
    rate = latest["positives"] / latest["rows"]
    of_no_skill = -(rate * np.log(rate) + (1 - rate) * np.log(1 - rate))
    assert latest["metrics"]["log_loss"] < 1.05 * of_no_skill
    at_random = run["time_check"]["at_random"]["metrics"]
    assert latest["metrics"]["auc_roc"] == pytest.approx(at_random["auc_roc"], abs=0.1)
