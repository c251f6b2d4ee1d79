"""What was started, kept in a file so that the next call knows it."""

import contextlib
import fcntl
import json
from dataclasses import asdict
from pathlib import Path

from process import Mark


def prepare(folder):
    """The folder, closed to others: it holds logs, data and Airflow's keys."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)


@contextlib.contextmanager
def alone(folder):
    """One call at a time: a second one waits."""
    prepare(folder)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def path(folder, service):
    return Path(folder) / f"{service}.json"


def read(folder, service):
    """{part: Mark} of a service that was started and not stopped; empty otherwise."""
    try:
        kept = json.loads(path(folder, service).read_text())
    except FileNotFoundError:
        return {}
    return {part: Mark(**mark) for part, mark in kept.items()}


def write(folder, service, marks):
    new = path(folder, service).with_suffix(".new")
    new.write_text(json.dumps({part: asdict(mark) for part, mark in marks.items()}, indent=1))
    new.replace(path(folder, service))


def forget(folder, service):
    path(folder, service).unlink(missing_ok=True)
