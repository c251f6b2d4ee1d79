"""`rarewood horizon` from typed words to figures, and beside `features` and `train`."""

import json
import sys
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from shop import shop  # noqa: E402

POPULATIONS = ["at_risk", "active"]
FIGURES = [
    "orders_ahead", "auc_roc", "average_precision", "f1_score", "precision", "recall",
    "f1_flag_all", "recall_at_top_10_percent", "median_lead_minutes",
]  # fmt: skip


@pytest.fixture(scope="module")
def store(program, tmp_path_factory):
    """A simulated shop of 20,000 sessions."""
    import subprocess

    folder = tmp_path_factory.mktemp("shop")
    words = [program, "sample", "--store", folder, "--sessions", "20000"]
    subprocess.run(words, check=True, capture_output=True)
    return folder


@pytest.fixture
def horizon(store, rarewood, tmp_path):
    """horizon("--points 10min") -> (the JSON, the answer)"""

    def run(words, source=f"--store {store}"):
        answer = rarewood(f"horizon {source} --json h.json --plain --draws 200 {words}")
        assert answer.returncode == 0, answer.stderr
        return json.loads((tmp_path / "h.json").read_text()), answer

    return run


def at(found, as_of, population="at_risk"):
    (point,) = [p for p in found["points"] if (p["as_of"], p["population"]) == (as_of, population)]
    return point


def test_points_come_in_order_with_all_figures(horizon, tmp_path):
    found, answer = horizon("--points page:3,10min,12min,5min")
    seen = [(p["as_of"], p["population"]) for p in found["points"]]
    assert seen == [(a, p) for a in ("5min", "10min", "12min", "page:3") for p in POPULATIONS]
    for point in found["points"]:
        assert point["reason"] is None
        for name in FIGURES:
            low, high = point["intervals"][name]["low"], point["intervals"][name]["high"]
            assert low <= point[name] <= high, (point["as_of"], name)
    assert found["data"]["simulated"] and "(simulated data)" in answer.stdout
    assert answer.stdout.isascii()
    assert (tmp_path / "reports" / "figures" / "horizon.png").read_bytes()[:4] == b"\x89PNG"
    (run,) = (tmp_path / "runs").iterdir()
    record = json.loads((run / "run.json").read_text())
    assert record["command"] == "horizon"
    by_name = {s["name"]: s for s in record["slices"]}
    assert by_name["at_risk_10min"]["metrics"]["auc_roc"] == at(found, "10min")["auc_roc"]
    assert (run / "artifacts" / "horizon.json").exists()


def test_a_point_is_what_features_and_train_make_of_it(horizon, store, rarewood, tmp_path):
    """Same rows, same left out, same parts by the hash of the session, so the same model."""
    found, _ = horizon("--points 10min --judged-on test")
    point = at(found, "10min")
    rarewood(f"features --store {store} --as-of 10min")
    keys = pq.read_table(store / "processed-data" / "training_data.keys.parquet")
    facts = {k.decode(): v.decode() for k, v in keys.schema.metadata.items()}
    assert point["at_risk"] == keys.num_rows == int(facts["rarewood.rows"])
    assert point["positives"] == int(facts["rarewood.positives"])
    assert point["left_out"] == json.loads(facts["rarewood.left_out"])
    assert at(found, "10min", "active")["at_risk"] == int(facts["rarewood.active"])
    answer = rarewood(
        f"train --store {store} --split hash --strategy steady --figures none --json t.json"
    )
    assert answer.returncode == 0, answer.stderr
    trained = json.loads((tmp_path / "t.json").read_text())
    assert point["judged_rows"] == trained["data"]["test_rows"]
    assert point["threshold"] == pytest.approx(trained["metrics"]["threshold"], abs=1e-9)
    for name in ("auc_roc", "average_precision", "f1_score", "precision", "recall"):
        assert point[name] == pytest.approx(trained["metrics"][name], abs=1e-9), name
    flag_all = [b for b in trained["baselines"] if b["name"] == "flag_all"][0]
    assert point["f1_flag_all"] == pytest.approx(flag_all["metrics"]["f1_score"], abs=1e-9)
    active = trained["slices"][0]["metrics"]
    assert at(found, "10min", "active")["auc_roc"] == pytest.approx(active["auc_roc"], abs=1e-9)


def test_no_point_knows_more_than_the_truth(horizon, store):
    """The simulation wrote each session's true chance: its AUC is a ceiling, and nearly reached
    where the model knows when the last page was."""
    from sklearn.metrics import roc_auc_score

    found, _ = horizon("--points 5min,8min,10min,12min --judged-on out_of_fold --repeats 1 "
                       "--minutes-since-last-page")  # fmt: skip
    raw = {
        name: pq.read_table(store / "raw-data" / f"{name}.parquet").to_pandas()
        for name in ("truth", "orders")
    }
    truth = raw["truth"].set_index("website_session_id")
    ordered = truth.index.isin(raw["orders"]["website_session_id"])
    for as_of in ("5min", "8min", "10min", "12min"):
        chance = truth[f"p_{as_of}"]
        there = chance.notna().to_numpy()  # those that have ordered by then have none
        ceiling = roc_auc_score(ordered[there], chance[there])
        point = at(found, as_of)
        assert point["auc_roc"] < ceiling + 0.005, as_of
        assert point["intervals"]["auc_roc"]["high"] > ceiling - 0.01, as_of


