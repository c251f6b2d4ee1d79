"""The Python package: loading, pickling, and the same scores from whatever holds the rows."""

import hashlib
import importlib
import json
import pickle
import pickletools
import shutil
import subprocess
import sys
import threading

import joblib
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest


@pytest.fixture(scope="session")
def package(build):
    folder = build / "python"
    if not (folder / "rarewood").is_dir():
        pytest.skip(f"{folder}/rarewood is not built: run 'bash tool/setup.sh'")
    sys.path.insert(0, str(folder))
    return importlib.import_module("rarewood")


class Case:
    """A model file, rows for it, and what the C++ scorer says of them."""

    def __init__(self, folder, name):
        self.path = folder / f"{name}.pkl"
        record = json.loads((folder / f"{name}.json").read_text())
        self.columns = {c["name"]: c["values"] for c in record["columns"]}
        self.rows = [list(row) for row in zip(*self.columns.values())]
        self.probability = np.array(record["probability"], np.float32)
        self.label = np.array(record["label"])


@pytest.fixture(scope="session")
def mixed(model_cases):
    return Case(model_cases, "mixed")


@pytest.fixture(scope="session")
def model(package, mixed):
    return package.Model.load(mixed.path)


def assert_scores(model, X, case):
    proba = model.predict_proba(X)
    assert proba.shape == (len(case.label), 2) and proba.dtype == np.float64
    np.testing.assert_array_equal(proba[:, 1].astype(np.float32), case.probability)
    np.testing.assert_array_equal(proba.sum(axis=1), 1)
    np.testing.assert_array_equal(model.predict(X), case.label)


def test_scikit_learn_takes_it_for_a_classifier(model):
    from sklearn.base import is_classifier, is_regressor

    assert is_classifier(model) and not is_regressor(model)


def shuffled_with_more(columns):
    return {"unknown": ["?"] * len(columns["feature 0"])} | dict(reversed(columns.items()))


@pytest.mark.parametrize(
    "hold",
    [
        lambda case: case.columns,
        lambda case: shuffled_with_more(case.columns),
        lambda case: pa.table(case.columns),
        lambda case: pa.table(case.columns).to_batches(100)[0].schema.empty_table(),
        lambda case: pd.DataFrame(case.columns),
        lambda case: pd.DataFrame(case.columns).astype({"feature 3": "category"}),
        lambda case: pd.DataFrame(case.columns, index=range(7, 7 + len(case.label))),
        lambda case: pd.DataFrame(case.columns).convert_dtypes(),
        lambda case: [dict(zip(case.columns, row)) for row in case.rows],
        lambda case: case.rows,
        lambda case: [tuple(row) for row in case.rows],
        lambda case: np.array(case.rows, dtype=object),
    ],
)
def test_every_container_gives_the_same_scores(model, mixed, hold):
    X = hold(mixed)
    if isinstance(X, pa.Table) and X.num_rows == 0:
        assert model.predict_proba(X).shape == (0, 2)
    else:
        assert_scores(model, X, mixed)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("order", ["C", "F"])
def test_arrays_of_numbers(package, model_cases, dtype, order):
    case = Case(model_cases, "forest")
    X = np.array(case.rows, dtype=float).astype(dtype, order=order)
    model = package.Model.load(case.path)
    assert_scores(model, X, case)
    np.testing.assert_array_equal(model.predict(X[::3]), case.label[::3])


def test_polars_like_objects_come_through_the_arrow_stream(model, mixed):
    class Foreign:
        def __arrow_c_stream__(self, requested_schema=None):
            return pa.table(mixed.columns).__arrow_c_stream__(requested_schema)

    assert_scores(model, Foreign(), mixed)


def test_what_a_model_says_of_itself(model):
    assert model.classes_.tolist() == [0, 1] and model.classes_.dtype == np.int64
    assert model.feature_names_in_.tolist() == [f"feature {i}" for i in range(5)]
    assert model.n_features_in_ == 5
    assert model.threshold_ == 0.28
    assert model.target_ == "is_ordered" and model.prediction_point_ == "10min"
    assert repr(model) == "<rarewood.Model of is_ordered from 5 columns>"
    assert "The average of 20 trees" in model.describe()


def test_both_forms_have_the_id_of_their_content(package, mixed, tmp_path):
    model = package.Model.load(mixed.path)
    model.save(tmp_path / "other.onnx")
    assert package.Model.load(tmp_path / "other.onnx").model_id_ == model.model_id_
    digest = hashlib.sha256((tmp_path / "other.onnx").read_bytes()).hexdigest()
    assert model.model_id_ == digest[:16]


def test_labels_are_what_they_read_as(package):
    classes = importlib.import_module("rarewood._model")._classes
    assert classes(["0", "1"]).dtype == np.int64
    assert classes(["-1", "1"]).tolist() == [-1, 1]
    assert classes(["0.5", "1.5"]).dtype == np.float64
    assert classes(["False", "True"]).tolist() == [False, True]
    assert classes(["true", "FALSE"]).tolist() == [True, False]
    assert classes(["01", "1"]).tolist() == ["01", "1"]
    assert classes(["no", "yes"]).tolist() == ["no", "yes"]


def test_pickle_and_joblib(package, model, mixed, tmp_path):
    with open(mixed.path, "rb") as file:
        loaded = pickle.load(file)
    assert type(loaded) is package.Model
    assert_scores(loaded, mixed.columns, mixed)
    joblib.dump(joblib.load(mixed.path), tmp_path / "again.joblib")
    assert_scores(joblib.load(tmp_path / "again.joblib"), mixed.columns, mixed)
    for protocol in range(4, pickle.HIGHEST_PROTOCOL + 1):
        (tmp_path / "again.pkl").write_bytes(pickle.dumps(loaded, protocol))
        assert_scores(package.Model.load(tmp_path / "again.pkl"), mixed.columns, mixed)
    assert_scores(package.Model.load(tmp_path / "again.joblib"), mixed.columns, mixed)


