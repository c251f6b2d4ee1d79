"""What large leaves do to a forest on tables of one's own: the default beside two milder forests.

    python benchmark/leaf_size.py TABLE.csv TARGET [SEEDS]

Each seed draws a split, the same for all; figures are of its test part.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import mean

PROGRAM = Path(__file__).resolve().parents[1] / "build" / "rarewood"
FORESTS = {"default": "", "steady": "--strategy steady", "leaves of 20": "--min-samples-leaf 20"}
METRICS = {"auc_roc": 1, "average_precision": 1, "log_loss": -1}  # -1: lower is better


def judged(table, target, words, seed, folder):
    command = [PROGRAM, "train", table, "--target", target, *words.split()]
    command += ["--random-state", str(seed), "--figures", "none", "--json", folder / "run.json"]
    command += ["--store", folder / "store", "--journal", folder / "runs"]
    subprocess.run(command, check=True, capture_output=True)
    return json.loads((folder / "run.json").read_text())["metrics"]


def main():
    table, target = Path(sys.argv[1]).resolve(), sys.argv[2]
    seeds = range(1, 1 + (int(sys.argv[3]) if len(sys.argv) > 3 else 5))
    with tempfile.TemporaryDirectory() as folder:
        runs = {
            name: [judged(table, target, words, seed, Path(folder)) for seed in seeds]
            for name, words in FORESTS.items()
        }
    print(f"{len(seeds)} seeds; in brackets the seeds in which it is better than the default")
    for name, found in runs.items():
        cells = []
        for metric, sign in METRICS.items():
            pairs = zip(found, runs["default"], strict=True)
            better = sum(sign * (one[metric] - usual[metric]) > 0 for one, usual in pairs)
            cells.append(f"{metric} {mean(run[metric] for run in found):.4f} ({better})")
        print(f"{name:<14}", *cells, sep="  ")


if __name__ == "__main__":
    main()
