"""Real servers on loopback: MLflow, and for S3 moto (always), MinIO (where it is found)."""

import contextlib
import functools
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import boto3
import pytest
from botocore.client import Config

sys.path.insert(0, os.path.dirname(__file__))
from fault_proxy import proxy_before  # noqa: E402
from minio_program import find_minio  # noqa: E402
from mlflow_server import free_port, running_mlflow  # noqa: E402
from probe import run_probe  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
BUCKETS = ("raw-data", "processed-data", "models")


@dataclass
class S3Server:
    """A running server with the three buckets and somebody who may do everything in them.

    more["reader"] are the variables of somebody who may only read.
    """

    name: str
    url: str
    access_key: str
    secret_key: str
    more: dict = field(default_factory=dict)

    def environment(self, **changes):
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": self.access_key,
            "AWS_SECRET_ACCESS_KEY": self.secret_key,
            "AWS_REGION": "us-east-1",
        } | changes

    def client(self, service="s3"):
        return boto3.client(
            service,
            endpoint_url=self.url,
            aws_access_key_id=self.access_key,
            aws_secret_access_key=self.secret_key,
            region_name="us-east-1",
            config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 2}),
        )


def wait_for(url, process):
    for _ in range(600):
        if process.poll() is not None:
            pytest.fail(f"the server for {url} ended with {process.returncode}")
        try:
            urllib.request.urlopen(url, timeout=1)
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"no answer from {url}")


def stop(process):
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def make_buckets(server):
    for bucket in BUCKETS:
        server.client().create_bucket(Bucket=bucket)


READING = ["s3:GetObject", "s3:ListBucket"]


def policy(actions):
    statement = [{"Effect": "Allow", "Action": actions, "Resource": "arn:aws:s3:::*"}]
    return json.dumps({"Version": "2012-10-17", "Statement": statement})


def allow(iam, user, actions):
    """Make a user who may do only that; returns its keys."""
    iam.create_user(UserName=user)
    iam.put_user_policy(UserName=user, PolicyName="only", PolicyDocument=policy(actions))
    key = iam.create_access_key(UserName=user)["AccessKey"]
    return key["AccessKeyId"], key["SecretAccessKey"]


# moto checks signatures and rights after so many requests: those that make the users.
SETTING_UP = 3 * 2 + len(BUCKETS)


@pytest.fixture(scope="session")
def moto():
    url = f"http://127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", url.rsplit(":", 1)[1]]
    environment = dict(os.environ, INITIAL_NO_AUTH_ACTION_COUNT=str(SETTING_UP))
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(url + "/moto-api/", process)
        server = S3Server("moto", url, "setting-up", "setting-up")
        iam = server.client("iam")
        make_buckets(server)
        reader = allow(iam, "reader", READING)
        server.more["reader"] = dict(zip(("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), reader))
        server.access_key, server.secret_key = allow(iam, "shop", ["s3:*"])
        yield server
    finally:
        stop(process)


def reading_session(server):
    """Temporary credentials that may only read, as variables of the environment."""
    keys = server.client("sts").assume_role(
        RoleArn="arn:aws:iam::000000000000:role/any", RoleSessionName="reader", Policy=policy(READING)
    )["Credentials"]
    return {
        "AWS_ACCESS_KEY_ID": keys["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": keys["SecretAccessKey"],
        "AWS_SESSION_TOKEN": keys["SessionToken"],
    }


@dataclass
class Minio(S3Server):
    """MinIO on a folder of its own; may be killed and started again at the same address."""

    folder: Path = None
    console: str = ""
    process: subprocess.Popen = None

    def start(self):
        address, console = (url.removeprefix("http://") for url in (self.url, self.console))
        words = ["server", self.folder, "--address", address, "--console-address", console]
        environment = dict(
            os.environ, MINIO_ROOT_USER=self.access_key, MINIO_ROOT_PASSWORD=self.secret_key
        )
        self.process = subprocess.Popen(
            [find_minio(), *words],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for(self.url + "/minio/health/live", self.process)

    def kill(self):
        self.process.kill()
        self.process.wait()


@contextlib.contextmanager
def running_minio(folder):
    if not find_minio():
        pytest.skip("no minio program: run 'bash tool/setup.sh --tests'")
    server = Minio("minio", f"http://127.0.0.1:{free_port()}", "minio_admin", "minio_password")
    server.folder, server.console = folder, f"http://127.0.0.1:{free_port()}"
    server.start()
    try:
        make_buckets(server)
        yield server
    finally:
        stop(server.process)


@pytest.fixture(scope="session")
def minio(tmp_path_factory):
    with running_minio(tmp_path_factory.mktemp("minio")) as server:
        server.more["reader"] = reading_session(server)
        yield server


@pytest.fixture
def mortal_minio(tmp_path):
    """A MinIO that a test may kill."""
    with running_minio(tmp_path / "minio") as server:
        yield server


@pytest.fixture(scope="session")
def real_s3(request):
    """MinIO where it is found, else moto."""
    return request.getfixturevalue("minio" if find_minio() else "moto")


@pytest.fixture
def proxy(real_s3):
    with proxy_before(real_s3.url) as running:
        yield running


@pytest.fixture(params=["moto", "minio"])
def s3(request):
    """Each server in turn."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def probe_program():
    for build in (os.environ.get("RAREWOOD_BUILD", "build"), "build-dev"):
        program = ROOT / build / "test" / "store_probe"
        if program.exists():
            return program
    pytest.skip("store_probe is not built: configure with -DRAREWOOD_TESTS=ON")


@pytest.fixture
def probe(probe_program):
    """probe(environment, "read", key, ..., given=b"") -> the ended process."""
    return functools.partial(run_probe, probe_program)


@pytest.fixture(scope="session")
def mlflow_server(tmp_path_factory):
    """Address of an MLflow server with a data base of its own."""
    with running_mlflow(tmp_path_factory.mktemp("mlflow")) as uri:
        yield uri
