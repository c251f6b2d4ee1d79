"""XGBoost and LightGBM on counted patterns against the libraries' Python packages on rows."""

import json
import pickle

import lightgbm
import numpy as np
import onnx
import onnxruntime
import pandas as pd
import pytest
import xgboost
from sklearn.metrics import log_loss, roc_auc_score

ROUNDS = 60
CATEGORIES = {"source": ["direct", "mail", "search", "social", "video"]}
QUICK = "--figures none --folds 2"


def sessions(rows, seed, holes=True):
    """Rows of few values, of which many are equal; a category and missing values."""
    draw = np.random.default_rng(seed)
    depth = draw.choice(6, rows, p=[0.44, 0.11, 0.25, 0.08, 0.05, 0.07]) + 1
    source = draw.integers(0, 5, rows)
    frame = pd.DataFrame(
        {
            "depth": depth,
            "hour": draw.integers(0, 24, rows),
            "mobile": draw.integers(0, 2, rows),
            "source": np.array(CATEGORIES["source"])[source],
            "visits": draw.integers(1, 4, rows).astype(float),
        }
    )
    chance = np.array([0, 0.004, 0.01, 0.03, 0.09, 0.3, 0.55])[depth]
    chance = chance * (1.2 - 0.6 * frame["mobile"]) * np.array([1, 0.4, 1.4, 0.6, 1])[source]
    frame["y"] = (draw.random(rows) < chance).astype(int)
    if holes:
        frame.loc[draw.random(rows) < 0.2, "visits"] = np.nan
        frame.loc[draw.random(rows) < 0.1, "source"] = None
    return frame


def matrix(frame):
    """Values as our learners see them: float32, categories as their places in sorted order."""
    columns = []
    for name in frame.columns.drop("y"):
        values = frame[name]
        if name in CATEGORIES:
            codes = pd.Categorical(values, categories=CATEGORIES[name]).codes
            values = np.where(codes < 0, np.nan, codes)
        columns.append(np.asarray(values, np.float32))
    return np.stack(columns, axis=1)


def by_xgboost(train, test, weight):
    """The library's own margins, trained on single rows."""
    kinds = ["c" if name in CATEGORIES else "float" for name in train.columns.drop("y")]
    parameters = {"objective": "binary:logistic", "tree_method": "hist", "nthread": 1}
    parameters |= {"max_depth": 5, "learning_rate": 0.1, "scale_pos_weight": weight}
    table = xgboost.DMatrix(matrix(train), train["y"], feature_types=kinds, enable_categorical=True)
    booster = xgboost.train(parameters, table, ROUNDS)
    others = xgboost.DMatrix(matrix(test), feature_types=kinds, enable_categorical=True)
    return booster.predict(others, output_margin=True)


def by_lightgbm(train, test, weight):
    places = [i for i, name in enumerate(train.columns.drop("y")) if name in CATEGORIES]
    positive = weight * train["y"].mean()
    negative = 1 - train["y"].mean()
    parameters = {"objective": "binary", "num_threads": 1, "verbosity": -1, "num_leaves": 16}
    parameters |= {"learning_rate": 0.1, "scale_pos_weight": weight, "min_data_in_bin": 1}
    # Twenty rows, told from their hessian, as ours are.
    parameters |= {"min_data_in_leaf": 1, "feature_pre_filter": False}
    parameters["min_sum_hessian_in_leaf"] = 20 * positive * negative / (positive + negative)
    table = lightgbm.Dataset(matrix(train), train["y"], categorical_feature=places)
    return lightgbm.train(parameters, table, ROUNDS).predict(matrix(test), raw_score=True)


PEERS = {
    "xgboost": (by_xgboost, "--max-depth 5 --learning-rate 0.1"),
    "lightgbm": (by_lightgbm, "--num-leaves 16"),
}


def trained(rarewood, folder, frame, words):
    frame.to_csv(folder / "table.csv", index=False)
    answer = rarewood(
        f"train table.csv --target y {QUICK} --n-estimators {ROUNDS} --json run.json {words}"
    )
    assert answer.returncode == 0, answer.stderr
    return json.loads((folder / "run.json").read_text())


def our_margins(folder, frame):
    """Raw scores of the saved model in onnxruntime."""
    model = onnx.load(folder / "store" / "models" / "classification_model.onnx")
    model.graph.output.append(
        onnx.helper.make_tensor_value_info("rarewood:sum", onnx.TensorProto.FLOAT, [None, 1])
    )
    inputs = {}
    for name in frame.columns.drop("y"):
        if name in CATEGORIES:
            values = frame[name].fillna("").to_numpy(dtype=object)
        else:
            values = frame[name].to_numpy(np.float32)
        inputs[name] = values[:, None]
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    sums, probability = session.run(["rarewood:sum", "probability"], inputs)
    return sums[:, 0], probability[:, 0]


