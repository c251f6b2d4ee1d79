"""The dummy against scikit-learn's DummyClassifier, where both are functions of the row."""

import json

import numpy as np
import pandas as pd
import pytest
from sklearn.dummy import DummyClassifier
from sklearn.metrics import accuracy_score, f1_score, log_loss, roc_auc_score
from sklearn.model_selection import train_test_split


def table(positives, rows=1000, seed=1):
    labels = np.random.default_rng(seed).permutation((np.arange(rows) < positives).astype(int))
    return pd.DataFrame({"x": np.arange(rows) * 7919 % 31, "y": labels})


@pytest.mark.parametrize("strategy", ["most_frequent", "prior"])
@pytest.mark.parametrize("positives", [50, 300, 800])
def test_it_answers_as_scikit_learns(rarewood, tmp_path, strategy, positives):
    frame = table(positives)
    frame.to_csv(tmp_path / "t.csv", index=False)
    answer = rarewood(
        f"train t.csv --target y --learner dummy --dummy-strategy {strategy} --split sklearn "
        "--figures none --json run.json"
    )
    assert answer.returncode == 0, answer.stderr
    metrics = json.loads((tmp_path / "run.json").read_text())["metrics"]
    parts = train_test_split(
        frame[["x"]], frame["y"], test_size=0.2, random_state=42, stratify=frame["y"]
    )
    x, x_test, y, y_test = parts
    dummy = DummyClassifier(strategy=strategy).fit(x, y)
    labels = dummy.predict(x_test)
    assert metrics["accuracy"] == pytest.approx(accuracy_score(y_test, labels))
    assert metrics["f1_score"] == pytest.approx(f1_score(y_test, labels))
    assert metrics["auc_roc"] == roc_auc_score(y_test, dummy.predict_proba(x_test)[:, 1]) == 0.5
    # Ours is calibrated: the most frequent class, too, is said with the base rate's probability.
    prior = DummyClassifier(strategy="prior").fit(x, y)
    expected = log_loss(y_test, prior.predict_proba(x_test))
    assert metrics["log_loss"] == pytest.approx(expected, abs=1e-6)
