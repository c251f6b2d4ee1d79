"""A real MLflow server on loopback, and what it has of a run."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST_START = 300  # seconds; the first start of a fresh environment compiles its modules


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_healthy(process, uri, log):
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(f"{uri}/health", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"MLflow did not start within {LONGEST_START} s:\n{log.read_text()}")


def stop(process):
    """End the server and its workers, by force if it takes too long."""
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def python_of(service):
    """Python of an environment of tool/service_env.sh."""
    made = subprocess.run(
        ["bash", "tool/service_env.sh", service],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return Path(made.stdout.strip()) / "bin" / "python"


@contextlib.contextmanager
def running_mlflow(folder):
    """The address of a server that keeps its data base and files in `folder`."""
    python = python_of("mlflow")
    uri = f"http://127.0.0.1:{free_port()}"
    log = folder / "server.log"
    command = [
        *(python, "-m", "mlflow", "server"),
        *("--host", "127.0.0.1", "--port", uri.rsplit(":", 1)[1], "--workers", "1"),
        *("--backend-store-uri", f"sqlite:///{folder}/mlflow.db"),
        *("--artifacts-destination", str(folder / "artifacts"), "--serve-artifacts"),
    ]
    # Its modules take a minute to compile on a busy machine: once is enough.
    foreign = ("MLFLOW_", "PYTHONDONTWRITEBYTECODE")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(foreign)}
    with log.open("w") as output:
        process = subprocess.Popen(
            command,
            env=environment | {"MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        wait_until_healthy(process, uri, log)
        yield uri
    finally:
        stop(process)


def ask(server, call, body=None):
    request = urllib.request.Request(
        f"{server}/api/2.0/mlflow/{call}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def run_of(server, result):
    return ask(server, f"runs/get?run_id={result['mlflow_run_id']}")["run"]


def texts(items):
    return {item["key"]: item["value"] for item in items}


def artifact_names(server, run_id, path=""):
    names = set()
    for entry in ask(server, f"artifacts/list?run_id={run_id}&path={path}").get("files", []):
        if entry.get("is_dir"):
            names |= artifact_names(server, run_id, entry["path"])
        else:
            names.add(entry["path"])
    return names
