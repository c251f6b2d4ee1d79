"""Runs sent to a real MLflow server: everything arrives, once."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from tracking import ROOT, send, sent_state  # noqa: E402

LONGEST_START = 120  # seconds; the first start of a fresh environment compiles its modules


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


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Address of an MLflow server with a data base of its own."""
    made = subprocess.run(
        ["bash", "tool/mlflow_env.sh"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    folder = tmp_path_factory.mktemp("mlflow")
    uri = f"http://127.0.0.1:{free_port()}"
    log = folder / "server.log"
    command = [
        *(f"{made.stdout.strip()}/bin/python", "-m", "mlflow", "server"),
        *("--host", "127.0.0.1", "--port", uri.rsplit(":", 1)[1], "--workers", "1"),
        *("--backend-store-uri", f"sqlite:///{folder}/mlflow.db"),
        *("--artifacts-destination", str(folder / "artifacts"), "--serve-artifacts"),
    ]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MLFLOW_")}
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
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


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


def runs_named(server, experiment, run_id):
    found = ask(server, f"experiments/get-by-name?experiment_name={experiment}")
    body = {
        "experiment_ids": [found["experiment"]["experiment_id"]],
        "filter": f"tags.`rarewood.run_key` = '{run_id}'",
    }
    return ask(server, "runs/search", body).get("runs", [])


def artifact_names(server, run_id, path=""):
    names = set()
    for entry in ask(server, f"artifacts/list?run_id={run_id}&path={path}").get("files", []):
        if entry.get("is_dir"):
            names |= artifact_names(server, run_id, entry["path"])
        else:
            names.add(entry["path"])
    return names


def test_everything_of_a_run_arrives(server, tmp_path):
    result = send(tmp_path, server)
    assert result["complete"] and result["warning"] == ""

    run = run_of(server, result)
    record = json.loads((Path(result["folder"]) / "run.json").read_text())
    assert run["info"]["status"] == "FINISHED"
    assert run["info"]["start_time"] == record["started_at_ms"]
    assert run["info"]["end_time"] == record["ended_at_ms"]

    params = texts(run["data"]["params"])
    assert params["total_samples"] == "472871"
    assert params["train_samples"] == "378296"
    assert params["test_samples"] == "94575"
    assert params["num_features"] == "12"
    assert params["class_imbalance_ratio"] == "13.6341"
    assert params["model_saved_to"] == "s3://models/classification_model.pkl"
    assert params["n_estimators"] == "200"
    assert params["option_119"] == "1"
    assert len(params["long"]) == 6000
    assert len(params) == len(record["params"])

    metrics = texts(run["data"]["metrics"])
    assert metrics["f1_score"] == 0.3472
    assert metrics["auc_roc"] == 0.7803
    assert metrics["f1_score_low"] == 0.3398
    assert metrics["seconds_fit"] == 0.3
    times = {item["timestamp"] for item in run["data"]["metrics"]}
    assert times == {record["ended_at_ms"]}

    tags = texts(run["data"]["tags"])
    assert tags["rarewood.run_key"] == result["run_id"]
    assert tags["rarewood.data"] == "real"
    assert tags["rarewood.leak"] == "engagement_depth"
    assert tags["mlflow.source.name"] == "rarewood train"

    experiment = ask(server, f"experiments/get?experiment_id={run['info']['experiment_id']}")
    assert experiment["experiment"]["name"] == "Conversion_Prediction_Classification"


def test_artifacts_arrive_byte_for_byte(server, tmp_path):
    result = send(tmp_path, server)
    run_id = result["mlflow_run_id"]
    local = Path(result["folder"]) / "artifacts"
    names = {str(path.relative_to(local)) for path in local.rglob("*") if path.is_file()}
    assert artifact_names(server, run_id) == names
    for name in names:
        url = f"{server}/get-artifact?run_uuid={run_id}&path={name}"
        with urllib.request.urlopen(url, timeout=30) as answer:
            assert answer.read() == (local / name).read_bytes(), name


def test_sending_again_changes_nothing(server, tmp_path):
    first = send(tmp_path, server)
    again = send(tmp_path, server, "--again")
    assert again["complete"] and again["mlflow_run_id"] == first["mlflow_run_id"]
    assert len(runs_named(server, "Conversion_Prediction_Classification", first["run_id"])) == 1


def test_run_is_found_again_by_its_key(server, tmp_path):
    first = send(tmp_path, server)
    before = run_of(server, first)
    (Path(first["folder"]) / "sent.json").unlink()
    again = send(tmp_path, server, "--again")
    assert again["complete"] and again["mlflow_run_id"] == first["mlflow_run_id"]
    after = run_of(server, again)
    assert texts(after["data"]["metrics"]) == texts(before["data"]["metrics"])
    assert len(after["data"]["params"]) == len(before["data"]["params"])


def test_artifact_added_later_is_sent_alone(server, tmp_path):
    first = send(tmp_path, server)
    figure = Path(first["folder"]) / "artifacts" / "feature_importance.png"
    figure.write_bytes(b"\x89PNG")
    again = send(tmp_path, server, "--again")
    assert again["complete"]
    assert "feature_importance.png" in artifact_names(server, first["mlflow_run_id"])
    assert "feature_importance.png" in sent_state(again)["artifacts_sent"]


def test_run_made_while_the_server_was_down_is_sent_when_it_is_up(server, tmp_path):
    down = send(tmp_path, f"http://127.0.0.1:{free_port()}")
    assert not down["complete"]
    up = send(tmp_path, server, "--again")
    assert up["complete"] and up["run_id"] == down["run_id"]
    assert run_of(server, up)["info"]["status"] == "FINISHED"


def test_experiment_and_run_have_the_names_asked_for(server, tmp_path):
    result = send(
        tmp_path,
        server + "/",
        MLFLOW_EXPERIMENT_NAME="Größe & Maß 100 %",
        MLFLOW_RUN_NAME="sm/ote",
    )
    assert result["complete"], result["warning"]
    run = run_of(server, result)
    assert run["info"]["run_name"] == "sm/ote"
    experiment = ask(server, f"experiments/get?experiment_id={run['info']['experiment_id']}")
    assert experiment["experiment"]["name"] == "Größe & Maß 100 %"


def test_host_the_server_does_not_know_is_told_how_to_be_allowed(server, tmp_path):
    # curl takes every name below localhost for the loopback address; the server knows few of them.
    result = send(tmp_path, server.replace("127.0.0.1", "tracking.localhost"))
    assert not result["complete"]
    assert "--allowed-hosts" in result["warning"]


def test_deleted_experiment_is_named(server, tmp_path):
    made = ask(server, "experiments/create", {"name": "gone"})
    ask(server, "experiments/delete", {"experiment_id": made["experiment_id"]})
    result = send(tmp_path, server, MLFLOW_EXPERIMENT_NAME="gone")
    assert not result["complete"]
    assert "'gone'" in result["warning"] and "deleted" in result["warning"]
