"""The tracking server breaks down at any request: what is sent later completes the run, once."""

import json
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "cli")]
from fake_mlflow import fake_mlflow  # noqa: E402
from tables import VISITS  # noqa: E402
from tracking import find_probe, probe_environment, send, sent_state  # noqa: E402

AT_ONCE = 4  # files on their way together: what a killed sender has not noted


def requests_of_a_run(folder):
    with fake_mlflow() as (state, uri):
        result = send(folder, uri)
        assert result["complete"], result["warning"]
        return state.requests


def assert_whole(state, result):
    """One run with everything, one model with everything, one version."""
    assert result["complete"], result["warning"]
    (run,), (model,) = state.runs.values(), state.models.values()
    assert run["status"] == "FINISHED" and model["status"] == "LOGGED_MODEL_READY"
    assert run["outputs"] == [model["info"]["model_id"]]
    assert len(run["datasets"]) == 1
    record = json.loads((Path(result["folder"]) / "run.json").read_text())
    assert {key for key, *_ in model["metrics"]} == set(record["metrics"])
    (version,) = state.versions
    assert version["run_id"] == run["info"]["run_id"]
    assert state.registered == {"classification_model": {"champion": "1", "challenger": "1"}}
    artifacts = Path(result["folder"]) / "artifacts"
    local = {str(p.relative_to(artifacts)): p.read_bytes() for p in artifacts.rglob("*") if p.is_file()}
    placed = {
        f"1/models/m-0/artifacts/{name.removeprefix('model/')}"
        if name.startswith("model/")
        else f"1/run0/artifacts/{name}": data
        for name, data in local.items()
    }
    assert state.files == placed


# Of a server that dies nothing more is heard; "after" loses one answer to a request it did.
WAYS = {
    "dies": lambda k: lambda number, _: "before" if number >= k else None,
    "loses the answer and dies": lambda k: (
        lambda number, _: "after" if number == k else "before" if number > k else None
    ),
    "loses one answer": lambda k: lambda number, _: "after" if number == k else None,
    "has no room": lambda k: lambda number, _: 507 if number >= k else None,
}


@pytest.mark.parametrize("way", WAYS)
def test_server_that_breaks_at_any_request(way, tmp_path):
    count = requests_of_a_run(tmp_path / "whole")
    assert count > 15
    broken = 0
    for k in range(1, count + 1):
        with fake_mlflow() as (state, uri):
            state.fail = WAYS[way](k)
            journal = tmp_path / str(k)
            first = send(journal, uri)
            broken += not first["complete"]
            state.fail = lambda *_: None
            assert_whole(state, send(journal, uri, "--again"))
    # Most requests may be repeated at once; only what makes something waits for the next attempt.
    assert broken >= (4 if way == "loses one answer" else count)


def test_lost_note_makes_nothing_twice(tmp_path):
    with fake_mlflow() as (state, uri):
        first = send(tmp_path, uri)
        (Path(first["folder"]) / "sent.json").unlink()
        assert_whole(state, send(tmp_path, uri, "--again"))


@pytest.mark.parametrize("times", [1, 2])
def test_table_that_another_run_names_at_the_same_time_is_named_again(times, tmp_path):
    with fake_mlflow() as (state, uri):
        calls = []

        def refuse(_, request):
            calls.extend([request] if "log-inputs" in request[1] else [])
            return "refused" if "log-inputs" in request[1] and len(calls) <= times else None

        state.fail = refuse
        result = send(tmp_path, uri)
        if times == 1:
            return assert_whole(state, result)
        assert not result["complete"] and "UNIQUE constraint" in result["warning"]
        assert_whole(state, send(tmp_path, uri, "--again"))


def test_whole_run_is_not_asked_about_again(tmp_path):
    with fake_mlflow() as (state, uri):
        send(tmp_path, uri)
        before = state.requests
        assert send(tmp_path, uri, "--again")["complete"]
        assert state.requests == before


def test_figure_is_not_sent_to_a_server_that_died(tmp_path, rarewood):
    (tmp_path / "visits.csv").write_text(VISITS)
    figure = tmp_path / "feature_importance.png"
    late = []

    def dies(number, request):
        if figure.exists():
            late.append(request)
        return "before" if state.runs else None

    with fake_mlflow() as (state, uri):
        state.fail = dies
        answer = rarewood(
            f"train visits.csv --target bought --n-estimators 3 --figures . --tracking-uri {uri}"
        )
        assert answer.returncode == 0, answer.stderr
        assert figure.exists() and late == []
        assert answer.stderr.count("rarewood sync") == 1
        state.fail = lambda number, request: None
        assert rarewood(f"sync --tracking-uri {uri}").returncode == 0
        assert "1/run0/artifacts/feature_importance.png" in state.files


