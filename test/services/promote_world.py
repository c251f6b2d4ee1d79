"""A champion and two challengers in a real S3 store and in a registry, and programs that work on
them through proxies which fail on cue."""

import copy
import hashlib
import json
import os
import random
import subprocess
from dataclasses import dataclass, field

from fault_proxy import Fault
from trainer import NAMES, Ended, Trainer

SERVER_STATE = ("experiments", "runs", "models", "registered", "versions", "files")
COLUMNS = "--target bought --split time --time-column day --test-size 0.5"
TRAIN = f"train visits.csv {COLUMNS} --n-estimators 3 --figures none --store s3://"
NAMED = "--registered-model classification_model"


def dated_visits(rows=1500):
    draw = random.Random(5)
    lines = ["day,depth,bought"]
    for row in range(rows):
        depth = draw.randint(1, 6)
        day = f"2026-{1 + row * 3 // rows:02}-{1 + row * 84 // rows % 28:02}"
        lines.append(f"{day},{depth},{int(draw.random() < 0.08 * depth)}")
    return "\n".join(lines) + "\n"


@dataclass
class Place:
    """A request of a program: at the store ("s3") or at the registry ("mlflow"), by its number."""

    server: str
    number: int


@dataclass
class World:
    program: object
    s3: object  # S3Server
    registry: object  # FakeMlflow
    registry_url: str
    folder: object
    proxies: dict  # "s3", "mlflow" -> FaultProxy
    start: dict = field(default_factory=dict)  # what lies in the bucket before each fault
    known: dict = field(default_factory=dict)  # what the registry knows then

    def __post_init__(self):
        self.store = Trainer(self.program, self.s3, self.folder)

    def launch(self, words, proxied=False):
        s3_url = self.proxies["s3"].url if proxied else self.s3.url
        variables = self.s3.environment(AWS_ENDPOINT_URL=s3_url)
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("RAREWOOD_", "AWS_", "MLFLOW_"))}
        registry = self.proxies["mlflow"].url if proxied else self.registry_url
        process = subprocess.Popen(
            [self.program, *words.split(), "--tracking-uri", registry],
            cwd=self.folder,
            env=kept | {"LC_ALL": "C.UTF-8"} | variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for proxy in self.proxies.values() if proxied else ():
            proxy.program = process
        return process

    def run(self, words):
        ended = Ended(self.launch(words))
        assert ended.code == 0, ended.told
        return ended

    def begin(self, words, place=None, kind=""):
        """The process of these words, which meets a fault at that request, if any."""
        for name, proxy in self.proxies.items():
            hit = place is not None and place.server == name
            proxy.start_over(Fault(kind, place.number) if hit else None)
        return self.launch(words, proxied=True)

    def make(self):
        self.store.put({})
        (self.folder / "visits.csv").write_text(dated_visits())
        self.run(f"{TRAIN} --random-state 1")
        self.run(f"{TRAIN} --random-state 2 --model models/a {NAMED}")
        self.run(f"{TRAIN} --random-state 3 --model models/b {NAMED}")
        self.start = {key: self.store.get(key) for key in self.store.keys()}
        self.known = copy.deepcopy({name: getattr(self.registry, name) for name in SERVER_STATE})

    def reset(self):
        self.store.put(self.start)
        for name, value in copy.deepcopy(self.known).items():
            setattr(self.registry, name, value)

    def places(self, words):
        """Every request that these words come to."""
        self.reset()
        ended = Ended(self.begin(words))
        assert ended.code == 0, ended.told
        return [
            Place(name, k + 1) for name, proxy in self.proxies.items() for k in range(len(proxy.seen))
        ]

    def model(self, name):
        """The two files of "classification_model", "a" or "b" as they were at the start."""
        return {ending: self.start[f"{name}{ending}"] for ending in (".onnx", ".pkl")}

    def champion_files(self):
        saved = self.store.saved()
        return {".onnx": saved.get(NAMES[0]), ".pkl": saved.get(NAMES[1])}

    def champion_version(self):
        return self.registry.registered["classification_model"]["champion"]

    def model_of_version(self, number):
        tags = self.registry.versions[int(number) - 1]["tags"]
        return next(tag["value"] for tag in tags if tag["key"] == "rarewood.model_id")

    def assert_one_champion(self):
        """Both files are of one model, and the registry calls that one champion."""
        files = self.champion_files()
        assert files[".onnx"] in files[".pkl"]
        model = hashlib.sha256(files[".onnx"]).hexdigest()[:16]
        assert self.model_of_version(self.champion_version()) == model
        return model


def promote_words(challenger, more=""):
    return (
        f"promote models/{challenger} --table visits.csv --store s3:// --margin 0.3 "
        f"--calibration-tolerance 0.9 --json {challenger}.json {more}"
    )


def decision(world, challenger):
    return json.loads((world.folder / f"{challenger}.json").read_text())
