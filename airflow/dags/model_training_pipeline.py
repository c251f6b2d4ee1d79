"""The shop's weekly training: build and check the training table, train, promote if not worse.

Every run belongs to a logical date, which names its folder and its MLflow run. A run that is
repeated (a retry, a cleared task) trains again: in the store and in MLflow it takes the place of the
earlier one, and the journal of all dates, which counts the looks at the test rows, keeps both. What
MLflow missed is sent by the last task, of this run or of a later one.
docs/guide/airflow.md says what to set.
"""

import pendulum
from airflow.sdk import DAG, Param
from late_runs import send_late_runs
from rarewood_program import RarewoodOperator, key_of
from tracked_runs import replace_earlier_runs

DAG_ID = "model_training_pipeline"
CHAMPION = "models/classification_model"
CHALLENGER = "models/challenger"

PARAMS = {
    "store": Param(None, type=["null", "string"], description="Empty: that of RAREWOOD_STORE."),
    "build_features": Param(True, type="boolean", description="Build the table from raw-data."),
    "as_of": Param("10min", type="string", description="Prediction point of the table."),
    "strategy": Param("smote", enum=["smote", "class_weight", "xgboost", "steady"]),
    # By time, so that the new model can be judged at once on the rows after its training window.
    "split": Param("time", enum=["time", "hash", "stratified"]),
    "margin": Param(0.01, type="number", exclusiveMinimum=0, description="May be lost, at most."),
    "random_state": Param(42, type="integer", minimum=0),
    # A trial on another store takes another name, so that it never moves the real one's aliases.
    "registered_model": Param("classification_model", type="string", description="In MLflow."),
}


def store(context):
    given = context["params"]["store"]
    return ["--store", given] if given else []


def split(context):
    params = context["params"]
    return ["--split", params["split"], "--random-state", params["random_state"]]


def count(findings, level):
    return sum(finding["level"] == level for finding in findings)


def validate(task, context):
    """Build the table; stop here if a leak is proved in it, or it is not what the champion expects."""
    folder = task.folder(context)
    params = context["params"]
    if params["build_features"]:
        task.run("features", *store(context), "--as-of", params["as_of"], folder=folder)
    words = ["audit", *store(context), *split(context), "--fail-on", "leak"]
    record = task.run_for_json(*words, folder=folder)
    # Says so where there is no champion yet.
    task.run("validate", *store(context), "--model", f"{CHAMPION}.onnx", "--if-model", folder=folder)
    return {
        "table": record["data"]["table"],
        "fingerprint": record["data"]["fingerprint"],
        "rows": record["data"]["rows"],
        "proved": count(record["findings"], "proved"),
        "suspects": count(record["findings"], "suspect"),
    }


def with_interval(record, metric):
    interval = record["intervals"].get(metric) or {"low": None, "high": None}
    return {"value": record["metrics"][metric], "low": interval["low"], "high": interval["high"]}


def summary(record):
    """What is worth knowing of a run, small enough for XCom."""
    return {
        "run_name": record["run_name"],
        "run_id": record["run_id"],
        "mlflow_run_id": record["mlflow_run_id"],
        "model": record["model_paths"]["pkl"],
        "simulated": record["data"]["simulated"],
        "test_rows": record["data"]["test_rows"],
        "f1_score": with_interval(record, "f1_score"),
        "auc_roc": with_interval(record, "auc_roc"),
        "verdict": record["verdict"],
        "leaks": count(record["findings"], "proved"),
        "warnings": record["warnings"],
    }


def train(task, context):
    folder = task.folder(context)
    words = ["train", *store(context), *split(context), "--strategy", context["params"]["strategy"]]
    words += ["--model", CHALLENGER, "--registered-model", context["params"]["registered_model"]]
    words += ["--run-name", f"{DAG_ID}-{key_of(context)}", "--journal", task.journal(context)]
    record = task.run_for_json(*words, folder=folder)
    replace_earlier_runs(record, task.log)
    return summary(record)


def words_of(figure):
    if figure["low"] is None:
        return f"{figure['value']:.4f}"
    return f"{figure['value']:.4f} (95 % interval {figure['low']:.4f} to {figure['high']:.4f})"


def promote(task, context):
    """Let the new model take the champion's place unless it is worse; a kept champion is no failure."""
    words = ["promote", CHALLENGER, "--champion", f"{CHAMPION}.onnx", *store(context)]
    words += ["--margin", context["params"]["margin"]]
    words += ["--registered-model", context["params"]["registered_model"]]
    decision = task.run_for_json(*words, folder=task.folder(context))
    keys = ("promoted", "outcome", "reason", "rows", "positives", "written", "warnings")
    return {key: decision[key] for key in keys}


def promote_and_report(task, context):
    ti = context["ti"]
    table = ti.xcom_pull(task_ids="validate_training_data")
    model = ti.xcom_pull(task_ids="train_classification_model")
    # Before the promotion, which moves the alias of a version that MLflow must know.
    sent = send_late_runs(task, task.journal(context), task.folder(context))
    model["mlflow_run_id"] = model["mlflow_run_id"] or sent.get(model["run_id"])
    decision = promote(task, context)
    task.log.info("Run:     %s (MLflow: %s)", model["run_name"], model["mlflow_run_id"] or "none")
    task.log.info("Table:   %s, %s rows", table["table"], f"{table['rows']:,}")
    task.log.info("Model:   %s", model["model"])
    if model["simulated"]:
        task.log.info("         (of simulated data, which say nothing of quality)")
    task.log.info("F1:      %s", words_of(model["f1_score"]))
    task.log.info("AUC:     %s", words_of(model["auc_roc"]))
    task.log.info("Leaks:   %d proved, %d suspects", model["leaks"], table["suspects"])
    task.log.info("Verdict: %s", model["verdict"])
    task.log.info("%s: %s", "Promoted" if decision["promoted"] else "Kept", decision["reason"])
    for warning in model["warnings"] + decision["warnings"]:
        task.log.warning("%s", warning)
    return {"table": table, "model": model, "promotion": decision}


with DAG(
    dag_id=DAG_ID,
    description="Conversion model: check the data, train, promote if not worse",
    schedule="@weekly",
    start_date=pendulum.datetime(2026, 1, 4, tz="UTC"),
    catchup=False,
    max_active_runs=1,  # all runs write the same table and the same model
    default_args={"retries": 1, "retry_delay": pendulum.duration(minutes=1)},
    params=PARAMS,
    tags=["rarewood"],
    doc_md=__doc__,
) as dag:
    (
        RarewoodOperator(task_id="validate_training_data", step=validate)
        >> RarewoodOperator(task_id="train_classification_model", step=train)
        >> RarewoodOperator(task_id="promote_and_report", step=promote_and_report)
    )
