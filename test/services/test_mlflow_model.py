"""The model of a run at a real MLflow server: registered, loaded, served; scores as rarewood's."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from mlflow_server import ask, free_port, python_of, run_of, stop, texts  # noqa: E402
from tracking import send  # noqa: E402

ROWS = 900


def table(rows=ROWS):
    """Each kind of column, with integers and booleans as pandas has them."""
    day = pd.Timestamp("2026-03-01")
    depth = [(i * 7) % 11 + 1 for i in range(rows)]
    return pd.DataFrame({
        "depth": depth,
        "spent": [((i * 37) % 101) / 7 for i in range(rows)],
        "utm_source_ads": [i % 3 == 0 for i in range(rows)],
        "source": [("ads", "mail", "direct")[i % 3] for i in range(rows)],
        "seen": [day + pd.Timedelta(hours=i % 500) for i in range(rows)],
        "is_ordered": [int(i * i % 17 < depth[i] / 3) for i in range(rows)],
    })


def scored(rarewood, tmp_path):
    answer = rarewood("score rows.parquet --model store/models/classification_model.onnx --out scored.parquet")
    assert answer.returncode == 0, answer.stderr
    return pd.read_parquet(tmp_path / "scored.parquet")


LOAD = """
import sys, mlflow, pandas as pd
model = mlflow.pyfunc.load_model(sys.argv[1])
table = pd.read_csv(sys.argv[2], parse_dates=["seen"])
print(sorted({str(kind) for kind in table.dtypes}), file=sys.stderr)
model.predict(table).to_csv(sys.argv[3], index=False)
"""


@pytest.fixture(scope="module")
def scoring_python():
    return python_of("mlflow-scoring")


def foreign_free(**more):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MLFLOW_", "PYTHON"))}
    return kept | more


def test_a_registered_model_scores_as_rarewood_does(
    mlflow_server, scoring_python, rarewood, tmp_path
):
    rows = table()
    rows.to_parquet(tmp_path / "rows.parquet")
    answer = rarewood(
        "train rows.parquet --n-estimators 15 --figures none --json run.json --fail-on none "
        f"--tracking-timeout 90 --tracking-uri {mlflow_server} --registered-model scores_alike"
    )
    assert answer.returncode == 0, answer.stderr
    expected = scored(rarewood, tmp_path)

    rows.drop(columns="is_ordered").to_csv(tmp_path / "rows.csv", index=False)
    model = "models:/scores_alike@champion"
    done = subprocess.run(
        [scoring_python, "-c", LOAD, model, tmp_path / "rows.csv", tmp_path / "out.csv"],
        env=foreign_free(MLFLOW_TRACKING_URI=mlflow_server),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert "int64" in done.stderr and "bool" in done.stderr and "datetime64" in done.stderr
    got = pd.read_csv(tmp_path / "out.csv")
    assert list(got["label"]) == list(expected["label"])
    assert list(got["probability"].astype("float32")) == pytest.approx(
        list(expected["probability"].astype("float32")), abs=1e-9
    )


FLAGS = [f"landing_page_/lander-{i}" for i in range(1, 5)] + ["utm_source_b search", "it's 100 %"]
COUNTS = ["hour_of_day", "day_of_week", "is_weekend", "unique_pages", "total_page_views", "depth"]


def one_hot(rows=ROWS):
    """Twelve columns: counts, and booleans under names no program would choose."""
    table = pd.DataFrame({name: [(i * (k + 5)) % 13 for i in range(rows)] for k, name in enumerate(COUNTS)})
    for k, name in enumerate(FLAGS):
        table[name] = [(i * i + k) % 5 == 0 for i in range(rows)]
    table["is_ordered"] = [int(i * i % 17 < i % 13 / 3) for i in range(rows)]
    return table


def test_the_one_hot_model_scores_as_rarewood_does(
    mlflow_server, scoring_python, rarewood, tmp_path
):
    rows = one_hot()
    assert len(rows.columns) == 13 and (rows.dtypes == bool).sum() == 6
    rows.to_parquet(tmp_path / "rows.parquet")
    answer = rarewood(
        "train rows.parquet --n-estimators 15 --figures none --fail-on none "
        f"--tracking-timeout 90 --tracking-uri {mlflow_server} --registered-model one_hot"
    )
    assert answer.returncode == 0, answer.stderr
    expected = scored(rarewood, tmp_path)
    rows.drop(columns="is_ordered").assign(seen="2026-03-01").to_csv(tmp_path / "rows.csv", index=False)
    words = ["models:/one_hot@challenger", tmp_path / "rows.csv", tmp_path / "out.csv"]
    done = subprocess.run(
        [scoring_python, "-c", LOAD, *words],
        env=foreign_free(MLFLOW_TRACKING_URI=mlflow_server),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert "bool" in done.stderr
    got = pd.read_csv(tmp_path / "out.csv")
    assert list(got["label"]) == list(expected["label"])
    assert got["probability"].nunique() > 20
    assert list(got["probability"].astype("float32")) == pytest.approx(
        list(expected["probability"].astype("float32")), abs=1e-9
    )


@pytest.fixture
def serving(mlflow_server, scoring_python, tmp_path):
    """serve(model uri) -> address of `mlflow models serve`."""
    started = []

    def serve(uri):
        port = free_port()
        command = [scoring_python, "-m", "mlflow", "models", "serve", "-m", uri, "--env-manager"]
        command += ["local", "--host", "127.0.0.1", "--port", str(port)]
        path = f"{scoring_python.parent}:{os.environ['PATH']}"
        log = (tmp_path / "serve.log").open("w")
        started.append(
            subprocess.Popen(
                command,
                env=foreign_free(MLFLOW_TRACKING_URI=mlflow_server, PATH=path),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        )
        for _ in range(600):
            assert started[-1].poll() is None, (tmp_path / "serve.log").read_text()
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/ping", timeout=2)
                return f"http://127.0.0.1:{port}/invocations"
            except OSError:
                time.sleep(0.2)
        raise AssertionError((tmp_path / "serve.log").read_text())

    yield serve
    for process in started:
        stop(process)


def invoke(address, body):
    request = urllib.request.Request(
        address, data=json.dumps(body).encode(), headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return pd.DataFrame(json.load(answer)["predictions"])


def test_a_served_model_scores_as_rarewood_does(mlflow_server, serving, rarewood, tmp_path):
    rows = table(300).drop(columns="seen")
    rows.to_parquet(tmp_path / "rows.parquet")
    answer = rarewood(
        "train rows.parquet --n-estimators 15 --figures none --fail-on none "
        f"--tracking-timeout 90 --tracking-uri {mlflow_server} --registered-model served"
    )
    assert answer.returncode == 0, answer.stderr
    expected = scored(rarewood, tmp_path)
    address = serving("models:/served@champion")
    given = json.loads(rows.drop(columns="is_ordered").to_json(orient="split"))
    by_row = [dict(zip(given["columns"], row)) for row in given["data"]]
    split = {"columns": given["columns"], "data": given["data"]}
    for body in ({"dataframe_split": split}, {"dataframe_records": by_row}):
        got = invoke(address, body)
        assert list(got["label"]) == list(expected["label"])
        assert list(got["probability"]) == pytest.approx(list(expected["probability"]), abs=1e-6)


def test_model_is_logged_with_its_metrics_and_linked_to_its_run(mlflow_server, tmp_path):
    result = send(tmp_path, mlflow_server)
    assert result["complete"], result["warning"]
    run = run_of(mlflow_server, result)
    (table_,) = run["inputs"]["dataset_inputs"]
    record = json.loads((Path(result["folder"]) / "run.json").read_text())
    assert table_["dataset"]["digest"] == record["data"]["fingerprint"]
    assert json.loads(table_["dataset"]["profile"])["num_rows"] == record["data"]["rows"]
    (output,) = run["outputs"]["model_outputs"]

    found = ask(mlflow_server, f"logged-models/{output['model_id']}")["model"]
    assert found["info"]["status"] == "LOGGED_MODEL_READY"
    assert found["info"]["source_run_id"] == result["mlflow_run_id"]
    metrics = texts(found["data"]["metrics"])
    assert metrics["f1_score"] == record["metrics"]["f1_score"]
    assert not [key for key in metrics if key.startswith(("seconds_", "baseline_"))]
    assert texts(found["data"]["params"])["n_estimators"] == "200"
    assert texts(found["info"]["tags"])["rarewood.model_id"]


def aliases(server, name):
    model = ask(server, f"registered-models/get?name={name}")["registered_model"]
    return {item["alias"]: item["version"] for item in model.get("aliases", [])}


def test_newest_run_is_challenger_and_the_first_stays_champion(mlflow_server, tmp_path):
    first = send(tmp_path / "a", mlflow_server)
    before = aliases(mlflow_server, "classification_model")
    assert before["challenger"] == first["model_version"]
    second = send(tmp_path / "b", mlflow_server)
    after = aliases(mlflow_server, "classification_model")
    assert int(second["model_version"]) == int(first["model_version"]) + 1
    assert after == {"champion": before["champion"], "challenger": second["model_version"]}


def test_sending_again_with_no_note_makes_nothing_twice(mlflow_server, tmp_path):
    first = send(tmp_path, mlflow_server)
    (Path(first["folder"]) / "sent.json").unlink()
    again = send(tmp_path, mlflow_server, "--again")
    assert again["complete"], again["warning"]
    assert again["model_version"] == first["model_version"]
    run = run_of(mlflow_server, again)
    assert len(run["outputs"]["model_outputs"]) == len(run["inputs"]["dataset_inputs"]) == 1


def test_curves_are_metrics_with_steps(mlflow_server, rarewood, tmp_path):
    table(300).drop(columns="seen").to_parquet(tmp_path / "rows.parquet")
    answer = rarewood(
        "train rows.parquet --n-estimators 15 --figures none --fail-on none --json run.json "
        f"--tracking-timeout 90 --tracking-uri {mlflow_server} --registered-model none"
    )
    assert answer.returncode == 0, answer.stderr
    run_id = json.loads((tmp_path / "run.json").read_text())["mlflow_run_id"]
    for key in "roc precision_recall f1_by_threshold calibration".split():
        history = ask(
            mlflow_server, f"metrics/get-history?run_id={run_id}&metric_key=curve/{key}"
        )["metrics"]
        steps = [item["step"] for item in history]
        assert len(steps) == len(set(steps)) > 3
        assert all(0 <= step <= 1000 and 0 <= item["value"] <= 1 for step, item in zip(steps, history))
