"""What an MLflow server on loopback adds to the main job: the same training with and without one, in
turn, and what of the processor time is ours.

    .venv/bin/python benchmark/tracking_overhead.py STORE http://127.0.0.1:5001 [--runs 5]
        [--server-pid PID] [--program build/rarewood]

STORE is a folder with processed-data/training_data.parquet (rarewood sample, rarewood features). The
server gets a run and a model version each time. Prints medians in seconds: wall clock, our own processor
time, and that of the server's process and its children (where its PID is given), with the range of the
differences of neighbours. Exits 5 if tracking adds 0.5 s of wall clock or more.
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

PROMISED = 0.5
TABLE = "processed-data/training_data.parquet"
TICKS = os.sysconf("SC_CLK_TCK")


def family(pid):
    """The process and all below it."""
    members, pids = {pid}, sorted(int(name) for name in os.listdir("/proc") if name.isdigit())
    for each in pids:
        try:
            fields = Path(f"/proc/{each}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) in members:
            members.add(each)
    return members


def processor_seconds(pids):
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / TICKS


def train(asked, server_pids, uri):
    with tempfile.TemporaryDirectory() as name:
        return train_in(Path(name), asked, server_pids, uri)


def train_in(folder, asked, server_pids, uri):
    words = ["train", asked.store / TABLE, "--store", "models", "--figures", "none"]
    words += ["--journal", "runs", *(["--tracking-uri", uri] if uri else [])]
    before, started = processor_seconds(server_pids), time.perf_counter()
    process = subprocess.Popen(
        [asked.program, *words], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    told = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    (path,) = folder.glob("runs/*/run.json")
    record = json.loads(path.read_text())
    if status != 0 or (uri and not record["mlflow_run_id"]):
        sys.exit(told)
    return {
        "wall clock": seconds,
        "of it the pass 'track'": record["timings"]["track"],
        "our processor time": usage.ru_utime + usage.ru_stime,
        "the server's": processor_seconds(server_pids) - before,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("store", type=Path)
    parser.add_argument("server")
    parser.add_argument("--server-pid", type=int, default=0)
    parser.add_argument("--program", type=Path, default=Path("build/rarewood"))
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    asked.program, asked.store = asked.program.resolve(), asked.store.resolve()
    pids = family(asked.server_pid) if asked.server_pid else set()
    alone, tracked = [], []
    train(asked, pids, asked.server)  # the server's first answers are slow
    for _ in range(asked.runs):
        alone.append(train(asked, pids, ""))
        tracked.append(train(asked, pids, asked.server))
    medians = {}
    for key in alone[0]:
        added = [there[key] - here[key] for here, there in zip(alone, tracked)]
        medians[key] = statistics.median(added)
        print(
            f"{key:24} alone {statistics.median(run[key] for run in alone):6.3f}   "
            f"tracked {statistics.median(run[key] for run in tracked):6.3f}   "
            f"added {medians[key]:+.3f} ({min(added):+.3f} to {max(added):+.3f})"
        )
    return 0 if medians["wall clock"] < PROMISED else 5


if __name__ == "__main__":
    sys.exit(main())
