"""Talking to store_probe: one command of the object store, as one process."""

import os
import subprocess

TABLE = "processed-data/training_data.parquet"


def tidy_environment(**more):
    return {k: v for k, v in os.environ.items() if not k.startswith("AWS_")} | more


def run_probe(program, environment, command, key, *more, store="s3://", given=b""):
    """The ended process; bytes in and out."""
    return subprocess.run(
        [program, store, command, key, *map(str, more)],
        input=given,
        capture_output=True,
        env=tidy_environment(**environment),
        timeout=120,
    )


def out(done):
    """Its stdout, where it succeeded."""
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def refused(done, code=4):
    """Its error line, where it was refused as it should be."""
    assert done.returncode == code, (done.returncode, done.stderr.decode())
    lines = done.stderr.decode().splitlines()
    assert lines[-1].startswith("error: ")
    return lines[-1]
