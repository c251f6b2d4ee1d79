"""A small model trained in S3, the program under test, and what lies in the store afterwards."""

import json
import os
import random
import subprocess

from probe import tidy_environment

MODEL = "classification_model"
NAMES = (f"{MODEL}.onnx", f"{MODEL}.pkl")


def visits(rows=3000):
    rng = random.Random(7)
    lines = ["source,depth,hour,bought"]
    for _ in range(rows):
        depth = rng.randrange(12)
        bought = int(rng.random() < 0.02 + 0.03 * depth)
        lines.append(f"{rng.choice('abc')},{depth},{rng.randrange(24)},{bought}")
    return "\n".join(lines) + "\n"


class Trainer:
    """Trains through `url`, by default the server's own address; its journal is in `folder`."""

    def __init__(self, program, server, folder):
        self.program = program
        self.server = server
        self.folder = folder
        self.words = "s3://processed-data/visits.csv --store s3://"
        self.s3 = server.client()
        self.s3.put_object(Bucket="processed-data", Key="visits.csv", Body=visits().encode())

    def start(self, seed, *more, url=None, **environment):
        words = f"train {self.words} --target bought --figures none --n-estimators 3"
        variables = self.server.environment(AWS_ENDPOINT_URL=url or self.server.url, **environment)
        return subprocess.Popen(
            [self.program, *words.split(), "--random-state", str(seed), *more],
            cwd=self.folder,
            env=tidy_environment(LC_ALL="C.UTF-8", **variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, seed, *more, **settings):
        return Ended(self.start(seed, *more, **settings))

    def keys(self):
        return [o["Key"] for o in self.s3.list_objects_v2(Bucket="models").get("Contents", [])]

    def get(self, key):
        return self.s3.get_object(Bucket="models", Key=key)["Body"].read()

    def saved(self):
        """The two fixed names that are there, with their bytes."""
        present = self.keys()
        return {name: self.get(name) for name in NAMES if name in present}

    def put(self, files):
        """Exactly these files in the bucket."""
        for key in set(self.keys()) - set(files):
            self.s3.delete_object(Bucket="models", Key=key)
        for key, content in files.items():
            self.s3.put_object(Bucket="models", Key=key, Body=content)

    def record(self):
        newest = max((self.folder / "runs").glob("*/run.json"), key=os.path.getmtime)
        return json.loads(newest.read_text(), parse_constant=refuse_constant)


def refuse_constant(name):
    raise AssertionError(f"{name} in a run record")


class Ended:
    """What a process came to; its words carry no secret and no number that is none."""

    def __init__(self, process):
        self.out, self.told = process.communicate(timeout=120)
        self.code = process.returncode
        said = (self.out + self.told).lower()
        assert "minio_password" not in said and "minio_admin" not in said
        assert not {"nan", "-nan", "inf"} & set(said.replace(",", " ").split())

    @property
    def errors(self):
        return [line for line in self.told.splitlines() if line.startswith("error: ")]
