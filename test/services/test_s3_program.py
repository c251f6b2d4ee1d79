"""The whole program on S3: raw tables in, model out, and its refusals."""

import json
import re

import pytest

POINT = "10min"


@pytest.fixture
def on_s3(s3, rarewood):
    """run("train --plain") -> the ended process, with the server's variables set."""

    def run(command, **changes):
        words = command.split()
        return rarewood(words[:1] + ["--store", "s3://"] + words[1:], **s3.environment(**changes))

    return run


@pytest.fixture
def needs(rarewood):
    """needs("train"): skip where this build has no such command."""

    def check(*commands):
        for command in commands:
            answer = rarewood([command, "--help"])
            if "Unknown command" in answer.stderr:
                pytest.skip(f"this build has no command '{command}'")

    return check


def keys(s3, bucket):
    listed = s3.client().list_objects_v2(Bucket=bucket).get("Contents", [])
    return {entry["Key"] for entry in listed}


def done(answer):
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def test_raw_tables_to_saved_model_and_scores(s3, on_s3, needs, rarewood, tmp_path):
    needs("sample", "features", "train", "score")
    done(on_s3("sample --sessions 20000"))
    assert {"website_sessions.parquet", "website_pageviews.parquet", "orders.parquet"} <= keys(
        s3, "raw-data"
    )
    done(on_s3(f"features --as-of {POINT}"))
    assert {"training_data.parquet", "training_data.keys.parquet"} <= keys(s3, "processed-data")
    console = done(on_s3("train --strategy class_weight"))
    assert "Model saved to s3://models/classification_model.pkl" in console
    assert {"classification_model.pkl", "classification_model.onnx"} <= keys(s3, "models")
    scored = rarewood(
        [
            "score",
            "s3://processed-data/training_data.parquet",
            *("--model", "s3://models/classification_model.onnx"),
            *("--out", tmp_path / "scores.csv"),
        ],
        **s3.environment(),
    )
    done(scored)
    assert "probability" in (tmp_path / "scores.csv").read_text().splitlines()[0]


REFUSALS = {
    "endpoint down": ({"AWS_ENDPOINT_URL": "http://127.0.0.1:1"}, "Cannot reach"),
    "wrong secret": ({"AWS_SECRET_ACCESS_KEY": "wrong-secret"}, "AWS_SECRET_ACCESS_KEY"),
    "unknown access key": ({"AWS_ACCESS_KEY_ID": "nobody"}, "AWS_ACCESS_KEY_ID"),
}


@pytest.mark.parametrize("command", ["train", f"features --as-of {POINT}"])
@pytest.mark.parametrize("refusal", REFUSALS)
def test_refuses_in_one_line_and_writes_nothing(s3, on_s3, needs, tmp_path, command, refusal):
    needs(command.split()[0])
    changes, sentence = REFUSALS[refusal]
    before = keys(s3, "processed-data") | keys(s3, "models")
    answer = on_s3(command, **changes)
    assert answer.returncode == 4, answer.stderr
    assert len(answer.stderr.splitlines()) == 1, answer.stderr
    assert sentence in answer.stderr and "wrong-secret" not in answer.stderr
    assert keys(s3, "processed-data") | keys(s3, "models") == before
    assert not list(tmp_path.iterdir())


def test_names_a_missing_bucket_and_a_missing_key(s3, needs, rarewood):
    needs("train")
    for table, sentence in [
        ("s3://procesed-data/training_data.parquet", "Did you mean 'processed-data'?"),
        ("s3://processed-data/none/training_data.parquet", "does not exist"),
    ]:
        answer = rarewood(["train", table], **s3.environment())
        assert answer.returncode == 4, answer.stderr
        assert sentence in answer.stderr


def granted(root, server, bucket):
    """Temporary credentials with the very policy that docs/guide/store.md advises, for `bucket`."""
    page = (root / "docs" / "guide" / "store.md").read_text()
    policy = re.search(r"```json\n(.*?)```", page, re.DOTALL)[1].replace("my-shop-ml", bucket)
    json.loads(policy)
    keys = server.client("sts").assume_role(
        RoleArn="arn:aws:iam::000000000000:role/any", RoleSessionName="job", Policy=policy
    )["Credentials"]
    return {
        "AWS_ACCESS_KEY_ID": keys["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": keys["SecretAccessKey"],
        "AWS_SESSION_TOKEN": keys["SessionToken"],
    }


def test_the_policy_that_the_guide_advises_is_enough_and_no_more(minio, rarewood, root):
    minio.client().create_bucket(Bucket="my-shop-eu")
    rights = minio.environment(**granted(root, minio, "my-shop-eu"))
    for command in ("sample --sessions 20000", f"features --as-of {POINT}", "train"):
        words = command.split() + ["--store", "s3://my-shop-eu/jobs"]
        done(rarewood(words, **rights))
    assert "jobs/models/classification_model.onnx" in keys(minio, "my-shop-eu")
    elsewhere = rarewood(["sample", "--sessions", "20000", "--store", "s3://"], **rights)
    assert elsewhere.returncode == 4 and "lack the right" in elsewhere.stderr


def test_a_challenger_is_promoted_with_a_version_of_its_own(s3, on_s3, needs, tmp_path):
    needs("promote")
    done(on_s3("sample --sessions 5000"))
    done(on_s3(f"features --as-of {POINT}"))
    train = "train --split time --n-estimators 5 --figures none --no-time-check"
    done(on_s3(f"{train} --model models/challenger"))
    promote = "promote --champion models/promoted.onnx"
    assert "PROMOTED: There is no champion yet." in done(on_s3(f"{promote} --json p.json"))
    model = json.loads((tmp_path / "p.json").read_text())["challenger"]["model_id"]
    kept = {f"promoted/{model}{ending}" for ending in (".onnx", ".pkl")}
    assert kept | {"promoted.pkl", "promoted.onnx"} <= keys(s3, "models")
    assert "is the champion already" in done(on_s3(promote))
