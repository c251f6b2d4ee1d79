"""Dockerfile and compose.yaml, as far as they can be checked without Docker."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tool" / "services"))
import settings  # noqa: E402

USUAL = settings.from_environment({})


@pytest.fixture(scope="module")
def checkers():
    command = ["bash", "tool/service_env.sh", "container", "--no-build"]
    found = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if found.returncode != 0:
        pytest.skip("no docker-compose and hadolint: run 'bash tool/setup.sh --tests'")
    return Path(found.stdout.strip()) / "bin"


@pytest.fixture(scope="module")
def compose(checkers):
    """compose.yaml as Docker Compose itself reads it, with all profiles."""
    command = [checkers / "docker-compose", "--profile", "*", "config", "--format", "json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["services"]


def test_hadolint_finds_nothing(checkers):
    done = subprocess.run(
        [checkers / "hadolint", "--no-color", "Dockerfile"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def test_the_same_ports_open_to_this_machine_only(compose):
    opened = {
        name: [(port["host_ip"], int(port["published"]), port["target"]) for port in found["ports"]]
        for name, found in compose.items()
        if found.get("ports")
    }
    here = settings.HOST
    assert opened == {
        "minio": [(here, USUAL.minio, USUAL.minio), (here, USUAL.console, USUAL.console)],
        "mlflow": [(here, USUAL.mlflow, USUAL.mlflow)],
        "airflow": [(here, USUAL.airflow, USUAL.airflow)],
    }


def test_the_same_credentials_and_buckets(compose):
    minio = compose["minio"]["environment"]
    assert minio["MINIO_ROOT_USER"] == settings.MINIO_USER
    assert minio["MINIO_ROOT_PASSWORD"] == settings.MINIO_PASSWORD
    made = [word.removeprefix("shop/") for word in compose["buckets"]["command"]]
    assert tuple(made) == settings.BUCKETS
    for name in ("airflow", "rarewood"):
        wanted = USUAL.user_environment() | {
            "AWS_ENDPOINT_URL": f"http://minio:{USUAL.minio}",
            "MLFLOW_TRACKING_URI": f"http://mlflow:{USUAL.mlflow}",
            "RAREWOOD_AIRFLOW_URL": f"http://airflow:{USUAL.airflow}",
        }
        assert compose[name]["environment"] == wanted


def test_mlflow_answers_to_its_name_in_the_network(compose):
    words = compose["mlflow"]["command"]
    hosts = next(word for word in words if word.startswith("--allowed-hosts="))
    assert f"mlflow:{USUAL.mlflow}" in hosts
    assert f"--port={USUAL.mlflow}" in words


def test_the_same_minio(compose):
    """The image's release is the moment of the version that tool/minio.sh builds."""
    built = re.search(r"minio@v0\.0\.0-(\d{14})-", (ROOT / "tool" / "go.txt").read_text())[1]
    for name in ("minio", "buckets"):
        assert re.sub(r"\D", "", compose[name]["image"]) == built


def test_every_image_is_a_stage_and_no_stage_runs_as_root(compose):
    text = (ROOT / "Dockerfile").read_text()
    parents = {name: parent for parent, name in re.findall(r"^FROM (\S+) AS (\S+)", text, re.M)}
    body = dict(re.findall(r"^FROM \S+ AS (\S+)\n(.*?)(?=^FROM |\Z)", text, re.M | re.S))
    for name in ("mlflow", "airflow", "rarewood"):
        assert compose[name]["build"]["target"] == name
        stage = name
        while stage in parents and "USER " not in body[stage]:
            stage = parents[stage]
        assert "USER 10001" in body[stage]


def packages(name):
    text = (ROOT / "tool" / name).read_text()
    return {line.split()[0] for line in text.splitlines() if line and not line.startswith("#")}


def owner(path):
    """The Debian package that a library belongs to; /lib is /usr/lib by now."""
    for place in (path, f"/usr{path}"):
        found = subprocess.run(["dpkg", "-S", place], capture_output=True, text=True)
        if found.returncode == 0:
            return found.stdout.split(":")[0]
    return None


@pytest.mark.skipif(not shutil.which("dpkg"), reason="no dpkg: not Debian")
def test_the_image_has_every_library_of_the_program(program):
    linked = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
    named = subprocess.run(["readelf", "-d", program], capture_output=True, text=True, check=True)
    needed = set(re.findall(r"NEEDED.*\[(.*)\]", named.stdout))
    system = {
        library: path
        for library, path in re.findall(r"(\S+) => (\S+)", linked)
        if library in needed and ".venv" not in path
    }
    assert "libcurl.so.4" in system
    listed = packages("apt-run.txt") | {"libc6", "libgcc-s1"}  # those two are in every Debian
    assert {library for library, path in system.items() if owner(path) not in listed} == set()
