"""The three services: what to start, when they are well, and what to tell of them."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from settings import BUCKETS, HOST, MINIO_PASSWORD, MINIO_USER, REGION, ROOT, Refusal, Settings


@dataclass(frozen=True)
class Service:
    """`prepare` installs and returns {part: command}; `finish` is done once the service is well."""

    name: str
    title: str
    ports: Callable[[Settings], dict]
    environment: Callable[[Settings], dict]
    prepare: Callable[[Settings], dict]
    health: Callable[[Settings], str]
    is_well: Callable[[bytes], bool]
    finish: Callable[[Settings], None]
    facts: Callable[[Settings], list]


# What a user has set for programs of their own must not change a server.
FOREIGN = ("AWS_", "MLFLOW_", "MINIO_", "AIRFLOW_", "RAREWOOD_", "PYTHON")


def clean_environment():
    return {k: v for k, v in os.environ.items() if not k.startswith(FOREIGN)}


def installed(*script):
    """What a script of tool/ prints: where it has put something."""
    done = subprocess.run(["bash", *script], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise Refusal(f"{' '.join(script)} failed, see above. Mend that and repeat.")
    return Path(done.stdout.strip())


def nothing(_settings):
    pass


# --- MinIO ------------------------------------------------------------------------------------


def minio_environment(_settings):
    return clean_environment() | {
        "MINIO_ROOT_USER": MINIO_USER,
        "MINIO_ROOT_PASSWORD": MINIO_PASSWORD,
        "MINIO_UPDATE": "off",
    }


def minio_commands(settings):
    addresses = ("--address", f"{HOST}:{settings.minio}")
    console = ("--console-address", f"{HOST}:{settings.console}")
    data = settings.folder / "minio"
    return {"minio": [installed("tool/minio.sh"), "server", data, *addresses, *console]}


def make_buckets(settings):
    from pyarrow.fs import S3FileSystem

    storage = S3FileSystem(
        access_key=MINIO_USER,
        secret_key=MINIO_PASSWORD,
        endpoint_override=f"{HOST}:{settings.minio}",
        scheme="http",
        region=REGION,
        allow_bucket_creation=True,
    )
    for bucket in BUCKETS:
        storage.create_dir(bucket)


def minio_facts(settings):
    return [
        ("API", settings.url("minio")),
        ("console", settings.url("console")),
        ("user", f"{MINIO_USER}, password {MINIO_PASSWORD}"),
        ("buckets", ", ".join(BUCKETS)),
    ]


# --- MLflow -----------------------------------------------------------------------------------


def mlflow_environment(settings):
    database = settings.database or f"sqlite:///{settings.folder / 'mlflow.db'}"
    return (
        clean_environment()
        | settings.storage_environment()
        | {
            "MLFLOW_BACKEND_STORE_URI": database,  # may hold a password: not on the command line
            "MLFLOW_S3_ENDPOINT_URL": settings.url("minio"),
            "AWS_DEFAULT_REGION": REGION,
            "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",
        }
    )


def mlflow_commands(settings):
    python = installed("tool/service_env.sh", "mlflow") / "bin" / "python"
    # Two: while one stores a model the other answers, at half the memory of MLflow's own four.
    listening = ("--host", HOST, "--port", str(settings.mlflow), "--workers", "2")
    artifacts = ("--serve-artifacts", "--artifacts-destination", "s3://mlflow")
    return {"mlflow": [python, "-m", "mlflow", "server", *listening, *artifacts]}


def mlflow_facts(settings):
    kept = "PostgreSQL" if settings.database.startswith("postgresql") else "SQLite"
    return [("address", settings.url("mlflow")), ("runs in", kept), ("files in", "s3://mlflow")]


# --- Airflow ----------------------------------------------------------------------------------


def airflow_environment(settings):
    """Also what its tasks need: the program, and the services it is to use."""
    home = settings.folder / "airflow"
    binaries = installed("tool/service_env.sh", "airflow") / "bin"
    return (
        clean_environment()
        | settings.user_environment()
        | {
            "PATH": f"{binaries}:{ROOT / 'build'}:{os.environ['PATH']}",
            "AIRFLOW_HOME": str(home),
            "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "airflow" / "dags"),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
            "AIRFLOW__CORE__PARALLELISM": "2",  # one process each, started in advance
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{settings.url('airflow')}/execution/",
            "AIRFLOW__API__HOST": HOST,
            "AIRFLOW__API__PORT": str(settings.airflow),
            "AIRFLOW__API__BASE_URL": settings.url("airflow"),
            "AIRFLOW__API__WORKERS": "1",
            "RAREWOOD_WORK": str(settings.folder / "work"),
        }
    )


def airflow_commands(settings):
    """One process a part, as its own `standalone` would open ports for logs to the whole network.

    There is no triggerer: no task here defers.
    """
    environment = airflow_environment(settings)
    program = installed("tool/service_env.sh", "airflow") / "bin" / "airflow"
    migrate(program, environment, settings.folder / "airflow")
    return {
        "api-server": [program, "api-server"],
        "scheduler": [program, "scheduler", "--skip-serve-logs"],
        "dag-processor": [program, "dag-processor"],
    }


def migrate(program, environment, home):
    """Bring the data base to this version of Airflow, once."""
    home.mkdir(parents=True, exist_ok=True)
    done = home / f"migrated-by-{program.parents[1].name}"
    if done.exists():
        return
    log = home / "migrate.log"
    with log.open("wb") as output:
        ended = subprocess.run(
            [program, "db", "migrate"], env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    if ended.returncode != 0:
        raise Refusal(f"Airflow's data base could not be made: see {log}.")
    done.touch()


def airflow_is_well(body):
    health = json.loads(body)
    parts = ("metadatabase", "scheduler", "dag_processor")
    return all(health[part]["status"] == "healthy" for part in parts)


def airflow_facts(settings):
    passwords = settings.folder / "airflow" / "simple_auth_manager_passwords.json.generated"
    facts = [("address", settings.url("airflow"))]
    if passwords.exists():
        for user, password in json.loads(passwords.read_text()).items():
            facts.append(("user", f"{user}, password {password}"))
    return facts


SERVICES = {
    service.name: service
    for service in (
        Service(
            name="minio",
            title="MinIO",
            ports=lambda s: {
                "RAREWOOD_MINIO_PORT": s.minio,
                "RAREWOOD_MINIO_CONSOLE_PORT": s.console,
            },
            environment=minio_environment,
            prepare=minio_commands,
            health=lambda s: s.url("minio") + "/minio/health/live",
            is_well=lambda body: True,
            finish=make_buckets,
            facts=minio_facts,
        ),
        Service(
            name="mlflow",
            title="MLflow",
            ports=lambda s: {"RAREWOOD_MLFLOW_PORT": s.mlflow},
            environment=mlflow_environment,
            prepare=mlflow_commands,
            health=lambda s: s.url("mlflow") + "/health",
            is_well=lambda body: body == b"OK",
            finish=nothing,
            facts=mlflow_facts,
        ),
        Service(
            name="airflow",
            title="Airflow",
            ports=lambda s: {"RAREWOOD_AIRFLOW_PORT": s.airflow},
            environment=airflow_environment,
            prepare=airflow_commands,
            health=lambda s: s.url("airflow") + "/api/v2/monitor/health",
            is_well=airflow_is_well,
            finish=nothing,
            facts=airflow_facts,
        ),
    )
}
