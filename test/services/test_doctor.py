"""`rarewood doctor`: what each service is found to be, and the sentence that mends it."""

import contextlib
import json
import socket
import threading
import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

KEYS = {"AWS_ACCESS_KEY_ID": "somebody", "AWS_SECRET_ACCESS_KEY": "top-secret"}


@contextlib.contextmanager
def answering(answers, ahead=0.0):
    """A server: answers(path) -> (status, body); its clock is `ahead` seconds. Yields its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, body = answers(self.path)
            self.send_response_only(status)
            self.send_header("Date", formatdate(time.time() + ahead, usegmt=True))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body.encode())

        do_GET = do_POST = do_PUT = do_DELETE = handle_any

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def examined(rarewood, tmp_path):
    """examined(["--store", "s3://"], **environment) -> {service: {step: (verdict, found)}}."""

    def run(words, **environment):
        file = tmp_path / "health.json"
        answer = rarewood(["doctor", "--plain", "--json", file, *words], **environment)
        health = json.loads(file.read_text())
        assert answer.returncode == (0 if health["healthy"] else 4), answer.stderr
        assert "top-secret" not in answer.stdout + answer.stderr + file.read_text()
        return {
            service["service"]: {
                step["name"]: (step["verdict"], step["found"]) for step in service["steps"]
            }
            for service in health["services"]
        }

    return run


def failure(steps):
    """(name, sentence) of the one step that failed; all after it were not tried."""
    names = list(steps)
    at = next(i for i, name in enumerate(names) if steps[name][0] == "failed")
    assert all(steps[name][0] == "not tried" for name in names[at + 1 :])
    return names[at], steps[names[at]][1]


def closed_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_folder_and_this_machine_are_well(rarewood):
    answer = rarewood("doctor --plain")
    assert answer.returncode == 0, answer.stderr
    assert "ok       write rights" in answer.stdout
    assert answer.stdout.endswith("All is well.\n")
    assert "MLflow" not in answer.stdout  # not configured


def test_a_store_that_cannot_be_a_folder_fails(examined, tmp_path):
    (tmp_path / "file").write_text("")
    steps = examined(["--store", "file"])["store"]
    assert failure(steps)[0] == "write rights"


def test_s3_is_well_and_nothing_stays_there(examined, s3):
    steps = examined(["--store", "s3://"], **s3.environment())["store"]
    assert all(verdict == "well" for verdict, _ in steps.values()), steps
    assert list(steps)[-1] == "write, read, delete"
    listed = s3.client().list_objects_v2(Bucket="models").get("Contents", [])
    assert not [entry for entry in listed if "doctor" in entry["Key"]]


def test_a_wrong_secret_is_named(examined, s3):
    changed = s3.environment(AWS_SECRET_ACCESS_KEY="wrong-secret")
    name, sentence = failure(examined(["--store", "s3://"], **changed)["store"])
    assert name == "credentials"
    assert "AWS_SECRET_ACCESS_KEY" in sentence


def test_a_missing_bucket_is_named(examined, s3):
    words = ["--store", "s3://no-such-bucket-here/x"]
    name, sentence = failure(examined(words, **s3.environment())["store"])
    assert name == "bucket raw-data"
    assert "there is no bucket 'no-such-bucket-here'" in sentence


def test_who_may_only_read_is_told_at_writing(examined, s3):
    environment = s3.environment(**s3.more["reader"])
    name, sentence = failure(examined(["--store", "s3://"], **environment)["store"])
    assert name == "write, read, delete"
    assert "lack the right" in sentence


def test_a_dead_store_takes_one_try(examined):
    begun = time.monotonic()
    name, sentence = failure(
        examined(
            ["--store", "s3://"], AWS_ENDPOINT_URL=f"http://127.0.0.1:{closed_port()}", **KEYS
        )["store"]
    )
    assert name == "connection"
    assert "Connection refused" in sentence
    assert "AWS_ENDPOINT_URL" in sentence
    assert time.monotonic() - begun < 5


def test_an_unknown_name_is_told_apart_from_a_dead_server(examined):
    environment = KEYS | {"AWS_ENDPOINT_URL": "http://no-such-host.invalid:9000"}
    name, sentence = failure(examined(["--store", "s3://"], **environment)["store"])
    assert name == "name"
    assert "no-such-host.invalid" in sentence


@pytest.mark.parametrize(("ahead", "side"), [(3600, "behind"), (-3600, "ahead of")])
def test_a_clock_an_hour_off_is_told(examined, ahead, side):
    with answering(lambda path: (403, ""), ahead) as url:
        steps = examined(["--store", "s3://"], AWS_ENDPOINT_URL=url, **KEYS)["store"]
    name, sentence = failure(steps)
    assert name == "clock"
    assert f"60 minutes {side} the server's" in sentence


def test_a_clock_minutes_off_is_a_warning(examined):
    refusal = "<Error><Code>SignatureDoesNotMatch</Code><Message>No.</Message></Error>"
    with answering(lambda path: (403, refusal), 300) as url:
        steps = examined(["--store", "s3://"], AWS_ENDPOINT_URL=url, **KEYS)["store"]
    assert steps["clock"][0] == "warned"
    assert failure(steps)[0] == "credentials"


def test_something_else_than_s3_is_told(examined):
    with answering(lambda path: (200, "<html>Welcome</html>")) as url:
        steps = examined(["--store", "s3://"], AWS_ENDPOINT_URL=url, **KEYS)["store"]
    name, sentence = failure(steps)
    assert name == "credentials"
    assert "--s3-endpoint" in sentence


def test_half_of_the_credentials_is_told_as_a_setting(examined):
    steps = examined(["--store", "s3://"], AWS_ACCESS_KEY_ID="somebody")["store"]
    assert failure(steps)[0] == "settings"


def test_a_real_mlflow_is_well(examined, mlflow_server):
    steps = examined(["--tracking-uri", mlflow_server])["mlflow"]
    assert all(verdict == "well" for verdict, _ in steps.values()), steps
    assert steps["version"][1].startswith("3.")
    assert steps["files"][1] == "sent through the server"


def mlflow_answers(**changed):
    """Answers of an MLflow server, some of them changed."""
    said = {
        "/health": (200, "OK"),
        "/version": (200, "3.17.2"),
        "/api/2.0/mlflow/experiments/search": (200, '{"experiments": []}'),
    }
    return lambda path: (said | changed).get(path, (404, ""))


@pytest.mark.parametrize(
    ("changed", "step", "words"),
    [
        (
            (403, "Invalid Host header - possible DNS rebinding attack detected"),
            "host name and rights",
            "--allowed-hosts",
        ),
        ((401, ""), "host name and rights", "MLFLOW_TRACKING_USERNAME"),
        ((500, "boom"), "host name and rights", "Look into its log"),
        (
            (200, '{"experiments": [{"artifact_location": "s3://mlflow/1"}]}'),
            "files",
            "--serve-artifacts",
        ),
    ],
)
def test_what_an_mlflow_refuses_is_told(examined, changed, step, words):
    answers = mlflow_answers(**{"/api/2.0/mlflow/experiments/search": changed})
    with answering(answers) as url:
        name, sentence = failure(examined(["--tracking-uri", url])["mlflow"])
    assert name == step
    assert words in sentence


AIRFLOW = {
    "metadatabase": {"status": "healthy"},
    "scheduler": {"status": "healthy"},
    "dag_processor": {"status": "healthy"},
    "triggerer": {"status": None},
}


def airflow(**changed):
    body = json.dumps(AIRFLOW | changed)
    return lambda path: (200, body) if path == "/api/v2/monitor/health" else (404, "")


def test_airflow_is_well(examined):
    with answering(airflow()) as url:
        steps = examined(["--airflow-url", url + "/"])["airflow"]
    assert all(verdict == "well" for verdict, _ in steps.values()), steps


def test_a_dead_scheduler_is_named(examined):
    with answering(airflow(scheduler={"status": "unhealthy"})) as url:
        name, sentence = failure(examined(["--airflow-url", url])["airflow"])
    assert name == "scheduler"
    assert "airflow scheduler" in sentence


def test_airflow_2_is_told(examined):
    with answering(lambda path: (404, "{}")) as url:
        name, sentence = failure(examined(["--airflow-url", url])["airflow"])
    assert name == "version 3"
    assert "no Airflow 3" in sentence


def test_a_password_in_an_address_is_not_shown(rarewood, tmp_path):
    words = ["--airflow-url", "http://ann:top-secret@127.0.0.1:9/", "--json", "health.json"]
    answer = rarewood(["doctor", *words, "--tracking-uri", "http://ann:top-secret@127.0.0.1:9"])
    assert answer.returncode == 4
    told = answer.stdout + answer.stderr + (tmp_path / "health.json").read_text()
    assert "http://127.0.0.1:9" in told and "top-secret" not in told
