"""Where MinIO is, for the tests that start it."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def find_minio():
    """The program, or None: building it is the set-up's business."""
    command = ["bash", "tool/minio.sh", "--no-build"]
    found = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    return found.stdout.strip() if found.returncode == 0 else None
