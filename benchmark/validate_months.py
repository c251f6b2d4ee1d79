#!/usr/bin/env python3
"""What does `rarewood validate` say of each month of the simulated shop?

usage: benchmark/validate_months.py STORE [FIRST]

STORE holds a shop's table as of a point (`rarewood sample`, then `rarewood features --as-of 10min`; with
`--shop shifted` half of the orders vanish from 2015 on). Month by month a small model learns from the three
months before and the month is held against it. Set-up: pyarrow.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

PROGRAM = Path(__file__).resolve().parents[1] / "build" / "rarewood"
TRAIN = (
    "train before.parquet --target is_ordered --n-estimators 10 --max-depth 6 --min-samples-leaf 20 "
    "--no-time-check --figures none --log-level error"
)
VALIDATE = "validate month.parquet --json v.json --log-level error"


def monthly(store):
    """The training table, and the month in which each row's session began."""
    table = pq.read_table(store / "processed-data/training_data.parquet")
    keys = pq.read_table(store / "processed-data/training_data.keys.parquet")
    months = pc.strftime(keys["session_started_at"], format="%Y-%m")
    return table.drop_columns(["revenue"]).replace_schema_metadata(None), months


def said(folder, before, month):
    pq.write_table(before, folder / "before.parquet")
    pq.write_table(month, folder / "month.parquet")
    subprocess.run([PROGRAM, *TRAIN.split()], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    subprocess.run([PROGRAM, *VALIDATE.split()], cwd=folder, capture_output=True)
    return json.loads((folder / "v.json").read_text())


def main():
    table, of_row = monthly(Path(sys.argv[1]))
    months = sorted(set(of_row.to_pylist()))
    first = sys.argv[2] if len(sys.argv) > 2 else months[1]
    with tempfile.TemporaryDirectory() as folder:
        for i, month in enumerate(months):
            if month < first:
                continue
            before = table.filter(pc.is_in(of_row, pa.array(months[max(0, i - 3) : i])))
            verdict = said(Path(folder), before, table.filter(pc.equal(of_row, month)))
            bad = [check for check in verdict["checks"] if check["verdict"] != "ok"]
            words = [f"{check['column']} {check['check']} {check['verdict']}" for check in bad]
            print(f"{month} {verdict['rows']:>7,} {verdict['verdict']:<5} {'; '.join(words)}")


if __name__ == "__main__":
    main()
