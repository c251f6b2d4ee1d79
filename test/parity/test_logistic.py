"""The logistic regression against scikit-learn's newton-cholesky: weights, scores, ONNX, pickle."""

import json
import warnings

import numpy as np
import onnx
import onnxruntime
import pandas as pd
import pytest
from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

MODEL = "store/models/classification_model"


def with_parts(frame, labels, seed=0):
    """A fold column: a fifth to test, the others in five folds, each class shared out evenly."""
    part = pd.Series("", index=frame.index)
    draw = np.random.default_rng(seed)
    for label in (0, 1):
        rows = draw.permutation(frame.index[labels == label])
        part[rows] = np.array(["test", "test", *"aaaabbbbcc"])[np.arange(len(rows)) % 12]
    return frame.assign(part=part)


def train(rarewood, folder, frame, words=""):
    """Fit on the rows whose part is not 'test'. Target y. The metadata of the saved model."""
    frame.to_csv(folder / "t.csv", index=False)
    answer = rarewood(
        "train t.csv --target y --learner logistic --split column --fold-column part "
        f"--figures none --json run.json {words}"
    )
    assert answer.returncode == 0, answer.stderr
    entries = onnx.load(folder / f"{MODEL}.onnx").metadata_props
    return {entry.key: json.loads(entry.value) for entry in entries if entry.key[9:] != "checksum"}


def peer(**options):
    return LogisticRegression(solver="newton-cholesky", tol=1e-8, max_iter=1000, **options)


def number_weights(found):
    linear = found["rarewood.linear"]
    return np.array([term["weight"] for term in linear["terms"]]), linear["intercept"]


