"""Tables read by rarewood against pandas and pyarrow reading the same files."""

import csv
import io
import json
import random
import subprocess

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

WORDS = ["a", "b c", 'say "x"', "comma,semi;tab\tbar|", "two\nlines", "ünï", " blank ", "0x1F"]


@pytest.fixture
def copy(probe, tmp_path):
    """What rarewood reads from a file, as an Arrow table."""

    def read(path):
        out = tmp_path / "copy.parquet"
        subprocess.run([probe("table_probe"), "copy", path, out], check=True)
        return pq.read_table(out)

    return read


def assert_same_column(ours, peer, where):
    """`ours` from rarewood, `peer` from pandas' read_csv without types given."""
    values = ours.to_pandas()
    missing = peer.isna()
    assert (values.isna() == missing).all(), where
    if pa.types.is_timestamp(ours.type) or pa.types.is_date(ours.type):
        theirs = pd.to_datetime(peer[~missing], format="ISO8601")
        assert (pd.to_datetime(values[~missing]).values == theirs.values).all(), where
    elif pa.types.is_null(ours.type):
        assert missing.all(), where
    elif pa.types.is_string(ours.type):
        assert (values[~missing] == peer[~missing].astype(str)).all(), where
    else:
        assert peer.dtype != object or pa.types.is_boolean(ours.type), where
        assert (values[~missing].astype(float) == peer[~missing].astype(float)).all(), where


def assert_same(ours, peer, where):
    assert ours.column_names == [str(name).strip() for name in peer.columns], where
    for name, (_, column) in zip(ours.column_names, peer.items(), strict=True):
        assert_same_column(ours[name], column, (where, name))


def read_csv(path, separator):
    """By pandas, but for digits behind zeros: those name something and stay text."""
    table = pd.read_csv(path, sep=separator, float_precision="round_trip")
    texts = pd.read_csv(path, sep=separator, dtype=str)
    for name in table.select_dtypes("integer"):
        if texts[name].str.strip().str.fullmatch(r"-?0[0-9]+").any():
            table[name] = texts[name]
    return table


def test_real_files(copy, shared):
    paths = sorted(shared.glob("data/*/*.csv"))
    assert len(paths) > 10
    for path in paths:
        separator = ";" if "online_shoppers" in path.name else ","
        assert_same(copy(path), read_csv(path, separator), path.name)


def random_column(draw, rows):
    kind = draw.choice(["int", "float", "bool", "text", "date", "stamp", "mixed", "none", "late"])
    cells = {
        "int": lambda i: str(draw.randint(-(10**12), 10**12)),
        "float": lambda i: repr(draw.gauss(0, 10 ** draw.randint(-300, 300))),
        "bool": lambda i: draw.choice(["true", "False", "TRUE"]),
        "text": lambda i: draw.choice(WORDS),
        "date": lambda i: f"20{draw.randint(10, 30)}-0{draw.randint(1, 9)}-{draw.randint(10, 28)}",
        "stamp": lambda i: f"2012-03-{draw.randint(10, 28)} 08:{draw.randint(10, 59)}:16",
        "mixed": lambda i: draw.choice(["1", "2.5", "-7", "1e3"]),
        "none": lambda i: "",
        "late": lambda i: "x" if i == rows - 1 else str(i),
    }[kind]
    share = draw.choice([0, 0, 0.3])
    nothing = ["", "NULL", "NA", "NaN", "null", "None", "N/A"]
    return [draw.choice(nothing) if draw.random() < share else cells(i) for i in range(rows)]


@pytest.mark.parametrize("seed", range(40))
def test_random_text_tables(copy, tmp_path, seed):
    draw = random.Random(seed)
    rows = draw.randint(3, 300)
    columns = [random_column(draw, rows) for _ in range(draw.randint(2, 9))]
    separator = draw.choice([",", ";", "\t", "|"])
    text = io.StringIO()
    writer = csv.writer(
        text,
        delimiter=separator,
        lineterminator=draw.choice(["\n", "\r\n"]),
        quoting=draw.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    )
    writer.writerow([f"column {i}" for i in range(len(columns))])
    writer.writerows(zip(*columns, strict=True))
    path = tmp_path / "table.csv"
    mark = draw.choice(["", "\ufeff"])
    path.write_text(mark + text.getvalue(), encoding="utf-8", newline="")
    assert_same(copy(path), read_csv(path, separator), seed)


