"""Whether folds with fewer trees leave the final forest's probabilities as they should be: calibration
slope and a recall that is asked for, on rows of normal columns, where trees differ much.

    .venv/bin/python benchmark/fold_members.py [--rows 100000] [--columns 20] [--seeds 3] [--program FILE]

A slope of 1 is right; above it probabilities are too timid. Figures are of the test rows.
"""

import argparse
import json
import math
import random
import subprocess
import tempfile
from pathlib import Path

PROGRAM = Path(__file__).resolve().parents[1] / "build" / "rarewood"


def write_rows(path, rows, columns, seed):
    chance = random.Random(seed)
    with path.open("w") as out:
        out.write(",".join([f"x{i}" for i in range(columns)] + ["y"]) + "\n")
        for _ in range(rows):
            x = [chance.gauss(0, 1) for _ in range(columns)]
            odds = -3.2 + 0.5 * x[0] + 0.4 * x[1] - 0.3 * x[2] * x[3] + 0.3 * x[4]
            event = int(chance.random() < 1 / (1 + math.exp(-odds)))
            out.write(",".join([f"{value:.5g}" for value in x] + [str(event)]) + "\n")


def trained(program, table, words):
    folder = table.parent
    command = [program, "train", table, "--target", "y", "--figures", "none", "--json", folder / "run.json"]
    command += ["--store", folder / "store", "--journal", folder / "runs", *words]
    subprocess.run(command, check=True, capture_output=True)
    return json.loads((folder / "run.json").read_text())


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--columns", type=int, default=20)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--program", type=Path, default=PROGRAM)
    asked = parser.parse_args()
    for seed in range(1, asked.seeds + 1):
        with tempfile.TemporaryDirectory() as name:
            table = Path(name) / "rows.csv"
            write_rows(table, asked.rows, asked.columns, seed)
            slope = trained(asked.program, table, [])
            low, high = (slope["intervals"]["calibration_slope"][end] for end in ("low", "high"))
            recall = trained(asked.program, table, ["--threshold", "recall:0.8"])
        print(
            f"seed {seed}: slope {slope['metrics']['calibration_slope']:.3f} ({low:.3f} to {high:.3f}), "
            f"recall asked for 0.8: {recall['metrics']['recall']:.3f} on the test rows"
        )


if __name__ == "__main__":
    main()
