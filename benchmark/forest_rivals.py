#!/usr/bin/env python3
"""Times the forest's fit against other libraries' forests on equal rows, turn and turn about.

usage: benchmark/forest_rivals.py {shop,continuous,shoppers} [--store DIR] [--shoppers CSV]
           [--runs N] [--slow-runs N] [--rivals NAME,...]

  shop        simulated shop as of ten minutes: 200 trees, depth 15, min_samples_split 5, balanced
  continuous  100,000 rows x 28 made-up numbers, 10 % positive, no two rows equal: 100 full trees
  shoppers    the UCI online shoppers' table, texts numbered (--shoppers or
              RAREWOOD_ONLINE_SHOPPERS names its CSV file): 100 full trees

Only the fit is timed: `timings.fit` of rarewood's run record, which includes its binning, and the
peers' fit on arrays that lie ready. AUC and log loss on the test fifth stand beside each time, as
means over the runs: a speed counts only at equal quality. Where a rival ranks better, a second row
of rarewood has other options, named in its place, that rank as well. rarewood's log loss is of its
calibrated probabilities, the peers' of what they state. For the shop the sizes of the saved models
follow.

Peers run with the Python of this script: install requirements-benchmark.txt beside it.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

for limit in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    os.environ.pop(limit, None)

import joblib  # noqa: E402
import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from sklearn.datasets import make_classification  # noqa: E402
from sklearn.metrics import log_loss, roc_auc_score  # noqa: E402
from sklearn.model_selection import train_test_split  # noqa: E402

sys.path.insert(0, str(Path(__file__).parent))
from main_job import PROGRAM, ROOT, make_table  # noqa: E402

THREADS = 2
FULL = {"n_estimators": 100}
SHOP = {"n_estimators": 200, "max_depth": 15, "min_samples_split": 5, "class_weight": "balanced"}


def shop(arguments):
    rows = pd.read_parquet(make_table(arguments.store.resolve()))
    return rows.drop(columns=["is_ordered", "revenue"]).astype(float), rows["is_ordered"], SHOP


def continuous(_):
    values, classes = make_classification(
        125_000, 28, n_informative=12, n_redundant=6, n_clusters_per_class=4, weights=[0.9],
        flip_y=0.02, random_state=7,
    )  # fmt: skip
    return pd.DataFrame(values, columns=[f"x{i}" for i in range(28)]), pd.Series(classes), FULL


def shoppers(arguments):
    rows = pd.read_csv(arguments.shoppers, sep=";")
    classes = rows.pop("Revenue").astype(str).str.upper().isin(["TRUE", "1"]).astype(int)
    numbered = {c: pd.factorize(rows[c])[0] for c in rows if not pd.api.types.is_numeric_dtype(rows[c])}
    return rows.assign(**numbered).astype(float), classes, FULL


class Parts:
    """Training and test rows as arrays, and as the table that rarewood reads."""

    def __init__(self, features, classes, folder):
        train, test = train_test_split(
            np.arange(len(classes)), test_size=0.2, random_state=42, stratify=classes
        )
        values = np.ascontiguousarray(features.to_numpy(np.float32))
        self.train = values[train], classes.to_numpy()[train]
        self.test = values[test], classes.to_numpy()[test]
        part = (np.arange(len(classes)) % 5).astype(str).astype(object)
        part[test] = "test"
        self.folder = folder
        features.astype(np.float32).assign(y=classes.to_numpy(), part=part).to_parquet(
            folder / "rows.parquet"
        )

    def judge(self, probability):
        return roc_auc_score(self.test[1], probability), log_loss(self.test[1], probability)


def rarewood(parts, options, seed):
    words = [f"--{name.replace('_', '-')}={value}" for name, value in options.items()]
    subprocess.run(
        [PROGRAM, "train", "rows.parquet", "--target", "y", "--split", "column",
         "--fold-column", "part", "--figures", "none", "--json", "run.json",
         "--random-state", str(seed), "--n-jobs", str(THREADS), *words],
        cwd=parts.folder, check=True, capture_output=True,
    )  # fmt: skip
    run = json.loads((parts.folder / "run.json").read_text())
    return run["timings"]["fit"], run["metrics"]["auc_roc"], run["metrics"]["log_loss"]


def timed(parts, fit, probability):
    begun = time.perf_counter()
    model = fit()
    seconds = time.perf_counter() - begun
    return seconds, *parts.judge(probability(model)), model


def scikit_learn(parts, options, seed):
    from sklearn.ensemble import RandomForestClassifier

    forest = RandomForestClassifier(**options, random_state=seed, n_jobs=THREADS)
    result = timed(parts, lambda: forest.fit(*parts.train), lambda m: m.predict_proba(parts.test[0])[:, 1])
    joblib.dump(result[3], parts.folder / "forest.joblib")
    return result[:3]


def sklearnex(parts, options, seed):
    from sklearnex.ensemble import RandomForestClassifier

    forest = RandomForestClassifier(**options, random_state=seed, n_jobs=THREADS)
    return timed(parts, lambda: forest.fit(*parts.train), lambda m: m.predict_proba(parts.test[0])[:, 1])[:3]


def xgboost(parts, options, seed):
    from xgboost import XGBRFClassifier

    features = parts.train[0].shape[1]
    positives = parts.train[1].sum()
    balanced = options.get("class_weight") == "balanced"
    forest = XGBRFClassifier(
        n_estimators=options["n_estimators"], max_depth=options.get("max_depth", 0),
        subsample=0.632, colsample_bynode=int(features**0.5) / features, reg_lambda=0,
        min_child_weight=0, random_state=seed, n_jobs=THREADS,
        scale_pos_weight=(len(parts.train[1]) - positives) / positives if balanced else 1,
    )  # fmt: skip
    return timed(parts, lambda: forest.fit(*parts.train), lambda m: m.predict_proba(parts.test[0])[:, 1])[:3]


def ydf(parts, options, seed):
    import ydf as library

    library.verbose(0)
    frame = {"values": parts.train[0], "y": parts.train[1]}
    learner = library.RandomForestLearner(
        label="y", num_trees=options["n_estimators"], max_depth=options.get("max_depth", -1),
        min_examples=1, winner_take_all=False, compute_oob_performances=False,
        random_seed=seed, num_threads=THREADS,
    )  # fmt: skip
    test = {"values": parts.test[0]}
    return timed(parts, lambda: learner.train(frame), lambda m: m.predict(test))[:3]


CASES = {"shop": shop, "continuous": continuous, "shoppers": shoppers}
RIVALS = {"scikit-learn": scikit_learn, "sklearnex": sklearnex, "xgboost": xgboost, "ydf": ydf}
DEFAULT_RIVALS = {
    "shop": "scikit-learn,sklearnex,xgboost",
    "continuous": "scikit-learn,sklearnex,ydf",
    "shoppers": "scikit-learn,sklearnex",
}
FAST = {"sklearnex"}
# Where a rival ranks better with the case's options, ours is also timed with some that rank as well.
AS_GOOD = {"shop": {"max_depth": 10}, "continuous": {"n_estimators": 200}}


def report(name, runs, base):
    seconds = [run[0] for run in runs]
    auc = statistics.mean(run[1] for run in runs)
    loss = statistics.mean(run[2] for run in runs)
    median, least = statistics.median(seconds), min(seconds)
    ratio = f"{median / base[0]:7.1f} x  {least / base[1]:7.1f} x" if base else ""
    print(
        f"{name:16}{median:9.3f} s {least:9.3f} s   AUC {auc:.5f}  log loss {loss:.5f}  "
        f"{len(runs)} runs  {ratio}",
        flush=True,
    )
    return median, least


def report_files(parts):
    """Bytes of the saved models, and the seconds of a whole process that loads ours."""
    ours = parts.folder / "store" / "models" / "classification_model.onnx"
    theirs = parts.folder / "forest.joblib"
    seconds = []
    for _ in range(9):
        begun = time.perf_counter()
        subprocess.run([PROGRAM, "importance", "--model", ours], check=True, capture_output=True)
        seconds.append(time.perf_counter() - begun)
    print(f"model file     {ours.stat().st_size:,} bytes; {statistics.median(seconds) * 1e3:.1f} ms "
          f"({min(seconds) * 1e3:.1f} at best) to start, load and rank the features")
    if theirs.exists():
        begun = time.perf_counter()
        joblib.load(theirs)
        took = time.perf_counter() - begun
        print(f"joblib file    {theirs.stat().st_size:,} bytes ({theirs.stat().st_size / ours.stat().st_size:.1f} x); "
              f"{took * 1e3:.0f} ms to load")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("case", choices=CASES)
    parser.add_argument("--store", type=Path, default=ROOT / "store")
    parser.add_argument("--shoppers", default=os.environ.get("RAREWOOD_ONLINE_SHOPPERS"))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--slow-runs", type=int, default=3)
    parser.add_argument("--rivals", help="default: those of the case")
    arguments = parser.parse_args()
    if arguments.case == "shoppers" and not arguments.shoppers:
        parser.error("--shoppers must name the CSV file of the online shoppers")
    names = (arguments.rivals or DEFAULT_RIVALS[arguments.case]).split(",")
    features, classes, options = CASES[arguments.case](arguments)
    with tempfile.TemporaryDirectory() as folder:
        parts = Parts(features, classes, Path(folder))
        ours, as_good, theirs = [], [], {name: [] for name in names}
        others = AS_GOOD.get(arguments.case)
        for run in range(arguments.runs):
            ours.append(rarewood(parts, options, run + 1))
            if others:
                as_good.append(rarewood(parts, options | others, run + 1))
            for name in names:
                if run < (arguments.runs if name in FAST else arguments.slow_runs):
                    theirs[name].append(RIVALS[name](parts, options, run + 1))
        print(f"{arguments.case}: median and least seconds, and how many times ours these are")
        base = report("rarewood", ours, None)
        if others:
            report(" ".join(f"{name}={value}" for name, value in others.items()), as_good, base)
        for name in names:
            report(name, theirs[name], base)
        if arguments.case == "shop":
            report_files(parts)


if __name__ == "__main__":
    main()