def expect_equal_weights(rarewood, folder, frame, words="", **options):
    found, intercept = number_weights(train(rarewood, folder, frame, words))
    fit = frame[frame["part"] != "test"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of linear solves that lose digits on raw columns
        theirs = peer(**options).fit(fit.drop(columns=["y", "part"]).to_numpy(float), fit["y"])
    np.testing.assert_allclose(found, theirs.coef_[0], rtol=1e-4, atol=1e-4)
    assert intercept == pytest.approx(theirs.intercept_[0], rel=1e-4, abs=1e-4)


def random_table(rows, seed, levels=None):
    draw = np.random.default_rng(seed)
    x = draw.normal(size=(rows, 5)).astype(np.float32)
    if levels:
        x = np.floor(np.clip(x, -2, 2) * levels / 4).astype(np.float32)
    z = x @ np.array([0.8, -0.5, 0.3, 0, 1]) - 2.2
    labels = (draw.random(rows) < 1 / (1 + np.exp(-z))).astype(int)
    frame = pd.DataFrame(x, columns=list("abcde")).assign(y=labels)
    return with_parts(frame, labels, seed)


CLASS_WEIGHTS = [("", None), ("--balance class_weight", "balanced")]


@pytest.mark.parametrize(("words", "class_weight"), CLASS_WEIGHTS)
@pytest.mark.parametrize(("levels", "C"), [(None, 1), (4, 1), (4, 0.003), (None, 1000)])
def test_weights_are_scikit_learns(rarewood, tmp_path, levels, C, words, class_weight):
    """Continuous rows, of which none fold, and few values, of which nearly all do."""
    frame = random_table(4000, 3, levels)
    expect_equal_weights(
        rarewood, tmp_path, frame, f"--C {C} {words}", C=C, class_weight=class_weight
    )


def test_weights_without_penalty_are_scikit_learns(rarewood, tmp_path):
    expect_equal_weights(rarewood, tmp_path, random_table(3000, 5), "--penalty none", C=np.inf)


@pytest.mark.parametrize(("words", "class_weight"), CLASS_WEIGHTS)
def test_row_weights_are_scikit_learns_sample_weights(rarewood, tmp_path, words, class_weight):
    frame = random_table(4000, 6, levels=4)
    weights = np.random.default_rng(6).choice([0, 0.5, 1, 3], len(frame))
    found = train(
        rarewood, tmp_path, frame.assign(w=weights), f"--weight-column w {words}"
    )
    fit = frame["part"] != "test"
    theirs = peer(class_weight=class_weight).fit(
        frame.loc[fit, list("abcde")].to_numpy(float), frame.loc[fit, "y"], weights[fit]
    )
    ours, intercept = number_weights(found)
    np.testing.assert_allclose(ours, theirs.coef_[0], atol=1e-4)
    assert intercept == pytest.approx(theirs.intercept_[0], abs=1e-4)


@pytest.fixture(scope="module")
def shoppers(shared):
    path = shared / "data" / "online_shoppers" / "online_shoppers_intention.csv"
    frame = pd.read_csv(path, sep=";").rename(columns={"Revenue": "y"})
    frame = frame.astype({"y": int, "Weekend": int})
    return with_parts(frame, frame["y"], 1)


@pytest.mark.parametrize(("words", "class_weight"), CLASS_WEIGHTS)
def test_weights_on_real_numbers_are_scikit_learns(
    rarewood, tmp_path, shoppers, words, class_weight
):
    """Raw columns from 0.01 to 60,000, penalised as they are."""
    numbers = shoppers.drop(columns=["Month", "VisitorType"])
    values = numbers.columns.difference(["y", "part"])
    numbers[values] = numbers[values].astype(np.float32)
    expect_equal_weights(rarewood, tmp_path, numbers, words, class_weight=class_weight)


def pipeline(texts, numbers):
    """What our handling of categories and missing values is in scikit-learn's words."""
    steps = make_column_transformer(
        (SimpleImputer(strategy="mean", add_indicator=True), numbers),
        (OneHotEncoder(handle_unknown="ignore", sparse_output=False), texts),
    )
    return make_pipeline(steps, peer(class_weight="balanced"))


def with_holes(shoppers, seed=2):
    draw = np.random.default_rng(seed)
    frame = shoppers.copy()
    for column in ("ExitRates", "PageValues", "Month"):
        frame.loc[draw.random(len(frame)) < 0.1, column] = np.nan
    frame["ExitRates"] = frame["ExitRates"].astype(np.float32)
    return frame


def run_onnx(path, frame, texts):
    inputs = {}
    session = onnxruntime.InferenceSession(path)
    for given in session.get_inputs():
        column = frame[given.name]
        values = column.fillna("").astype(object) if given.name in texts else column
        inputs[given.name] = values.to_numpy(object if given.name in texts else np.float32)[:, None]
    return [result[:, 0] for result in session.run(["probability", "label"], inputs)]


def test_categories_and_holes_are_those_of_a_pipeline(rarewood, tmp_path, shoppers):
    frame = with_holes(shoppers)
    texts = ["Month", "VisitorType"]
    found = train(rarewood, tmp_path, frame, "--balance class_weight")
    features = [feature["name"] for feature in found["rarewood.schema"]["features"]]
    fit = frame[frame["part"] != "test"]
    model = pipeline(texts, [name for name in features if name not in texts])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(fit[features], fit["y"])

    terms = dict(zip(features, found["rarewood.linear"]["terms"]))
    names = list(model[0].get_feature_names_out())
    weights = dict(zip(names, model[1].coef_[0]))
    for name in features:
        if name in texts:
            levels = model[0].named_transformers_["onehotencoder"].categories_[texts.index(name)]
            theirs = [weights[f"onehotencoder__{name}_{level}"] for level in levels]
            ours = terms[name]["by_category"]
            ours = [*ours, terms[name]["missing"]] if len(levels) > len(ours) else ours
            np.testing.assert_allclose(ours, theirs, atol=1e-4)
        else:
            assert terms[name]["weight"] == pytest.approx(
                weights[f"simpleimputer__{name}"], rel=1e-4, abs=1e-4
            )
    mean = fit["ExitRates"].astype(float).mean()
    expected = weights["simpleimputer__ExitRates"] * mean
    expected += weights["simpleimputer__missingindicator_ExitRates"]
    assert terms["ExitRates"]["missing"] == pytest.approx(expected, abs=1e-4)

    test = frame[frame["part"] == "test"].copy()
    test.loc[test.index[:5], "VisitorType"] = "never seen"
    test.to_csv(tmp_path / "new.csv", index=False)
    assert rarewood(f"score new.csv --model {MODEL}.onnx --out s.csv").returncode == 0
    scored = pd.read_csv(tmp_path / "s.csv")
    order = np.argsort(model.decision_function(test[features]), kind="stable")
    assert (np.diff(scored["probability"].to_numpy()[order]) > -1e-6).all(), "ranked as theirs"

    probability, label = run_onnx(tmp_path / f"{MODEL}.onnx", test, texts)
    np.testing.assert_array_equal(probability, scored["probability"].astype(np.float32))
    np.testing.assert_array_equal(label, scored["label"])


def test_smote_and_other_parts_of_a_run_take_it(rarewood, tmp_path):
    frame = random_table(3000, 8)
    train(rarewood, tmp_path, frame, "--balance smote --sampling-strategy 0.5")
    answer = rarewood(f"importance --model {MODEL}.pkl --plain")
    assert answer.returncode == 0, answer.stderr
    assert "share of the spread of the log-odds' terms" in answer.stdout
    largest = json.loads((tmp_path / "run.json").read_text())["importance"][0]
    first = answer.stdout.splitlines()[2].split()
    assert (first[0], first[-1]) == ("e", f"{largest['importance']:.4f}")


def test_the_same_bytes_for_any_threads(rarewood, tmp_path):
    frame = random_table(12_000, 9)
    kept = set()
    for threads in (1, 2, 3, 8):
        train(rarewood, tmp_path, frame, f"--n-jobs {threads}")
        kept.add((tmp_path / f"{MODEL}.onnx").read_bytes())
    assert len(kept) == 1


def test_the_order_of_rows_and_columns_moves_no_weight(rarewood, tmp_path):
    frame = random_table(3000, 10, levels=6)
    weights, intercept = number_weights(train(rarewood, tmp_path, frame))
    shuffled = frame.sample(frac=1, random_state=1)[["d", "y", "part", "e", "a", "c", "b"]]
    moved, intercept_of_moved = number_weights(train(rarewood, tmp_path, shuffled))
    by_name = dict(zip("deacb", moved))
    np.testing.assert_allclose([by_name[name] for name in "abcde"], weights, atol=1e-9)
    assert intercept_of_moved == pytest.approx(intercept, abs=1e-9)


def test_a_warning_reaches_the_record(rarewood, tmp_path):
    x = np.arange(400)
    frame = pd.DataFrame({"x": x // 2, "noise": x * 7919 % 101, "y": (x >= 300).astype(int)})
    train(rarewood, tmp_path, with_parts(frame, frame["y"]))
    record = json.loads((tmp_path / "run.json").read_text())
    assert any("without an error" in sentence for sentence in record["warnings"])
