"""What the tests of tracking share: the probe that sends a made-up run."""

import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOREIGN = ("RAREWOOD_", "MLFLOW_")


def find_probe():
    for build in (os.environ.get("RAREWOOD_BUILD", "build"), "build-dev"):
        probe = ROOT / build / "test" / "track_probe"
        if probe.exists():
            return probe
    pytest.skip("track_probe is not built: configure with -DRAREWOOD_TESTS=ON")


def probe_environment(uri, **environment):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(FOREIGN)}
    return kept | {"MLFLOW_TRACKING_URI": uri, "PROBE_TIMEOUT": "40"} | environment


def send(journal, uri, *words, **environment):
    """Run the probe; its result, or an AssertionError with what it said."""
    done = subprocess.run(
        [find_probe(), journal, *words],
        env=probe_environment(uri, **environment),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def sent_state(result):
    return json.loads((Path(result["folder"]) / "sent.json").read_text())
