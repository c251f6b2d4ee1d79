"""A tracking server that is down, slow or strange costs a run nothing but a warning."""

import contextlib
import json
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "cli")]
from tables import VISITS  # noqa: E402
from tracking import find_probe, probe_environment, send, sent_state  # noqa: E402


@contextlib.contextmanager
def stub(answer, tls=None):
    """A server on a free port that answers every request by answer(handler); https with `tls`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def handle_any(self):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            answer(self)

        do_GET = do_POST = do_PUT = handle_any

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None  # clients that speak something else
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http{'s' if tls else ''}://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def reply(handler, status, body, **headers):
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def always(status, body, **headers):
    return lambda handler: reply(handler, status, body, **headers)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def assert_kept(result):
    """The run is whole in the journal, which knows that it was not sent."""
    folder = Path(result["folder"])
    assert (folder / "run.json").exists()
    assert (folder / "artifacts" / "model" / "classification_model.onnx").stat().st_size == 300_000
    assert not result["complete"]
    assert result["folder"] in result["warning"]
    state = sent_state(result)
    assert not state["facts_sent"] and not state["artifacts_sent"]
    assert state["problem"] and state["problem"] in result["warning"]


def test_server_that_is_down_is_told_how_to_start(tmp_path):
    port = free_port()
    result = send(tmp_path, f"http://127.0.0.1:{port}")
    assert_kept(result)
    assert "Connection refused" in result["warning"]
    assert f"mlflow server --host 127.0.0.1 --port {port}" in result["warning"]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (always(500, b"Internal Server Error"), "failed (500"),
        (always(503, b"busy"), "failed (503"),
        (always(403, b"Invalid Host header - possible DNS rebinding attack"), "--allowed-hosts"),
        (always(401, b"You are not authenticated."), "MLFLOW_TRACKING_USERNAME"),
        (always(403, b'{"error_code": "PERMISSION_DENIED"}'), "MLFLOW_TRACKING_TOKEN"),
        (always(404, b"<html>nothing here</html>"), "not an MLflow server"),
        (always(200, b"<html>hello</html>"), "not an MLflow server"),
        (always(200, b"[]"), "Is it an MLflow server?"),
        (always(200, b'{"experiment": {"experiment_id": 7}}'), "Is it an MLflow server?"),
        (always(400, b'{"error_code": 5}'), "not an MLflow server"),
        (always(308, b"", Location="https://other/"), "https://other/"),
        (
            always(400, b'{"error_code": "INVALID_PARAMETER_VALUE", "message": "no such name"}'),
            "no such name",
        ),
        (
            always(200, b'{"experiment": {"experiment_id": "1", "lifecycle_stage": "deleted"}}'),
            "deleted there",
        ),
    ],
)
def test_server_that_refuses(tmp_path, answer, words):
    with stub(answer) as uri:
        result = send(tmp_path, uri)
    assert_kept(result)
    assert words in result["warning"]


S3_REFUSAL = b"<?xml version='1.0'?><Error><Code>AccessDenied</Code><Message>No.</Message></Error>"


@pytest.mark.parametrize("status", [400, 403, 404])
def test_store_that_is_taken_for_a_server(tmp_path, status):
    with stub(always(status, S3_REFUSAL)) as uri:
        result = send(tmp_path, uri)
    assert_kept(result)
    assert "is an S3 store such as MinIO, not an MLflow server" in result["warning"]
    assert "credentials" not in result["warning"]


def test_minio_that_is_taken_for_a_server(tmp_path, minio, rarewood):
    result = send(tmp_path, minio.url)
    assert_kept(result)
    assert "is an S3 store such as MinIO" in result["warning"]
    answer = rarewood(f"doctor --tracking-uri {minio.url}")
    assert answer.returncode == 4 and "is an S3 store such as MinIO" in answer.stdout


@pytest.fixture
def https_stub(tmp_path):
    """An https server with a certificate nobody trusts."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    words = "req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost"
    made = subprocess.run(
        ["openssl", *words.split(), "-keyout", key, "-out", certificate], capture_output=True
    )
    if made.returncode != 0:
        pytest.skip("no openssl program")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with stub(always(200, b"{}"), context) as uri:
        yield uri


def test_https_of_a_server_that_speaks_http(tmp_path, rarewood):
    with stub(always(200, b"{}")) as uri:
        https = uri.replace("http", "https")
        result = send(tmp_path, https)
        answer = rarewood(f"doctor --tracking-uri {https}")
    assert_kept(result)
    assert f"speaks http, not https. Give --tracking-uri {uri}." in result["warning"]
    assert "SSL" not in result["warning"]
    assert answer.returncode == 4
    assert f"It speaks http, not https. Write {uri} as its address." in answer.stdout


