"""A test part with few positive rows: the recipe is judged on all rows by repeated cross-fitting."""

import json

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict


def table(rows, intercept):
    draw = np.random.default_rng(1)
    x = draw.normal(size=(rows, 3))
    chance = 1 / (1 + np.exp(-(1.2 * x[:, 0] + intercept)))
    return pd.DataFrame(x, columns=list("abc")).assign(y=(draw.random(rows) < chance).astype(int))


@pytest.fixture
def trained(rarewood, tmp_path):
    def run(frame, *words):
        frame.to_parquet(tmp_path / "t.parquet")
        answer = rarewood(
            ["train", "t.parquet", "--target", "y", "--learner", "logistic", "--figures", "none",
             "--json", "run.json", *words]
        )  # fmt: skip
        assert answer.returncode == 0, answer.stderr
        return json.loads((tmp_path / "run.json").read_text()), answer.stdout

    return run


def test_all_rows_are_judged_as_scikit_learn_judges_them(trained):
    frame = table(3000, -3.5)
    run, text = trained(frame)
    judged = run["all_rows"]
    assert (judged["rows"], judged["positives"]) == (3000, frame.y.sum())
    assert "each row by models that did not see it, 5 times over" in judged["description"]
    assert "On all 3,000 rows" in text
    aucs, precisions = [], []
    for seed in range(5):
        folds = StratifiedKFold(5, shuffle=True, random_state=seed)
        model = LogisticRegression()
        p = cross_val_predict(model, frame[list("abc")], frame.y, cv=folds, method="predict_proba")
        aucs.append(roc_auc_score(frame.y, p[:, 1]))
        precisions.append(average_precision_score(frame.y, p[:, 1]))
    assert judged["metrics"]["auc_roc"] == pytest.approx(np.mean(aucs), abs=0.01)
    assert judged["metrics"]["average_precision"] == pytest.approx(np.mean(precisions), abs=0.02)
    test_width = run["intervals"]["auc_roc"]["high"] - run["intervals"]["auc_roc"]["low"]
    width = judged["intervals"]["auc_roc"]["high"] - judged["intervals"]["auc_roc"]["low"]
    assert width < 0.7 * test_width
    assert judged["baselines"][0]["name"] == "flag_all"


def test_enough_positives_need_no_more(trained):
    run, text = trained(table(3000, -1))
    assert run["all_rows"]["rows"] == 0
    assert "On all" not in text


def test_a_split_with_a_meaning_is_not_undone(trained):
    frame = table(3000, -3.5).assign(day=np.arange(3000))
    run, _ = trained(frame, "--time-column", "day")
    assert run["all_rows"]["rows"] == 0


def test_threads_leave_no_trace(trained):
    frame = table(1500, -3.5)
    one, _ = trained(frame, "--n-jobs", "1")
    three, _ = trained(frame, "--n-jobs", "3")
    assert one["all_rows"] == three["all_rows"]
