"""THIRD_PARTY.md names every pinned package, with a licence that may be used here."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tool"))
import third_party  # noqa: E402


def test_the_file_is_current():
    assert third_party.OUTPUT.read_text() == third_party.document()


def test_a_pin_without_licence_is_refused():
    with pytest.raises(SystemExit, match="lacks"):
        list(third_party.rows("numpy==2.0.0\n", third_party.PIN))


def test_extras_and_uses_are_read():
    line = "moto[s3]==5.2.5  # Apache-2.0; stand-in S3 server; tests only\n"
    assert list(third_party.rows(line, third_party.PIN)) == [
        ("moto", "5.2.5", "Apache-2.0", "stand-in S3 server; tests only")
    ]


def test_no_agpl_library():
    """mold and MinIO are programs we call; no library may be under the AGPL."""
    for _, source, pattern in third_party.SECTIONS:
        for name, _, licence, _ in third_party.rows((ROOT / source).read_text(), pattern):
            assert "AGPL" not in licence or name in ("mold", "github.com/minio/minio")
