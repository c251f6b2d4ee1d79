"""`rarewood features` against the same joins in DuckDB, value by value."""

import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from features_by_duckdb import make_tables  # noqa: E402

duckdb = pytest.importorskip("duckdb")


def plain(table):
    """Columns as integers, floats and booleans, stamps as microseconds."""
    columns = {}
    for name in table.column_names:
        values = table[name].combine_chunks()
        if pa.types.is_timestamp(values.type):
            values = values.cast(pa.timestamp("us", values.type.tz)).cast(pa.int64())
        elif pa.types.is_integer(values.type):
            values = values.cast(pa.int64())
        columns[name] = values
    return columns


@pytest.mark.parametrize("point, seconds", [("10min", 600), ("90s", 90)])
def test_same_table_and_keys(rarewood, tmp_path, point, seconds):
    assert rarewood("sample --sessions 20000 --seed 3").returncode == 0
    assert rarewood(f"features --as-of {point}").returncode == 0
    make_tables(duckdb.connect(), tmp_path / "store" / "raw-data", seconds, tmp_path)
    made = tmp_path / "store" / "processed-data"
    for ours, theirs in (("training_data", "table"), ("training_data.keys", "keys")):
        mine = plain(pq.read_table(made / f"{ours}.parquet"))
        other = plain(pq.read_table(tmp_path / f"{theirs}.parquet"))
        assert list(mine) == list(other)
        for name in mine:
            assert mine[name].equals(other[name]), name
