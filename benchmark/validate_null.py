#!/usr/bin/env python3
"""How often does `rarewood validate` cry wolf, and how small a wolf does it see?

usage: benchmark/validate_null.py [MODELS] [TABLES] [ALIKE]

Trains models on tables drawn from one law (2,000 and 50,000 rows) and validates tables of 200, 2,000
and 100,000 rows: drawn from the same law (all must pass), and from laws that differ in one thing.
Prints the share of tables that fail and that warn, and how often the check at fault is among those
that are not met. Tables of 100,000 rows are a tenth as many. With ALIKE, from 0 to 1, rows come in groups
of users, five rows each on average (geometric), and a row has the value of its user in that share of
its columns: models are trained by groups, and tables drawn as whole users. Set-up: numpy, pyarrow.
"""

import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

PROGRAM = Path(__file__).resolve().parents[1] / "build" / "rarewood"
ALIKE = float(sys.argv[3]) if len(sys.argv) > 3 else None
TRAINING_ROWS = (2_000, 50_000) if ALIKE is None else (10_000, 50_000)  # 10,000 of 2,000 users
SIZES = (200, 2_000, 100_000)
SOURCES = np.array([f"s{i}" for i in range(60)])
WORDS = "--target y --n-estimators 10 --max-depth 6 --figures none --no-time-check --log-level error"


def law(rows, draw, shift=""):
    """A table of ten columns: skewed, with ties, a long tail of levels, values that are missing."""
    weights = 1 / np.arange(1, 61) ** 1.6
    source = draw.choice(60, rows, p=weights / weights.sum())
    if shift == "new level":
        source[draw.random(rows) < 0.08] = -1
    amount = draw.lognormal(3, 1, rows) * (1.5 if shift == "scale x 1.5" else 1)
    columns = {
        "amount": amount,
        "spend": np.where(draw.random(rows) < 0.7, 0, draw.lognormal(2, 1, rows)),
        "score": draw.normal(0.5 if shift == "mean + 0.5 sd" else 0.0, 1, rows),
        "pages": draw.poisson(3, rows),
        "level": draw.integers(1, 6, rows),
        "age": draw.normal(40, 12, rows).round(),
        "mobile": draw.random(rows) < (0.5 if shift == "share 0.3 to 0.5" else 0.3),
        "rare": draw.random(rows) < 0.004,
    }
    gone = draw.random(rows) < (0.15 if shift == "missing 3 % to 15 %" else 0.03)
    risk = 0.02 + 0.03 * (columns["pages"] > 4) + 0.03 * columns["mobile"]
    event = draw.random(rows) < risk * (2 if shift == "base rate x 2" else 1)
    names = np.append(SOURCES, "brand-new")[source]
    table = {name: pa.array(values) for name, values in columns.items()}
    table["hour"] = pa.array(draw.integers(0, 24, rows), mask=gone)
    table["source"] = pa.array(names)
    table["y"] = pa.array(event.astype(int))
    return pa.table(table)


SHIFTS = {
    "scale x 1.5": ("amount", "drift"),
    "mean + 0.5 sd": ("score", "drift"),
    "share 0.3 to 0.5": ("mobile", "drift"),
    "new level": ("source", "new_values"),
    "missing 3 % to 15 %": ("hour", "missing"),
    "base rate x 2": ("y", "base_rate"),
}


GROUPED = " --split group --group-column user"


def table_of(rows, draw, shift=""):
    """Rows by the law, of users if they come in groups."""
    if ALIKE is None:
        return law(rows, draw, shift)
    sizes = draw.geometric(0.2, rows // 5)
    user = np.repeat(np.arange(sizes.size), sizes)
    of_user, of_row = law(sizes.size, draw, shift).take(user), law(user.size, draw, shift)
    columns = {"user": pa.array(user)}
    for name in of_row.column_names:
        values = pa.chunked_array([*of_user[name].chunks, *of_row[name].chunks]).combine_chunks()
        own = draw.random(user.size) >= ALIKE
        columns[name] = values.take(pa.array(np.arange(user.size) + user.size * own))
    return pa.table(columns)


def train(folder, rows, seed):
    pq.write_table(table_of(rows, np.random.default_rng([seed, rows])), folder / "train.parquet")
    words = WORDS + ("" if ALIKE is None else GROUPED)
    command = [PROGRAM, "train", "train.parquet", *words.split()]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)


def validated(folder, rows, seed, shift=""):
    draw = np.random.default_rng([seed, rows, 1])
    pq.write_table(table_of(rows, draw, shift), folder / "new.parquet")
    words = "validate new.parquet --store store --json v.json --log-level error"
    subprocess.run([PROGRAM, *words.split()], cwd=folder, capture_output=True)
    return json.loads((folder / "v.json").read_text())


def not_met(verdict):
    return {(c["column"], c["check"]) for c in verdict["checks"] if c["verdict"] != "ok"}


def main():
    models = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    tables = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    null, blamed, power = Counter(), Counter(), Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for trained in TRAINING_ROWS:
            for model in range(models):
                train(folder, trained, model)
                for rows in SIZES:
                    many = max(1, tables // 10) if rows == 100_000 else tables
                    for table in range(many):
                        verdict = validated(folder, rows, 1000 * model + table)
                        null[trained, rows, "tables"] += 1
                        null[trained, rows, verdict["verdict"]] += 1
                        blamed.update(not_met(verdict))
                    for shift, culprit in SHIFTS.items():
                        verdict = validated(folder, rows, 1000 * model + 999, shift)
                        power[rows, shift, verdict["verdict"]] += 1
                        power[rows, shift, "named"] += culprit in not_met(verdict)
    print("same law: training rows, rows, tables, fail, warn")
    for trained in TRAINING_ROWS:
        for rows in SIZES:
            counts = [null[trained, rows, key] for key in ("tables", "fail", "warn")]
            print(f"  {trained:>7,} {rows:>8,} {counts[0]:>6} {counts[1]:>5} {counts[2]:>5}")
    print("  blamed:", dict(blamed) or "none")
    print(f"other laws, {2 * models} tables each: rows, law, fail, warn, the right check among them")
    for rows in SIZES:
        for shift in SHIFTS:
            counts = [power[rows, shift, key] for key in ("fail", "warn", "named")]
            print(f"  {rows:>8,} {shift:<20} {counts[0]:>4} {counts[1]:>4} {counts[2]:>4}")


if __name__ == "__main__":
    main()
