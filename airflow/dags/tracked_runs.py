"""One run a logical date in MLflow: a repeated training takes the place of the one before it."""

import base64
import http.client
import json
import os
import urllib.error
import urllib.request
from urllib.parse import quote, unquote, urlsplit

# What a server that is down, slow, strange or cut off raises.
FAILURES = (OSError, http.client.HTTPException, ValueError, KeyError)


def server():
    """(address without user and password, headers that say who we are)."""
    given = urlsplit(os.environ["MLFLOW_TRACKING_URI"])
    address = given._replace(netloc=given.netloc.rpartition("@")[2]).geturl().rstrip("/")
    token = os.environ.get("MLFLOW_TRACKING_TOKEN")
    if token:
        return address, {"Authorization": f"Bearer {token}"}
    user = os.environ.get("MLFLOW_TRACKING_USERNAME")
    password = os.environ.get("MLFLOW_TRACKING_PASSWORD", "")
    if not user and given.username:
        user, password = unquote(given.username), unquote(given.password or "")
    if not user:
        return address, {}
    pair = base64.b64encode(f"{user}:{password}".encode()).decode()
    return address, {"Authorization": f"Basic {pair}"}


def ask(call, body=None, method=None):
    address, headers = server()
    request = urllib.request.Request(
        f"{address}/api/2.0/mlflow/{call}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"} | headers,
        method=method,
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def is_whole(run):
    """Whether a run has arrived: one that broke off must not take another's place."""
    return ask(f"runs/get?run_id={run}")["run"]["info"]["status"] == "FINISHED"


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


def versions_of(run):
    """{name: version} of the models a run has registered, as MLflow knows them."""
    query = quote(f"run_id = '{run}'")
    found = ask(f"model-versions/search?filter={query}").get("model_versions", [])
    return {version["name"]: version for version in found}


def is_champion(version):
    try:
        found = ask(f"registered-models/alias?name={quote(version['name'])}&alias=champion")
    except urllib.error.HTTPError:  # there is none
        return False
    return found["model_version"]["version"] == version["version"]


def tag_of(version, key):
    tags = {tag["key"]: tag["value"] for tag in version.get("tags", [])}
    return tags.get(f"rarewood.{key}")


def hand_on(version, heirs):
    """Give the alias champion to the new run's version of the same model; whether there is one.

    The claim to the alias goes first: who compares claims meanwhile finds none greater than the heir's.
    """
    heir = heirs.get(version["name"])
    if heir is None or tag_of(heir, "model_id") != tag_of(version, "model_id"):
        return False
    named = {"name": heir["name"], "version": heir["version"]}
    claim, own = (int(tag_of(each, "in_use_since_ms") or 0) for each in (version, heir))
    if claim > own:
        tag = {"key": "rarewood.in_use_since_ms", "value": str(claim)}
        ask("model-versions/set-tag", named | tag)
    ask("registered-models/alias", named | {"alias": "champion"})
    return True


def replace_run(run, heirs, log):
    """Delete a run and its versions, but not those of a champion that the new run does not hold."""
    versions = versions_of(run).values()
    for version in versions:
        if is_champion(version) and not hand_on(version, heirs):
            log.info("MLflow run %s of the same logical date stays: it holds the champion", run)
            return
    for version in versions:
        body = {"name": version["name"], "version": version["version"]}
        ask("model-versions/delete", body, method="DELETE")
    ask("runs/delete", {"run_id": run})
    log.info("MLflow run %s of the same logical date is replaced by this one", run)


def replace_earlier_runs(record, log):
    """Let a whole run take their place; MLflow can restore a deleted run.

    A server that fails costs a warning only.
    """
    run = record["mlflow_run_id"]
    if not run:
        return
    try:
        if not is_whole(run):
            log.warning("MLflow has only a part of this run: earlier ones of its name stay.")
            return
        heirs = versions_of(run)
        for earlier in earlier_runs(record):
            replace_run(earlier, heirs, log)
    except FAILURES as error:
        kind = type(error).__name__
        log.warning("Earlier MLflow runs of %s were not replaced: %s", record["run_name"], kind)
