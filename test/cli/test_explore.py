"""`rarewood explore`: what a table says of the event before any model, held against pandas and scipy."""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_matrix
from scipy.stats import binomtest
from sklearn.metrics import mutual_info_score
from sklearn.metrics.cluster import expected_mutual_information

sys.path.insert(0, str(Path(__file__).parent))
from shop import shop  # noqa: E402


def table(rows=3000):
    draw = np.random.default_rng(5)
    frame = pd.DataFrame(
        {
            "day": pd.Timestamp("2024-01-01") + pd.to_timedelta(draw.integers(0, 100, rows), "D"),
            "source": draw.choice(["ads", "mail", "search"], rows, p=[0.2, 0.3, 0.5]),
            "pages": draw.integers(1, 7, rows),
            "price": draw.gamma(2, 30, rows).round(2),
            "colour_red": False,
            "colour_blue": False,
        }
    )
    colour = draw.integers(0, 3, rows)
    frame["colour_red"] = colour == 1
    frame["colour_blue"] = colour == 2
    frame.loc[draw.random(rows) < 0.1, "price"] = np.nan
    chance = 0.02 * frame.pages + 0.1 * (frame.source == "mail")
    return frame.assign(bought=(draw.random(rows) < chance).astype(int))


@pytest.fixture
def explored(rarewood, tmp_path):
    frame = table()
    frame.to_csv(tmp_path / "visits.csv", index=False)
    answer = rarewood("explore visits.csv --target bought --time day --json out.json --plain".split())
    assert answer.returncode == 0, answer.stderr
    return frame, answer.stdout, json.loads((tmp_path / "out.json").read_text())


def profile(result, name):
    return next(each for each in result["columns"] if each["column"] == name)


def test_rates_are_pandas_and_intervals_scipys(explored):
    frame, _, result = explored
    assert result["rows"] == len(frame)
    assert result["base_rate"] == pytest.approx(frame.bought.mean())
    for column in ("source", "pages"):
        by_value = frame.groupby(column).bought.agg(["size", "sum"])
        values = {each["value"]: each for each in profile(result, column)["values"]}
        assert set(values) == {str(value) for value in by_value.index}
        for value, (rows, positives) in by_value.iterrows():
            each = values[str(value)]
            assert (each["rows"], each["positives"]) == (rows, positives)
            assert each["lift"] == pytest.approx(positives / rows / frame.bought.mean())
            wilson = binomtest(int(positives), int(rows)).proportion_ci(method="wilson")
            assert each["interval"]["low"] == pytest.approx(wilson.low, abs=1e-9)
            assert each["interval"]["high"] == pytest.approx(wilson.high, abs=1e-9)


def adjusted_information(column, outcome):
    """Share of the outcome's entropy, adjusted for chance by scikit-learn's expected mutual information."""
    counts = pd.crosstab(column, outcome).to_numpy()
    expected = expected_mutual_information(csr_matrix(counts), counts.sum())
    entropy = mutual_info_score(outcome, outcome)
    return (mutual_info_score(column, outcome) - expected) / (entropy - expected)


def test_explained_is_the_mutual_information_adjusted_for_chance(explored):
    frame, _, result = explored
    for column in ("source", "pages"):
        wanted = adjusted_information(frame[column], frame.bought)
        assert profile(result, column)["explained"] == pytest.approx(wanted, abs=1e-9)
    strengths = [each["explained"] for each in result["columns"]]
    assert strengths == sorted(strengths, reverse=True)
    assert result["columns"][0]["column"] in ("pages", "source")


def test_levels_shown_together_still_explain(rarewood, tmp_path):
    draw = np.random.default_rng(7)
    code = draw.integers(0, 200, 6000)
    frame = pd.DataFrame({"code": [f"c{each}" for each in code], "noise": draw.integers(0, 1000, 6000)})
    frame["noise"] = "n" + frame.noise.astype(str)
    frame["bought"] = ((code % 12 == 0) & (draw.random(6000) < 0.9)).astype(int)
    frame.to_csv(tmp_path / "codes.csv", index=False)
    answer = rarewood("explore codes.csv --target bought --json out.json --plain".split())
    assert answer.returncode == 0, answer.stderr
    result = json.loads((tmp_path / "out.json").read_text())
    code = profile(result, "code")
    assert len(code["values"]) == 21 and code["explained"] > 0.7
    assert code["explained"] == pytest.approx(adjusted_information(frame.code, frame.bought), abs=1e-9)
    assert profile(result, "noise")["explained"] == 0


