#!/usr/bin/env python3
"""How often does the verdict of `rarewood evaluate` tell two equal models apart?

usage: benchmark/verdict_null.py [TABLES] [THRESHOLD]

Draws tables of rows with known probabilities and two models that blur them alike, each by noise of
its own, so that on more rows all their figures would be equal. Prints how often the verdict calls one
of them better, worse or both, and beside it how often at least one of the four 95 % intervals lacks 0,
which is what a verdict without adjustment would go by.
"""

import json
import math
import random
import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAM = Path(__file__).resolve().parents[1] / "build" / "rarewood"
ROWS = 3000


def sigmoid(z):
    return 1 / (1 + math.exp(-z))


def null_table(seed):
    """Log-odds of 1.3 normal steps around -3: about 9 % positive, AUC about 0.8."""
    draw = random.Random(seed)
    lines = ["p,q,y"]
    for _ in range(ROWS):
        logit = draw.gauss(-3, 1.3)
        positive = int(draw.random() < sigmoid(logit))
        p, q = (sigmoid(logit + draw.gauss(0, 0.4)) for _ in "pq")
        lines.append(f"{p:.9f},{q:.9f},{positive}")
    return "\n".join(lines) + "\n"


def judged(folder, seed, threshold):
    (folder / "t.csv").write_text(null_table(seed))
    command = [PROGRAM, "evaluate", "t.csv", "--label", "y", "--score", "p,q", "--json", "e.json"]
    command += ["--threshold", threshold, "--log-level", "error"]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    record = json.loads((folder / "e.json").read_text())
    return [each for each in record["differences"] if each["rival"] == "q"]


def main():
    tables = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    threshold = sys.argv[2] if len(sys.argv) > 2 else "0.15"
    together = apart = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(tables):
            differences = judged(Path(folder), seed, threshold)
            together += any(each["p_adjusted"] < 0.05 for each in differences)
            apart += any(
                each["interval"]["low"] > 0 or each["interval"]["high"] < 0
                for each in differences
            )
    share = together / tables
    error = 100 * math.sqrt(share * (1 - share) / tables)
    print(f"{tables} tables of {ROWS} rows, two equal models, threshold {threshold}")
    print(f"told apart by the verdict: {100 * share:.1f} % (standard error {error:.1f})")
    print(f"by any of the intervals alone: {100 * apart / tables:.1f} %")


if __name__ == "__main__":
    main()
