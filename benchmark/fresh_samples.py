#!/usr/bin/env python3
"""Judges the forest against scikit-learn's on many samples of one law, each on 100,000 fresh rows.

usage: benchmark/fresh_samples.py [--samples N] [--seeds N]

seeds.py judges many seeds on one test part, where both forests may differ by the luck of that part.
Here each sample of the continuous table has its own 24,000 training rows, and the test rows are so
many that differences in the fourth decimal show. Prints the mean of each metric, the difference from
scikit-learn paired by sample, and its standard error.
"""

import argparse
import tempfile
from pathlib import Path

import numpy as np
from seeds import continuous, run_ours, run_peer

TRAIN_ROWS = 24_000
TEST_ROWS = 100_000


def judge(sample, seeds):
    """[2 sides][seeds][metrics]"""
    features, classes = continuous(None, TRAIN_ROWS + TEST_ROWS, 1000 + sample)
    part = (np.arange(len(classes)) % 5).astype(str).astype(object)
    part[TRAIN_ROWS:] = "test"
    train, test = slice(0, TRAIN_ROWS), slice(TRAIN_ROWS, None)
    parts = (features[train], classes[train], features[test], classes[test])
    with tempfile.TemporaryDirectory() as name:
        features.assign(y=classes, part=part).to_parquet(Path(name) / "rows.parquet")
        ours = [run_ours(Path(name), "forest", seed) for seed in range(seeds)]
    return [ours, [run_peer(parts, "forest", seed) for seed in range(seeds)]]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--samples", type=int, default=8)
    parser.add_argument("--seeds", type=int, default=2)
    arguments = parser.parse_args()
    judged = np.array([judge(sample, arguments.seeds) for sample in range(arguments.samples)])
    ours, peers = judged.mean(axis=2).transpose(1, 0, 2)  # [samples][metrics]
    difference = ours - peers
    error = difference.std(axis=0, ddof=1) / len(difference) ** 0.5
    for i, metric in enumerate(("AUC", "log loss")):
        print(
            f"{metric:9} rarewood {ours[:, i].mean():.5f}   scikit-learn {peers[:, i].mean():.5f}   "
            f"difference {difference[:, i].mean():+.5f} ±{error[i]:.5f}"
        )


if __name__ == "__main__":
    main()