def test_ranges_hold_all_rows_and_missing_ones_stand_apart(explored):
    frame, _, result = explored
    price = profile(result, "price")
    assert price["missing"] == frame.price.isna().sum()
    assert len(price["values"]) == 11
    assert price["values"][-1]["value"] == "missing"
    assert sum(each["rows"] for each in price["values"]) == len(frame)
    sizes = [each["rows"] for each in price["values"][:-1]]
    assert max(sizes) - min(sizes) < 20
    assert float(price["median"]) == pytest.approx(frame.price.median(), abs=0.2)


def test_one_hot_columns_are_shown_together(explored):
    frame, text, result = explored
    colour = profile(result, "colour")
    rows = {each["value"]: each["rows"] for each in colour["values"]}
    neither = (~frame.colour_red & ~frame.colour_blue).sum()
    assert rows == {"red": frame.colour_red.sum(), "blue": frame.colour_blue.sum(),
                    "none of these": neither}  # fmt: skip
    assert "their rate is no level's rate" in text
    assert not [each for each in result["columns"] if each["column"] == "colour_red"]


def test_time_is_shown_by_week(explored):
    frame, text, result = explored
    weeks = frame.groupby(frame.day.dt.to_period("W-SUN")).bought.agg(["size", "sum"])
    over_time = result["over_time"]["values"]
    assert [each["rows"] for each in over_time] == list(weeks["size"])
    assert [each["positives"] for each in over_time] == list(weeks["sum"])
    assert "By week of day\n" in text


def test_the_dictionary_names_every_column(explored):
    frame, text, result = explored
    assert [each["name"] for each in result["dictionary"]] == list(frame.columns)
    assert next(e for e in result["dictionary"] if e["name"] == "bought")["role"] == "target"
    for name in frame.columns:
        assert f"   {name} " in text
    assert text.isascii()


def test_columns_asked_for_are_shown_alone(rarewood, tmp_path):
    table().to_csv(tmp_path / "visits.csv", index=False)
    words = "explore visits.csv --target bought --columns colour_red,pages --json out.json"
    assert rarewood(words.split()).returncode == 0
    shown = [each["column"] for each in json.loads((tmp_path / "out.json").read_text())["columns"]]
    assert sorted(shown) == ["colour_red", "pages"]


def test_the_stores_own_table_is_shown_over_time(rarewood, tmp_path):
    for name, text in shop().items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    built = rarewood("features --raw raw --as-of page:2 --store store --outcome-window 30min".split())
    assert built.returncode == 0, built.stderr
    answer = rarewood("explore --store store --json out.json".split())
    assert answer.returncode == 0, answer.stderr
    result = json.loads((tmp_path / "out.json").read_text())
    assert result["prediction_point"] == "page:2"
    assert sum(each["rows"] for each in result["over_time"]["values"]) == result["rows"]


def test_wide_tables_are_shown_in_part(rarewood, tmp_path):
    draw = np.random.default_rng(2)
    frame = pd.DataFrame({f"x{i}": draw.integers(0, 3, 500) for i in range(60)})
    frame["sure"] = draw.random(500) < 0.3
    frame["bought"] = (draw.random(500) < np.where(frame.sure, 0.6, 0.1)).astype(int)
    frame.to_csv(tmp_path / "wide.csv", index=False)
    answer = rarewood("explore wide.csv --target bought --plain --json out.json".split())
    assert answer.returncode == 0, answer.stderr
    assert "   and 22 more columns: --json FILE has all\n" in answer.stdout
    assert "   and 41 more columns: --columns NAMES shows some, --json FILE has all\n" in answer.stdout
    assert answer.stdout.count("takes away") + answer.stdout.count("than chance may make") == 20
    result = json.loads((tmp_path / "out.json").read_text())
    assert len(result["dictionary"]) == 62 and len(result["columns"]) == 61
    assert [each["value"] for each in profile(result, "sure")["values"]] == ["false", "true"]
    names = ",".join(f"x{i}" for i in range(25))
    answer = rarewood(f"explore wide.csv --target bought --columns {names}".split())
    assert "--columns NAMES" not in answer.stdout and "\nx24 (" in answer.stdout
