"""The DAG under a real Airflow: its shape, a run and its repetition, a leak, a task that is stopped."""

import base64
import json
import os
import subprocess
from pathlib import Path

import pytest
from fake_mlflow import fake_mlflow
from mlflow_server import ask, free_port

ROOT = Path(__file__).resolve().parents[2]
DAGS = ROOT / "airflow" / "dags"
DAG = "model_training_pipeline"
DATE = "2026-11-22"
FOREIGN = ("AIRFLOW", "RAREWOOD_", "AWS_", "MLFLOW_", "PYTHON")


@pytest.fixture(scope="module")
def airflow_bin():
    command = ["bash", "tool/service_env.sh", "airflow", "--no-build"]
    found = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if found.returncode != 0:
        pytest.skip("no Airflow environment: run 'bash tool/setup.sh --tests'")
    return Path(found.stdout.strip()) / "bin"


@pytest.fixture(scope="module")
def environment(program, tmp_path_factory):
    home = tmp_path_factory.mktemp("airflow")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(FOREIGN)}
    return kept | {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "RAREWOOD_PROGRAM": str(program),
        "RAREWOOD_WORK": str(home / "work"),
        "RAREWOOD_STORE": str(home / "store"),
    }


def run(command, environment, timeout=300):
    return subprocess.run(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=timeout,
    )


@pytest.fixture(scope="module")
def ready(airflow_bin, environment, program):
    """The environment of an Airflow with its data base, and a small simulated shop in the store."""
    made = run([airflow_bin / "airflow", "db", "migrate"], environment)
    assert made.returncode == 0, made.stdout
    made = run([program, "sample", "--sessions", "20000"], environment)
    assert made.returncode == 0, made.stdout
    return environment


@pytest.fixture
def dags_test(airflow_bin, ready):
    def test(conf, date=DATE, **more):
        command = [airflow_bin / "airflow", "dags", "test", DAG, date, "--conf", json.dumps(conf)]
        return run(command, ready | more)

    return test


def in_airflow(airflow_bin, environment, script):
    """What a script prints that is run by Airflow's Python beside the DAGs."""
    done = run([airflow_bin / "python", "-c", script], environment | {"PYTHONPATH": str(DAGS)})
    assert done.returncode == 0, done.stdout
    return json.loads(done.stdout.splitlines()[-1])


SHAPE = """
import json
from model_training_pipeline import dag as found
print(json.dumps({
    "id": found.dag_id,
    "schedule": found.schedule,
    "catchup": found.catchup,
    "edges": {t.task_id: sorted(t.downstream_task_ids) for t in found.tasks},
    "retries": sorted({t.retries for t in found.tasks}),
    "params": sorted(found.params),
}))
"""


def test_the_dag_has_the_agreed_shape(airflow_bin, environment):
    assert in_airflow(airflow_bin, environment, SHAPE) == {
        "id": DAG,
        "schedule": "@weekly",
        "catchup": False,
        "edges": {
            "validate_training_data": ["train_classification_model"],
            "train_classification_model": ["promote_and_report"],
            "promote_and_report": [],
        },
        "retries": [1],
        "params": [
            *("as_of", "build_features", "margin", "random_state", "registered_model", "split"),
            *("store", "strategy"),
        ],
    }


def active_runs(server, date=DATE):
    name = f"{DAG}-{date.replace('-', '')}T000000Z"
    found = ask(server, "experiments/get-by-name?experiment_name=Conversion_Prediction_Classification")
    query = {
        "experiment_ids": [found["experiment"]["experiment_id"]],
        "filter": f"attributes.run_name = '{name}'",
    }
    return [entry["info"]["run_id"] for entry in ask(server, "runs/search", query)["runs"]]


