#!/usr/bin/env python3
"""Judges each learner against its Python original over many seeds, on equal rows.

usage: benchmark/seeds.py [--store DIR] [--shoppers CSV] [--csv FILE:TARGET ...] [--seeds N]
           [--tables NAME,...] [--learners NAME,...]

Tables: shop (the simulated one as of ten minutes), shoppers (UCI online shoppers; --shoppers or
RAREWOOD_ONLINE_SHOPPERS names the CSV file), continuous (made up), and any CSV file with a target of
0 and 1 that --csv names. Texts are numbered for both sides, missing numbers are left as they are. Rows are split once; a seed
changes what the learner draws. Both sides state their own probabilities (--calibration none), so
that log losses compare. Prints mean and standard deviation over seeds, the difference of the means
and its standard error: alike means that the difference is within a few of them.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.model_selection import train_test_split

sys.path.insert(0, str(Path(__file__).parent))
from main_job import PROGRAM, ROOT, make_table  # noqa: E402

OPTIONS = {
    "forest": {"n_estimators": 100, "min_samples_leaf": 5},
    "xgboost": {"n_estimators": 100, "max_depth": 6, "learning_rate": 0.1, "colsample_bytree": 0.8},
    "lightgbm": {"n_estimators": 100, "num_leaves": 31, "learning_rate": 0.1, "colsample_bytree": 0.8},
    "logistic": {"C": 1.0},
}


def shop(arguments):
    rows = pd.read_parquet(make_table(arguments.store.resolve()))
    return rows.drop(columns=["is_ordered", "revenue"]).astype(np.float32), rows["is_ordered"]


def of_file(path, target):
    rows = pd.read_csv(path, sep=None, engine="python")
    classes = rows.pop(target).astype(int)
    texts = [name for name in rows if not pd.api.types.is_numeric_dtype(rows[name])]
    return rows.assign(**{n: pd.factorize(rows[n])[0] for n in texts}).astype(np.float32), classes


def shoppers(arguments):
    return of_file(arguments.shoppers, "Revenue")


def continuous(_, rows=30_000, seed=7):
    draw = np.random.default_rng(seed)
    values = draw.normal(size=(rows, 12)).astype(np.float32)
    score = values[:, 0] + values[:, 1] * values[:, 2] + 0.5 * np.abs(values[:, 3]) - 3.2
    classes = draw.random(len(values)) < 1 / (1 + np.exp(-1.5 * score))
    return pd.DataFrame(values, columns=[f"x{i}" for i in range(12)]), pd.Series(classes.astype(int))


MAKERS = {"shop": shop, "shoppers": shoppers, "continuous": continuous}


def peer_of(learner, seed):
    options = OPTIONS[learner]
    if learner == "forest":
        from sklearn.ensemble import RandomForestClassifier

        return RandomForestClassifier(**options, random_state=seed, n_jobs=2)
    if learner == "xgboost":
        from xgboost import XGBClassifier

        return XGBClassifier(**options, random_state=seed, n_jobs=1, tree_method="hist")
    if learner == "lightgbm":
        from lightgbm import LGBMClassifier

        return LGBMClassifier(**options, random_state=seed, n_jobs=1, verbose=-1)
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(**options, solver="newton-cholesky", tol=1e-8)


def run_peer(parts, learner, seed):
    train, y_train, test, y_test = parts
    probability = peer_of(learner, seed).fit(train, y_train).predict_proba(test)[:, 1]
    return roc_auc_score(y_test, probability), log_loss(y_test, probability)


def run_ours(folder, learner, seed):
    words = [f"--{name.replace('_', '-')}={value}" for name, value in OPTIONS[learner].items()]
    subprocess.run(
        [PROGRAM, "train", "rows.parquet", "--target", "y", "--split", "column",
         "--fold-column", "part", "--learner", learner, "--calibration", "none", "--figures", "none",
         "--json", "run.json", "--random-state", str(seed), *words],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    metrics = json.loads((folder / "run.json").read_text())["metrics"]
    return metrics["auc_roc"], metrics["log_loss"]


def compare(name, ours, peers):
    cells = []
    for mine, other in zip(zip(*ours), zip(*peers)):
        deviations = [statistics.stdev(each) if len(each) > 1 else 0 for each in (mine, other)]
        error = (sum(d * d / len(mine) for d in deviations)) ** 0.5
        difference = statistics.mean(mine) - statistics.mean(other)
        cells.append(
            f"{statistics.mean(mine):.5f} ±{deviations[0]:.5f}  {statistics.mean(other):.5f} "
            f"±{deviations[1]:.5f}  {difference:+.5f} ±{error:.5f}"
        )
    print(f"{name:22} AUC {cells[0]}   log loss {cells[1]}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--store", type=Path, default=ROOT / "store")
    parser.add_argument("--shoppers", default=os.environ.get("RAREWOOD_ONLINE_SHOPPERS"))
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--csv", action="append", default=[], metavar="FILE:TARGET")
    parser.add_argument("--tables", default="shop,shoppers,continuous")
    parser.add_argument("--learners", default="forest,xgboost,lightgbm,logistic")
    arguments = parser.parse_args()
    print(f"{'':22}     rarewood, the original, difference")
    for table in [*arguments.tables.split(","), *arguments.csv]:
        if table == "shoppers" and not arguments.shoppers:
            print("shoppers: left out, as --shoppers does not name its file")
            continue
        if ":" in table:
            features, classes = of_file(*table.rsplit(":", 1))
        else:
            features, classes = MAKERS[table](arguments)
        train, test = train_test_split(
            np.arange(len(classes)), test_size=0.2, random_state=42, stratify=classes
        )
        parts = (features.iloc[train], classes.iloc[train], features.iloc[test], classes.iloc[test])
        part = (np.arange(len(classes)) % 5).astype(str).astype(object)
        part[test] = "test"
        with tempfile.TemporaryDirectory() as name:
            features.assign(y=classes.to_numpy(), part=part).to_parquet(Path(name) / "rows.parquet")
            for learner in arguments.learners.split(","):
                seeds = range(1 if learner == "logistic" else arguments.seeds)
                ours = [run_ours(Path(name), learner, seed) for seed in seeds]
                compare(f"{Path(table).name}, {learner}", ours, [run_peer(parts, learner, s) for s in seeds])


if __name__ == "__main__":
    main()
