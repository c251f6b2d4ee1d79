"""Costs that differ from row to row: figures held against numpy, row by row."""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import scipy.stats

sys.path.insert(0, str(Path(__file__).parent))
from test_evaluate import judge, made  # noqa: E402, F401

TRAIN = (
    "--target bought --threshold cost --figures none --n-estimators 20 --min-samples-leaf 20 "
    "--json run.json --log-level error"
)


def orders(rows=4000, seed=4):
    """Few distinct rows of features, each row with its own revenue; it tells of the outcome."""
    rng = np.random.default_rng(seed)
    depth = rng.integers(1, 7, rows)
    bought = (rng.random(rows) < 0.4 * (depth / 6) ** 3).astype(int)
    revenue = np.where(bought == 1, rng.lognormal(3, 1, rows).round(2), np.nan)
    fold = np.where(np.arange(rows) % 4 == 0, "test", (np.arange(rows) % 3).astype(str))
    return pd.DataFrame(
        {
            "depth": depth,
            "source": rng.choice(["ads", "mail"], rows),
            "call": rng.integers(1, 5, rows) / 2,
            "revenue": revenue,
            "part": fold,
            "bought": bought,
        }
    )


def cost_by_row(table, flagged, false_positive, false_negative):
    """A mean over rows, one by one."""
    total = 0.0
    for y, flag, fp, fn in zip(table, flagged, false_positive, false_negative):
        total += fp if flag and not y else fn if y and not flag else 0
    return total / len(flagged)


@pytest.fixture
def run(rarewood, tmp_path):
    def start(table, words, command="train"):
        table.to_csv(tmp_path / "t.csv", index=False)
        answer = rarewood(f"{command} t.csv {words}")
        assert answer.returncode == 0, answer.stderr
        return json.loads((tmp_path / "run.json").read_text()), answer.stdout

    return start


COLUMNS = "--cost-false-positive-column call --cost-false-negative-column revenue"


@pytest.mark.parametrize(
    "words",
    [
        COLUMNS,
        "--cost-false-positive 2.5 --cost-false-negative-column revenue --exclude call",
        "--cost-false-positive-column call --cost-false-negative 40 --exclude revenue",
    ],
)
def test_the_cost_of_the_test_rows_is_that_of_numpy(run, rarewood, tmp_path, words):
    table = orders()
    record, text = run(table, f"{TRAIN} --split column --fold-column part {words}")
    assert record["data"]["features"] == 2  # neither costs nor folds
    test = table[table.part == "test"].reset_index(drop=True)
    test.to_csv(tmp_path / "test.csv", index=False)
    answer = rarewood("score test.csv --out scored.csv")
    assert answer.returncode == 0, answer.stderr
    scored = pd.read_csv(tmp_path / "scored.csv")
    label = next(c for c in scored.columns if "label" in c or "predict" in c)
    call = test.call if "positive-column" in words else np.full(len(test), 2.5)
    miss = test.revenue if "negative-column" in words else np.full(len(test), 40)
    expected = cost_by_row(test.bought, scored[label].astype(int), call, miss)
    assert record["threshold"]["test"] == pytest.approx(expected, rel=1e-12)
    assert record["metrics"]["cost"] == record["threshold"]["test"]
    rivals = {each["name"]: each["metrics"]["cost"] for each in record["baselines"]}
    everyone = cost_by_row(test.bought, np.ones(len(test)), call, miss)
    nobody = cost_by_row(test.bought, np.zeros(len(test)), call, miss)
    assert rivals["flag_all"] == pytest.approx(everyone, rel=1e-12)
    assert rivals["flag_none"] == pytest.approx(nobody, rel=1e-12)
    low, high = record["threshold"]["test_interval"].values()
    assert low < expected < high
    assert "flagging nobody" in record["verdict"] and "F1" not in record["verdict"].split(". ")[0]
    assert "Cost of a row:" in text


