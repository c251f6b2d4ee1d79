# The images of compose.yaml. `docker build --target rarewood .` is the program alone.
# Everything is made by the project's own scripts and lists, as on any other machine. The folder is
# /opt/rarewood in all stages: the program finds its libraries by that path.

# --- Building ---------------------------------------------------------------------------------
FROM debian:12-slim AS packages
WORKDIR /opt/rarewood
COPY tool tool
COPY requirements*.txt ./
RUN bash tool/setup.sh --no-build

FROM packages AS build
COPY . .
RUN bash tool/setup.sh

FROM packages AS mlflow-packages
ENV XDG_CACHE_HOME=/opt/services
RUN ln -s "$(bash tool/service_env.sh mlflow)" /opt/services/mlflow

FROM packages AS airflow-packages
ENV XDG_CACHE_HOME=/opt/services
RUN ln -s "$(bash tool/service_env.sh airflow)" /opt/services/airflow

# --- Running ----------------------------------------------------------------------------------
FROM debian:12-slim AS base
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
COPY tool/apt-run.txt /opt/rarewood/tool/apt-run.txt
# The versions are the distribution's, as tool/apt-run.txt says.
# hadolint ignore=DL3008
RUN apt-get update \
  && sed 's/#.*//' /opt/rarewood/tool/apt-run.txt \
  | xargs apt-get install -y --no-install-recommends \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --create-home --uid 10001 rarewood \
  && install -d -o rarewood /data
WORKDIR /data
USER 10001

FROM base AS mlflow
COPY --from=mlflow-packages /opt/services /opt/services
ENV PATH=/opt/services/mlflow/bin:$PATH
EXPOSE 5001
ENTRYPOINT ["python", "-m", "mlflow"]

FROM base AS rarewood
COPY --from=build /opt/rarewood/.venv /opt/rarewood/.venv
COPY --from=build /opt/rarewood/build/rarewood /opt/rarewood/build/rarewood
ENV PATH=/opt/rarewood/build:$PATH
ENTRYPOINT ["rarewood"]
CMD ["--help"]

FROM rarewood AS airflow
COPY --from=airflow-packages /opt/services /opt/services
COPY airflow/dags /opt/rarewood/airflow/dags
ENV PATH=/opt/services/airflow/bin:$PATH \
  AIRFLOW_HOME=/data \
  AIRFLOW__CORE__DAGS_FOLDER=/opt/rarewood/airflow/dags \
  AIRFLOW__CORE__LOAD_EXAMPLES=False \
  AIRFLOW__CORE__PARALLELISM=2
EXPOSE 8080
ENTRYPOINT ["airflow"]
CMD ["standalone"]

# What `docker build .` makes without a target.
FROM rarewood
