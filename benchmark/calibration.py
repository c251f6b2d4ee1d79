#!/usr/bin/env python3
"""Compares --calibration auto with each single method on the test rows, over tables, learners and seeds.

usage: benchmark/calibration.py [--store DIR] [--shoppers CSV] [--csv FILE:TARGET ...] [--seeds N]
           [--tables NAME,...] [--learners NAME,...] [--balances NAME,...]

Tables: the simulated shop as of ten minutes, the UCI online shoppers (--shoppers or
RAREWOOD_ONLINE_SHOPPERS names the CSV file) and any CSV file with a target of 0 and 1. A seed changes the split,
the folds and what the learner draws. Prints, by table, learner and balance, the mean log loss on the
test rows of auto, that of each method less auto's with its standard error over seeds (below 0: the
method is better than auto), how far the mean probability and the calibration slope are off, and how
often auto chose what.
"""

import argparse
import collections
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from main_job import PROGRAM, ROOT, make_table  # noqa: E402

METHODS = ["none", "platt", "beta", "isotonic"]


def run(words, folder, seed, calibration):
    subprocess.run(
        [PROGRAM, "train", *words, "--calibration", calibration, "--random-state", str(seed),
         "--figures", "none", "--store", folder / "out", "--journal", folder / "journal",
         "--json", folder / "run.json"],
        check=True, capture_output=True,
    )  # fmt: skip
    return json.loads((folder / "run.json").read_text())


def mean_and_error(values):
    error = statistics.stdev(values) / len(values) ** 0.5 if len(values) > 1 else 0
    return f"{statistics.mean(values):+.5f} ±{error:.5f}"


def compare(title, words, folder, seeds):
    losses = collections.defaultdict(list)
    chosen = collections.Counter()
    off, slope = [], []
    for seed in range(seeds):
        for method in ["auto", *METHODS]:
            record = run(words, folder, seed, method)
            losses[method].append(record["metrics"]["log_loss"])
            if method == "auto":
                after = record["calibration"]["after"]
                chosen[record["calibration"]["method"]] += 1
                off.append(after["mean_probability"] - after["prevalence"]["value"])
                slope.append(after["slope"]["value"])
    behind = {m: [a - b for a, b in zip(losses[m], losses["auto"])] for m in METHODS}
    cells = "  ".join(f"{m} {mean_and_error(behind[m])}" for m in METHODS)
    print(
        f"{title:34} auto {statistics.mean(losses['auto']):.5f}  {cells}  mean p off "
        f"{statistics.mean(off):+.4f}, slope {statistics.mean(slope):.3f}  {dict(chosen)}",
        flush=True,
    )
    return behind


def tables(arguments):
    """Name, and the words that make train read it."""
    named = arguments.tables.split(",")
    if "shop" in named:
        table = make_table(arguments.store.resolve())
        yield "shop", [table, "--target", "is_ordered", "--exclude", "revenue"]
    if "shoppers" in named and arguments.shoppers:
        yield "shoppers", [arguments.shoppers, "--target", "Revenue"]
    for each in arguments.csv:
        path, target = each.rsplit(":", 1)
        yield Path(path).stem, [path, "--target", target]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--store", type=Path, default=ROOT / "store")
    parser.add_argument("--shoppers", default=os.environ.get("RAREWOOD_ONLINE_SHOPPERS"))
    parser.add_argument("--csv", action="append", default=[], metavar="FILE:TARGET")
    parser.add_argument("--tables", default="shop,shoppers", help="beside those of --csv")
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--learners", default="forest,xgboost,logistic")
    parser.add_argument("--balances", default="none,class_weight")
    arguments = parser.parse_args()
    totals = collections.defaultdict(list)
    with tempfile.TemporaryDirectory() as name:
        for table, words in tables(arguments):
            for learner in arguments.learners.split(","):
                for balance in arguments.balances.split(","):
                    more = ["--learner", learner, "--balance", balance]
                    behind = compare(
                        f"{table}, {learner}, {balance}", [*words, *more], Path(name), arguments.seeds
                    )
                    for method, values in behind.items():
                        totals[method].append(statistics.mean(values))
    for method, means in totals.items():
        better = sum(mean < 0 for mean in means)
        print(f"{method}: better than auto in {better} of {len(means)}, on average {statistics.mean(means):+.5f}")


if __name__ == "__main__":
    main()
