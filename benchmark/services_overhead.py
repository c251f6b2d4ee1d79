"""What S3 and an MLflow server on loopback add to the main job: the same training with neither, with
each, and with both, in turn, and what of the processor time is whose.

    eval "$(bash tool/services.sh env)"
    .venv/bin/python benchmark/services_overhead.py STORE [--runs 5] [--program build/rarewood]
        [--server-pid PID ...]

STORE is a folder with processed-data/training_data.parquet (rarewood sample, rarewood features). The
S3 server gets a copy of the table, and its models bucket is written; the MLflow server gets a run and a
model version each time. Prints medians in seconds, with the range of the differences to the training
alone beside it; the servers' processor time where their processes are named, with that of their
children. Exits 5 if both together add 0.5 s of wall clock or more.
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

import boto3
from botocore.client import Config

PROMISED = 0.5
TABLE = "processed-data/training_data.parquet"
TICKS = os.sysconf("SC_CLK_TCK")
WAYS = {"alone": (), "S3": ("s3",), "MLflow": ("mlflow",), "S3 and MLflow": ("s3", "mlflow")}


def upload(store):
    s3 = boto3.client("s3", config=Config(s3={"addressing_style": "path"}))
    present = {bucket["Name"] for bucket in s3.list_buckets()["Buckets"]}
    for bucket in {"processed-data", "models"} - present:
        s3.create_bucket(Bucket=bucket)
    for path in (store / "processed-data").glob("training_data*.parquet"):
        s3.upload_file(str(path), "processed-data", path.name)


def family(pids):
    """The processes and all below them."""
    members = set(pids)
    for each in sorted(int(name) for name in os.listdir("/proc") if name.isdigit()):
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


def train(asked, services, server_pids, folder):
    """Seconds of one training, whole and by what took them."""
    uri = asked.server if "mlflow" in services else ""  # "" also sets the environment's aside
    table, store = (f"s3://{TABLE}", "s3://") if "s3" in services else (asked.store / TABLE, "models")
    words = ["train", table, "--store", store, "--figures", "none", "--journal", "runs"]
    before, started = processor_seconds(server_pids), time.perf_counter()
    process = subprocess.Popen(
        [asked.program, *words, "--tracking-uri", uri],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    told = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if status != 0:
        sys.exit(told)
    path = max(folder.glob("runs/*/run.json"), key=lambda path: path.stat().st_mtime_ns)
    record = json.loads(path.read_text())
    if uri and not record["mlflow_run_id"]:
        sys.exit(told)
    measured = {
        "wall clock": seconds,
        "of it the pass 'load'": record["timings"]["load"],
        "of it the pass 'save'": record["timings"]["save"],
        "of it the pass 'track'": record["timings"]["track"],
        "our processor time": usage.ru_utime + usage.ru_stime,
    }
    if server_pids:
        measured["the servers'"] = processor_seconds(server_pids) - before
    return measured


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("store", type=Path)
    parser.add_argument("--server", default=os.environ.get("MLFLOW_TRACKING_URI"))
    parser.add_argument("--server-pid", type=int, nargs="*", default=[])
    parser.add_argument("--program", type=Path, default=Path("build/rarewood"))
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    asked.program, asked.store = asked.program.resolve(), asked.store.resolve()
    upload(asked.store)
    pids = family(asked.server_pid)
    runs = {way: [] for way in WAYS}
    with tempfile.TemporaryDirectory() as name:
        train(asked, WAYS["S3 and MLflow"], pids, Path(name))  # the servers' first answers are slow
        for _ in range(asked.runs):
            for way, services in WAYS.items():
                runs[way].append(train(asked, services, pids, Path(name)))
    for way, there in runs.items():
        print(way)
        for key in there[0]:
            added = [run[key] - alone[key] for alone, run in zip(runs["alone"], there)]
            print(
                f"  {key:24} {statistics.median(run[key] for run in there):6.3f}   "
                f"added {statistics.median(added):+.3f} ({min(added):+.3f} to {max(added):+.3f})"
            )
    both = zip(runs["alone"], runs["S3 and MLflow"])
    added = statistics.median(there["wall clock"] - alone["wall clock"] for alone, there in both)
    return 0 if added < PROMISED else 5


if __name__ == "__main__":
    sys.exit(main())
