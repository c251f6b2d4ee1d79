"""`rarewood features` from typed words to the files it leaves."""

import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from shop import shop  # noqa: E402

TABLE = "store/processed-data/training_data.parquet"
KEYS = "store/processed-data/training_data.keys.parquet"


@pytest.fixture
def raw(tmp_path):
    for name, text in shop().items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)


def test_writes_the_table_and_its_keys(raw, rarewood, tmp_path):
    answer = rarewood("features --raw raw --as-of 10min")
    assert answer.returncode == 0, answer.stderr
    table, keys = pq.read_table(tmp_path / TABLE), pq.read_table(tmp_path / KEYS)
    assert table.num_rows == keys.num_rows > 150
    assert table.num_columns == 14
    decided = 200 - 24  # one session an hour, an outcome window of a day
    assert sum(table["is_ordered"].to_pylist()) == decided // 7
    of_table, of_keys = table.schema.metadata, keys.schema.metadata
    assert of_table[b"rarewood.prediction_point"] == b"10min"
    assert of_table[b"rarewood.keys_fingerprint"] == of_keys[b"rarewood.fingerprint"]
    assert "Prediction point: at 10 min" in answer.stdout
    assert answer.stdout.isascii() and answer.stderr == ""


def test_the_leaking_table_is_called_leaking(raw, rarewood):
    answer = rarewood("features --raw raw --as-of end --out all.csv")
    assert answer.returncode == 0
    assert "the features tell the outcome" in answer.stderr


def test_options_come_from_file_environment_and_flag(raw, rarewood, tmp_path):
    (tmp_path / "rarewood.toml").write_text("[features]\nas_of = 'page:2'\nraw = 'raw'\n")

    def point(*words, **environment):
        answer = rarewood(["features", *words], **environment)
        return answer.stdout.split("Prediction point: ")[1].split("\n")[0]

    assert point() == "at page 2"
    assert point(RAREWOOD_AS_OF="page:3") == "at page 3"
    assert point("--as-of", "page:4", RAREWOOD_AS_OF="page:3") == "at page 4"


def test_equal_bytes_for_any_number_of_threads(raw, rarewood, tmp_path):
    written = set()
    for jobs in (1, 3):
        assert rarewood(f"features --raw raw --n-jobs {jobs}").returncode == 0
        written.add(((tmp_path / TABLE).read_bytes(), (tmp_path / KEYS).read_bytes()))
    assert len(written) == 1