def test_neither_order_nor_threads_change_a_byte(run, tmp_path):
    table = orders()
    model = tmp_path / "store/models/classification_model.onnx"
    first, _ = run(table, f"{TRAIN} {COLUMNS} --n-jobs 1")
    bytes_of_first = model.read_bytes()
    again, _ = run(table.sample(frac=1, random_state=1), f"{TRAIN} {COLUMNS} --n-jobs 3")
    assert model.read_bytes() == bytes_of_first
    assert again["threshold"] == first["threshold"]


def test_costs_that_are_all_alike_are_the_constants(run):
    table = orders().assign(call=2.0)
    table["revenue"] = 30.0
    own, _ = run(table, f"{TRAIN} --split column --fold-column part {COLUMNS}")
    constant, _ = run(table, f"{TRAIN} --split column --fold-column part --exclude call,revenue "
                      "--cost-false-positive 2 --cost-false-negative 30")  # fmt: skip
    assert own["threshold"]["optimum"] == constant["threshold"]["optimum"]
    assert own["threshold"]["best_out_of_fold"] == pytest.approx(
        constant["threshold"]["best_out_of_fold"], rel=1e-12)  # fmt: skip
    assert own["threshold"]["plateau"] == pytest.approx(constant["threshold"]["plateau"])


def test_a_cost_column_is_a_feature_where_it_is_included(run):
    record, _ = run(orders(), f"{TRAIN} --include call {COLUMNS} --exclude part")
    assert record["data"]["features"] == 3


def test_candidates_are_chosen_by_cost(run):
    words = (
        f"--target bought --threshold cost {COLUMNS} --exclude part --learners forest,logistic,dummy"
        " --balances none --set forest.n_estimators=20 --json run.json --log-level error"
    )
    record, text = run(orders(), words, "compare")
    assert record["by"] == "cost"
    figures = [each["figure"] for each in record["candidates"]]
    assert figures == sorted(figures) and "Candidates by Cost of a row" in text
    first = record["candidates"][0]
    low, high = first["intervals"]["cost"].values()
    assert low < first["figure"] < high
    assert "Cost of a row" in record["choice"]


def test_scores_of_other_models_are_judged_by_cost(judge):  # noqa: F811
    table = made()
    rng = np.random.default_rng(8)
    table["revenue"] = np.where(table.y == 1, rng.lognormal(3, 1, len(table)).round(2), np.nan)
    words = "--cost-false-positive 3 --cost-false-negative-column revenue --threshold"
    record, answer = judge(table, f"{words} 0.1")
    flagged = table.p >= 0.1
    expected = cost_by_row(table.y, flagged, np.full(len(table), 3.0), table.revenue)
    assert record["metrics"]["cost"] == pytest.approx(expected, rel=1e-12)
    low, high = record["intervals"]["cost"].values()
    assert low < expected < high
    assert "better than flagging everyone and flagging nobody" in record["verdict"]
    assert "Flagging nobody" in answer.stdout
    chosen, _ = judge(table, f"{words} cost")
    assert chosen["metrics"]["threshold_lowest"] > 0
    assert chosen["metrics"]["cost"] <= 1.05 * expected


def test_a_better_eye_for_dear_rows_is_seen(judge):  # noqa: F811
    """Equal in what they flag, but one finds the dear ones."""
    rng = np.random.default_rng(2)
    rows = 6000
    y = (rng.random(rows) < 0.2).astype(int)
    revenue = np.where(y == 1, rng.choice([1.0, 100.0], rows), np.nan)
    found = (y == 1) & (rng.random(rows) < 0.5)
    dear = (y == 1) & (revenue > 50)
    noise = (y == 0) & (rng.random(rows) < 0.1)
    table = pd.DataFrame({"y": y, "revenue": revenue,
                          "p": np.where(dear | noise, 0.9, 0.1),
                          "q": np.where(found | noise, 0.9, 0.1)})  # fmt: skip
    record, _ = judge(table, "--score p,q --cost-false-positive 1 "
                      "--cost-false-negative-column revenue")  # fmt: skip
    cost = next(each for each in record["differences"]
                if (each["rival"], each["metric"]) == ("q", "cost"))  # fmt: skip
    assert cost["interval"]["high"] < 0 and cost["p_adjusted"] < 1e-6


