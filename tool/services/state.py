"""What was started, kept in a file so that the next call knows it."""

import contextlib
import fcntl
import json
from dataclasses import asdict
from pathlib import Path

from process import Mark
from settings import Refusal


def prepare(folder):
    """The folder, closed to others: it holds logs, data and Airflow's keys."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as problem:
        raise Refusal(
            f"The folder {folder} cannot be made ({problem.strerror}). "
            "Choose another with RAREWOOD_SERVICES."
        ) from None


@contextlib.contextmanager
def alone(folder):
    """One call at a time: a second one waits."""
    prepare(folder)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def path(folder, service):
    return Path(folder) / f"{service}.json"


def kept(folder, service):
    try:
        return json.loads(path(folder, service).read_text())
    except FileNotFoundError:
        return {"ports": {}, "parts": {}}


def read(folder, service):
    """{part: Mark} of a service that was started and not stopped; empty otherwise."""
    return {part: Mark(**mark) for part, mark in kept(folder, service)["parts"].items()}


def ports(folder, service):
    """{variable: port} it was started with."""
    return kept(folder, service)["ports"]


def write(folder, service, marks, ports):
    new = path(folder, service).with_suffix(".new")
    parts = {part: asdict(mark) for part, mark in marks.items()}
    new.write_text(json.dumps({"ports": ports, "parts": parts}, indent=1))
    new.replace(path(folder, service))


def forget(folder, service):
    path(folder, service).unlink(missing_ok=True)
