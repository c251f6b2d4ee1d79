#!/usr/bin/env python3
"""Times the samplers against imbalanced-learn's, turn and turn about, from arrays to arrays.

usage: benchmark/resamplers.py [--store DIR] [--runs N]

Tables: 100,000 x 28 continuous, 10 % positive; the same with 4 categorical columns; the simulated
shop as of ten minutes. Ours runs in the probe of the parity tests, which times the resampling of a
counted table alone; counting is part of loading a table, whatever is done about its imbalance.
imbalanced-learn runs in this process. Prints the median seconds of both, their ratio, how many rows
both made, and for the mixed table the memory of both. Same k, same ratio, two threads for ours.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
from imblearn.over_sampling import ADASYN, SMOTE, SMOTENC, BorderlineSMOTE
from imblearn.under_sampling import EditedNearestNeighbours

sys.path.insert(0, str(Path(__file__).parent))
from main_job import ROOT, make_table  # noqa: E402

PROBE = ROOT / "build" / "test" / "resample_probe"
RATIO = 0.25


def continuous(categories=0):
    draw = np.random.default_rng(0)
    y = (np.arange(100_000) % 10 == 0).astype(np.uint8)
    x = draw.normal(size=(len(y), 28 + categories)).astype(np.float32)
    x[y == 1, :4] += 0.8
    for column in range(28, 28 + categories):
        x[:, column] = draw.integers(0, 12, len(y))
    return x, y


def shop(store):
    rows = pd.read_parquet(make_table(store))
    x = rows.drop(columns=["is_ordered", "revenue"]).to_numpy(np.float32)
    return x, rows["is_ordered"].to_numpy(np.uint8)


def ours(name, x, y, words):
    done = subprocess.run(
        [PROBE, name, *map(str, x.shape), "1", "2", *words],
        input=x.tobytes() + y.tobytes(), capture_output=True, check=True,
    )  # fmt: skip
    facts = json.loads(done.stdout.split(b"\n", 1)[0])
    return facts["seconds"], facts["synthetic"], facts["memory"], facts["output"]


def peer(sampler, x, y):
    x = x.astype(np.float64)
    begun = time.perf_counter()
    made, _ = sampler.fit_resample(x, y)
    return time.perf_counter() - begun, len(made) - len(x)


def peer_memory(categories):
    """Bytes that SMOTENC takes beside its input and result, in a process of its own."""
    code = f"""
import resource, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from resamplers import continuous, SMOTENC, RATIO
x, y = continuous({categories})
x = x.astype(float)
open("/proc/self/clear_refs", "w").write("5")
peak = lambda: int(open("/proc/self/status").read().split("VmHWM:")[1].split()[0]) * 1024
before = peak()
SMOTENC(list(range(28, 28 + {categories})), sampling_strategy=RATIO).fit_resample(x, y)
print(peak() - before)
"""
    return int(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)


def compare(title, name, sampler, table, words=(), runs=5):
    x, y = table
    words = [*words, *([f"sampling_strategy={RATIO}"] if name != "enn" else [])]
    mine, theirs = [], []
    for _ in range(runs):
        mine.append(ours(name, x, y, words))
        theirs.append(peer(sampler, x, y))
    a, b = (statistics.median(run[0] for run in runs_of) for runs_of in (mine, theirs))
    print(f"{title:44}{a:8.3f} s{b:9.3f} s{b / a:8.1f} x   {mine[0][1]:,} / {theirs[0][1]:,} rows",
          flush=True)  # fmt: skip
    return mine[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--store", type=Path, default=ROOT / "store")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    runs = {"runs": arguments.runs}
    over = {"sampling_strategy": RATIO, "random_state": 1}
    plain, mixed = continuous(), continuous(4)
    print(f"load {os.getloadavg()[0]:.1f}\n{'':44}rarewood   peer       ratio   rows made")
    compare("SMOTE, 100,000 x 28", "smote", SMOTE(**over), plain, **runs)
    compare("SMOTE, shop", "smote", SMOTE(**over), shop(arguments.store.resolve()), **runs)
    compare("ADASYN, 100,000 x 28", "adasyn", ADASYN(**over), plain, **runs)
    borderline = BorderlineSMOTE(**over)
    compare("Borderline-SMOTE, 100,000 x 28", "borderline_smote", borderline, plain, **runs)
    columns = list(range(28, 32))
    words = ["categories=" + ",".join(map(str, columns))]
    _, _, memory, output = compare(
        "SMOTENC, 100,000 x (28 + 4)", "smotenc", SMOTENC(columns, **over), mixed, words, **runs
    )
    print(f"{'  its memory':44}{memory / 1e6:6.0f} MB{peer_memory(4) / 1e6:8.0f} MB"
          f"   ours {memory / output:.2f} of its output's {output / 1e6:.0f} MB")  # fmt: skip
    small = plain[0][:30_000], plain[1][:30_000]
    compare("ENN, 30,000 x 28", "enn", EditedNearestNeighbours(), small, **runs)


if __name__ == "__main__":
    main()
