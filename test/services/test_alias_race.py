"""Senders at once, and a sender that is slow between any two of its requests: the aliases end as if
one had come after the other."""

import random
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from fake_mlflow import fake_mlflow  # noqa: E402
from mlflow_server import ask  # noqa: E402
from tracking import find_probe, probe_environment, send  # noqa: E402

NOW_MS = 1_795_000_000_000
IN_USE = {"PROBE_IN_USE": "1"}


def started(second, **more):
    return {"PROBE_STARTED_MS": str(NOW_MS + 1000 * second)} | more


def requests_of_a_run(folder):
    with fake_mlflow() as (state, uri):
        send(folder / "first", uri, **started(1, **IN_USE))
        state.requests = 0
        send(folder / "second", uri, **started(2, **IN_USE))
        return state.requests


def held_at(journal, uri, state, k, **environment):
    """A sender whose request number k waits at the server, and what lets it go."""
    reached, go = threading.Event(), threading.Event()
    state.requests = 0

    def hold(number, _):
        if number != k:
            return None
        reached.set()
        return go

    state.fail = hold
    probe = subprocess.Popen(
        [find_probe(), journal], env=probe_environment(uri, **environment), stdout=subprocess.PIPE
    )
    assert reached.wait(60)
    return probe, go


@pytest.mark.parametrize("slow_is_older", [True, False])
def test_sender_that_is_slow_at_any_request(slow_is_older, tmp_path):
    """The other one does all of its sending meanwhile."""
    count = requests_of_a_run(tmp_path / "alone")
    slow, quick = (1, 2) if slow_is_older else (2, 1)
    for k in range(1, count + 1):
        with fake_mlflow() as (state, uri):
            send(tmp_path / f"{k}-0", uri, **started(0, **IN_USE))
            probe, go = held_at(tmp_path / f"{k}-1", uri, state, k, **started(slow, **IN_USE))
            result = send(tmp_path / f"{k}-2", uri, **started(quick, **IN_USE))
            assert result["complete"], result["warning"]
            go.set()
            assert probe.wait(60) == 0
            newest = str(2 + started_order(state).index(2))
            expected = {"champion": newest, "challenger": newest}
            assert state.registered == {"classification_model": expected}, k


def started_order(state):
    """Seconds of the two versions after the first."""
    tags = [{tag["key"]: tag["value"] for tag in each["tags"]} for each in state.versions[1:]]
    return [(int(each["rarewood.started_at_ms"]) - NOW_MS) // 1000 for each in tags]


def send_all(tmp_path, uri, jobs):
    def one(job):
        result = send(tmp_path / f"{job}", uri, **jobs[job])
        assert result["complete"], result["warning"]
        return result["model_version"]

    with ThreadPoolExecutor(len(jobs)) as pool:
        return dict(zip(jobs, pool.map(one, jobs)))


def test_many_senders_at_once(tmp_path):
    draw = random.Random(11)
    for turn in range(6):
        with fake_mlflow() as (state, uri):

            def linger(number, request):
                event = threading.Event()
                threading.Timer(draw.random() / 50, event.set).start()
                return event if "model-versions" in request[1] or "alias" in request[1] else None

            state.fail = linger
            # Every other one is only a challenger; the last of all is one.
            jobs = {
                f"{turn}-{second}": started(second, **(IN_USE if second % 2 else {}))
                for second in draw.sample(range(1, 7), 6)
            }
            versions = send_all(tmp_path, uri, jobs)
            expected = {"champion": versions[f"{turn}-5"], "challenger": versions[f"{turn}-6"]}
            assert state.registered == {"classification_model": expected}


def test_leaking_run_that_is_newest_takes_no_part_in_the_race(tmp_path):
    with fake_mlflow() as (state, uri):
        jobs = {
            "sound": started(1, **IN_USE),
            "leaking": started(2, **IN_USE, PROBE_LEAK="paid"),
            "sounder": started(3, **IN_USE),
            "leaking, too": started(4, **IN_USE, PROBE_LEAK="paid"),
        }
        versions = send_all(tmp_path, uri, jobs)
        expected = {"champion": versions["sounder"], "challenger": versions["leaking, too"]}
        assert state.registered == {"classification_model": expected}


def test_real_server(mlflow_server, tmp_path):
    own = {"PROBE_REGISTERED": "raced_model"}  # other tests send to the same server
    jobs = {f"{second}": started(second, **IN_USE, **own) for second in (3, 1, 2, 0)}
    versions = send_all(tmp_path, mlflow_server, jobs)
    model = ask(mlflow_server, "registered-models/get?name=raced_model")
    aliases = {each["alias"]: each["version"] for each in model["registered_model"]["aliases"]}
    assert aliases == {"champion": versions["3"], "challenger": versions["3"]}
