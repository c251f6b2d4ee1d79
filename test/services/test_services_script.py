"""tool/services.sh on ports of its own: up, again, status, down, and servers that are killed."""

import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
import types
import urllib.request
from pathlib import Path

import boto3
import pytest
from minio_program import find_minio
from mlflow_server import free_port

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tool" / "services"))
import port  # noqa: E402
import process  # noqa: E402
import server_log  # noqa: E402
import settings  # noqa: E402
import state  # noqa: E402

pytestmark = pytest.mark.skipif(
    not find_minio(), reason="no minio program: run 'bash tool/setup.sh --tests'"
)
FOREIGN = ("RAREWOOD_", "AWS_", "MLFLOW_", "MINIO_")


class Services:
    def __init__(self, folder):
        self.folder = folder
        kept = {k: v for k, v in os.environ.items() if not k.startswith(FOREIGN)}
        self.environment = kept | {"RAREWOOD_SERVICES": str(folder), "RAREWOOD_MINIO": find_minio()}
        for name in ("MINIO", "MINIO_CONSOLE", "MLFLOW", "AIRFLOW"):
            self.environment[f"RAREWOOD_{name}_PORT"] = str(free_port())

    def __call__(self, *words, code=0, **more):
        done = subprocess.run(
            ["bash", "tool/services.sh", *words],
            cwd=ROOT,
            env=self.environment | more,
            capture_output=True,
            text=True,
            timeout=400,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def url(self, name):
        return f"http://127.0.0.1:{self.environment[f'RAREWOOD_{name}_PORT']}"

    def marks(self, service):
        return state.read(self.folder, service)

    def variables(self):
        """What `env` tells a shell to export."""
        lines = self("env").splitlines()
        return dict(shlex.split(line)[1].split("=", 1) for line in lines)

    def storage(self):
        given = self.variables()
        return boto3.client(
            "s3",
            endpoint_url=given["AWS_ENDPOINT_URL"],
            aws_access_key_id=given["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=given["AWS_SECRET_ACCESS_KEY"],
            region_name=given["AWS_REGION"],
        )


@pytest.fixture
def services(tmp_path):
    services = Services(tmp_path / "services")
    yield services
    services("down")


def test_another_port_while_it_runs_is_refused_at_once(services):
    services("up", "minio")
    other = str(free_port())
    for word in ("up", "status"):
        told = services(word, "minio", code=1, RAREWOOD_MINIO_PORT=other)
        assert f"MinIO was started with RAREWOOD_MINIO_PORT={services.environment['RAREWOOD_MINIO_PORT']}" in told
        assert "Traceback" not in told


def test_a_folder_that_cannot_be_made_is_one_line(services):
    told = services("up", "minio", code=1, RAREWOOD_SERVICES="/proc/x")
    assert told.startswith("services.sh: The folder /proc/x cannot be made") and told.count("\n") == 1


def test_env_of_some_services_names_only_theirs(services):
    told = services("env", "minio")
    assert "AWS_ENDPOINT_URL" in told and "MLFLOW" not in told and "AIRFLOW" not in told


def test_up_twice_status_down(services):
    assert "MinIO: down" in services("status", "minio", code=1)
    assert "MinIO: up after" in services("up", "minio")
    before = services.marks("minio")
    assert "MinIO: already up" in services("up", "minio")
    assert services.marks("minio") == before
    assert "MinIO: up" in services("status", "minio")
    buckets = {entry["Name"] for entry in services.storage().list_buckets()["Buckets"]}
    assert buckets == {"raw-data", "processed-data", "models", "mlflow"}
    assert (services.folder.stat().st_mode & 0o777) == 0o700

    began = time.monotonic()
    assert "MinIO: stopped in" in services("down", "minio")
    assert time.monotonic() - began < 10
    assert not process.members(before["minio"])
    assert "MinIO: was not running" in services("down", "minio")
    assert "MinIO: down" in services("status", "minio", code=1)


def test_a_taken_port_is_one_sentence_and_nothing_is_left_running(services):
    other = Services(services.folder.with_name("other"))
    other("up", "minio")
    try:
        taken = other.environment["RAREWOOD_MINIO_CONSOLE_PORT"]
        said = services("up", "minio", code=1, RAREWOOD_MINIO_CONSOLE_PORT=taken)
        assert f"Port {taken}, which MinIO needs, is taken by another program." in said
        assert "RAREWOOD_MINIO_CONSOLE_PORT" in said and len(said.splitlines()) == 1
        assert services.marks("minio") == {}
    finally:
        other("down")


def test_a_killed_server_is_noticed_and_started_anew_with_its_data(services):
    services("up", "minio")
    services.storage().put_object(Bucket="models", Key="kept", Body=b"still here")
    old = services.marks("minio")["minio"]
    os.kill(old.pid, signal.SIGKILL)
    said = services("status", "minio", code=1)
    assert "MinIO: died" in said and "minio-minio.log says why" in said
    assert "MinIO has died: starting it anew" in services("up", "minio")
    assert services.marks("minio")["minio"] != old
    assert services.storage().get_object(Bucket="models", Key="kept")["Body"].read() == b"still here"
    os.kill(services.marks("minio")["minio"].pid, signal.SIGKILL)
    services("down", "minio")
    assert services.marks("minio") == {}


def test_a_server_that_cannot_start_says_where_to_look(services):
    said = services("up", "minio", code=1, RAREWOOD_MINIO="/bin/false")
    assert "MinIO ended by itself" in said and "minio-minio.log" in said


def test_up_that_fails_stops_what_it_started_and_only_that(services):
    """MinIO runs already; a second call starts MLflow, whose data base has no place."""
    services("up", "minio")
    before = services.marks("minio")
    nowhere = {"RAREWOOD_MLFLOW_DATABASE": "sqlite:////proc/none/mlflow.db"}
    said = services("up", "minio", "mlflow", code=1, **nowhere)
    assert "MLflow ended by itself" in said
    assert "mlflow-mlflow.log ends:\n  | " in said and "/proc/none" in said
    assert "Stopped again, as this call had started it: MLflow." in said
    assert services.marks("mlflow") == {}
    assert services.marks("minio") == before and process.runs(before["minio"])


def test_up_that_fails_stops_all_it_started(services):
    taken = socket.socket()
    taken.bind(("127.0.0.1", 0))
    taken.listen()
    with taken:
        number = str(taken.getsockname()[1])
        said = services("up", "minio", "mlflow", code=1, RAREWOOD_MLFLOW_PORT=number)
    assert f"Port {number}, which MLflow needs, is taken by another program." in said
    assert "Stopped again, as this call had started it: MinIO." in said
    assert services.marks("minio") == {}
    assert "MinIO: down" in services("status", "minio", code=1)


def test_up_that_is_interrupted_stops_what_it_started(services):
    """Its MinIO never answers, as it is none."""
    silent = services.folder.with_name("silent")
    silent.write_text("#!/bin/bash\necho here I am\nexec sleep 300\n")
    silent.chmod(0o755)
    call = subprocess.Popen(
        ["bash", "tool/services.sh", "up", "minio"],
        cwd=ROOT,
        env=services.environment | {"RAREWOOD_MINIO": str(silent)},
        stderr=subprocess.PIPE,
        text=True,
    )
    log = services.folder / "minio-minio.log"
    while not (log.exists() and "here I am" in log.read_text()):
        assert call.poll() is None
        time.sleep(0.05)
    mark = services.marks("minio")["minio"]
    call.terminate()
    said = call.communicate(timeout=30)[1]
    assert call.returncode == 130
    assert said == "services.sh: interrupted.\nStopped again, as this call had started it: MinIO.\n"
    assert process.members(mark) == [] and services.marks("minio") == {}


def test_a_server_that_does_not_answer_in_time_shows_its_log_and_is_stopped(services):
    silent = services.folder.with_name("silent")
    silent.write_text("#!/bin/bash\necho looking for my disk\nexec sleep 300\n")
    silent.chmod(0o755)
    more = {"RAREWOOD_MINIO": str(silent), "RAREWOOD_SERVICES_TIMEOUT": "1"}
    said = services("up", "minio", code=1, **more)
    assert "MinIO did not answer within 1 s" in said
    assert "minio-minio.log ends:\n  | looking for my disk\n" in said
    assert services.marks("minio") == {}


# A server of two processes, of which the second one serves.
PAIR = "python3 -m http.server --bind 127.0.0.1 {port} & wait"


def test_a_child_that_serves_on_is_told_and_ended(services):
    number = int(services.environment["RAREWOOD_MLFLOW_PORT"])
    state.prepare(services.folder)
    log = services.folder / "mlflow-mlflow.log"
    command = ["bash", "-c", PAIR.format(port=number)]
    mark = process.start(command, os.environ, log, services.folder)
    state.write(services.folder, "mlflow", {"mlflow": mark}, {"RAREWOOD_MLFLOW_PORT": number})
    while port.is_free(number):
        time.sleep(0.02)
    os.kill(mark.pid, signal.SIGKILL)
    os.waitpid(mark.pid, 0)
    (child,) = process.members(mark)
    said = services("status", "mlflow", code=1)
    assert "MLflow: broken" in said and f"MLflow ended by itself (process mlflow {mark.pid})" in said
    assert f"live on ({child}), and something still answers on port {number}" in said
    assert "MLflow: stopped in" in services("down", "mlflow")
    assert process.members(mark) == [] and port.is_free(number)
    assert "MLflow: down" in services("status", "mlflow", code=1)


def ending_of(line, database, folder):
    """What is shown of a log that ends with this line."""
    given = settings.from_environment(
        {"RAREWOOD_SERVICES": str(folder), "RAREWOOD_MLFLOW_DATABASE": database}
    )
    service = types.SimpleNamespace(name="mlflow", title="MLflow")
    server_log.begin(service, "mlflow", given).open("a").write(line + "\n")
    shown = server_log.ending(service, "mlflow", given)
    start = "\n  mlflow-mlflow.log ends:\n  | "
    assert shown.startswith(start)
    return shown.removeprefix(start)


@pytest.mark.parametrize(
    "password, told",
    [("open-up", "open-up"), ("open%40up", "open%40up"), ("open%40up", "open@up")],
)
def test_a_password_in_a_log_is_not_shown(tmp_path, password, told):
    database = f"postgresql://a:{password}@h/b"
    line = f"no postgresql://a:{told}@h/b"
    assert ending_of(line, database, tmp_path) == "no postgresql://a:***@h/b"


def test_a_long_line_is_not_cut_within_a_password(tmp_path):
    begin = "x" * 290 + " a:"
    shown = ending_of(f"{begin}open-sesame@h/b", "postgresql://a:open-sesame@h/b", tmp_path)
    assert shown == f"{begin}***@h/b"


def test_a_number_that_is_another_program_by_now_is_left_alone(services):
    stranger = subprocess.Popen(["sleep", "60"], start_new_session=True)
    try:
        mark = process.Mark(stranger.pid, process.facts(stranger.pid)[2] - 1, process.boot())
        state.prepare(services.folder)
        state.write(services.folder, "minio", {"minio": mark}, {})
        assert "MinIO: died" in services("status", "minio", code=1)
        services("down", "minio")
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


# A server whose children live on without it, one of them deaf to a polite request.
FAMILY = "bash -c 'trap \"\" TERM; while :; do sleep 0.1; done' & sleep 300 & wait"


@pytest.mark.parametrize("killed_first", [False, True])
def test_no_child_is_left_behind(tmp_path, killed_first):
    mark = process.start(["bash", "-c", FAMILY], os.environ, tmp_path / "log", tmp_path)
    while len(process.members(mark)) < 4:
        time.sleep(0.02)
    if killed_first:
        os.kill(mark.pid, signal.SIGKILL)
    process.stop([mark], patience=0.5)
    assert process.members(mark) == []


@pytest.mark.parametrize(
    "words, more, sentence",
    [
        (["start"], {}, "unknown word 'start'"),
        (["up", "postgres"], {}, "unknown word 'postgres'"),
        (["up"], {"RAREWOOD_MINIO_PORT": "high"}, "RAREWOOD_MINIO_PORT is 'high', which is no port"),
        (["up"], {"RAREWOOD_SERVICES_TIMEOUT": "0"}, "which is no time"),
        (["up", "minio"], {"RAREWOOD_MINIO": "/none/minio"}, "which is no program"),
    ],
)
def test_refuses_in_words(services, words, more, sentence):
    said = services(*words, code=1 if more else 2, **more)
    assert sentence in said and "Traceback" not in said


def send(url, body=None, method=None, **headers):
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"} | headers
    request = urllib.request.Request(url, data=data, headers=headers, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.loads(answer.read() or b"{}")


class Airflow:
    """The API of a running Airflow, with the password that `up` prints."""

    def __init__(self, url, said):
        self.url = url
        password = said.rpartition("admin, password ")[2].split()[0]
        token = send(f"{url}/auth/token", {"username": "admin", "password": password})
        self.headers = {"Authorization": f"Bearer {token['access_token']}"}

    def ask(self, path, body=None, method=None):
        return send(f"{self.url}/api/v2/{path}", body, method, **self.headers)

    def run(self, dag, conf):
        """Run a DAG to its end; its final state and those of its tasks."""
        self.ask(f"dags/{dag}", {"is_paused": False}, "PATCH")
        asked = {"dag_run_id": "by-test", "logical_date": "2026-11-01T00:00:00Z", "conf": conf}
        self.ask(f"dags/{dag}/dagRuns", asked)
        end = time.monotonic() + 300
        while time.monotonic() < end:
            found = self.ask(f"dags/{dag}/dagRuns/by-test")["state"]
            if found in ("success", "failed"):
                break
            time.sleep(0.5)
        tasks = self.ask(f"dags/{dag}/dagRuns/by-test/taskInstances")["task_instances"]
        return found, {task["task_id"]: task["state"] for task in tasks}


def wait_for_dag(airflow, dag):
    end = time.monotonic() + 120
    while time.monotonic() < end:
        if any(entry["dag_id"] == dag for entry in airflow.ask("dags")["dags"]):
            return
        time.sleep(0.5)
    raise AssertionError(f"Airflow does not find {dag}: {airflow.ask('importErrors')}")


def test_the_pipeline_on_all_three(services, program):
    """Airflow runs the training, whose table and model are on MinIO and whose run is in MLflow."""
    said = services("up")
    marks = [mark for name in ("minio", "mlflow", "airflow") for mark in services.marks(name).values()]
    made = subprocess.run(
        [program, "sample", "--sessions", "20000"],
        cwd=services.folder,
        env=services.environment | services.variables(),
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr

    airflow = Airflow(services.url("AIRFLOW"), said)
    wait_for_dag(airflow, "model_training_pipeline")
    ended, tasks = airflow.run("model_training_pipeline", {"strategy": "class_weight"})
    assert ended == "success" and set(tasks.values()) == {"success"} and len(tasks) == 3

    objects = services.storage().list_objects_v2(Bucket="models")["Contents"]
    assert "classification_model.pkl" in {entry["Key"] for entry in objects}
    tracking = services.url("MLFLOW") + "/api/2.0/mlflow"
    query = {
        "experiment_ids": ["1"],
        "filter": "attributes.run_name = 'model_training_pipeline-20261101T000000Z'",
    }
    runs = send(f"{tracking}/runs/search", query)["runs"]
    assert [run["info"]["status"] for run in runs] == ["FINISHED"]
    kept = services.storage().list_objects_v2(Bucket="mlflow")["Contents"]
    assert any(entry["Key"].endswith("classification_model.onnx") for entry in kept)

    services("down")
    assert [mark for mark in marks if process.members(mark)] == []
