"""Training against a real S3 server that fails at every request: the model that is there afterwards
is the old one or the new one, and the next run ends well."""

import collections
import os
import random
import shutil
import subprocess

import pytest
from fault_proxy import Fault, proxy_before
from probe import out, refused
from trainer import NAMES, Ended, Trainer, visits

OLD, NEW = 1, 2  # seeds
FOR_GOOD = 10**6
FAULTS = int(os.environ.get("RAREWOOD_FAULTS", "240"))
PASSING = ("refuse", "reset", "lose", "cut", "slow")
KILLING = ("kill", "kill after")


@pytest.fixture
def trainer(real_s3, program, tmp_path):
    return Trainer(program, real_s3, tmp_path)


@pytest.fixture
def pairs(trainer):
    """Seed -> all files of the model of that seed; nothing is left in the bucket."""
    made = {}
    for seed in (OLD, NEW):
        trainer.put({})
        assert trainer.run(seed).code == 0
        made[seed] = {key: trainer.get(key) for key in trainer.keys()}
    assert made[OLD][NAMES[0]] != made[NEW][NAMES[0]]
    trainer.put({})
    return made


def fixed(files):
    return {name: files[name] for name in NAMES}


def train_at(trainer, proxy, fault, *more, seed=NEW):
    proxy.start_over(fault)
    process = trainer.start(seed, *more, url=proxy.url)
    proxy.program = process
    return process


def train_through(trainer, proxy, fault, *more):
    return Ended(train_at(trainer, proxy, fault, *more))


def test_keeps_each_version_and_names_it(trainer, pairs):
    trainer.put({})
    ended = trainer.run(NEW)
    assert ended.code == 0
    assert f"Model saved to s3://models/{NAMES[1]}" in ended.out
    record = trainer.record()
    assert record["model_paths"] == {
        "onnx": f"s3://models/{NAMES[0]}",
        "pkl": f"s3://models/{NAMES[1]}",
        "onnx_version": f"s3://models/classification_model/{record['model_id']}.onnx",
        "pkl_version": f"s3://models/classification_model/{record['model_id']}.pkl",
    }
    for name in NAMES:
        version = f"classification_model/{record['model_id']}.{name.split('.')[1]}"
        assert trainer.get(version) == trainer.get(name)
    assert trainer.get(NAMES[0]) in trainer.get(NAMES[1])
    again = trainer.keys()
    assert trainer.run(NEW).code == 0 and trainer.keys() == again, "equal work, equal keys"
    assert trainer.run(OLD).code == 0 and len(trainer.keys()) == 6


def every_fault(requests):
    """The fault of every kind at every request of a run, with an old model and without one; then
    bursts, drawn by a seed."""
    faults = []
    for there, number in requests.items():
        places = range(1, number + 1)
        faults += [(there, Fault(kind, k)) for kind in PASSING + KILLING for k in places]
        faults += [(there, Fault(kind, k, FOR_GOOD)) for kind in PASSING[:2] for k in places]
    rng = random.Random(2026)
    while len(faults) < FAULTS:
        there = rng.choice(sorted(requests))
        first, times = rng.randrange(1, requests[there]), rng.randrange(2, 4)
        faults.append((there, Fault(rng.choice(PASSING[:4]), first, times)))
    rng.shuffle(faults)
    return faults[:FAULTS]


def outcome_of(trainer, ended, fault, before, new):
    """The outcome in a word; everything else about it is asserted."""
    saved = trainer.saved()
    for name, content in saved.items():
        assert content in (before.get(name), new[name]), "neither the old bytes nor the new ones"
    assert set(saved) >= set(before)
    if fault.kind in KILLING:
        assert ended.code in (0, -9)
    else:
        assert ended.code == (4 if fault.times == FOR_GOOD else 0), ended.told
    if ended.code == 0:
        assert saved == new and not ended.errors
        return "new model"
    if ended.code == 4:
        assert ended.errors == ended.told.splitlines()[-1:], ended.told
        assert any(word in ended.told for word in ("Cannot", "Others keep"))
    if saved == before:
        return "old model"
    if saved == new:
        return "new model, no record"
    if ended.code == 4:
        assert "is new, and" in ended.told and "run again" in ended.told
    return "mixed pair, told" if ended.code == 4 else "mixed pair"


def requests_of_a_run(trainer, proxy, before):
    trainer.put(before)
    assert train_through(trainer, proxy, None).code == 0
    return len(proxy.seen)


