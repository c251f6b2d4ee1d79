"""`rarewood train` tracked: the run a person finds in MLflow, and what a dead server costs."""

import json
import random
import re
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from mlflow_server import artifact_names, ask, free_port, run_of, texts  # noqa: E402
from tracking import send  # noqa: E402

ROWS = 1500
METRICS = "f1_score auc_roc precision recall average_precision brier log_loss".split()


@pytest.fixture
def visits(tmp_path):
    draw = random.Random(3)
    lines = ["depth,hour,source,is_ordered"]
    for _ in range(ROWS):
        depth = draw.randint(1, 6)
        ordered = int(draw.random() < 0.05 * depth)
        lines.append(f"{depth},{draw.randint(0, 23)},{draw.choice(['ads', 'mail'])},{ordered}")
    (tmp_path / "visits.csv").write_text("\n".join(lines) + "\n")


def trained(rarewood, tmp_path, uri, words=""):
    answer = rarewood(
        f"train visits.csv --n-estimators 15 --json run.json --tracking-uri {uri} "
        f"--tracking-timeout 90 {words}"
    )
    assert answer.returncode == 0, answer.stderr
    record = json.loads((tmp_path / "run.json").read_text())
    (folder,) = (tmp_path / "runs").iterdir()
    return answer, record, folder


def test_the_run_arrives_as_the_contract_words_it(mlflow_server, visits, rarewood, tmp_path):
    answer, record, _ = trained(rarewood, tmp_path, mlflow_server, "--strategy smote")
    run = run_of(mlflow_server, record)
    assert run["info"]["status"] == "FINISHED"
    assert f"   MLflow Run ID: {run['info']['run_id']}\n" in answer.stdout
    experiment = ask(mlflow_server, f"experiments/get?experiment_id={run['info']['experiment_id']}")
    assert experiment["experiment"]["name"] == "Conversion_Prediction_Classification"

    assert re.fullmatch(r"forest-smote 20\d\d-\d\d-\d\d \d\d:\d\d", run["info"]["run_name"])
    named = "name=classification_model"
    model = ask(mlflow_server, f"registered-models/get?{named}")["registered_model"]
    assert model["description"].startswith("Predicts `")
    filtered = "filter=" + quote(f"run_id = '{record['mlflow_run_id']}'")
    (version,) = ask(mlflow_server, f"model-versions/search?{filtered}")["model_versions"]
    assert version["description"].startswith("forest with smote, threshold by best F1: predicts")
    assert f"AUC {record['metrics']['auc_roc']:.3f} (" in version["description"]
    assert record["data"]["fingerprint"] in version["description"]

    params = texts(run["data"]["params"])
    negatives, positives = record["data"]["class_rows"]
    contract = {
        "total_samples": ROWS,
        "train_samples": ROWS * 4 // 5,
        "test_samples": ROWS // 5,
        "num_features": 3,
        "class_imbalance_ratio": f"{negatives / positives:.4f}",
        "model_saved_to": record["model_paths"]["pkl"],
    }
    options = {
        **{"strategy": "smote", "learner": "forest", "balance": "smote", "threshold": "f1"},
        **{"sampling_strategy": 0.25, "k_neighbors": 5, "n_estimators": 15, "max_depth": 15},
        **{"min_samples_split": 5, "class_weight": "balanced", "test_size": 0.2, "folds": 5},
        **{"split": "stratified", "random_state": 42},
    }
    wanted = {name: str(value) for name, value in (contract | options).items()}
    assert {name: params.get(name) for name in wanted} == wanted
    assert set(params) == set(record["params"])

    metrics = texts(run["data"]["metrics"])
    assert {name: metrics[name] for name in METRICS} == pytest.approx(
        {name: record["metrics"][name] for name in METRICS}
    )
    assert metrics["f1_score_low"] <= metrics["f1_score"] <= metrics["f1_score_high"]
    assert metrics["seconds_fit"] >= 0

    tags = texts(run["data"]["tags"])
    assert tags["rarewood.data"] == "real"
    assert tags["rarewood.leak"] == "none found"
    assert tags["rarewood.data_fingerprint"] == record["data"]["fingerprint"]


def test_the_artifacts_arrive(mlflow_server, visits, rarewood, tmp_path):
    _, record, folder = trained(rarewood, tmp_path, mlflow_server)
    names = artifact_names(mlflow_server, record["mlflow_run_id"])
    assert {
        "classification_report.txt",
        "confusion_matrix.json",
        "importance.json",
    } <= names
    drawn = (tmp_path / "reports/figures/feature_importance.png").exists()
    assert ("feature_importance.png" in names) == drawn
    artifacts = folder / "artifacts"
    kept = {str(p.relative_to(artifacts)) for p in artifacts.rglob("*") if p.is_file()}
    assert names == {name for name in kept if not name.startswith("model/")}


def test_the_leak_is_seen_in_mlflow(mlflow_server, visits, rarewood, tmp_path):
    lines = (tmp_path / "visits.csv").read_text().splitlines()
    leaking = [lines[0] + ",paid", *(f"{line},{7 * int(line[-1])}" for line in lines[1:])]
    (tmp_path / "visits.csv").write_text("\n".join(leaking) + "\n")
    _, record, _ = trained(rarewood, tmp_path, mlflow_server, "--figures none")
    tags = texts(run_of(mlflow_server, record)["data"]["tags"])
    assert tags["rarewood.leak"] == "paid"
    assert "not judged: leak" in tags["mlflow.note.content"]