def split_by_hand(frame, seed):
    part = np.random.default_rng(seed).choice(["a", "b", "test"], len(frame), p=[0.4, 0.4, 0.2])
    return frame.assign(part=part), frame[part != "test"], frame[part == "test"]


@pytest.mark.parametrize("learner", PEERS)
@pytest.mark.parametrize(
    "native, balanced",
    [(False, False), (False, True), (True, False)],
    ids=["numbers", "balanced", "categories"],
)
def test_patterns_teach_what_rows_teach(learner, native, balanced, rarewood, tmp_path):
    frame = sessions(30_000, 1)
    if not native:
        frame = frame.drop(columns="source")
    table, train, test = split_by_hand(frame, 2)
    peer, words = PEERS[learner]
    words += f" --learner {learner} --balance {'class_weight' if balanced else 'none'}"
    words += " --split column --fold-column part"
    run = trained(rarewood, tmp_path, table, words)
    assert run["data"]["distinct_rows"] < len(frame) / 4
    ours, probability = our_margins(tmp_path, test)
    negatives, positives = np.bincount(train["y"])
    theirs = peer(train, test, negatives / positives if balanced else 1)
    truth = test["y"]
    # LightGBM's rules for categories count rows, and it starts weighted rows at the plain base rate.
    exact = learner == "xgboost" or not (native or balanced)
    assert roc_auc_score(truth, ours) == pytest.approx(
        roc_auc_score(truth, theirs), abs=1e-4 if exact else 2e-3
    )
    assert log_loss(truth, 1 / (1 + np.exp(-ours.astype(float)))) == pytest.approx(
        log_loss(truth, 1 / (1 + np.exp(-theirs.astype(float)))), rel=1e-3 if exact else 1e-2
    )
    if exact:
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=5e-3)
    assert run["metrics"]["auc_roc"] == pytest.approx(roc_auc_score(truth, probability), abs=1e-6)


@pytest.mark.parametrize("learner", PEERS)
def test_every_scorer_says_the_same(learner, rarewood, tmp_path):
    frame = sessions(6_000, 3)
    words = f"--learner {learner} --balance class_weight"
    trained(rarewood, tmp_path, frame, words)
    answer = rarewood(
        "score table.csv --model store/models/classification_model.pkl --out scored.csv"
    )
    assert answer.returncode == 0, answer.stderr
    scored = pd.read_csv(tmp_path / "scored.csv")["probability"]
    np.testing.assert_allclose(our_margins(tmp_path, frame)[1], scored, rtol=0, atol=1e-6)
    with (tmp_path / "store" / "models" / "classification_model.pkl").open("rb") as file:
        model = pickle.load(file)
    ours = model.predict_proba(frame.drop(columns="y"))[:, 1]
    np.testing.assert_allclose(ours, scored, rtol=0, atol=1e-6)


@pytest.mark.parametrize("learner", PEERS)
def test_threads_do_not_change_a_byte(learner, rarewood, tmp_path):
    """Of our own; the libraries get one on so small a table (see booster_process_test.cpp)."""
    frame = sessions(4_000, 4)
    found = set()
    for threads in (1, 2, 3, 8):
        words = f"--learner {learner} --n-jobs {threads} --colsample-bytree 0.7"
        trained(rarewood, tmp_path, frame, words)
        found.add((tmp_path / "store" / "models" / "classification_model.onnx").read_bytes())
    assert len(found) == 1


@pytest.mark.parametrize("learner", PEERS)
def test_early_stopping_keeps_what_generalises(learner, rarewood, tmp_path):
    frame = sessions(6_000, 5)
    words = f"--learner {learner} --learning-rate 0.9"
    noisy = trained(rarewood, tmp_path, frame, words)
    stopped = trained(rarewood, tmp_path, frame, words + " --early-stopping-rounds 5")
    assert stopped["metrics"]["auc_roc"] > noisy["metrics"]["auc_roc"] + 0.01
    assert stopped["metrics"]["boosting_rounds"] < noisy["metrics"]["boosting_rounds"]


@pytest.mark.parametrize("balance", ["class_weight", "random_under"])
def test_early_stopping_goes_with_what_makes_no_rows(balance, rarewood, tmp_path):
    words = f"--learner lightgbm --early-stopping-rounds 5 --eval-metric auc --balance {balance}"
    run = trained(rarewood, tmp_path, sessions(6_000, 6), words + " --learning-rate 0.9")
    assert run["metrics"]["auc_roc"] > 0.8