def test_costs_groups_and_levels_are_those_of_numpy_together(run, rarewood, tmp_path):
    """Cost of the test rows, of each level, and its interval by whole users."""
    table = orders()
    rng = np.random.default_rng(6)
    users = np.arange(len(table)) // 4 % 100
    # What a missed order costs is mostly the user's.
    dear = rng.uniform(1, 9, 100)[users]
    table["revenue"] = np.where(table.bought == 1, rng.integers(5, 15, len(table)) * dear, np.nan)
    table["user"], table["region"] = users, np.array(["north", "south"])[users % 2]
    words = "--exclude user,region --group-column user --by region --split column --fold-column part"
    record, text = run(table, f"{TRAIN} {words} {COLUMNS}")
    test = table[table.part == "test"].reset_index(drop=True)
    test.to_csv(tmp_path / "test.csv", index=False)
    assert rarewood("score test.csv --out scored.csv").returncode == 0
    scored = pd.read_csv(tmp_path / "scored.csv")
    flagged = scored.probability >= record["metrics"]["threshold"]
    cost = np.where(test.bought == 1, np.where(flagged, 0, test.revenue.fillna(0)),
                    np.where(flagged, test.call, 0))  # fmt: skip
    assert record["metrics"]["cost"] == pytest.approx(cost.mean(), rel=1e-12)
    sums = pd.Series(cost - cost.mean()).groupby(test.user).sum()
    squares, groups = (sums**2).sum(), len(sums)
    error = np.sqrt(squares * groups / (groups - 1)) / len(test)
    freedom = squares**2 / (sums**4).sum()  # as many users as decide
    half = scipy.stats.t.ppf(0.975, freedom) * error
    low, high = record["threshold"]["test_interval"].values()
    assert (low, high) == pytest.approx((cost.mean() - half, cost.mean() + half), rel=1e-6)
    assert freedom > 2
    assert abs(error / (cost.std() / np.sqrt(len(test))) - 1) > 0.01  # it matters whose rows they are
    assert record["data"]["groups"] == {"column": "user", "groups": test.user.nunique()}
    (regions,) = record["segmentations"]
    for segment in regions["segments"]:
        rows = (test.region == segment["level"]).to_numpy()
        assert segment["rows"] == rows.sum() and segment["flagged"] == flagged[rows].sum()
    assert "whole groups of user" in text


def figures_of(record):
    """All figures of a run of `evaluate`, by where they stand."""
    return {
        "metrics": record["metrics"],
        "rivals": {each["name"]: each["metrics"] for each in record["baselines"]},
        "differences": [each["difference"] for each in record["differences"]],
        "levels": [
            segment["metrics"]
            for column in record["segmentations"]
            for segment in column["segments"]
        ],
    }


def numbers_in(figures):
    if isinstance(figures, dict):
        figures = list(figures.values())
    if isinstance(figures, list):
        return [number for each in figures for number in numbers_in(each)]
    return [figures]


def test_scores_that_are_equal_are_dealt_out_the_same_in_any_order(judge):  # noqa: F811
    table = made()
    rng = np.random.default_rng(5)
    table["p"], table["q"] = table.p.round(2), table.q.round(2)
    table["call"] = rng.integers(1, 9, len(table)) / 2
    table["revenue"] = rng.lognormal(3, 1, len(table)).round(2)
    words = "--score p,q --threshold cost --by device,day " + COLUMNS
    first, _ = judge(table, words)
    assert len({first["metrics"]["threshold_lowest"], first["metrics"]["threshold_highest"]}) == 2
    for seed in range(3):
        again, _ = judge(table.sample(frac=1, random_state=seed), words)
        assert numbers_in(figures_of(again)) == pytest.approx(
            numbers_in(figures_of(first)), rel=1e-9
        )
