"""Runs sent to a real MLflow server: everything arrives, once."""

import json
import sys
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from mlflow_server import artifact_names, ask, free_port, run_of, texts  # noqa: E402
from tracking import send, sent_state  # noqa: E402


def runs_named(mlflow_server, experiment, run_id):
    found = ask(mlflow_server, f"experiments/get-by-name?experiment_name={experiment}")
    body = {
        "experiment_ids": [found["experiment"]["experiment_id"]],
        "filter": f"tags.`rarewood.run_key` = '{run_id}'",
    }
    return ask(mlflow_server, "runs/search", body).get("runs", [])


def test_everything_of_a_run_arrives(mlflow_server, tmp_path):
    result = send(tmp_path, mlflow_server, PROBE_LEAK="engagement_depth")
    assert result["complete"] and result["warning"] == ""

    run = run_of(mlflow_server, result)
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

    experiment = ask(mlflow_server, f"experiments/get?experiment_id={run['info']['experiment_id']}")
    assert experiment["experiment"]["name"] == "Conversion_Prediction_Classification"


def test_artifacts_arrive_byte_for_byte(mlflow_server, tmp_path):
    result = send(tmp_path, mlflow_server)
    run_id = result["mlflow_run_id"]
    local = Path(result["folder"]) / "artifacts"
    files = {str(path.relative_to(local)) for path in local.rglob("*") if path.is_file()}
    names = {name for name in files if not name.startswith("model/")}
    assert artifact_names(mlflow_server, run_id) == names and names < files
    for name in names:
        url = f"{mlflow_server}/get-artifact?run_uuid={run_id}&path={name}"
        with urllib.request.urlopen(url, timeout=30) as answer:
            assert answer.read() == (local / name).read_bytes(), name


def test_sending_again_changes_nothing(mlflow_server, tmp_path):
    first = send(tmp_path, mlflow_server)
    again = send(tmp_path, mlflow_server, "--again")
    assert again["complete"] and again["mlflow_run_id"] == first["mlflow_run_id"]
    assert len(runs_named(mlflow_server, "Conversion_Prediction_Classification", first["run_id"])) == 1


def test_run_is_found_again_by_its_key(mlflow_server, tmp_path):
    first = send(tmp_path, mlflow_server)
    before = run_of(mlflow_server, first)
    (Path(first["folder"]) / "sent.json").unlink()
    again = send(tmp_path, mlflow_server, "--again")
    assert again["complete"] and again["mlflow_run_id"] == first["mlflow_run_id"]
    after = run_of(mlflow_server, again)
    assert texts(after["data"]["metrics"]) == texts(before["data"]["metrics"])
    assert len(after["data"]["params"]) == len(before["data"]["params"])


def test_artifact_added_later_is_sent_alone(mlflow_server, tmp_path):
    first = send(tmp_path, mlflow_server)
    figure = Path(first["folder"]) / "artifacts" / "feature_importance.png"
    figure.write_bytes(b"\x89PNG")
    again = send(tmp_path, mlflow_server, "--again")
    assert again["complete"]
    assert "feature_importance.png" in artifact_names(mlflow_server, first["mlflow_run_id"])
    assert "feature_importance.png" in sent_state(again)["artifacts_sent"]


def test_run_made_while_the_server_was_down_is_sent_when_it_is_up(mlflow_server, tmp_path):
    down = send(tmp_path, f"http://127.0.0.1:{free_port()}")
    assert not down["complete"]
    up = send(tmp_path, mlflow_server, "--again")
    assert up["complete"] and up["run_id"] == down["run_id"]
    assert run_of(mlflow_server, up)["info"]["status"] == "FINISHED"


def test_experiment_and_run_have_the_names_asked_for(mlflow_server, tmp_path):
    result = send(
        tmp_path,
        mlflow_server + "/",
        MLFLOW_EXPERIMENT_NAME="Größe & Maß 100 %",
        MLFLOW_RUN_NAME="sm/ote",
    )
    assert result["complete"], result["warning"]
    run = run_of(mlflow_server, result)
    assert run["info"]["run_name"] == "sm/ote"
    experiment = ask(mlflow_server, f"experiments/get?experiment_id={run['info']['experiment_id']}")
    assert experiment["experiment"]["name"] == "Größe & Maß 100 %"


def test_host_the_server_does_not_know_is_told_how_to_be_allowed(mlflow_server, tmp_path):
    # curl takes every name below localhost for the loopback address; the server knows few of them.
    result = send(tmp_path, mlflow_server.replace("127.0.0.1", "tracking.localhost"))
    assert not result["complete"]
    assert "--allowed-hosts" in result["warning"]


def test_deleted_experiment_is_named(mlflow_server, tmp_path):
    made = ask(mlflow_server, "experiments/create", {"name": "gone"})
    ask(mlflow_server, "experiments/delete", {"experiment_id": made["experiment_id"]})
    result = send(tmp_path, mlflow_server, MLFLOW_EXPERIMENT_NAME="gone")
    assert not result["complete"]
    assert "'gone'" in result["warning"] and "deleted" in result["warning"]
