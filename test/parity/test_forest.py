"""The forest against scikit-learn's: same rows, same parameters; and our numbers against its own."""

import json

import numpy as np
import pandas as pd
import pytest
from sklearn.compose import make_column_transformer
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import (
    average_precision_score,
    brier_score_loss,
    f1_score,
    log_loss,
    precision_score,
    recall_score,
    roc_auc_score,
)
from sklearn.model_selection import StratifiedKFold, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

TREES = 200
FOLDS = 5


def parts_of(labels, seed):
    """'test' for a stratified fifth of the rows, '0' to '4' for folds of the others."""
    rows = np.arange(len(labels))
    train, test = train_test_split(rows, test_size=0.2, stratify=labels, random_state=seed)
    part = np.full(len(labels), "test", dtype=object)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    for fold, (_, members) in enumerate(folds.split(train, labels[train])):
        part[train[members]] = str(fold)
    assert (part == "test").sum() == len(test)
    return part


def peer(frame, target, part, **parameters):
    """Scores of scikit-learn's forest on the test rows, categories one-hot."""
    features = frame.drop(columns=target)
    texts = [name for name in features if not pd.api.types.is_numeric_dtype(features[name])]
    encoder = make_column_transformer(
        (OneHotEncoder(handle_unknown="ignore"), texts), remainder="passthrough"
    )
    forest = RandomForestClassifier(TREES, n_jobs=-1, random_state=0, **parameters)
    test = part == "test"
    fitted = make_pipeline(encoder, forest).fit(features[~test], frame[target][~test])
    return fitted.predict_proba(features[test])[:, 1]


def ours(rarewood, folder, frame, target, part, words=""):
    """The run's JSON; its model lies in folder/store."""
    frame.assign(part=part).to_csv(folder / "table.csv", index=False)
    answer = rarewood(
        f"train table.csv --target {target} --split column --fold-column part --figures none "
        f"--n-estimators {TREES} --json run.json {words}"
    )
    assert answer.returncode == 0, answer.stderr
    return json.loads((folder / "run.json").read_text())


@pytest.fixture(scope="module")
def shoppers(shared):
    path = shared / "data" / "online_shoppers" / "online_shoppers_intention.csv"
    return pd.read_csv(path, sep=";").astype({"Weekend": int, "Revenue": int})


def entropy(rate):
    return -rate * np.log(rate) - (1 - rate) * np.log(1 - rate)


def test_real_shoppers_are_ranked_as_well(shoppers, rarewood, tmp_path):
    labels = shoppers["Revenue"].to_numpy()
    found = []
    for seed in range(5):
        part = parts_of(labels, seed)
        metrics = ours(rarewood, tmp_path, shoppers, "Revenue", part)["metrics"]
        scores = peer(shoppers, "Revenue", part)
        truth = labels[part == "test"]
        found.append(
            (
                metrics["auc_roc"],
                roc_auc_score(truth, scores),
                metrics["log_loss"],
                log_loss(truth, scores),
            )
        )
    auc, peer_auc, loss, peer_loss = np.mean(found, axis=0)
    assert auc >= peer_auc - 0.005, found
    assert loss < peer_loss + 0.01, found
    assert loss < 0.65 * entropy(labels.mean()), found


def numbers_with_holes(rows, seed):
    """Eight numbers, two of them noise; a tenth of the cells missing, one column by its value."""
    draw = np.random.default_rng(seed)
    values = draw.normal(size=(rows, 8)).round(3)
    sum_of_effects = values[:, 0] + values[:, 1] * values[:, 2] - 0.7 * (values[:, 3] > 0.5)
    chance = 1 / (1 + np.exp(3.2 - 1.3 * sum_of_effects + 0.4 * np.abs(values[:, 4])))
    target = (draw.random(rows) < chance).astype(int)
    values[draw.random(values.shape) < 0.1] = np.nan
    values[values[:, 5] > 1.5, 5] = np.nan
    return pd.DataFrame(values, columns=[f"x{i}" for i in range(8)]).assign(y=target)


def sessions(rows, seed):
    """Whole numbers of few values, as a shop's sessions have them: many rows are equal."""
    draw = np.random.default_rng(seed)
    depth = draw.choice(6, rows, p=[0.44, 0.11, 0.25, 0.08, 0.05, 0.07]) + 1
    frame = pd.DataFrame(
        {
            "repeat": (draw.random(rows) < 0.17).astype(int),
            "hour": draw.integers(0, 24, rows),
            "depth": depth,
            "search": (draw.random(rows) < 0.67).astype(int),
            "mobile": (draw.random(rows) < 0.31).astype(int),
        }
    )
    chance = np.array([0, 0.004, 0.01, 0.03, 0.09, 0.3, 0.55])[depth]
    chance = chance * (1.2 - 0.6 * frame["mobile"]) * (0.9 + 0.3 * frame["repeat"])
    return frame.assign(y=(draw.random(rows) < chance).astype(int))


@pytest.mark.parametrize("make", [numbers_with_holes, sessions])
def test_balanced_forests_rank_alike(make, rarewood, tmp_path):
    found = []
    for seed in range(3):
        frame = make(20_000, seed)
        part = parts_of(frame["y"].to_numpy(), seed)
        parameters = {"max_depth": 12, "min_samples_leaf": 3}
        words = "--max-depth 12 --min-samples-leaf 3 --class-weight balanced --class-weight-as draw"
        run = ours(rarewood, tmp_path, frame, "y", part, words)
        scores = peer(frame, "y", part, class_weight="balanced", **parameters)
        truth = frame["y"][part == "test"]
        found.append((run["metrics"]["auc_roc"], roc_auc_score(truth, scores)))
        assert run["metrics"]["log_loss"] < entropy(truth.mean()), "calibrated in spite of weights"
    auc, peer_auc = np.mean(found, axis=0)
    assert abs(auc - peer_auc) < 0.01, found


@pytest.mark.parametrize("balance", ["none", "class_weight", "smote"])
def test_metrics_of_a_run_are_those_of_its_scored_rows(balance, rarewood, tmp_path):
    frame = numbers_with_holes(6_000, 7)
    part = parts_of(frame["y"].to_numpy(), 7)
    run = ours(rarewood, tmp_path, frame, "y", part, f"--balance {balance} --min-samples-leaf 2")
    frame[part == "test"].to_csv(tmp_path / "test.csv", index=False)
    answer = rarewood(
        "score test.csv --model store/models/classification_model.onnx --out scored.csv"
    )
    assert answer.returncode == 0, answer.stderr
    scored = pd.read_csv(tmp_path / "scored.csv")
    truth, scores, labels = scored["y"], scored["probability"], scored["label"]
    assert len(scored) == run["data"]["test_rows"] and set(labels) == {0, 1}
    wanted = {
        "f1_score": f1_score(truth, labels),
        "precision": precision_score(truth, labels),
        "recall": recall_score(truth, labels),
        "auc_roc": roc_auc_score(truth, scores),
        "average_precision": average_precision_score(truth, scores),
        "brier": brier_score_loss(truth, scores),
        "log_loss": log_loss(truth, scores),
    }
    assert {name: run["metrics"][name] for name in wanted} == pytest.approx(wanted, abs=1e-6)