def test_draws_of_a_point_do_not_depend_on_the_other_points_or_threads(horizon):
    alone, _ = horizon("--points 10min --figure none --n-jobs 1")
    beside, _ = horizon("--points 8min,10min --figure none --n-jobs 3")
    one, two = at(alone, "10min"), at(beside, "10min")
    assert one["intervals"] == two["intervals"]
    gain = two["over_previous"]["auc_roc"]
    assert gain["difference"] == pytest.approx(two["auc_roc"] - at(beside, "8min")["auc_roc"])
    # paired: narrower than if the two were drawn apart
    widths = [p["intervals"]["auc_roc"]["high"] - p["intervals"]["auc_roc"]["low"]
              for p in (two, at(beside, "8min"))]  # fmt: skip
    assert gain["high"] - gain["low"] < 0.95 * np.hypot(*widths)
    assert one["over_previous"] == {}


def test_the_answer_follows_the_targets(horizon):
    found, answer = horizon("--points 5min,10min,12min --figure none")
    assert {"population": "at_risk", "axis": "minutes", "as_of": "10min"} in found["answers"]
    assert "How early: at 10min" in answer.stdout
    found, answer = horizon("--points 5min,10min,12min --figure none --min-f1-score 0.9")
    assert all(a["as_of"] is None for a in found["answers"])
    assert "How early: at none of the times" in answer.stdout


def test_the_end_leaks_and_is_no_answer(horizon):
    found, answer = horizon("--points end,url:/cart --figure none")
    end = at(found, "end")
    assert end["leaks"] and end["auc_roc"] == 1
    assert [p["as_of"] for p in found["points"]] == ["url:/cart", "url:/cart", "end"]
    assert found["answers"] == [] and " ! end" in answer.stdout
    assert " ! leaks" in answer.stdout


def test_one_alert_a_session(horizon):
    found, answer = horizon("--points 5min,8min,10min,12min,15min --alert-once --figure none")
    alert = found["alert_once"]
    assert [look["as_of"] for look in alert["looks"]] == ["5min", "8min", "10min", "12min", "15min"]
    alerts = sum(look["alerts"] for look in alert["looks"])
    assert alerts == pytest.approx(alert["alerted"] * found["data"]["judged_sessions"], rel=0.01)
    best_single = max(p["f1_score"] for p in found["points"] if p["population"] == "at_risk")
    assert alert["f1_score"] > best_single > alert["f1_flag_all"]
    assert "One alert a session" in answer.stdout


def test_points_that_cannot_be_judged_say_why(horizon):
    found, answer = horizon("--points 10min,25min,3000d --figure none")
    assert at(found, "10min")["reason"] is None
    assert "too few to judge" in at(found, "25min")["reason"]
    assert "undecided when the data ends" in at(found, "3000d")["reason"]
    assert "NaN" not in json.dumps(found) and "nan" not in answer.stdout


def test_few_orders_are_judged_out_of_fold(rarewood, tmp_path):
    for name, text in shop(400).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    answer = rarewood("horizon --raw raw --points 5min,10min --alert-once --json h.json --plain")
    assert answer.returncode == 0, answer.stderr
    found = json.loads((tmp_path / "h.json").read_text())
    assert found["data"]["judged_on"] == "out_of_fold"
    assert "out of fold" in answer.stderr and "simulated" not in answer.stdout
    point = at(found, "10min")
    assert point["judged_rows"] == point["at_risk"]
    assert point["threshold"] is None  # each fold has its own


def test_an_earlier_end_of_the_data_is_counted_to(horizon, shared):
    found, answer = horizon(
        "--points 0min,10min --figure none --data-end 2012-03-25",
        f"--raw {shared / 'data' / 'maven_slice'}",
    )
    first = at(found, "0min")
    data = found["data"]
    assert data["decided_sessions"] == data["judged_sessions"] == first["judged_rows"]
    assert data["orders"] == data["judged_orders"] == first["positives"]
    assert data["orders"] < 30 and f"{data['orders']} of them with an order" in answer.stdout
    (warning,) = found["warnings"]
    held = int(warning.split("would hold ")[1].split()[0])
    assert held < data["orders"]


def test_the_real_slice(horizon, shared):
    """Its figures are those the guide tells: see docs/guide/horizon.md."""
    folder = shared / "data" / "maven_slice"
    found, answer = horizon(
        "--points 5min,8min,10min,12min,20min,page:5,page:6 --figure none "
        "--data-end 2012-04-05T18:25:00",
        f"--raw {folder}",
    )
    ten = at(found, "10min")
    assert (ten["at_risk"], ten["positives"]) == (2516, 77)
    assert ten["auc_roc"] == pytest.approx(0.943, abs=0.01)
    for page in ("page:5", "page:6"):  # the columns know nothing there: chance, not less
        known = at(found, page)["intervals"]["auc_roc"]
        assert known["low"] < 0.5 < known["high"], page
    assert "too few to judge" in at(found, "20min")["reason"]
    assert "simulated" not in answer.stdout.lower()
    assert {"population": "at_risk", "axis": "minutes", "as_of": "10min"} in found["answers"]
