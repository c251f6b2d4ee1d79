#!/usr/bin/env python3
"""Times XGBoost and LightGBM on counted patterns against their Python packages on rows.

usage: benchmark/boosters.py [--store DIR] [--runs N] [--rounds N] [--threads N]

Both learn from the same training rows of the simulated shop as of ten minutes (made if it is
missing) and are judged on the same test rows. Turn and turn about; medians. Ours is shown without
and with counting the rows, which the other learners of a run share. The peer's time begins with the
values in memory as float32 and includes its own table (DMatrix, Dataset), as ours does. Beside the
times stand both qualities: log loss of ours is after calibration, of the peer as it comes. On a
machine with other work the peers' threads wait for each other at barriers, and their median says
nothing: look at the fastest runs, whose ratio is printed too, or at --threads 1.
"""

import argparse
import json
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import lightgbm
import numpy as np
import pandas as pd
import xgboost
from main_job import PROGRAM, ROOT, make_table
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.model_selection import train_test_split


def with_parts(table, folder):
    """The table with a column of parts: 'test' for a stratified fifth, two folds of the others."""
    frame = pd.read_parquet(table).drop(columns="revenue")
    rows = np.arange(len(frame))
    train, test = train_test_split(
        rows, test_size=0.2, random_state=42, stratify=frame["is_ordered"]
    )
    part = np.array(["a", "b"], dtype=object)[rows % 2]
    part[test] = "test"
    path = folder / "table.parquet"
    frame.assign(part=part).to_parquet(path)
    labels = frame.pop("is_ordered").to_numpy()
    values = np.ascontiguousarray(frame.to_numpy(np.float32))
    return path, (values[train], labels[train]), (values[test], labels[test])


def run_ours(learner, path, folder, arguments):
    """Seconds of the fit, seconds of the fit with counting, the run's metrics."""
    subprocess.run(
        [PROGRAM, "train", path, "--target", "is_ordered", "--split", "column", "--fold-column",
         "part", "--learner", learner, "--n-estimators", str(arguments.rounds),
         "--learning-rate", "0.1", "--figures", "none", "--json", "run.json",
         "--n-jobs", str(arguments.threads)],
        cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    run = json.loads((folder / "run.json").read_text())
    fit = run["timings"]["fit"]
    return fit, fit + run["timings"]["count"], run["metrics"]


def xgboost_on_rows(train, arguments):
    parameters = {"objective": "binary:logistic", "tree_method": "hist", "max_depth": 6}
    parameters |= {"learning_rate": 0.1, "nthread": arguments.threads}
    booster = xgboost.train(parameters, xgboost.DMatrix(*train), arguments.rounds)
    return lambda values: booster.predict(xgboost.DMatrix(values))


def lightgbm_on_rows(train, arguments):
    parameters = {"objective": "binary", "learning_rate": 0.1, "num_threads": arguments.threads}
    parameters |= {"verbosity": -1}
    booster = lightgbm.train(parameters, lightgbm.Dataset(*train), arguments.rounds)
    return booster.predict


def run_peer(fit, train, test, arguments):
    begun = time.perf_counter()
    predict = fit(train, arguments)
    seconds = time.perf_counter() - begun
    probability = predict(test[0])
    metrics = {
        "auc_roc": roc_auc_score(test[1], probability),
        "log_loss": log_loss(test[1], probability),
    }
    return seconds, metrics


def line(name, seconds, metrics):
    print(
        f"{name:34} {statistics.median(seconds) * 1000:8.0f} ms  ({min(seconds) * 1000:.0f} to "
        f"{max(seconds) * 1000:.0f})  AUC {metrics['auc_roc']:.5f}  "
        f"log loss {metrics['log_loss']:.5f}"
    )


def compare(learner, on_rows, table, arguments):
    path, train, test = table
    ours, peers = [], []
    for _ in range(arguments.runs):
        ours.append(run_ours(learner, path, path.parent, arguments))
        peers.append(run_peer(on_rows, train, test, arguments))
    fit, counted = [run[0] for run in ours], [run[1] for run in ours]
    rows = [run[0] for run in peers]
    line(f"{learner} on rows, Python", rows, peers[-1][1])
    line(f"{learner} on counts, fit", fit, ours[-1][2])
    line(f"{learner} on counts, with counting", counted, ours[-1][2])
    for word, of in (("medians", statistics.median), ("fastest", min)):
        print(
            f"ratio of {word}: {of(rows) / of(fit):.1f} x, "
            f"{of(rows) / of(counted):.1f} x with counting"
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--store", type=Path, default=ROOT / "store")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        table = with_parts(make_table(arguments.store.resolve()), Path(folder))
        compare("xgboost", xgboost_on_rows, table, arguments)
        compare("lightgbm", lightgbm_on_rows, table, arguments)


if __name__ == "__main__":
    main()
