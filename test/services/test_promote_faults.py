"""`rarewood promote` that fails or is killed at any request, and in the middle of the work of others:
each object and each alias is old or new, the store and the registry name one model in the end."""

import collections
import contextlib
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from fake_mlflow import fake_mlflow  # noqa: E402
from fault_proxy import proxy_before  # noqa: E402
from promote_world import TRAIN, World, decision, promote_words  # noqa: E402
from trainer import Ended  # noqa: E402

KILLING = ("kill", "kill after")
PASSING = ("refuse", "reset", "lose", "cut")
PROMOTE_A, PROMOTE_B = promote_words("a"), promote_words("b")
RETRAIN = f"{TRAIN} --random-state 4"


@pytest.fixture(scope="module")
def world(real_s3, program, tmp_path_factory):
    with contextlib.ExitStack() as stack:
        registry, url = stack.enter_context(fake_mlflow())
        proxies = {
            "s3": stack.enter_context(proxy_before(real_s3.url)),
            "mlflow": stack.enter_context(proxy_before(url)),
        }
        made = World(program, real_s3, registry, url, tmp_path_factory.mktemp("shop"), proxies)
        made.make()
        yield made


def say(capsys, title, counts):
    with capsys.disabled():
        print(f"\n{title}: {sum(counts.values())} faults")
        for outcome, count in sorted(counts.items()):
            print(f"   {' '.join(outcome):44} {count:4}")


def test_begins_with_one_champion(world):
    world.reset()
    world.assert_one_champion()
    assert world.champion_version() == "1"


def state_after_kill(world):
    """Old, new or mixed, of what was asserted to be nothing else."""
    old, new, there = world.model("classification_model"), world.model("a"), world.champion_files()
    for ending, content in there.items():
        assert content in (old[ending], new[ending]), "neither the old bytes nor the new ones"
    assert world.champion_version() in ("1", "2")
    files = [there[ending] == new[ending] for ending in there]
    alias = world.champion_version() == "2"
    assert not alias or all(files), "the alias is ahead of the store"
    if all(files):
        return "new files, new alias" if alias else "new files, old alias"
    return "one file is new" if any(files) else "all old"


def test_killed_at_each_request_and_repeated(world, capsys):
    counts = collections.Counter()
    for place in world.places(PROMOTE_A):
        for kind in KILLING:
            world.reset()
            assert Ended(world.begin(PROMOTE_A, place, kind)).code in (-9, 0)
            assert world.proxies[place.server].met == 1
            counts[kind, state_after_kill(world)] += 1
            assert world.run(PROMOTE_A).code == 0, "a repeat puts all right"
            assert world.champion_files() == world.model("a")
            world.assert_one_champion()
    say(capsys, "promote killed", counts)
    for state in ("all old", "one file is new", "new files, old alias", "new files, new alias"):
        assert any(found == state for _, found in counts), state


def promoted_through_faults(world, server):
    """Each passing fault at each request of a promotion to a server: its kind, and how it ended."""
    for place in world.places(PROMOTE_A):
        for kind in PASSING if place.server == server else ():
            world.reset()
            ended = Ended(world.begin(PROMOTE_A, place, kind))
            assert ended.code == 0 and decision(world, "a")["promoted"], ended.told
            assert world.champion_files() == world.model("a")
            yield kind, ended


def test_passing_fault_of_the_store_changes_nothing(world, capsys):
    counts = collections.Counter()
    for kind, _ in promoted_through_faults(world, "s3"):
        world.assert_one_champion()
        counts[kind, "promoted"] += 1
    say(capsys, "store fails under promote", counts)


def test_fault_of_the_registry_costs_no_more_than_the_alias(world, capsys):
    counts = collections.Counter()
    for kind, ended in promoted_through_faults(world, "mlflow"):
        missing = decision(world, "a")["alias_version"] is None
        assert missing == ("MLflow's alias champion was not set" in ended.told)
        counts[kind, "alias not set" if missing else "alias set"] += 1
        world.run(PROMOTE_A)
        world.assert_one_champion()
    say(capsys, "registry fails under promote", counts)


def held_while(world, held, place, other):
    """Codes of a process that waits at one request, and of another one that does all its work then."""
    world.reset()
    first = world.begin(held, place, "hold")
    proxy = world.proxies[place.server]
    assert proxy.held.wait(60)
    second = Ended(world.launch(other))
    proxy.released.set()
    return Ended(first), second


def outcome(ended):
    if ended.code == 0:
        return "done"
    assert ended.code == 4 and "Another process wrote" in ended.told, ended.told
    return "refused"


@pytest.mark.parametrize(
    ("held", "other"),
    [(PROMOTE_A, PROMOTE_B), (PROMOTE_A, RETRAIN), (RETRAIN, PROMOTE_A)],
    ids=["two promotions", "promotion held, training", "training held, promotion"],
)
def test_two_at_once_end_with_one_champion(world, held, other, capsys):
    counts = collections.Counter()
    for place in world.places(held):
        first, second = held_while(world, held, place, other)
        counts[f"at {place.server}", "held:", outcome(first), "other:", outcome(second)] += 1
        assert 0 in (first.code, second.code), "one of them gets through"
        world.assert_one_champion()
    say(capsys, "two at once", counts)
    assert len(counts) > 2, "they were in each other's way, and were not"


def test_all_at_once(world):
    for _ in range(3):
        world.reset()
        words = (PROMOTE_A, PROMOTE_B, RETRAIN, f"{TRAIN} --random-state 5")
        ended = [Ended(process) for process in [world.launch(each) for each in words]]
        assert "done" in [outcome(each) for each in ended]
        world.assert_one_champion()