def test_a_repeated_run_takes_the_place_of_the_first(dags_test, ready, mlflow_server):
    runs, outputs = [], []
    for conf in ({"strategy": "class_weight"}, {"strategy": "class_weight", "build_features": False}):
        done = dags_test(conf, MLFLOW_TRACKING_URI=mlflow_server)
        assert done.returncode == 0, done.stdout
        assert "state=success" in done.stdout and "Verdict: " in done.stdout
        runs.append(active_runs(mlflow_server))
        outputs.append(done.stdout)
    assert [len(found) for found in runs] == [1, 1] and runs[0] != runs[1]
    store = Path(ready["RAREWOOD_STORE"])
    assert (store / "models" / "classification_model.pkl").exists()
    assert "Promoted: There is no champion yet." in outputs[0]
    assert "Promoted: This model is the champion already." in outputs[1]
    # The journal keeps both, and the second says that the test rows were looked at before.
    record = trained(ready, DATE)
    assert record["looks"] == 2
    assert record["params"]["split"] == "time" and record["params"]["strategy"] == "class_weight"


def trained(ready, date):
    """What `rarewood train` wrote for a logical date."""
    folder = Path(ready["RAREWOOD_WORK"]) / DAG / f"{date.replace('-', '')}T000000Z"
    return json.loads((folder / "train_classification_model" / "train.json").read_text())


def test_a_later_date_sends_what_mlflow_missed_and_knows_of_earlier_looks(
    dags_test, ready, mlflow_server
):
    """The first date arrives, its repetition finds no server, the next date sends that."""
    first, next_date = "2026-12-06", "2026-12-13"
    conf = {"strategy": "class_weight", "random_state": 7, "registered_model": "late"}

    def run_of(date, uri):
        done = dags_test(conf, date, MLFLOW_TRACKING_URI=uri)
        assert done.returncode == 0, done.stdout
        return done.stdout, trained(ready, date)

    _, there = run_of(first, mlflow_server)
    told, missed = run_of(first, f"http://127.0.0.1:{free_port()}")
    assert "MLflow has not got every run, as said above; the next run sends them." in told
    assert "(MLflow: none)" in told
    assert active_runs(mlflow_server, first) == [there["mlflow_run_id"]]

    told, latest = run_of(next_date, mlflow_server)
    assert f"-{missed['run_id'][:8]}: sent (MLflow run " in told
    # The repetition has taken the place of the first, as if it had been sent at once.
    assert f"MLflow run {there['mlflow_run_id']} of the same logical date" in told
    assert [len(active_runs(mlflow_server, date)) for date in (first, next_date)] == [1, 1]
    assert active_runs(mlflow_server, first) != [there["mlflow_run_id"]]
    # Three looks at one test part, though of two dates, after those of other tests at the same rows.
    looks = [record["looks"] for record in (there, missed, latest)]
    assert looks == [looks[0], looks[0] + 1, looks[0] + 2]


def test_a_proved_leak_stops_the_run_before_training(dags_test, ready):
    model = Path(ready["RAREWOOD_STORE"]) / "models" / "classification_model.pkl"
    before = model.stat().st_mtime_ns if model.exists() else None
    done = dags_test({"as_of": "end"})
    assert done.returncode == 1, done.stdout
    assert "rarewood ended with exit code 5" in done.stdout
    assert "$ rarewood train" not in done.stdout
    assert (model.stat().st_mtime_ns if model.exists() else None) == before


KILLED = """
import json, pathlib, threading, time
from airflow.sdk import DAG
from rarewood_program import RarewoodOperator
folder = pathlib.Path({folder!r})
with DAG("d", schedule=None):
    task = RarewoodOperator(task_id="t", step=None)
def end():
    while not (folder / "started").exists():
        time.sleep(0.02)
    task.on_kill()
threading.Thread(target=end).start()
try:
    task.run("train", folder=folder)
    said = "nothing"
except RuntimeError as error:
    said = str(error)
print(json.dumps(said))
"""

