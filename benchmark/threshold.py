#!/usr/bin/env python3
"""Times threshold and calibration by out-of-fold scores against scikit-learn's tuned threshold.

usage: benchmark/threshold.py [--store DIR] [--runs N]

The simulated shop as of ten minutes, a forest of 200 trees, depth 15, min_samples_split 5, balanced,
on the rows of one split. The peer is TunedThresholdClassifierCV (F1, five folds, refit) around
RandomForestClassifier; it runs once, as it is slow. rarewood's time is that of the passes `fit` and
`out_of_fold` of its run record: the final forest, five forests, the choice among four calibrations,
the threshold and its interval by 1,000 draws. Prints seconds, their ratio and both F1 on the test
rows: a speed counts only at equal quality.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import f1_score
from sklearn.model_selection import TunedThresholdClassifierCV, train_test_split

sys.path.insert(0, str(Path(__file__).parent))
from main_job import PROGRAM, ROOT, make_table  # noqa: E402

OPTIONS = {"n_estimators": 200, "max_depth": 15, "min_samples_split": 5, "class_weight": "balanced"}


def run_ours(folder):
    words = [f"--{name.replace('_', '-')}={value}" for name, value in OPTIONS.items()]
    subprocess.run(
        [PROGRAM, "train", "rows.parquet", "--target", "y", "--split", "column", "--fold-column",
         "part", "--figures", "none", "--json", "run.json", *words],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    record = json.loads((folder / "run.json").read_text())
    timings = record["timings"]
    return timings["fit"] + timings["out_of_fold"], timings["out_of_fold"], record


def run_peer(features, classes, train, test):
    forest = RandomForestClassifier(**OPTIONS, random_state=42, n_jobs=2)
    tuned = TunedThresholdClassifierCV(forest, scoring="f1", cv=5)
    begun = time.perf_counter()
    tuned.fit(features[train], classes[train])
    seconds = time.perf_counter() - begun
    return seconds, f1_score(classes[test], tuned.predict(features[test])), tuned.best_threshold_


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--store", type=Path, default=ROOT / "store")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    rows = pd.read_parquet(make_table(arguments.store.resolve()))
    features, classes = rows.drop(columns=["is_ordered", "revenue"]).astype(float), rows["is_ordered"]
    train, test = train_test_split(
        np.arange(len(rows)), test_size=0.2, random_state=42, stratify=classes
    )
    part = (np.arange(len(rows)) % 5).astype(str).astype(object)
    part[test] = "test"
    with tempfile.TemporaryDirectory() as name:
        features.assign(y=classes, part=part).to_parquet(Path(name) / "rows.parquet")
        ours = [run_ours(Path(name)) for _ in range((arguments.runs + 1) // 2)]
        peer = run_peer(features.to_numpy(np.float32), classes.to_numpy(), train, test)
        ours += [run_ours(Path(name)) for _ in range(arguments.runs // 2)]
    whole, decision = (statistics.median(each[i] for each in ours) for i in (0, 1))
    record = ours[0][2]
    print(
        f"rarewood: fit and out of fold {whole:.3f} s, of which out of fold {decision:.3f} s; "
        f"F1 {record['metrics']['f1_score']:.4f} at {record['threshold']['probability']:.3f}, "
        f"calibration {record['calibration']['method']}"
    )
    print(f"scikit-learn {peer[0]:.1f} s; F1 {peer[1]:.4f} at {peer[2]:.3f} of its scores")
    print(f"ratio {peer[0] / whole:.0f}")


if __name__ == "__main__":
    main()
