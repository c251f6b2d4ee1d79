#!/usr/bin/env python3
"""Times the main job against the assigned Python job, whole processes, turn and turn about.

usage: benchmark/main_job.py [--store DIR] [--runs N]

Both read the same training table (the simulated shop as of ten minutes, made if it is missing) and
end with a saved model. rarewood's time includes what the Python job does not do: out-of-fold
threshold and calibration, baselines, intervals, the journal. Prints seconds, their ratio, peak
memory and the quality of both: a speed counts only at equal quality.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = ROOT / "build" / "rarewood"


def make_table(store):
    table = store / "processed-data" / "training_data.parquet"
    if not table.exists():
        for command in (["sample"], ["features", "--as-of", "10min"]):
            subprocess.run(
                [PROGRAM, *command, "--store", store], check=True, stdout=subprocess.DEVNULL
            )
    return table


def timed(command, folder):
    """Seconds, peak bytes and stdout of a whole process."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in command],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"{command[0]} failed: {output}")
    scale = 1 if sys.platform == "darwin" else 1024
    return time.perf_counter() - begun, usage.ru_maxrss * scale, output


def run_ours(table, folder):
    seconds, peak, _ = timed(
        [PROGRAM, "train", table, "--target", "is_ordered", "--exclude", "revenue",
         "--strategy", "smote", "--figures", "none", "--json", "run.json"],
        folder,
    )  # fmt: skip
    metrics = json.loads((folder / "run.json").read_text())["metrics"]
    return seconds, peak, metrics


def run_peer(table, folder):
    seconds, peak, output = timed(
        [sys.executable, ROOT / "benchmark" / "assigned_job.py", table, "model.pkl"], folder
    )
    return seconds, peak, json.loads(output)


def report(name, runs):
    seconds = [run[0] for run in runs]
    peak = max(run[1] for run in runs)
    quality = runs[-1][2]
    print(
        f"{name:10} {statistics.median(seconds):8.2f} s  ({min(seconds):.2f} to {max(seconds):.2f})"
        f"  peak {peak / 1e6:6.0f} MB  AUC {quality['auc_roc']:.4f}  F1 {quality['f1_score']:.4f}"
        f"  log loss {quality['log_loss']:.4f}"
    )
    return statistics.median(seconds), peak


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--store", type=Path, default=ROOT / "store")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    table = make_table(arguments.store.resolve())
    ours, peers = [], []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(arguments.runs):
            ours.append(run_ours(table, Path(folder)))
            peers.append(run_peer(table, Path(folder)))
    our_seconds, our_peak = report("rarewood", ours)
    peer_seconds, peer_peak = report("Python", peers)
    print(f"ratio      {peer_seconds / our_seconds:8.1f} x faster, {our_peak / peer_peak:.2f} of the memory")


if __name__ == "__main__":
    main()