# Without a signal it would take a minute.
SLOW_PROGRAM = """#!/bin/bash
trap 'echo stopped; exit 130' TERM
touch started
for _ in $(seq 600); do sleep 0.1; done
"""


def test_a_stopped_task_stops_the_program(airflow_bin, environment, tmp_path):
    program = tmp_path / "slow"
    program.write_text(SLOW_PROGRAM)
    program.chmod(0o755)
    script = KILLED.format(folder=str(tmp_path))
    said = in_airflow(airflow_bin, environment | {"RAREWOOD_PROGRAM": str(program)}, script)
    assert said == "rarewood ended with exit code 130: stopped"


ASKED = """
import json, logging, os
import tracked_runs
class Log(logging.Handler):
    said = []
    def emit(self, record):
        self.said.append(record.getMessage())
log = logging.getLogger("test")
log.addHandler(Log())
record = {"mlflow_run_id": "r1", "run_name": "n", "experiment": "e"}
tracked_runs.replace_earlier_runs(record, log)
print(json.dumps({"said": Log.said, "server": tracked_runs.server()}))
"""


def test_user_and_password_of_an_address_are_used_and_never_shown(airflow_bin, environment):
    uri = "http://ann:open%20sesame@127.0.0.1:9/mlflow/"
    told = in_airflow(airflow_bin, environment | {"MLFLOW_TRACKING_URI": uri}, ASKED)
    address, headers = told["server"]
    assert address == "http://127.0.0.1:9/mlflow"
    user = base64.b64decode(headers["Authorization"].removeprefix("Basic "))
    assert user == b"ann:open sesame"
    assert len(told["said"]) == 1 and "were not replaced" in told["said"][0]
    assert "sesame" not in told["said"][0]


def test_a_run_that_arrived_in_part_replaces_nothing(airflow_bin, environment):
    with fake_mlflow() as (state, uri):
        state.runs = {
            key: {"info": {"run_id": key, "status": status, "run_name": "n"}, "tags": {}}
            for key, status in (("r0", "FINISHED"), ("r1", "RUNNING"))
        }
        state.get_runs_get = lambda body: {"run": state.runs["r1"]}
        told = in_airflow(airflow_bin, environment | {"MLFLOW_TRACKING_URI": uri}, ASKED)
    assert told["said"] == ["MLflow has only a part of this run: earlier ones of its name stay."]


def version_of(run, number, in_use_ms):
    tags = [{"key": "rarewood.model_id", "value": "ab"}]
    tags += [{"key": "rarewood.in_use_since_ms", "value": str(in_use_ms)}] if in_use_ms else []
    return {"name": "m", "version": number, "run_id": run, "tags": tags}


REPLACED = """
import json, logging, tracked_runs
tracked_runs.replace_run("r0", tracked_runs.versions_of("r1"), logging.getLogger("test"))
print(json.dumps("done"))
"""


@pytest.mark.parametrize("own, kept, tagged", [(0, "500", 1), (600, "600", 0)])
def test_a_repeated_run_takes_the_alias_with_the_claim_to_it(
    airflow_bin, environment, own, kept, tagged
):
    with fake_mlflow() as (state, uri):
        state.registered["m"] = {"champion": "1"}
        state.versions = [version_of("r0", "1", 500), version_of("r1", "2", own)]
        in_airflow(airflow_bin, environment | {"MLFLOW_TRACKING_URI": uri}, REPLACED)
    assert state.registered["m"] == {"champion": "2"}
    assert [each["version"] for each in state.versions] == ["2"]
    claims = {tag["key"]: tag["value"] for tag in state.versions[0]["tags"]}
    assert claims["rarewood.in_use_since_ms"] == kept
    changes = [call for call in state.asked if call.endswith(("set-tag", "alias", "delete"))]
    order = ["model-versions/set-tag"] * tagged + ["registered-models/alias"]
    assert changes == ["registered-models/alias", *order, "model-versions/delete", "runs/delete"]
