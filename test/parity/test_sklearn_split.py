"""--split sklearn holds back the rows that scikit-learn's train_test_split does, row for row."""

import json
import subprocess

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import f1_score, roc_auc_score
from sklearn.model_selection import train_test_split

# rows, positives, test_size, random_state: ties between the classes, rounding, any seed
CASES = [
    (10, 5, 0.2, 42),
    (12, 6, 0.5, 0),
    (49, 2, 0.5, 1),
    (50, 25, 0.3, 7),
    (97, 13, 0.1, 123456789),
    (1000, 30, 0.2, 42),
    (1000, 500, 0.25, 5),
    (1001, 500, 0.333, 2**32 - 1),
    (4096, 7, 0.9, 3),
    (20_000, 1_361, 0.2, 42),
]


@pytest.fixture
def our_test_rows(probe):
    def run(labels, test_size, seed):
        words = [probe("split_probe"), str(test_size), str(seed)]
        text = "".join(map(str, labels))
        done = subprocess.run(words, input=text, capture_output=True, text=True, check=True)
        return np.array(done.stdout.split(), dtype=int)

    return run


def labels_of(rows, positives, seed=0):
    labels = (np.arange(rows) < positives).astype(int)
    return np.random.default_rng(seed).permutation(labels)


def their_test_rows(labels, test_size, seed):
    rows = np.arange(len(labels))
    parts = train_test_split(rows, test_size=test_size, random_state=seed, stratify=labels)
    return np.sort(parts[1])


@pytest.mark.parametrize(("rows", "positives", "test_size", "seed"), CASES)
def test_the_same_rows_are_held_back(our_test_rows, rows, positives, test_size, seed):
    labels = labels_of(rows, positives)
    ours = our_test_rows(labels, test_size, seed)
    assert ours.tolist() == their_test_rows(labels, test_size, seed).tolist()


def test_the_same_rows_for_many_small_tables(our_test_rows):
    draw = np.random.default_rng(1)
    for seed in range(60):
        rows = int(draw.integers(8, 40))
        labels = labels_of(rows, int(draw.integers(2, rows - 1)), seed)
        size = float(draw.choice([0.2, 0.25, 1 / 3, 0.5]))
        try:
            theirs = their_test_rows(labels, size, seed)
        except ValueError:
            continue
        if len(set(labels[theirs])) == 2 and len(set(np.delete(labels, theirs))) == 2:
            assert our_test_rows(labels, size, seed).tolist() == theirs.tolist(), (rows, size, seed)


def test_the_shops_counts(our_test_rows):
    labels = labels_of(472_871, 32_313)
    ours = our_test_rows(labels, 0.2, 42)
    assert ours.tolist() == their_test_rows(labels, 0.2, 42).tolist()
    assert (len(labels) - len(ours), len(ours)) == (378_296, 94_575)
    assert labels[ours].sum() == 6_463


@pytest.mark.parametrize("positive", ["buys", "abstains"])  # after and before "no" in the alphabet
def test_a_run_judges_on_these_rows(rarewood, tmp_path, positive):
    """Its figures are those of its own scores on the rows scikit-learn names, and on no others."""
    draw = np.random.default_rng(4)
    x = draw.normal(size=(3000, 2)).round(4)
    target = np.where(draw.random(3000) < 1 / (1 + np.exp(2 - x[:, 0])), positive, "banter")
    frame = pd.DataFrame(x, columns=["a", "b"]).assign(y=target)
    frame.to_csv(tmp_path / "t.csv", index=False)
    answer = rarewood(
        f"train t.csv --target y --positive {positive} --split sklearn --random-state 9 "
        "--n-estimators 20 --figures none --json run.json"
    )
    assert answer.returncode == 0, answer.stderr
    assert "the rows of scikit-learn's train_test_split, test_size=0.2" in answer.stdout
    model = "store/models/classification_model.onnx"
    assert rarewood(f"score t.csv --model {model} --out s.csv").returncode == 0
    scored = pd.read_csv(tmp_path / "s.csv")
    metrics = json.loads((tmp_path / "run.json").read_text())["metrics"]

    def figures(rows):
        truth = target[rows] == positive
        label = scored["label"].to_numpy()[rows] == positive
        return roc_auc_score(truth, scored["probability"].to_numpy()[rows]), f1_score(truth, label)

    found = (metrics["auc_roc"], metrics["f1_score"])
    assert figures(their_test_rows(target, 0.2, 9)) == pytest.approx(found, abs=1e-6)
    assert figures(their_test_rows(target, 0.2, 10)) != pytest.approx(found, abs=1e-6)
