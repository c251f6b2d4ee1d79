"""Where the services listen, who may use them, and where they keep their things."""

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"

# For these local servers only; they listen to this machine and to nobody else.
MINIO_USER = "minio_admin"
MINIO_PASSWORD = "minio_password"

# The job's buckets, and one for the files of MLflow's runs.
BUCKETS = ("raw-data", "processed-data", "models", "mlflow")
REGION = "us-east-1"


class Refusal(Exception):
    """One sentence what is wrong, one what to do."""


@dataclass(frozen=True)
class Settings:
    """`database` is where MLflow keeps its runs: "" is a file of SQLite."""

    folder: Path
    minio: int
    console: int
    mlflow: int
    airflow: int
    database: str
    patience: float

    def url(self, service):
        return f"http://{HOST}:{getattr(self, service)}"

    def storage_environment(self):
        """The variables by which anything that speaks S3 finds this MinIO."""
        return {
            "AWS_ENDPOINT_URL": self.url("minio"),
            "AWS_ACCESS_KEY_ID": MINIO_USER,
            "AWS_SECRET_ACCESS_KEY": MINIO_PASSWORD,
            "AWS_REGION": REGION,
        }

    def user_environment(self, services=("minio", "mlflow", "airflow")):
        """What makes rarewood use these services."""
        found = {}
        if "minio" in services:
            found |= self.storage_environment() | {"RAREWOOD_STORE": "s3://"}
        if "mlflow" in services:
            found["MLFLOW_TRACKING_URI"] = self.url("mlflow")
        if "airflow" in services:
            found["RAREWOOD_AIRFLOW_URL"] = self.url("airflow")
        return found


def port(environment, name, usual):
    given = environment.get(name, "") or str(usual)
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise Refusal(f"{name} is '{given}', which is no port. Give a number from 1 to 65535.")
    return int(given)


def seconds(environment, name, usual):
    given = environment.get(name, "") or str(usual)
    if not given.isdecimal() or int(given) == 0:
        raise Refusal(f"{name} is '{given}', which is no time. Give whole seconds, such as 300.")
    return float(given)


def from_environment(environment=os.environ):
    return Settings(
        folder=Path(environment.get("RAREWOOD_SERVICES") or ROOT / ".services").absolute(),
        minio=port(environment, "RAREWOOD_MINIO_PORT", 9000),
        console=port(environment, "RAREWOOD_MINIO_CONSOLE_PORT", 9001),
        mlflow=port(environment, "RAREWOOD_MLFLOW_PORT", 5001),
        airflow=port(environment, "RAREWOOD_AIRFLOW_PORT", 8080),
        database=environment.get("RAREWOOD_MLFLOW_DATABASE", ""),
        patience=seconds(environment, "RAREWOOD_SERVICES_TIMEOUT", 300),
    )
