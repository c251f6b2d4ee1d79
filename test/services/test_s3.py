"""The object store against real S3 servers, with boto3 as the second opinion."""

import os
import signal
import socket
import subprocess
import threading
import time

import pytest

from probe import TABLE, out, refused, tidy_environment

MEBIBYTE = 1 << 20


def put(s3, key, content=b"x"):
    bucket, name = key.split("/", 1)
    return s3.client().put_object(Bucket=bucket, Key=name, Body=content)["ETag"]


def get(s3, key):
    bucket, name = key.split("/", 1)
    return s3.client().get_object(Bucket=bucket, Key=name)["Body"].read()


@pytest.mark.parametrize("key", ["models/m.pkl", "models/a b+c/d$ä&=?.csv", "models/x%2Fy"])
def test_writes_and_reads_whole_objects(s3, probe, key):
    content = os.urandom(3000)
    out(probe(s3.environment(), "write", key, given=content))
    assert get(s3, key) == content
    assert out(probe(s3.environment(), "read", key)) == content
    size, etag = out(probe(s3.environment(), "find", key)).decode().split()
    bucket, name = key.split("/", 1)
    assert size == "3000"
    assert etag == s3.client().head_object(Bucket=bucket, Key=name)["ETag"]


def test_writes_an_empty_and_a_large_object(s3, probe):
    for content in (b"", os.urandom(9 * MEBIBYTE)):
        out(probe(s3.environment(), "write", "models/size", given=content))
        assert get(s3, "models/size") == content
        assert out(probe(s3.environment(), "read", "models/size")) == content


def test_store_with_bucket_and_prefix(s3, probe):
    out(probe(s3.environment(), "write", TABLE, store="s3://models/below/", given=b"here"))
    assert get(s3, "models/below/" + TABLE) == b"here"
    listed = out(probe(s3.environment(), "list", "processed-data/", store="s3://models/below"))
    assert listed.decode().split()[-1] == TABLE


def test_lists_below_a_prefix(s3, probe):
    for number in range(12):
        put(s3, f"raw-data/some/{number:02d}&.csv", b"abc")
    lines = out(probe(s3.environment(), "list", "raw-data/some/")).decode().splitlines()
    assert [line.split()[-1] for line in lines] == [f"raw-data/some/{n:02d}&.csv" for n in range(12)]
    assert {line.split()[0] for line in lines} == {"3"}
    assert len(out(probe(s3.environment(), "list", "raw-data/some/1")).splitlines()) == 2
    everything = out(probe(s3.environment(), "list", "raw")).decode().splitlines()
    assert set(lines) <= set(everything)
    assert all(line.split()[-1].startswith("raw-data/") for line in everything)


