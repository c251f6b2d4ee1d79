"""Runs that MLflow missed are sent by a later task, those of earlier dates among them."""

import json
import os

from tracked_runs import replace_earlier_runs


def record_of(run):
    return json.loads((run / "run.json").read_text())


def newest_of_each_date(journal, log):
    """Folders of the runs that stand for their logical date: of a repeated one the last."""
    newest = {}
    for run in sorted(journal.glob("*Z-????????")):  # a name begins with the time
        try:
            newest[record_of(run)["run_name"]] = run
        except (OSError, ValueError, KeyError):
            log.warning("%s holds no readable run.json and is not sent", run)
    return list(newest.values())


def send_late_runs(task, journal, folder):
    """Send what MLflow has not got of the journal; {our run id: MLflow's} of those sent now.

    A server that is still down costs a warning only.
    """
    runs = newest_of_each_date(journal, task.log)
    if not runs or not os.environ.get("MLFLOW_TRACKING_URI"):
        return {}
    told = folder / "sync.json"
    told.unlink(missing_ok=True)
    names = [run.name for run in runs]
    words = ["sync", *names, "--journal", journal, "--json", told]
    code, _ = task.outcome(*words, folder=folder)
    if code != 0:
        task.log.warning("MLflow has not got every run, as said above; the next run sends them.")
    if not told.exists():
        return {}
    sent = {}
    for entry in json.loads(told.read_text())["runs"]:
        if entry["outcome"] == "sent":
            record = record_of(journal / entry["run"]) | {"mlflow_run_id": entry["mlflow_run_id"]}
            replace_earlier_runs(record, task.log)
            sent[record["run_id"]] = record["mlflow_run_id"]
    return sent