def test_candidates_are_child_runs_of_their_comparison(mlflow_server, visits, rarewood, tmp_path):
    answer = rarewood(
        "compare visits.csv --learners forest,logistic,dummy --balances none,class_weight "
        "--set forest.n_estimators=15 --json run.json --tracking-timeout 90 "
        f"--tracking-uri {mlflow_server}"
    )
    assert answer.returncode == 0, answer.stderr
    record = json.loads((tmp_path / "run.json").read_text())
    parent = run_of(mlflow_server, record)
    assert parent["info"]["status"] == "FINISHED"
    assert texts(parent["data"]["metrics"])["f1_score"] == pytest.approx(record["metrics"]["f1_score"])
    assert texts(parent["data"]["tags"])["rarewood.looks"] == "1"
    body = {
        "experiment_ids": [parent["info"]["experiment_id"]],
        "filter": f"tags.`mlflow.parentRunId` = '{record['mlflow_run_id']}'",
    }
    children = ask(mlflow_server, "runs/search", body)["runs"]
    assert {run["info"]["status"] for run in children} == {"FINISHED"}
    found = {
        (params["learner"], params["balance"]): texts(run["data"]["metrics"])
        for run in children
        for params in [texts(run["data"]["params"])]
    }
    assert len(children) == len(found) == len(record["candidates"]) == 5
    for candidate in record["candidates"]:
        metrics = found[candidate["learner"], candidate["balance"]]
        for name in ("f1_score", "auc_roc", "average_precision", "log_loss"):
            assert metrics[name] == pytest.approx(candidate[name])
        assert metrics["f1_score_low"] == pytest.approx(candidate["intervals"]["f1_score"]["low"])
        assert metrics["seconds_fit"] == pytest.approx(candidate["seconds"])
    (folder,) = (tmp_path / "runs").iterdir()
    states = [json.loads(p.read_text()) for p in folder.glob("candidates/*/sent.json")]
    assert {state["mlflow_run_id"] for state in states} == {
        run["info"]["run_id"] for run in children
    }


def test_a_comparison_that_was_not_sent_arrives_later_and_once(
    mlflow_server, visits, rarewood, tmp_path
):
    answer = rarewood(
        "compare visits.csv --learners logistic,dummy --balances none "
        f"--run-name late --tracking-uri http://127.0.0.1:{free_port()}"
    )
    assert answer.returncode == 0 and "cannot be reached" in answer.stderr
    (folder,) = (tmp_path / "runs").iterdir()
    assert not list(folder.glob("candidates/*/sent.json"))
    sent = send(tmp_path / "runs", mlflow_server, "--again")
    assert sent["complete"]
    # Even if the notes of what was sent are lost, no run is made twice.
    for note in folder.rglob("sent.json"):
        note.unlink()
    assert send(tmp_path / "runs", mlflow_server, "--again")["mlflow_run_id"] == sent["mlflow_run_id"]
    run = run_of(mlflow_server, sent)
    body = {
        "experiment_ids": [run["info"]["experiment_id"]],
        "filter": f"tags.`mlflow.parentRunId` = '{sent['mlflow_run_id']}'",
    }
    names = [child["info"]["run_name"] for child in ask(mlflow_server, "runs/search", body)["runs"]]
    assert sorted(names) == ["dummy", "logistic"]


def test_a_server_that_is_down_costs_a_warning(visits, rarewood, tmp_path):
    port = free_port()
    uri = f"http://127.0.0.1:{port}"
    answer, record, folder = trained(rarewood, tmp_path, uri, "--figures none")
    lines = answer.stderr.splitlines()
    (warning,) = [line for line in lines if line.startswith("warning: The tracking server")]
    assert f"mlflow server --host 127.0.0.1 --port {port}" in warning
    assert warning.removeprefix("warning: ") in record["warnings"]
    assert record["mlflow_run_id"] == ""
    assert "MLflow Run ID: none (journal: " in answer.stdout
    assert json.loads((folder / "run.json").read_text()) == record
    assert (folder / "artifacts/model/classification_model.onnx").exists()


def test_a_horizon_arrives_with_every_point(mlflow_server, rarewood, tmp_path):
    shop = rarewood("sample --store shop --sessions 8000")
    assert shop.returncode == 0, shop.stderr
    answer = rarewood(
        "horizon --store shop --points 5min,10min --draws 100 --n-estimators 20 --json h.json "
        f"--run-name early --tracking-timeout 90 --tracking-uri {mlflow_server}"
    )
    assert answer.returncode == 0, answer.stderr
    (folder,) = (tmp_path / "runs").iterdir()
    record = json.loads((folder / "run.json").read_text())
    run = run_of(mlflow_server, record)
    assert run["info"]["status"] == "FINISHED" and run["info"]["run_name"] == "early"

    found = json.loads((tmp_path / "h.json").read_text())
    metrics = texts(run["data"]["metrics"])
    for point in found["points"]:
        name = f"{point['population']}_{point['as_of']}"
        for figure in ("auc_roc", "average_precision", "f1_score", "f1_flag_all"):
            assert metrics[f"{name}_{figure}"] == pytest.approx(point[figure]), (name, figure)
    params = texts(run["data"]["params"])
    assert set(params) == set(record["params"])
    assert params["points"] == "5min,10min" and params["n_estimators"] == "20"
    tags = texts(run["data"]["tags"])
    assert tags["rarewood.data"] == "simulated"
    assert "Simulated data" in tags["mlflow.note.content"]

    names = artifact_names(mlflow_server, record["mlflow_run_id"])
    kept = {p.name for p in (folder / "artifacts").iterdir()}
    assert "horizon.json" in names and names == kept
    assert ("horizon.png" in names) == (tmp_path / "reports/figures/horizon.png").exists()