def some_frame():
    return pd.DataFrame(
        {
            "int": [1, 2, 3],
            "nullable": pd.array([1, None, 3], dtype="Int32"),
            "float": np.array([0.5, np.nan, 2], dtype="float32"),
            "text": ["a", None, "c"],
            "category": pd.Categorical(["x", "y", "x"]),
            "bool": [True, False, True],
            "at": pd.to_datetime(["2012-03-19 08:04:16", None, "2015-01-01 00:00:00"]),
            "zoned": pd.to_datetime(["2012-03-19 08:04:16"] * 3).tz_localize("Europe/Berlin"),
        }
    )


@pytest.mark.parametrize("compression", ["none", "snappy", "gzip", "zstd", "brotli", "lz4"])
@pytest.mark.parametrize("page", ["1.0", "2.0"])
def test_parquet_of_pandas(copy, tmp_path, compression, page):
    path = tmp_path / "table.parquet"
    table = pa.Table.from_pandas(some_frame())
    pq.write_table(table, path, compression=compression, data_page_version=page, row_group_size=2)
    ours = copy(path)
    for name in table.column_names:
        theirs = table[name]
        if pa.types.is_dictionary(theirs.type):
            theirs = theirs.cast(pa.string())
        assert ours[name].combine_chunks() == theirs.combine_chunks().cast(ours[name].type), name


def test_parquet_of_duckdb(copy, tmp_path):
    path = tmp_path / "table.parquet"
    duckdb.sql(
        "select (i % 256)::utinyint a, i::hugeint b, (i / 3)::decimal(9, 3) c, 'w' || (i % 5) d,"
        " date '2020-01-01' + i::int e, i % 2 = 0 f from range(1000) t(i)"
    ).write_parquet(str(path))
    ours = copy(path).to_pandas()
    theirs = duckdb.sql(f"select * from '{path}'").df()
    for name in "abcdf":
        assert (ours[name] == theirs[name].astype(ours[name].dtype)).all(), name
    assert (pd.to_datetime(ours["e"]) == pd.to_datetime(theirs["e"])).all()


def test_nested_columns_are_refused_by_name(probe, tmp_path):
    path = tmp_path / "table.parquet"
    pq.write_table(pa.table({"a": [1, 2], "tags": [[1], []], "y": [0, 1]}), path)
    command = [probe("table_probe"), "load", path, '{"target": "y"}', tmp_path / "out"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 3
    assert "'tags' is nested" in done.stderr
    command[3] = '{"target": "y", "exclude": "tags"}'
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture
def load(probe, tmp_path):
    """What training sees: (description, features as float32 columns, labels)."""

    def read(path, rows, options):
        out = tmp_path / "columns"
        command = [probe("table_probe"), "load", path, json.dumps(options), out]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        values = np.fromfile(out, dtype="float32").reshape(-1, rows)
        return json.loads(done.stdout), values[:-1], values[-1]

    return read


def encoded_by_pandas(column, categories):
    if categories:
        codes = pd.Categorical(column, categories=categories).codes.astype("float32")
        return np.where(codes < 0, np.float32("nan"), codes)
    return column.astype("float32").to_numpy()


def test_online_shoppers_as_training_sees_them(load, shared):
    path = shared / "data/online_shoppers/online_shoppers_intention.csv"
    frame = read_csv(path, ";")
    told, columns, labels = load(path, len(frame), {"target": "Revenue"})
    assert [feature["name"] for feature in told["features"]] == list(frame.columns[:-1])
    assert told["classes"] == ["FALSE", "TRUE"]
    assert (labels == frame["Revenue"]).all()
    for feature, ours in zip(told["features"], columns, strict=True):
        theirs = frame[feature["name"]]
        if theirs.dtype == object:
            assert feature["categories"] == sorted(theirs.unique())
        assert np.array_equal(
            ours, encoded_by_pandas(theirs, feature["categories"]), equal_nan=True
        ), feature["name"]


def test_sessions_as_training_sees_them(load, shared):
    path = shared / "data/maven_slice/website_sessions.csv"
    frame = read_csv(path, ",")
    told, columns, labels = load(path, len(frame), {"target": "is_repeat_session"})
    left_out = {name: note["undo"] for name, note in told["notes"].items() if note["undo"]}
    assert left_out == {
        name: f"--include {name}" for name in ["website_session_id", "created_at", "user_id"]
    }
    assert told["classes"] == ["0", "1"]
    assert labels.sum() == frame["is_repeat_session"].sum()
    for feature, ours in zip(told["features"], columns, strict=True):
        theirs = encoded_by_pandas(frame[feature["name"]], feature["categories"])
        assert np.array_equal(ours, theirs, equal_nan=True), feature["name"]
