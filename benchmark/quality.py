#!/usr/bin/env python3
"""Judges rarewood's forest against scikit-learn's on equal rows: the same training and test part.

usage: benchmark/quality.py [--store DIR] [--seeds N]

Prints AUC, average precision and log loss on the test part, mean and range over the seeds, with
SMOTE (imbalanced-learn for the peer), with kept types, and without. Log loss of the peer is given as
its forest states it and is not comparable where classes are balanced: rarewood calibrates.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
from imblearn.over_sampling import SMOTE
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import average_precision_score, log_loss, roc_auc_score
from sklearn.model_selection import train_test_split

sys.path.insert(0, str(Path(__file__).parent))
from main_job import PROGRAM, ROOT, make_table  # noqa: E402

FOREST = {"n_estimators": 200, "max_depth": 15, "min_samples_split": 5, "class_weight": "balanced"}
SMOTE_WORDS = ["--balance", "smote", "--sampling-strategy", "0.25"]


def ours(folder, seed, words):
    options = [f"--{key.replace('_', '-')}={value}" for key, value in FOREST.items()]
    subprocess.run(
        [PROGRAM, "train", "parts.parquet", "--target", "is_ordered", "--exclude", "revenue",
         "--split", "column", "--fold-column", "part", "--figures", "none", "--json", "run.json",
         "--random-state", str(seed), *options, *words],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    metrics = json.loads((folder / "run.json").read_text())["metrics"]
    return metrics["auc_roc"], metrics["average_precision"], metrics["log_loss"]


def peer(X_train, y_train, X_test, y_test, seed, smote):
    if smote:
        sampler = SMOTE(sampling_strategy=0.25, k_neighbors=5, random_state=seed)
        X_train, y_train = sampler.fit_resample(X_train, y_train)
    model = RandomForestClassifier(**FOREST, random_state=seed, n_jobs=-1).fit(X_train, y_train)
    p = model.predict_proba(X_test)[:, 1]
    return roc_auc_score(y_test, p), average_precision_score(y_test, p), log_loss(y_test, p)


def show(name, results):
    cells = []
    for values in zip(*results):
        cells.append(f"{statistics.mean(values):.4f} ({min(values):.4f} to {max(values):.4f})")
    print(f"{name:34}" + "  ".join(cells))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--store", type=Path, default=ROOT / "store")
    parser.add_argument("--seeds", type=int, default=3)
    arguments = parser.parse_args()
    rows = pd.read_parquet(make_table(arguments.store.resolve()))
    y = rows["is_ordered"]
    train, test = train_test_split(
        np.arange(len(rows)), test_size=0.2, random_state=42, stratify=y
    )
    X = rows.drop(columns=["is_ordered", "revenue"]).astype(float)
    part = np.random.default_rng(0).integers(0, 5, len(rows)).astype(str).astype(object)
    part[test] = "test"
    seeds = range(1, arguments.seeds + 1)
    sides = X.iloc[train], y.iloc[train], X.iloc[test], y.iloc[test]
    print(f"{'':34}{'AUC':26}{'average precision':26}log loss")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows.assign(part=part).to_parquet(folder / "parts.parquet")
        keep = [*SMOTE_WORDS, "--synthetic-types", "keep"]
        show("rarewood", [ours(folder, s, []) for s in seeds])
        show("scikit-learn", [peer(*sides, s, False) for s in seeds])
        show("rarewood, SMOTE", [ours(folder, s, SMOTE_WORDS) for s in seeds])
        show("rarewood, SMOTE, types kept", [ours(folder, s, keep) for s in seeds])
        show("scikit-learn, imbalanced-learn", [peer(*sides, s, True) for s in seeds])


if __name__ == "__main__":
    main()
