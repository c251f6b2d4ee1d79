"""`rarewood promote` and the alias `champion` in MLflow's registry, on a server that may fail."""

import json
import random
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from fake_mlflow import fake_mlflow  # noqa: E402
from mlflow_server import ask  # noqa: E402

TRAIN = "train visits.csv --target bought --split time --time-column day --figures none"
NAMED = "--n-estimators 5 --model models/challenger --registered-model classification_model"


@pytest.fixture
def visits(tmp_path):
    draw = random.Random(5)
    lines = ["day,depth,bought"]
    for row in range(3000):
        depth = draw.randint(1, 6)
        day = f"2026-{1 + row // 1000:02}-{1 + row % 1000 // 40:02}"
        lines.append(f"{day},{depth},{int(draw.random() < 0.08 * depth)}")
    (tmp_path / "visits.csv").write_text("\n".join(lines) + "\n")


def promote(rarewood, tmp_path, uri, words="--margin 0.2"):
    words = words if "--margin" in words else f"--margin 0.2 {words}"
    answer = rarewood(f"promote --table visits.csv --json p.json --tracking-uri {uri} {words}")
    assert answer.returncode == 0, answer.stderr
    return answer, json.loads((tmp_path / "p.json").read_text())


def train(rarewood, uri, words):
    answer = rarewood(f"{TRAIN} {NAMED} --tracking-uri {uri} {words}")
    assert answer.returncode == 0, answer.stderr


def test_the_alias_follows_the_model_that_was_promoted(rarewood, visits, tmp_path):
    with fake_mlflow() as (server, uri):
        aliases = server.registered
        train(rarewood, uri, "--random-state 1 --test-size 0.4")
        _, decision = promote(rarewood, tmp_path, uri)
        assert decision["outcome"] == "first" and decision["alias_version"] == "1"
        train(rarewood, uri, "--random-state 2 --test-size 0.3 --max-depth 3")
        assert aliases["classification_model"] == {"champion": "1", "challenger": "2"}
        _, decision = promote(rarewood, tmp_path, uri, "--dry-run")
        assert aliases["classification_model"]["champion"] == "1" and not decision["promoted"]

        server.fail = lambda number, request: 500
        answer, decision = promote(rarewood, tmp_path, uri, "--tracking-timeout 1")
        assert decision["promoted"] and decision["alias_version"] is None
        assert "MLflow's alias champion was not set" in answer.stderr
        server.fail = lambda number, request: None
        _, decision = promote(rarewood, tmp_path, uri)  # again sets it
        assert decision["outcome"] == "already" and decision["alias_version"] == "2"
        assert aliases["classification_model"]["champion"] == "2"


def test_the_alias_follows_the_model_in_use(rarewood, visits, tmp_path):
    with fake_mlflow() as (server, uri):
        aliases = server.registered
        for seed in (1, 2):  # each is written where the model in use is
            answer = rarewood(f"{TRAIN} --n-estimators 5 --random-state {seed} --tracking-uri {uri}")
            assert answer.returncode == 0, answer.stderr
        assert aliases["classification_model"] == {"champion": "2", "challenger": "2"}
        train(rarewood, uri, "--random-state 3")  # a challenger only
        assert aliases["classification_model"] == {"champion": "2", "challenger": "3"}

        aliases["classification_model"]["champion"] = "1"  # somebody has moved it
        _, decision = promote(rarewood, tmp_path, uri, "--margin 0.000001 --calibration-tolerance 0.9")
        assert not decision["promoted"] and decision["alias_version"] == "2"
        assert aliases["classification_model"]["champion"] == "2"


def test_a_model_written_while_a_promotion_sets_the_alias_gets_it_however_late_its_run_is_sent(
    rarewood, visits
):
    """The promotion has looked at the store and waits at the registry while another model is written,
    whose run arrives only after all that."""
    with fake_mlflow() as (server, uri):
        aliases = server.registered
        assert rarewood(f"{TRAIN} --n-estimators 5 --tracking-uri {uri}").returncode == 0
        train(rarewood, uri, "--random-state 2")
        reached, go = threading.Event(), threading.Event()

        def hold_the_first(number, _):
            if reached.is_set():
                return None
            reached.set()
            return go

        server.fail = hold_the_first
        words = f"promote --table visits.csv --margin 0.3 --calibration-tolerance 0.9 --tracking-uri {uri}"
        with ThreadPoolExecutor(1) as pool:
            promotion = pool.submit(rarewood, words)
            assert reached.wait(60)
            away = "--tracking-uri http://127.0.0.1:9"
            written = rarewood(f"{TRAIN} --n-estimators 5 --random-state 3 {away}")
            go.set()
            promoted = promotion.result()
        assert written.returncode == 0, written.stderr
        assert promoted.returncode == 0 and "alias champion was not set" in promoted.stderr
        assert aliases["classification_model"]["champion"] == "2"  # until the other's run is sent
        assert rarewood(f"sync --tracking-uri {uri}").returncode == 0
        assert aliases["classification_model"] == {"champion": "3", "challenger": "3"}


def test_a_version_that_is_not_there_is_a_warning(rarewood, visits, tmp_path):
    with fake_mlflow() as (_, uri):
        answer = rarewood(f"{TRAIN} --n-estimators 5 --model models/challenger")
        assert answer.returncode == 0, answer.stderr
        answer, decision = promote(rarewood, tmp_path, uri)
        assert decision["promoted"] and decision["alias_version"] is None
        assert "No version of the registered model 'classification_model' carries model" in answer.stderr
        assert (tmp_path / "store/models/classification_model.pkl").exists()


def test_a_real_server_moves_the_alias(mlflow_server, rarewood, visits, tmp_path):
    named = "--registered-model promoted_here"
    server = f"--tracking-uri {mlflow_server} --tracking-timeout 60"
    words = f"{TRAIN} --n-estimators 5 --model models/challenger {named} {server}"
    versions = []
    for more in ("--random-state 1 --test-size 0.4", "--random-state 2 --test-size 0.3 --max-depth 3"):
        answer = rarewood(f"{words} {more}")
        assert answer.returncode == 0, answer.stderr
        _, decision = promote(rarewood, tmp_path, mlflow_server, f"{named} --tracking-timeout 60")
        assert decision["promoted"] and decision["warnings"] == []
        model = ask(mlflow_server, "registered-models/get?name=promoted_here")["registered_model"]
        aliases = {item["alias"]: item["version"] for item in model["aliases"]}
        assert aliases["champion"] == decision["alias_version"]
        versions.append(aliases["champion"])
    assert versions == ["1", "2"]