def test_survives_faults_at_every_request(trainer, pairs, proxy, capsys):
    new = fixed(pairs[NEW])
    states = {"old model": fixed(pairs[OLD]), "no model": {}}
    requests = {there: requests_of_a_run(trainer, proxy, states[there]) for there in states}
    counts = collections.Counter()
    injected = 0
    for there, fault in every_fault(requests):
        trainer.put(states[there])
        retries = "1" if fault.times == FOR_GOOD else "4"
        ended = train_through(trainer, proxy, fault, "--s3-retries", retries)
        assert proxy.met >= min(fault.times, 2) or proxy.met == len(proxy.seen) - fault.first + 1
        injected += proxy.met
        lasting = " for good" if fault.times == FOR_GOOD else ""
        counts[fault.kind + lasting, outcome_of(trainer, ended, fault, states[there], new)] += 1
        if ended.code != 0:
            assert trainer.run(NEW).code == 0, "the next run mends all"
            assert trainer.saved() == new
    with capsys.disabled():
        print(f"\n{FAULTS} runs of {requests} requests, {injected} injected faults")
        for (kind, outcome), count in sorted(counts.items()):
            print(f"   {kind:18} {outcome:22} {count:4}")
    assert injected >= FAULTS
    assert FAULTS < 200 or counts["kill", "mixed pair"] > 0, "no kill between the two names"


def score(trainer, rarewood, model):
    words = ["score", "s3://processed-data/visits.csv", "--model", model, "--out", "scored.csv"]
    return rarewood(words, **trainer.server.environment())


def test_tells_a_pair_of_two_runs_and_mends_it(trainer, pairs, proxy, rarewood):
    old, new = pairs[OLD], pairs[NEW]
    trainer.put(old)
    ended = train_through(trainer, proxy, Fault("kill", 1, of="PUT /models/classification_model.pkl"))
    assert ended.code == -9
    assert trainer.saved() == {NAMES[0]: new[NAMES[0]], NAMES[1]: old[NAMES[1]]}
    for name in NAMES:
        told = score(trainer, rarewood, f"s3://models/{name}")
        assert told.returncode == 0
        assert "a run ended between the two" in told.stderr
    version = next(key for key in new if key not in old and key.endswith(".pkl"))
    trainer.s3.copy_object(  # the documented way back
        Bucket="models", Key=NAMES[1], CopySource={"Bucket": "models", "Key": version}
    )
    for name in (*NAMES, version):
        told = score(trainer, rarewood, f"s3://models/{name}")
        assert told.returncode == 0 and not told.stderr
        assert f"Model: {version.split('/')[1].split('.')[0]}" in told.stdout


def test_the_later_of_two_trainers_wins_both_names(trainer, pairs, proxy):
    trainer.put(pairs[OLD])
    slow = train_at(trainer, proxy, Fault("hold", 1, of="PUT /models/classification_model.pkl"))
    assert proxy.held.wait(60), "it has written .onnx, and is about to write .pkl"
    third = trainer.run(3)
    assert third.code == 0
    theirs = trainer.saved()
    assert theirs[NAMES[0]] in theirs[NAMES[1]] and theirs != fixed(pairs[NEW])
    proxy.released.set()
    refused_as_second(slow)
    assert trainer.saved() == theirs


def refused_as_second(process):
    ended = Ended(process)
    assert ended.code == 4, ended.told
    assert len(ended.errors) == 1 and "Another process wrote" in ended.errors[0]
    assert "this run's is s3://models/classification_model/" in ended.errors[0]


def test_two_trainers_between_the_names_leave_one_model(trainer, pairs, proxy, real_s3):
    from trainer import Ended

    trainer.put(pairs[OLD])
    at_pickle = Fault("hold", 1, of="PUT /models/classification_model.pkl")
    with proxy_before(real_s3.url) as second_proxy:
        first = train_at(trainer, proxy, at_pickle)
        assert proxy.held.wait(60)
        second = train_at(trainer, second_proxy, at_pickle, seed=3)
        assert second_proxy.held.wait(60), "both have written .onnx, one after the other"
        proxy.released.set()
        refused_as_second(first)
        second_proxy.released.set()
        assert Ended(second).code == 0
    saved = trainer.saved()
    assert saved[NAMES[0]] in saved[NAMES[1]]
    assert saved[NAMES[0]] not in (pairs[OLD][NAMES[0]], pairs[NEW][NAMES[0]])


