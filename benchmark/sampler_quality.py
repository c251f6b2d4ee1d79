#!/usr/bin/env python3
"""Judges what each sampler does to the forest: the same rows, the same test part, seed by seed.

usage: benchmark/sampler_quality.py [--store DIR] [--shoppers CSV] [--seeds N]

The tables are the simulated shop as of ten minutes and, where its file is given, the public
online_shoppers table. Prints AUC, average precision and log loss on the test part, mean and standard
error over the seeds, and the mean difference of AUC to the same seed without sampling.
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
from sklearn.model_selection import StratifiedKFold

sys.path.insert(0, str(Path(__file__).parent))
from main_job import PROGRAM, ROOT, make_table  # noqa: E402

FOREST = ["--n-estimators", "200", "--max-depth", "15", "--min-samples-split", "5"]
RATIO = ["--sampling-strategy", "0.25"]
SAMPLERS = {
    "none": ["none"],
    "smote, interpolate": ["smote", *RATIO],
    "smote, copy_booleans": ["smote", *RATIO, "--synthetic-types", "copy_booleans"],
    "smote, keep": ["smote", *RATIO, "--synthetic-types", "keep"],
    "smotenc": ["smotenc", *RATIO],
    "borderline_smote": ["borderline_smote", *RATIO],
    "adasyn": ["adasyn", *RATIO],
    "random_over": ["random_over", *RATIO],
    "random_under": ["random_under", *RATIO],
    "enn": ["enn"],
    "tomek_links": ["tomek_links"],
    "smote_enn": ["smote_enn", *RATIO],
}


def train(folder, target, seed, words):
    command = [PROGRAM, "train", "parts.parquet", "--target", target, "--split", "column",
               "--fold-column", "part", "--figures", "none", "--json", "run.json",
               "--random-state", str(seed), *FOREST, "--balance", *words]  # fmt: skip
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    metrics = json.loads((folder / "run.json").read_text())["metrics"]
    return metrics["auc_roc"], metrics["average_precision"], metrics["log_loss"]


def with_parts(rows, target, seed):
    """A fifth as test part, five folds of the others; another seed, another split."""
    part = np.full(len(rows), "test", dtype=object)
    folds = StratifiedKFold(6, shuffle=True, random_state=seed)
    for fold, (_, members) in enumerate(folds.split(rows, rows[target])):
        if fold < 5:
            part[members] = str(fold)
    return rows.assign(part=part)


def judge(name, rows, target, seeds):
    found = {sampler: [] for sampler in SAMPLERS}
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(1, seeds + 1):
            with_parts(rows, target, seed).to_parquet(Path(folder) / "parts.parquet")
            for sampler, words in SAMPLERS.items():
                found[sampler].append(train(Path(folder), target, seed, words))
    print(f"\n{name}, {seeds} seeds\n{'':24}AUC                 average precision   log loss"
          "            AUC less none's")  # fmt: skip
    for sampler, results in found.items():
        cells = [spread(values) for values in zip(*results)]
        cells.append(spread([a[0] - b[0] for a, b in zip(results, found["none"])], "+.4f"))
        print(f"{sampler:24}" + "".join(f"{cell:20}" for cell in cells), flush=True)


def spread(values, form=".4f"):
    error = statistics.stdev(values) / len(values) ** 0.5 if len(values) > 1 else 0
    return f"{statistics.mean(values):{form}} +- {error:.4f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--store", type=Path, default=ROOT / "store")
    parser.add_argument("--shoppers", type=Path)
    parser.add_argument("--seeds", type=int, default=5)
    arguments = parser.parse_args()
    shop = pd.read_parquet(make_table(arguments.store.resolve())).drop(columns="revenue")
    if arguments.shoppers:
        shoppers = pd.read_csv(arguments.shoppers, sep=";").astype({"Weekend": int, "Revenue": int})
        judge("online_shoppers", shoppers, "Revenue", arguments.seeds)
    judge("simulated shop as of 10 min", shop, "is_ordered", arguments.seeds)


if __name__ == "__main__":
    main()
