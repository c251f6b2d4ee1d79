"""Server processes: started apart from the terminal, known again later, stopped to the last child.

A process is known by its number, the moment it started and the boot it started in, so a number that
the system has given to another program since is never taken for ours. Each server leads a session
of its own; its children, and theirs, belong to that session even after it has died.
"""

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Mark:
    """Who a process is: `started` in clock ticks since the boot named `boot`."""

    pid: int
    started: int
    boot: str


def boot():
    return Path("/proc/sys/kernel/random/boot_id").read_text().strip()


def facts(pid):
    """(state, session, start in ticks) of a process, or None where there is none of that number."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    # The name, in brackets, may hold anything; what follows it counts from the third field on.
    fields = text.rpartition(")")[2].split()
    return fields[0], int(fields[3]), int(fields[19])


def start(command, environment, log, folder):
    """Start a server whose output goes to the file `log`; its Mark."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Mark(process.pid, facts(process.pid)[2], boot())


def runs(mark):
    """Whether the very process that was started is still there, and no zombie."""
    if mark.boot != boot():
        return False
    found = facts(mark.pid)
    return found is not None and found[0] != "Z" and found[2] == mark.started


def members(mark):
    """Numbers of the living processes of its session: itself, and what it left behind."""
    if mark.boot != boot():
        return []
    leader = facts(mark.pid)
    if leader is not None and leader[2] != mark.started:
        return []  # the number is another program's by now, and so is the session
    found = []
    for entry in Path("/proc").iterdir():
        known = facts(entry.name) if entry.name.isdecimal() else None
        if known and known[0] != "Z" and known[1] == mark.pid and known[2] >= mark.started:
            found.append(int(entry.name))
    return found


def send(pids, number):
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            pass


def reap(marks):
    """Collect those that are our own children, so that none stays as a zombie."""
    for mark in marks:
        try:
            os.waitpid(mark.pid, os.WNOHANG)
        except ChildProcessError:
            pass


def left(marks):
    reap(marks)
    return [pid for mark in marks for pid in members(mark)]


def wait_until_gone(marks, patience):
    """Whether nothing of their sessions is left within so many seconds."""
    end = time.monotonic() + patience
    while left(marks):
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def stop(marks, patience=10.0):
    """Ask servers to end, all at once; what is left after `patience` seconds is ended by force."""
    for mark in marks:
        send([mark.pid] if runs(mark) else members(mark), signal.SIGTERM)
    if not wait_until_gone(marks, patience):
        send(left(marks), signal.SIGKILL)
        wait_until_gone(marks, patience)
