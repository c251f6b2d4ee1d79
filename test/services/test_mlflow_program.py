"""`rarewood train` tracked: the run a person finds in MLflow, and what a dead server costs."""

import json
import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from mlflow_server import artifact_names, ask, free_port, run_of, texts  # noqa: E402

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
        "model/classification_model.onnx",
        "classification_report.txt",
        "confusion_matrix.json",
        "importance.json",
    } <= names
    drawn = (tmp_path / "reports/figures/feature_importance.png").exists()
    assert ("feature_importance.png" in names) == drawn
    artifacts = folder / "artifacts"
    kept = {str(p.relative_to(artifacts)) for p in artifacts.rglob("*") if p.is_file()}
    assert names == kept


def test_the_leak_is_seen_in_mlflow(mlflow_server, visits, rarewood, tmp_path):
    lines = (tmp_path / "visits.csv").read_text().splitlines()
    leaking = [lines[0] + ",paid", *(f"{line},{7 * int(line[-1])}" for line in lines[1:])]
    (tmp_path / "visits.csv").write_text("\n".join(leaking) + "\n")
    _, record, _ = trained(rarewood, tmp_path, mlflow_server, "--figures none")
    tags = texts(run_of(mlflow_server, record)["data"]["tags"])
    assert tags["rarewood.leak"] == "paid"
    assert "not judged: leak" in tags["mlflow.note.content"]


def test_a_server_that_is_down_costs_a_warning(visits, rarewood, tmp_path):
    port = free_port()
    uri = f"http://127.0.0.1:{port}"
    answer, record, folder = trained(rarewood, tmp_path, uri, "--figures none")
    (warning,) = [line for line in answer.stderr.splitlines() if line.startswith("warning: ")]
    assert f"mlflow server --host 0.0.0.0 --port {port}" in warning
    assert warning.removeprefix("warning: ") in record["warnings"]
    assert record["mlflow_run_id"] == ""
    assert "MLflow Run ID: none (journal: " in answer.stdout
    assert json.loads((folder / "run.json").read_text()) == record
    assert (folder / "artifacts/model/classification_model.onnx").exists()
