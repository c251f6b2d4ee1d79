"""`rarewood sync` sends what a server has not got, once."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "cli")]
from fake_mlflow import fake_mlflow  # noqa: E402
from mlflow_server import free_port  # noqa: E402
from tables import VISITS  # noqa: E402
from tracking import send  # noqa: E402

FOREST = "train visits.csv --target bought --n-estimators 20 --figures none"


def unsent(journal, count):
    """That many runs, a second apart; none could be sent."""
    for number in range(count):
        began = str(1_790_000_000_000 + 1000 * number)
        sent = send(journal, f"http://127.0.0.1:{free_port()}", PROBE_STARTED_MS=began)
        assert not sent["complete"]


def test_runs_are_sent_once_and_in_order_of_time(rarewood, tmp_path):
    unsent(tmp_path / "runs", 3)
    with fake_mlflow() as (state, uri):
        answer = rarewood(f"sync --tracking-uri {uri} --json synced.json")
        assert answer.returncode == 0, answer.stderr
        assert answer.stdout.endswith("3 runs sent.\n")
        keys = [run["tags"]["rarewood.run_key"] for run in state.runs.values()]
        records = [json.loads(p.read_text()) for p in sorted((tmp_path / "runs").glob("*/run.json"))]
        assert keys == [record["run_id"] for record in records]
        assert len(state.versions) == 3
        before = state.requests
        again = rarewood(f"sync --tracking-uri {uri}")
        assert again.returncode == 0 and again.stdout == "0 runs sent, 3 there already.\n"
        assert state.requests == before
    assert json.loads((tmp_path / "synced.json").read_text())["sent"] == 3


def test_server_that_fails_is_tried_once(rarewood, tmp_path):
    unsent(tmp_path / "runs", 3)
    with fake_mlflow() as (state, uri):
        state.fail = lambda *_: 500
        answer = rarewood(f"sync --tracking-uri {uri}")
        assert state.requests == 1
    assert answer.returncode == 4
    assert answer.stdout.count("not tried") == 2
    assert answer.stdout.endswith("0 runs sent, 3 not sent.\n")


def test_server_that_is_not_there_is_tried_once(rarewood, tmp_path):
    unsent(tmp_path / "runs", 3)
    answer = rarewood(f"sync --tracking-uri http://127.0.0.1:{free_port()}")
    assert answer.returncode == 4
    assert answer.stdout.count("cannot be reached") == 1
    assert answer.stdout.count("not tried") == 2


def test_a_failure_does_not_advise_what_is_being_done(rarewood, tmp_path):
    unsent(tmp_path / "runs", 1)
    port = free_port()
    answer = rarewood(f"sync --tracking-uri http://localhost:{port} --json synced.json")
    assert answer.returncode == 4
    assert f"Start it with `mlflow server --host 127.0.0.1 --port {port}`" in answer.stdout
    (run,) = json.loads((tmp_path / "synced.json").read_text())["runs"]
    for text in (answer.stdout, run["problem"]):
        assert "sends what is missing" not in text


def test_two_at_once_make_nothing_twice(program, tmp_path):
    unsent(tmp_path / "runs", 3)
    with fake_mlflow() as (state, uri):
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("MLFLOW_", "RAREWOOD_"))}
        both = [
            subprocess.Popen([program, "sync", "--tracking-uri", uri], cwd=tmp_path, env=kept)
            for _ in range(2)
        ]
        assert [process.wait(60) for process in both] == [0, 0]
        assert len(state.runs) == len(state.models) == len(state.versions) == 3


def test_a_run_that_is_not_there_is_named(rarewood, tmp_path):
    unsent(tmp_path / "runs", 1)
    answer = rarewood("sync nothing --tracking-uri http://127.0.0.1:9")
    assert answer.returncode == 2 and "'nothing'" in answer.stderr


def test_runs_may_be_named_as_separate_words(rarewood, tmp_path):
    unsent(tmp_path / "runs", 3)
    first, second, third = sorted((tmp_path / "runs").iterdir())
    with fake_mlflow() as (state, uri):
        answer = rarewood(f"sync --tracking-uri {uri} {third.name} {first}")
        assert answer.returncode == 0, answer.stderr
        lines = answer.stdout.splitlines()
        assert [line.split(":")[0] for line in lines[:2]] == [first.name, third.name]
        assert lines[2:] == ["2 runs sent."]
        assert len(state.runs) == 2
        rest = rarewood(f"sync {second.name} {first.name},{second.name} --tracking-uri {uri}")
        assert rest.returncode == 0 and rest.stdout.endswith("1 run sent, 1 there already.\n")
        assert len(state.runs) == 3


def test_a_run_that_was_deleted_there_is_left_so(rarewood, tmp_path):
    unsent(tmp_path / "runs", 1)
    with fake_mlflow() as (state, uri):
        state.post_runs_log_batch = lambda body: {
            "error_code": "INVALID_PARAMETER_VALUE",
            "message": "The run must be in the 'active' state.",
        }
        assert rarewood(f"sync --tracking-uri {uri}").returncode == 4
        (run,) = state.runs.values()
        run["info"]["lifecycle_stage"] = "deleted"
        told = rarewood(f"sync --tracking-uri {uri}")
        assert told.returncode == 0, told.stdout
        assert f"was deleted at {uri}" in told.stdout
        assert rarewood(f"sync --tracking-uri {uri}").stdout == "0 runs sent, 1 there already.\n"
    assert len(state.runs) == 1


def test_candidates_arrive_where_no_file_can_be_kept(rarewood, tmp_path):
    (tmp_path / "visits.csv").write_text(VISITS)
    with fake_mlflow() as (state, uri):
        state.fail = lambda _, request: 507 if request[0] == "PUT" else None
        answer = rarewood(
            "compare visits.csv --target bought --learners logistic,dummy --balances none "
            f"--json run.json --tracking-uri {uri}"
        )
        assert answer.returncode == 0 and "507" in answer.stderr, answer.stderr
        parent = json.loads((tmp_path / "run.json").read_text())["mlflow_run_id"]
        children = [run for run in state.runs.values() if run["tags"].get("mlflow.parentRunId") == parent]
        assert len(children) == 2
        state.fail = lambda *_: None
        assert rarewood(f"sync --tracking-uri {uri}").stdout.endswith("\n1 run sent.\n")
        assert len(state.runs) == 3


def test_a_stop_while_a_run_is_sent_says_what_there_is(program, rarewood, tmp_path):
    (tmp_path / "visits.csv").write_text(VISITS)
    with fake_mlflow() as (state, uri):
        reached, held = threading.Event(), threading.Event()

        def hold(_, request):
            if request[0] != "PUT":
                return None
            reached.set()
            return held

        state.fail = hold
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("MLFLOW_", "RAREWOOD_"))}
        process = subprocess.Popen(
            [program, *FOREST.split(), "--tracking-uri", uri],
            cwd=tmp_path,
            env=kept,
            text=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        assert reached.wait(60)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
        held.set()
        state.fail = lambda *_: None
        assert process.returncode == 130
        (folder,) = (tmp_path / "runs").iterdir()
        assert f"runs/{folder.name}', and `rarewood sync` sends what is missing." in told
        assert (tmp_path / "store/models/classification_model.onnx").exists()
        assert rarewood(f"sync --tracking-uri {uri}").stdout.endswith("\n1 run sent.\n")
        assert len(state.runs) == len(state.versions) == 1