def test_trainers_at_once_leave_one_model(trainer, pairs):
    trainer.put(pairs[OLD])
    ended = [Ended(process) for process in [trainer.start(seed) for seed in range(3, 7)]]
    codes = [one.code for one in ended]
    assert 0 in codes and set(codes) <= {0, 4}
    for one in ended:
        assert one.code == 0 or "Another process wrote" in one.errors[0]
    saved = trainer.saved()
    assert saved[NAMES[0]] in saved[NAMES[1]]


@pytest.mark.parametrize("at", ["GET /processed-data", "PUT /models/classification_model.onnx"])
@pytest.mark.parametrize("comes_back", [True, False])
def test_minio_dies_and_may_come_back(mortal_minio, program, tmp_path, at, comes_back):
    trainer = Trainer(program, mortal_minio, tmp_path)
    assert trainer.run(OLD).code == 0
    before = trainer.saved()
    with proxy_before(mortal_minio.url) as proxy:

        def die():
            mortal_minio.kill()
            if comes_back:
                mortal_minio.start()

        proxy.when_dying = die
        ended = train_through(trainer, proxy, Fault("die", 1, of=at), "--s3-retries", "3")
        assert proxy.met == 1
    if comes_back:
        assert ended.code == 0, ended.told
        assert trainer.saved() != before
        return
    assert ended.code == 4 and len(ended.errors) == 1 and "Cannot reach" in ended.told
    mortal_minio.start()
    assert trainer.saved() == before


@pytest.mark.parametrize("comes_back", [True, False])
def test_minio_dies_between_two_parts(mortal_minio, program, tmp_path, probe, comes_back):
    from probe import out, refused

    content = os.urandom(40 << 20)
    client = mortal_minio.client()
    client.put_object(Bucket="models", Key="large", Body=b"old")
    with proxy_before(mortal_minio.url) as proxy:
        proxy.when_dying = lambda: (mortal_minio.kill(), comes_back and mortal_minio.start())
        proxy.start_over(Fault("die", 2, of="PUT /models/large"))
        environment = mortal_minio.environment(AWS_ENDPOINT_URL=proxy.url)
        done = probe(environment, "create", "models/large", 4 << 20, "s3_retries=3", given=content)
    if comes_back:
        out(done)
    else:
        assert "Cannot reach" in refused(done)
        mortal_minio.start()
    kept = client.get_object(Bucket="models", Key="large")["Body"].read()
    assert kept == (content if comes_back else b"old")


def test_the_rights_in_the_guide_are_enough(minio, program, tmp_path, root):
    bucket = "my-shop-ml"
    guide = (root / "docs/guide/store.md").read_text()
    document = guide[guide.index('    {\n      "Version"') :].split("\n\n")[0]
    minio.client().create_bucket(Bucket=bucket)
    key = "processed-data/visits.csv"
    minio.client().put_object(Bucket=bucket, Key=key, Body=visits().encode())
    keys = minio.client("sts").assume_role(
        RoleArn="arn:aws:iam::000000000000:role/any", RoleSessionName="job", Policy=document
    )["Credentials"]
    rights = {
        "AWS_ACCESS_KEY_ID": keys["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": keys["SecretAccessKey"],
        "AWS_SESSION_TOKEN": keys["SessionToken"],
    }
    trainer = Trainer(program, minio, tmp_path)
    trainer.words = f"s3://{bucket}/{key} --store s3://{bucket}"
    for seed in (OLD, NEW):
        ended = trainer.run(seed, **rights)
        assert ended.code == 0, ended.told
    elsewhere = trainer.run(NEW, "--model", "models/other", **rights)
    assert elsewhere.code == 4 and "lack the right" in elsewhere.told


CLOCK = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>
time_t time(time_t* into) {
  const time_t moved = ((time_t(*)(time_t*))dlsym(RTLD_NEXT, "time"))(NULL) + 3600;
  if (into) *into = moved;
  return moved;
}
"""


def test_says_that_the_clock_is_an_hour_off(minio, program, tmp_path):
    compiler = shutil.which("cc") or pytest.skip("no C compiler")
    source, library = tmp_path / "clock.c", tmp_path / "clock.so"
    source.write_text(CLOCK)
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, source], check=True)
    ended = Trainer(program, minio, tmp_path).run(NEW, LD_PRELOAD=str(library))
    assert ended.code == 4 and "Set this machine's clock." in ended.told


def test_says_that_the_address_is_the_console(minio, program, tmp_path):
    ended = Trainer(program, minio, tmp_path).run(NEW, url=minio.console)
    assert ended.code == 4 and len(ended.errors) == 1
    assert "S3" in ended.told and "port" in ended.told.lower(), ended.told
