"""`rarewood evaluate` on simulated shops whose true probabilities are known."""

import json
import subprocess

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

SESSIONS = 60_000


def scored(program, folder, shop):
    """Sessions of a shop at 10 minutes: outcome, true probability, and a score without knowledge."""
    for words in (f"sample --shop {shop} --sessions {SESSIONS}", "features --as-of 10min"):
        subprocess.run([program, *words.split()], cwd=folder, check=True, capture_output=True)
    rows = pq.read_table(folder / "store/processed-data/training_data.parquet").to_pandas()
    keys = pq.read_table(folder / "store/processed-data/training_data.keys.parquet").to_pandas()
    truth = pq.read_table(folder / "store/raw-data/truth.parquet").to_pandas()
    table = pd.concat([rows, keys], axis=1).merge(truth, on="website_session_id")
    noise = np.random.default_rng(1)
    table["blind"] = noise.permutation(table.p_10min)
    table["nearly"] = (table.p_10min * np.exp(noise.normal(0, 1e-4, len(table)))).clip(0, 1)
    return table


@pytest.fixture(scope="module", params=["usual", "null"])
def shop(request, program, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    table = scored(program, folder, request.param)
    columns = ["is_ordered", "p_10min", "blind", "nearly", "user_id", "session_started_at",
               "device_type_mobile", "hour_of_day", "is_repeat_session"]  # fmt: skip
    table[columns].to_parquet(folder / "scores.parquet")
    return folder, table


def judged(program, folder, words):
    command = f"evaluate scores.parquet --label is_ordered --json o.json --threshold f1 {words}"
    subprocess.run([program, *command.split()], cwd=folder, check=True, capture_output=True)
    return json.loads((folder / "o.json").read_text())


def test_truth_is_calibrated_everywhere(program, shop):
    folder, table = shop
    by = "--by device_type_mobile,hour_of_day,is_repeat_session --time session_started_at"
    record = judged(program, folder, f"--score p_10min {by}")
    off = [each["verdict"] for each in record["segmentations"] if "are off" in each["verdict"]]
    assert len(off) <= 1, off  # four tests at 5 %
    # What the truth itself loses, row by row, must lie within the interval of what was lost.
    p = table.p_10min.clip(1e-15, 1 - 1e-15)
    expected = -(p * np.log(p) + (1 - p) * np.log1p(-p)).mean()
    interval = record["intervals"]["log_loss"]
    assert interval["low"] < expected < interval["high"]
    assert record["intervals"]["brier"]["low"] < (p * (1 - p)).mean() < record["intervals"]["brier"]["high"]


def test_scores_without_knowledge_have_an_auc_of_one_half(program, shop):
    record = judged(program, shop[0], "--score blind --group user_id")
    assert record["intervals"]["auc_roc"]["low"] < 0.5 < record["intervals"]["auc_roc"]["high"]
    assert "better than flagging everyone" not in record["verdict"]


def test_equal_models_are_indistinguishable(program, shop):
    record = judged(program, shop[0], "--score p_10min,nearly")
    assert "not shown to be better than the score nearly" in record["verdict"]


def test_users_of_the_shop_are_independent(program, shop):
    """A user's sessions have nothing in common but what the score knows: no design effect."""
    record = judged(program, shop[0], "--score p_10min --group user_id")
    for name, effect in record["design_effects"].items():
        assert 0.8 < effect < 1.25, name


@pytest.mark.parametrize("shop", ["null"], indirect=True)
def test_the_null_shop_ranks_alike_on_all_levels(program, shop):
    folder, table = shop
    by = ["hour_of_day", "is_repeat_session"]
    record = judged(program, folder, f"--score p_10min --by {','.join(by)}")
    for column in record["segmentations"]:
        # One column in twenty has a level below 0.05 where all are alike, one in 200 below 0.005.
        assert min(each["p_ranking"] for each in column["segments"]) > 0.005, column["verdict"]
        assert min(each["p_calibration"] for each in column["segments"]) > 0.005, column["verdict"]