def test_the_pickle_is_sound_and_needs_only_the_package(mixed, build):
    pickletools.dis(mixed.path.read_bytes(), out=open("/dev/null", "w"))
    code = "import pickle, sys; print(pickle.load(open(sys.argv[1], 'rb')).n_features_in_)"
    command = [sys.executable, "-c", code, str(mixed.path)]
    done = subprocess.run(
        command, env={"PYTHONPATH": str(build / "python")}, capture_output=True, text=True
    )
    assert done.stdout == "5\n", done.stderr


def test_save_and_load_both_kinds(package, model, mixed, tmp_path):
    for name in ("a.onnx", "a.pkl"):
        model.save(tmp_path / name)
        assert_scores(package.Model.load(tmp_path / name), mixed.columns, mixed)
    assert (tmp_path / "a.onnx").read_bytes() == model.to_onnx()
    assert (tmp_path / "a.pkl").read_bytes() == mixed.path.read_bytes()
    assert_scores(package.Model.from_bytes(model.to_onnx()), mixed.columns, mixed)


def test_unseen_categories_warn_and_count_as_missing(model, mixed):
    missing = dict(mixed.columns, **{"feature 2": [None] * len(mixed.label)})
    unseen = dict(mixed.columns, **{"feature 2": ["new"] * len(mixed.label)})
    with pytest.warns(UserWarning, match="'feature 2' has 4,000 values that training never saw"):
        proba = model.predict_proba(unseen)
    np.testing.assert_array_equal(proba, model.predict_proba(missing))


@pytest.mark.parametrize(
    "change, kind, words",
    [
        (lambda c: {k: v for k, v in c.items() if k != "feature 1"}, ValueError, "feature 1"),
        (lambda c: dict(c, **{"feature 0": ["x"] * len(c["feature 0"])}), ValueError, "feature 0"),
        (lambda c: dict(c, **{"feature 0": [np.inf] * 4000}), ValueError, "infinite"),
        (lambda c: np.zeros((3, 4)), ValueError, "4 columns, but the model needs 5"),
        (lambda c: np.zeros(5), ValueError, r"Use X.reshape\(1, -1\)"),
        (lambda c: np.zeros((2, 2, 2)), ValueError, "3 dimensions"),
        (lambda c: {k: v[0] for k, v in c.items()}, ValueError, r"a list of dicts, \[X\]"),
        (lambda c: pd.DataFrame(c).iloc[0], ValueError, "X is a Series"),
    ],
)
def test_bad_tables_are_refused_in_words(model, mixed, change, kind, words):
    with pytest.raises(kind, match=words):
        model.predict(change(mixed.columns))


def test_bad_files_are_refused_in_words(package, model, mixed, tmp_path):
    with pytest.raises(FileNotFoundError):
        package.Model.load(tmp_path / "absent.pkl")
    with pytest.raises(TypeError, match="rarewood.Model.load"):
        package.Model()
    damaged = tmp_path / "damaged.pkl"
    content = bytearray(mixed.path.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    with pytest.raises(ValueError, match="damaged.pkl is damaged"):
        package.Model.load(damaged)
    with pytest.raises(ValueError, match="The pickled model is damaged"):
        pickle.loads(content)
    with pytest.raises(ValueError, match="neither in .onnx nor in .pkl"):
        model.save(tmp_path / "a.bin")
    with pytest.raises(OSError):
        model.save("/proc/absent/a.pkl")


def test_threads_share_a_model_and_the_interpreter_goes_on(package, model_cases):
    case = Case(model_cases, "forest")
    model = package.Model.load(case.path)
    X = np.tile(np.array(case.rows, dtype=np.float32), (20, 1))
    ticks = 0
    done = threading.Event()

    def tick():
        nonlocal ticks
        while not done.is_set():
            ticks += 1

    ticker = threading.Thread(target=tick)
    results = [None, None]

    def score(i):
        results[i] = model.predict(X)

    ticker.start()
    before = ticks
    scorers = [threading.Thread(target=score, args=(i,)) for i in range(2)]
    for thread in scorers:
        thread.start()
    for thread in scorers:
        thread.join()
    during = ticks - before
    done.set()
    ticker.join()
    assert during > 1000  # the lock was free most of the time
    for result in results:
        np.testing.assert_array_equal(result, np.tile(case.label, 20))


def test_the_golden_file_loads(package, root, tmp_path):
    record = json.loads((root / "test/golden/model_v1.json").read_text())
    columns = {c["name"]: c["values"] for c in record["columns"]}
    shutil.copy(root / "test/golden/model_v1.pkl", tmp_path)
    with open(tmp_path / "model_v1.pkl", "rb") as file:
        proba = pickle.load(file).predict_proba(columns)
    np.testing.assert_array_equal(proba[:, 1], record["probability"])


def test_a_linear_model_scores_from_both_files_and_again_from_a_pickle(package, model_cases):
    case = Case(model_cases, "linear")
    for path in (case.path, case.path.with_suffix(".onnx")):
        model = package.Model.load(path)
        assert_scores(model, case.columns, case)
        assert_scores(pickle.loads(pickle.dumps(model)), case.columns, case)
        assert "Log-odds as the sum of an intercept" in model.describe()