def test_http_of_a_server_that_speaks_https(tmp_path, rarewood, https_stub):
    plain = https_stub.replace("https", "http")
    result = send(tmp_path, plain)
    assert_kept(result)
    assert f"speaks https, not http. Give --tracking-uri {https_stub}." in result["warning"]
    answer = rarewood(f"doctor --tracking-uri {plain}")
    assert f"It speaks https, not http. Write {https_stub} as its address." in answer.stdout


def test_server_that_hangs_up(tmp_path):
    with stub(lambda handler: handler.connection.shutdown(socket.SHUT_RDWR)) as uri:
        result = send(tmp_path, uri)
    assert_kept(result)
    assert "cannot be reached" in result["warning"]


def test_silent_server_costs_the_time_limit_and_no_more(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        uri = f"http://127.0.0.1:{listener.getsockname()[1]}"
        start = time.monotonic()
        result = send(tmp_path, uri, PROBE_TIMEOUT="1")
        assert 0.4 < time.monotonic() - start < 5
    assert_kept(result)
    assert "timed out" in result["warning"]


def test_ctrl_c_while_sending_leaves_the_run_in_the_journal(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        uri = f"http://127.0.0.1:{listener.getsockname()[1]}"
        probe = subprocess.Popen([find_probe(), tmp_path], env=probe_environment(uri))
        listener.settimeout(30)
        connection, _ = listener.accept()
        with connection:
            probe.send_signal(signal.SIGINT)
            assert probe.wait(timeout=30) == 130
    assert len(list(tmp_path.glob("*/run.json"))) == 1


def test_slow_server_is_left_at_the_limit_of_all_requests_together(tmp_path):
    created = b'{"experiment_id": "1", "experiment": {"experiment_id": "1"}, "runs": []}'

    def slowly(handler):
        time.sleep(0.45)
        reply(handler, 200, created)

    with stub(slowly) as uri:
        start = time.monotonic()
        result = send(tmp_path, uri, PROBE_TIMEOUT="1")
        assert time.monotonic() - start < 5
    assert_kept(result)
    assert "1 s" in result["warning"] or "timed out" in result["warning"]


def test_uri_of_another_kind_is_a_warning_that_hides_it(tmp_path):
    result = send(tmp_path, "postgresql://me:secret@db/mlflow")
    assert_kept(result)
    assert "http://" in result["warning"] and "secret" not in result["warning"]


def test_password_is_sent_and_never_shown(tmp_path):
    seen = []

    def note(handler):
        seen.append(handler.headers["Authorization"])
        reply(handler, 401, b"no")

    with stub(note) as uri:
        result = send(tmp_path, uri.replace("//", "//ann:opensesame@"))
    assert seen == ["Basic YW5uOm9wZW5zZXNhbWU="]
    everything = result["warning"] + "".join(
        path.read_text(errors="replace") for path in tmp_path.rglob("*.json")
    )
    assert "opensesame" not in everything


def test_server_without_proxied_files_gets_all_but_them(tmp_path):
    run = b'{"run": {"info": {"run_id": "r1", "artifact_uri": "s3://bucket/r1"}}}'
    answers = {
        "get-by-name": b'{"experiment": {"experiment_id": "1"}}',
        "search": b"{}",
        "logged-models": b'{"model": {"info": {"model_id": "m1", "artifact_uri": "s3://bucket/m1"}}}',
        "create": run,
    }

    def known(handler):
        call = handler.path.split("?")[0].split("/")[-1]
        reply(handler, 200, answers.get(call, b"{}"))

    with stub(known) as uri:
        result = send(tmp_path, uri)
    assert result["mlflow_run_id"] == "r1"
    assert "--serve-artifacts" in result["warning"]
    state = sent_state(result)
    assert state["facts_sent"] and state["ended"] and not state["artifacts_sent"]


def test_training_ends_well_while_the_server_is_down(rarewood, tmp_path):
    (tmp_path / "visits.csv").write_text(VISITS)
    answer = rarewood(
        "train visits.csv --target bought --n-estimators 20 --figures none --json run.json",
        MLFLOW_TRACKING_URI=f"http://127.0.0.1:{free_port()}",
    )
    assert answer.returncode == 0, answer.stderr
    assert "Connection refused" in answer.stderr and "mlflow server --host 127.0.0.1" in answer.stderr
    assert "`rarewood sync` sends what is missing." in answer.stderr
    (folder,) = (tmp_path / "runs").iterdir()
    assert f"   MLflow Run ID: none (journal: {Path('runs') / folder.name}" in answer.stdout.replace(
        "./runs", "runs"
    )
    record = json.loads((tmp_path / "run.json").read_text())
    assert record["mlflow_run_id"] == ""
    assert any("Connection refused" in warning for warning in record["warnings"])