def test_older_run_sent_later_does_not_become_the_challenger(tmp_path):
    with fake_mlflow() as (state, uri):
        state.fail = lambda *_: "before"
        older = send(tmp_path / "older", uri)
        state.fail = lambda *_: None
        newer = send(tmp_path / "newer", uri)
        late = send(tmp_path / "older", uri, "--again")
        assert older["run_id"] == late["run_id"] and late["complete"]
        aliases = state.registered["classification_model"]
        assert aliases["challenger"] == newer["model_version"] != late["model_version"]


def test_secrets_stay_out_of_the_journal(tmp_path):
    with fake_mlflow() as (state, uri):
        for failure in (None, 500, "before"):
            state.fail = lambda *_, failure=failure: failure
            result = send(
                tmp_path,
                uri.replace("//", "//ann:opensesame@"),
                MLFLOW_TRACKING_TOKEN="tok-5e5ame",
                MLFLOW_TRACKING_PASSWORD="opensesame",
            )
            assert "sesame" not in json.dumps(result) and "5e5ame" not in json.dumps(result)
            assert sent_state(result)
        kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"sesame" not in kept and b"5e5ame" not in kept


def killed_at(journal, uri, state, k):
    """A sender killed -9 once the server has done its request number k, and has not said so."""
    reached = threading.Event()

    def fail(number, _):
        if number == k:
            reached.set()
            return "never"
        return None

    state.fail = fail
    probe = subprocess.Popen([find_probe(), journal], env=probe_environment(uri))
    assert reached.wait(30)
    probe.kill()
    assert probe.wait(30) == -signal.SIGKILL
    state.fail = lambda *_: None
    return state.asked.copy()


def test_killed_sender_is_followed_by_one_that_goes_on(tmp_path, rarewood):
    count = requests_of_a_run(tmp_path / "whole")
    for k in range(1, count + 1):
        with fake_mlflow() as (state, uri):
            journal = tmp_path / str(k)
            asked = killed_at(journal, uri, state, k)
            answer = rarewood(f"sync --journal {journal} --tracking-uri {uri}")
            assert answer.returncode == 0, answer.stderr
            assert_whole(state, send(journal, uri, "--again"))
            # What was noted is not asked for again: only the step it was killed in is.
            later = state.asked[k:]
            for look_up, made in [
                ("runs/search", "runs/create"),
                ("logged-models/search", "logged-models"),
                ("model-versions/search by run", "model-versions/create"),
            ]:
                assert made not in asked[:-1] or look_up not in later
                assert made != asked[-1] or look_up in later
            files = [call for call in state.asked if "mlflow-artifacts" in call]
            assert len(files) <= len(set(files)) + AT_ONCE


def test_server_older_than_models_gets_all_but_the_version(tmp_path):
    with fake_mlflow() as (state, uri):
        state.old = True
        result = send(tmp_path, uri)
        assert result["complete"] and "older than version 3" in result["warning"]
        (run,) = state.runs.values()
        record = json.loads((Path(result["folder"]) / "run.json").read_text())
        assert run["status"] == "FINISHED" and len(run["datasets"]) == 1
        assert {key for key, *_ in run["metrics"]} >= set(record["metrics"])
        assert len(run["params"]) == len(record["params"])
        artifacts = Path(result["folder"]) / "artifacts"
        files = {str(p.relative_to(artifacts)) for p in artifacts.rglob("*") if p.is_file()}
        assert set(state.files) == {f"1/run0/artifacts/{name}" for name in files}
        assert not state.models and not state.versions
        # What is added later is sent, and the warning was given.
        (artifacts / "figure.png").write_bytes(b"PNG")
        again = send(tmp_path, uri, "--again")
        assert again["complete"] and again["warning"] == ""
        assert "1/run0/artifacts/figure.png" in state.files


def test_leaking_model_is_no_champion(tmp_path):
    with fake_mlflow() as (state, uri):
        leaking = send(tmp_path / "leaking", uri, PROBE_LEAK="paid")
        assert leaking["complete"]
        assert state.registered == {"classification_model": {"challenger": "1"}}
        assert {"key": "rarewood.leak", "value": "paid"} in state.versions[0]["tags"]
        sound = send(tmp_path / "sound", uri)
        assert sound["complete"]
        assert state.registered == {"classification_model": {"challenger": "2", "champion": "2"}}
        assert {"key": "rarewood.leak", "value": "none found"} in state.versions[1]["tags"]
