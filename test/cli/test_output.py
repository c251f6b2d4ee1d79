"""What goes where: results to stdout, the rest to stderr, secrets nowhere."""

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from tables import VISITS  # noqa: E402

TRAIN = "train t.csv --target bought --exclude visit --figures none --n-estimators 20"


@pytest.fixture
def visits(tmp_path):
    (tmp_path / "t.csv").write_text(VISITS)


def test_plain_is_ascii_and_the_default_is_not(visits, rarewood):
    plain, usual = rarewood(TRAIN + " --plain"), rarewood(TRAIN)
    assert plain.returncode == usual.returncode == 0
    assert plain.stdout.isascii() and plain.stderr.isascii()
    assert "✅ TRAINING COMPLETE!" in usual.stdout
    assert "TRAINING COMPLETE!" in plain.stdout
    assert "\x1b" not in usual.stdout + usual.stderr


def test_results_do_not_change_with_the_log_level(visits, rarewood):
    def report(level):
        answer = rarewood(f"{TRAIN} --log-level {level}")
        lines = [x for x in answer.stdout.splitlines() if "Run ID" not in x and "journal" not in x]
        return lines, answer.stderr

    errors_only, told_nothing = report("error")
    everything, _ = report("debug")
    assert errors_only == everything
    assert told_nothing == ""


def test_what_a_strategy_stands_for_is_told(visits, rarewood):
    answer = rarewood(TRAIN + " --strategy class_weight")
    assert "Strategy class_weight: --learner forest --balance class_weight" in answer.stderr
    assert "--n-estimators 20 (as you said, not 100) --max-depth 10" in answer.stderr


def test_secrets_are_nowhere(visits, rarewood, tmp_path):
    answer = rarewood(
        TRAIN + " --json run.json --log-level debug --s3-secret-key hush-flag",
        AWS_ACCESS_KEY_ID="hush-id",
        RAREWOOD_TRACKING_PASSWORD="hush-password",
    )
    assert answer.returncode == 0, answer.stderr
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"hush" not in written
    assert "hush" not in answer.stdout + answer.stderr
    assert "max_depth" in json.loads((tmp_path / "run.json").read_text())["params"]


def test_a_variable_that_is_no_option_is_told_once(visits, rarewood):
    answer = rarewood(TRAIN + " --plain", RAREWOOD_N_ESTIMATOR="5", RAREWOOD_MINIO_PORT="9000")
    assert answer.returncode == 0
    said = [line for line in answer.stderr.splitlines() if "RAREWOOD_" in line]
    assert said == ["warning: RAREWOOD_N_ESTIMATOR is set, but is no option and does nothing. "
                    "Did you mean 'RAREWOOD_N_ESTIMATORS'?"]  # fmt: skip
