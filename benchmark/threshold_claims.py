#!/usr/bin/env python3
"""What tuning the threshold on the test rows claims, against what then comes true.

usage: benchmark/threshold_claims.py [--store DIR] [--shoppers CSV] [--seeds N]

The snippet under test: precision_recall_curve on the test part, argmax of F1, that F1 reported. Rows
are split in three by seed: 60 % to train, 20 % as the test part, 20 % nobody looks at: "later". The
model is rarewood's forest; the snippet gets its probabilities. Prints means over seeds: the F1 the
snippet claims, what its threshold reaches on the later rows, what rarewood reports of its own
threshold on the test part, what that reaches on the later rows; and how the thresholds scatter.
Tables: 2,500 and 25,000 rows and all of the simulated shop as of ten minutes; the UCI online shoppers
(--shoppers or RAREWOOD_ONLINE_SHOPPERS names the CSV file), whole and 1,500 rows of it.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import f1_score, precision_recall_curve

sys.path.insert(0, str(Path(__file__).parent))
from main_job import PROGRAM, ROOT, make_table  # noqa: E402


def probabilities(folder, rows):
    rows.to_parquet(folder / "some.parquet")
    subprocess.run(
        [PROGRAM, "score", "some.parquet", "--out", "scored.parquet"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    return pd.read_parquet(folder / "scored.parquet")["probability"].to_numpy()


def snippet(y, probability):
    precision, recall, thresholds = precision_recall_curve(y, probability)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-300)
    return thresholds[np.argmax(f1[:-1])], f1.max()


def one_seed(rows, seed, folder):
    order = np.random.default_rng(seed).permutation(len(rows))
    part = np.where(order % 10 < 6, (order % 5).astype(str), "test").astype(object)
    later = order % 10 >= 8
    seen = rows[~later].assign(part=part[~later])
    seen.to_parquet(folder / "rows.parquet")
    subprocess.run(
        [PROGRAM, "train", "rows.parquet", "--target", "y", "--split", "column", "--fold-column",
         "part", "--figures", "none", "--json", "run.json", "--random-state", str(seed),
         "--min-samples-leaf", "5"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    record = json.loads((folder / "run.json").read_text())
    test = seen[seen["part"] == "test"]
    cut, claimed = snippet(test["y"], probabilities(folder, test))
    later_p, later_y = probabilities(folder, rows[later].assign(part="test")), rows["y"][later]
    ours = record["threshold"]["probability"]
    return (claimed, f1_score(later_y, later_p >= cut), record["metrics"]["f1_score"],
            f1_score(later_y, later_p >= ours), cut, ours)  # fmt: skip


def tables(arguments):
    shop = pd.read_parquet(make_table(arguments.store.resolve())).drop(columns="revenue")
    shop = shop.rename(columns={"is_ordered": "y"})
    yield "shop, 2,500 rows", lambda seed: shop.sample(2500, random_state=seed)
    yield "shop, 25,000 rows", lambda seed: shop.sample(25000, random_state=seed)
    yield "shop, all rows", lambda seed: shop
    if arguments.shoppers:
        rows = pd.read_csv(arguments.shoppers, sep=None, engine="python")
        rows = rows.assign(y=rows.pop("Revenue").astype(str).str.upper().eq("TRUE").astype(int))
        yield "shoppers, 1,500 rows", lambda seed: rows.sample(1500, random_state=seed)
        yield "shoppers, all rows", lambda seed: rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--store", type=Path, default=ROOT / "store")
    parser.add_argument("--shoppers", default=os.environ.get("RAREWOOD_ONLINE_SHOPPERS"))
    parser.add_argument("--seeds", type=int, default=20)
    arguments = parser.parse_args()
    print(f"{'':22} the snippet: claimed, later    rarewood: reported, later    thresholds")
    with tempfile.TemporaryDirectory() as name:
        for title, rows_of in tables(arguments):
            each = np.array(
                [one_seed(rows_of(s).reset_index(drop=True), s, Path(name)) for s in range(arguments.seeds)]
            )
            mean, scatter = each.mean(axis=0), each.std(axis=0, ddof=1)
            error = scatter / len(each) ** 0.5
            gaps = (each[:, 0] - each[:, 1], each[:, 2] - each[:, 3])
            print(
                f"{title:22} {mean[0]:.4f} {mean[1]:.4f} (too high by {gaps[0].mean():+.4f} "
                f"±{gaps[0].std(ddof=1) / len(each) ** 0.5:.4f})   {mean[2]:.4f} {mean[3]:.4f} "
                f"(by {gaps[1].mean():+.4f} ±{gaps[1].std(ddof=1) / len(each) ** 0.5:.4f})   "
                f"±{scatter[4]:.3f}, ±{scatter[5]:.3f}; errors of the means {error.max():.4f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
