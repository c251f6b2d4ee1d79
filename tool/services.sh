#!/usr/bin/env bash
# Real MinIO, MLflow and Airflow on this machine, for trying rarewood out:
#   tool/services.sh up|status|down|env [minio] [mlflow] [airflow]
# docs/guide/services.md says more.
set -euo pipefail
folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
[[ -x $folder/.venv/bin/python ]] || bash "$folder/tool/setup.sh" --no-build
exec "$folder/.venv/bin/python" "$folder/tool/services" "$@"
