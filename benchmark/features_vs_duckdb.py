#!/usr/bin/env python3
"""Times `rarewood features` against DuckDB doing the same joins, turn and turn about.

usage: benchmark/features_vs_duckdb.py [--store DIR] [--runs N]

Both read the three raw tables of the simulated shop (made if they are missing) and write the
training table as of ten minutes and its keys. rarewood is timed as a whole process, start and exit
included; DuckDB inside a running one, from the connection to the last file. Prints seconds of both
and the ratio of their medians.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = ROOT / "build" / "rarewood"
sys.path.insert(0, str(ROOT / "test" / "parity"))
from features_by_duckdb import make_tables  # noqa: E402


def run_ours(store):
    begun = time.perf_counter()
    subprocess.run(
        [PROGRAM, "features", "--store", store, "--as-of", "10min"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - begun


def run_duckdb(store, folder):
    begun = time.perf_counter()
    with duckdb.connect() as connection:
        make_tables(connection, store / "raw-data", 600, folder)
    return time.perf_counter() - begun


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--store", type=Path, default=Path(tempfile.gettempdir()) / "features-store")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    if not (options.store / "raw-data" / "website_sessions.parquet").exists():
        subprocess.run([PROGRAM, "sample", "--store", options.store], check=True)
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(options.runs):
            ours.append(run_ours(options.store))
            theirs.append(run_duckdb(options.store, folder))
    mine, other = statistics.median(ours), statistics.median(theirs)
    print(f"rarewood {mine:.3f} s, DuckDB {duckdb.__version__} {other:.3f} s")
    print(f"ratio rarewood / DuckDB: {mine / other:.2f} (at most 1.5)")


if __name__ == "__main__":
    main()