@pytest.mark.parametrize("size", [0, 5, 4 * MEBIBYTE, 11 * MEBIBYTE])
def test_reads_parts(s3, probe, size):
    content = os.urandom(size)
    put(s3, "raw-data/parts", content)
    ranges = [(0, 4), (3, 100), (size // 2, MEBIBYTE), (max(0, size - 8), 8), (size, 4), (1, size)]
    given = "".join(f"{position} {length}\n" for position, length in ranges).encode()
    expected = b"%d\n" % size + b"".join(content[p : p + n] for p, n in ranges)
    assert out(probe(s3.environment(), "open", "raw-data/parts", given=given)) == expected
    assert out(probe(s3.environment(), "stream", "raw-data/parts", 700_001)) == content


def test_refuses_parts_of_two_objects(s3, probe_program):
    put(s3, "raw-data/changing", os.urandom(6 * MEBIBYTE))
    process = subprocess.Popen(
        [probe_program, "s3://", "open", "raw-data/changing"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=tidy_environment(**s3.environment()),
    )
    assert process.stdout.readline() == b"%d\n" % (6 * MEBIBYTE)
    put(s3, "raw-data/changing", os.urandom(6 * MEBIBYTE))
    _, errors = process.communicate(b"0 10\n", timeout=60)
    assert process.returncode == 4
    assert b"was replaced while it was read" in errors


def test_creates_an_object_in_parts(s3, probe):
    for size in (10, 16 * MEBIBYTE, 35 * MEBIBYTE):
        content = os.urandom(size)
        out(probe(s3.environment(), "create", "models/parts", 5 * MEBIBYTE, given=content))
        assert get(s3, "models/parts") == content
    if s3.name == "minio":
        facts = s3.client().head_object(Bucket="models", Key="parts", ChecksumMode="ENABLED")
        assert facts["ChecksumSHA256"].endswith("-3"), "of three parts"
    assert "Uploads" not in s3.client().list_multipart_uploads(Bucket="models")


def test_writes_only_over_what_was_seen(s3, probe):
    key = f"models/conditional-{time.time_ns()}"
    environment = s3.environment()
    first = out(probe(environment, "write_if", key, "absent", given=b"one")).decode().split()
    assert first[0] == "written"
    again = out(probe(environment, "write_if", key, "absent", given=b"two")).decode().split()
    assert again == ["refused", first[1]]
    second = out(probe(environment, "write_if", key, first[1], given=b"two")).decode().split()
    assert second[0] == "written" and second[1] != first[1]
    late = out(probe(environment, "write_if", key, first[1], given=b"three")).decode().split()
    assert late == ["refused", second[1]]
    assert get(s3, key) == b"two"
    gone = out(probe(environment, "write_if", key + "-gone", first[1], given=b"x")).decode().split()
    assert gone == ["refused"]


def test_gives_one_of_many_processes_the_turn(s3, probe):
    key = f"models/contested-{time.time_ns()}"
    outcomes = []

    def write(number):
        content = bytes([65 + number]) * 200_000
        outcomes.append(out(probe(s3.environment(), "write_if", key, "absent", given=content)))

    writers = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sum(outcome.startswith(b"written") for outcome in outcomes) == 1
    content = get(s3, key)
    assert content == content[:1] * 200_000


def test_names_what_is_there_instead(s3, probe):
    put(s3, TABLE)
    environment = s3.environment()
    for command in ("read", "open"):
        said = refused(probe(environment, command, "processed-data/training_dat.parquet"))
        assert "'s3://processed-data/training_dat.parquet' does not exist" in said
        assert "Did you mean 'training_data.parquet'?" in said
    for command in ("read", "open", "find", "write", "list"):
        said = refused(probe(environment, command, "procesed-data/x"))
        assert "no bucket 'procesed-data'" in said
        assert "Did you mean 'processed-data'?" in said
        assert s3.url in said
    assert out(probe(environment, "find", "processed-data/none")) == b"none\n"
    assert "begins with its bucket" in refused(probe(environment, "read", "x"), code=2)


def test_says_which_half_of_the_credentials_is_wrong(s3, probe):
    put(s3, TABLE)
    wrong = s3.environment(AWS_SECRET_ACCESS_KEY="wrong-secret")
    unknown = s3.environment(AWS_ACCESS_KEY_ID="nobody", AWS_SECRET_ACCESS_KEY="wrong-secret")
    for command in ("read", "open", "find", "list", "write", "write_if"):
        more = ["absent"] if command == "write_if" else []
        said = refused(probe(wrong, command, TABLE, *more))
        assert "AWS_SECRET_ACCESS_KEY" in said and "wrong-secret" not in said
        said = refused(probe(unknown, command, TABLE, *more))
        assert "AWS_ACCESS_KEY_ID" in said and "wrong-secret" not in said
    assert "both halves" in refused(
        probe(s3.environment(AWS_SECRET_ACCESS_KEY=""), "read", TABLE), code=2
    )


def test_says_that_credentials_are_missing(minio, probe):
    environment = {"AWS_ENDPOINT_URL": minio.url}
    assert "No credentials were given" in refused(probe(environment, "read", TABLE))
    assert "No credentials were given" in refused(probe(environment, "write", TABLE))


def test_says_that_a_right_is_missing(s3, probe):
    put(s3, TABLE, b"to read")
    environment = s3.environment(**s3.more["reader"])
    assert out(probe(environment, "read", TABLE)) == b"to read"
    for command, more in (("write", []), ("write_if", ["absent"]), ("create", ["9"])):
        said = refused(probe(environment, command, TABLE, *more, given=b"changed"))
        assert "Cannot write 's3://processed-data/training_data.parquet'" in said
        assert "lack the right" in said
    assert get(s3, TABLE) == b"to read"


def test_says_that_a_session_is_over(minio, probe):
    put(minio, TABLE)
    environment = minio.environment(**minio.more["reader"]) | {"AWS_SESSION_TOKEN": "old"}
    assert "AWS_SESSION_TOKEN" in refused(probe(environment, "read", TABLE))


def test_two_local_processes_never_mix(probe, tmp_path):
    store = tmp_path / "store"
    outcomes = []

    def write(number):
        content = bytes([65 + number]) * 3_000_000
        done = probe({}, "write_if", "models/m", "absent", store=store, given=content)
        outcomes.append(out(done))

    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sum(outcome.startswith(b"written") for outcome in outcomes) == 1
    content = (store / "models" / "m").read_bytes()
    assert content == content[:1] * 3_000_000
    assert [path.name for path in (store / "models").iterdir()] == ["m"]


def test_nobody_listens(probe):
    with socket.socket() as bound:  # bound, but not listening: connections are refused
        bound.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{bound.getsockname()[1]}"
        said = refused(probe({"AWS_ENDPOINT_URL": url}, "read", TABLE, "s3_retries=1"))
    assert url in said and "Connection refused" in said and "--s3-endpoint" in said


def test_nobody_answers(probe):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        started = time.monotonic()
        more = ["s3_request_timeout=1", "s3_retries=1"]
        said = refused(probe({"AWS_ENDPOINT_URL": url}, "read", TABLE, *more))
    assert time.monotonic() - started < 20
    assert url in said and "Cannot reach" in said


def test_unknown_host(probe):
    environment = {"AWS_ENDPOINT_URL": "http://minio.invalid:9000"}
    assert "minio.invalid" in refused(probe(environment, "read", TABLE, "s3_retries=0"))


def test_stops_while_it_waits(probe_program):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        process = subprocess.Popen(
            [probe_program, "s3://", "read", TABLE],
            stderr=subprocess.PIPE,
            env=tidy_environment(AWS_ENDPOINT_URL=url),
        )
        connection, _ = listener.accept()
        with connection:
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=20)
    assert process.returncode == 130, errors
