#!/usr/bin/env python3
"""How often does `rarewood compare` find something where there is nothing?

usage: benchmark/compare_null.py [TABLES] [CRITERION]

Makes tables in which no column tells anything of the outcome, compares seven candidates on each, and
prints how often the dummy was chosen (it should be in at least 95 % of them) and in how many all
candidates were called indistinguishable.
"""

import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

PROGRAM = Path(__file__).resolve().parents[1] / "build" / "rarewood"
ROWS = 2000
WORDS = (
    "--target y --learners forest,lightgbm,logistic,dummy --balances none,class_weight "
    "--set forest.n_estimators=30,lightgbm.n_estimators=30 --json c.json --log-level error"
)


def null_table(seed):
    draw = random.Random(seed)
    lines = ["depth,hour,source,y"]
    for _ in range(ROWS):
        source = draw.choice(["ads", "mail", "search"])
        bought = int(draw.random() < 0.1)
        lines.append(f"{draw.randint(1, 6)},{draw.randint(0, 23)},{source},{bought}")
    return "\n".join(lines) + "\n"


def compared(folder, seed, criterion):
    (folder / "t.csv").write_text(null_table(seed))
    command = [PROGRAM, "compare", "t.csv", *WORDS.split(), "--by", criterion]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return json.loads((folder / "c.json").read_text())


def main():
    tables = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    criterion = sys.argv[2] if len(sys.argv) > 2 else "f1_score"
    chosen, alike = Counter(), 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(tables):
            record = compared(Path(folder), seed, criterion)
            chosen[record["chosen"]["learner"]] += 1
            alike += len(record["indistinguishable"]) == len(record["candidates"])
    print(f"{criterion}, {tables} tables of {ROWS} rows where nothing matters")
    print("chosen: " + ", ".join(f"{name} {count}" for name, count in chosen.most_common()))
    print(f"all candidates indistinguishable: {alike}")


if __name__ == "__main__":
    main()
