"""One run a logical date in MLflow: a repeated training takes the place of the one before it."""

import base64
import json
import os
import urllib.request
from urllib.parse import quote


def authorisation():
    token = os.environ.get("MLFLOW_TRACKING_TOKEN")
    if token:
        return {"Authorization": f"Bearer {token}"}
    user = os.environ.get("MLFLOW_TRACKING_USERNAME")
    if not user:
        return {}
    pair = f"{user}:{os.environ.get('MLFLOW_TRACKING_PASSWORD', '')}"
    return {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()}


def ask(call, body=None):
    request = urllib.request.Request(
        f"{os.environ['MLFLOW_TRACKING_URI'].rstrip('/')}/api/2.0/mlflow/{call}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"} | authorisation(),
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def earlier_runs(record):
    """Ids of the other runs of this record's name in its experiment."""
    name = quote(record["experiment"])
    experiment = ask(f"experiments/get-by-name?experiment_name={name}")["experiment"]
    query = {
        "experiment_ids": [experiment["experiment_id"]],
        "filter": f"attributes.run_name = '{record['run_name']}'",
    }
    found = [run["info"]["run_id"] for run in ask("runs/search", query).get("runs", [])]
    return [run for run in found if run != record["mlflow_run_id"]]


def replace_earlier_runs(record, log):
    """Delete them (MLflow can restore a deleted run). A server that fails costs a warning only."""
    if not record["mlflow_run_id"]:
        return
    try:
        for run in earlier_runs(record):
            ask("runs/delete", {"run_id": run})
            log.info("MLflow run %s of the same logical date is replaced by this one", run)
    except (OSError, ValueError, KeyError) as error:
        log.warning("Earlier MLflow runs of %s were not looked for: %s", record["run_name"], error)
