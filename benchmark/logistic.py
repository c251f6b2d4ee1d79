#!/usr/bin/env python3
"""Times the logistic regression against scikit-learn's on identical rows, turn and turn about.

usage: benchmark/logistic.py [--store DIR] [--runs N]

The table is the simulated shop's as of ten minutes, made if it is missing, its test part the one
`train_test_split` holds back. Ours is what counting, splitting and fitting take in a whole run;
theirs the call of fit alone, on a matrix of doubles that is there already: with newton-cholesky, and
with lbfgs as scikit-learn comes. Beside each time stand AUC and log loss on the test rows and how far
its weights are from those of newton-cholesky run to the end.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

import numpy as np
import onnx
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.model_selection import train_test_split

sys.path.insert(0, str(Path(__file__).parent))
from main_job import PROGRAM, ROOT, make_table  # noqa: E402

OUR_PASSES = ("count", "split", "fit")


def our_weights(path):
    entries = {entry.key: entry.value for entry in onnx.load(path).metadata_props}
    return np.array([term["weight"] for term in json.loads(entries["rarewood.linear"])["terms"]])


def run_ours(table, folder):
    subprocess.run(
        [PROGRAM, "train", table, "--target", "is_ordered", "--exclude", "revenue",
         "--learner", "logistic", "--split", "sklearn", "--figures", "none", "--json", "run.json"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    record = json.loads((folder / "run.json").read_text())
    seconds = sum(record["timings"][name] for name in OUR_PASSES)
    metrics = record["metrics"]
    weights = our_weights(folder / "store" / "models" / "classification_model.onnx")
    return seconds, metrics["auc_roc"], metrics["log_loss"], weights


def run_peer(sides, **options):
    X_train, X_test, y_train, y_test = sides
    begun = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # lbfgs says that it has not converged
        model = LogisticRegression(**options).fit(X_train, y_train)
    seconds = time.perf_counter() - begun
    p = model.predict_proba(X_test)[:, 1]
    return seconds, roc_auc_score(y_test, p), log_loss(y_test, p), model.coef_[0]


def report(name, runs, exact):
    seconds = [run[0] for run in runs]
    _, auc, loss, weights = runs[-1]
    print(
        f"{name:28} {statistics.median(seconds):8.3f} s  ({min(seconds):.3f} to {max(seconds):.3f})"
        f"  AUC {auc:.5f}  log loss {loss:.5f}  weights off by {np.abs(weights - exact).max():.1e}"
    )
    return statistics.median(seconds)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--store", type=Path, default=ROOT / "store")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    table = make_table(arguments.store.resolve())
    rows = pd.read_parquet(table)
    X = rows.drop(columns=["is_ordered", "revenue"]).to_numpy(float)
    y = rows["is_ordered"].to_numpy()
    sides = train_test_split(X, y, test_size=0.2, random_state=42, stratify=y)
    exact = run_peer(sides, solver="newton-cholesky", tol=1e-10, max_iter=1000)[3]
    ours, newton, lbfgs = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(arguments.runs):
            ours.append(run_ours(table, Path(folder)))
            newton.append(run_peer(sides, solver="newton-cholesky", tol=1e-8))
            lbfgs.append(run_peer(sides))
    seconds = report("rarewood (count, split, fit)", ours, exact)
    by_newton = report("scikit-learn newton-cholesky", newton, exact)
    by_lbfgs = report("scikit-learn lbfgs (default)", lbfgs, exact)
    print(f"ratio {by_newton / seconds:.1f} x newton-cholesky, {by_lbfgs / seconds:.1f} x lbfgs")


if __name__ == "__main__":
    main()
