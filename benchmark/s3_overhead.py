"""What S3 on loopback adds to the main job: the same training from a folder and from an S3 server,
in turn.

    AWS_ENDPOINT_URL=http://127.0.0.1:9000 AWS_ACCESS_KEY_ID=... AWS_SECRET_ACCESS_KEY=... \
        .venv/bin/python benchmark/s3_overhead.py STORE [--runs 5]

STORE is a folder with processed-data/training_data.parquet (rarewood sample, rarewood features). The
server gets a copy of the table; its models bucket is written. Prints seconds, wall clock: the median
of each, and the median and range of the differences of neighbours. Exits 5 if S3 adds 0.5 s or more.
"""

import argparse
import json
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


def upload(store):
    s3 = boto3.client("s3", config=Config(s3={"addressing_style": "path"}))
    present = {bucket["Name"] for bucket in s3.list_buckets()["Buckets"]}
    for bucket in {"processed-data", "models"} - present:
        s3.create_bucket(Bucket=bucket)
    for path in (store / "processed-data").glob("training_data*.parquet"):
        s3.upload_file(str(path), "processed-data", path.name)


def train(program, store, table, folder):
    """Seconds of the whole run, and by pass."""
    words = ["train", table, "--store", store, "--figures", "none", "--journal", "runs"]
    started = time.perf_counter()
    subprocess.run([program, *words], cwd=folder, check=True, capture_output=True)
    seconds = time.perf_counter() - started
    record = max(folder.glob("runs/*/run.json"), key=lambda path: path.stat().st_mtime_ns)
    return {"whole": seconds} | json.loads(record.read_text())["timings"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("store", type=Path)
    parser.add_argument("--program", type=Path, default=Path("build/rarewood"))
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    program, store = asked.program.resolve(), asked.store.resolve()
    upload(store)
    local, remote = [], []
    with tempfile.TemporaryDirectory() as name:
        for _ in range(asked.runs):
            local.append(train(program, "models", store / TABLE, Path(name)))
            remote.append(train(program, "s3://", f"s3://{TABLE}", Path(name)))
    for key in ("whole", "load", "save"):
        added = [there[key] - here[key] for here, there in zip(local, remote)]
        print(
            f"{key:6} folder {statistics.median(run[key] for run in local):6.3f}   "
            f"S3 {statistics.median(run[key] for run in remote):6.3f}   "
            f"added {statistics.median(added):+.3f} ({min(added):+.3f} to {max(added):+.3f})"
        )
        if key == "whole":
            median = statistics.median(added)
    return 0 if median < PROMISED else 5


if __name__ == "__main__":
    sys.exit(main())
