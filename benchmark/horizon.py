#!/usr/bin/env python3
"""Times `rarewood horizon` with ten points against the same done in pandas and scikit-learn.

usage: benchmark/horizon.py [--store DIR] [--runs N] [--points 5,10] [--draws N]

Both read the raw tables of the simulated shop (made if they are missing). rarewood is timed as a
whole process with ten points (0, 1, 2, 3, 5, 8, 10, 12, 15, 20 min) and 1,000 draws for intervals.
The peer reads once and then does, for the few points of --points: features, a split by session, a
forest of the same size, out-of-fold scores of five forests with 25 trees for the F1 threshold, AUC,
average precision and F1 on the test part, and --draws bootstrap draws of these three. What it would
take for ten points and 1,000 draws is worked out from that and printed as an extrapolation: nobody
waited for it. Figures of both stand side by side, on test parts that are drawn apart.
"""

import argparse
import json
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
import sklearn
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import average_precision_score, f1_score, precision_recall_curve, roc_auc_score
from sklearn.model_selection import cross_val_predict

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = ROOT / "build" / "rarewood"
TEN = [0, 1, 2, 3, 5, 8, 10, 12, 15, 20]
FOREST = {"max_depth": 8, "min_samples_leaf": 20, "n_jobs": -1, "random_state": 42}
LANDERS = [f"/lander-{i}" for i in range(1, 6)]


def run_ours(store, folder):
    points = ",".join(f"{minute}min" for minute in TEN)
    begun = time.perf_counter()
    subprocess.run(
        [PROGRAM, "horizon", "--store", store, "--points", points, "--figure", "none",
         "--json", folder / "h.json", "--journal", folder / "runs"],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder,
    )  # fmt: skip
    return time.perf_counter() - begun


class Peer:
    """The straightforward way."""

    def __init__(self, raw):
        begun = time.perf_counter()
        read = lambda name: pd.read_parquet(raw / f"{name}.parquet")  # noqa: E731
        self.views = read("website_pageviews").sort_values(["website_session_id", "created_at"])
        sessions = read("website_sessions").set_index("website_session_id")
        orders = read("orders").groupby("website_session_id")["created_at"].min()
        first = self.views.groupby("website_session_id").first()
        table = sessions[["utm_source", "device_type", "is_repeat_session"]].join(
            first[["created_at", "pageview_url"]], how="inner"
        )
        table["order"] = orders
        self.table = table
        self.end = max(self.views["created_at"].max(), orders.max())
        self.test = np.random.default_rng(42).random(len(table)) < 0.2
        self.reading = time.perf_counter() - begun

    def features(self, minutes):
        table = self.table
        at = table["created_at"] + pd.Timedelta(minutes=minutes)
        seen = self.views["created_at"] <= self.views["website_session_id"].map(at)
        depth = self.views[seen].groupby("website_session_id").size()
        window = pd.Timedelta(days=1)
        kept = ~(table["order"] <= at) & (at + window <= self.end)
        x = pd.DataFrame(index=table.index)
        x["is_repeat_session"] = table["is_repeat_session"].astype("int8")
        x["hour_of_day"] = table["created_at"].dt.hour
        x["is_weekend"] = table["created_at"].dt.dayofweek >= 5
        x["engagement_depth"] = depth
        for source in ("gsearch", "socialbook"):
            x[f"utm_source_{source}"] = table["utm_source"] == source
        x["device_type_mobile"] = table["device_type"] == "mobile"
        for lander in LANDERS:
            x[f"landing_page_{lander}"] = table["pageview_url"] == lander
        y = ((table["order"] > at) & (table["order"] <= at + window)).astype("int8")
        return x[kept], y[kept], self.test[kept.to_numpy()]

    def point(self, minutes, draws):
        """(figures, seconds of features and models, seconds of a draw)"""
        begun = time.perf_counter()
        x, y, test = self.features(minutes)
        few = RandomForestClassifier(n_estimators=25, **FOREST)
        scores = cross_val_predict(few, x[~test], y[~test], cv=5, method="predict_proba")[:, 1]
        precision, recall, cuts = precision_recall_curve(y[~test], scores)
        f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-12)
        cut = cuts[np.argmax(f1[:-1])]
        forest = RandomForestClassifier(n_estimators=100, **FOREST).fit(x[~test], y[~test])
        score = forest.predict_proba(x[test])[:, 1]
        truth = y[test].to_numpy()
        judge = lambda t, s: (  # noqa: E731
            roc_auc_score(t, s), average_precision_score(t, s), f1_score(t, s >= cut)
        )
        figures = judge(truth, score)
        models = time.perf_counter() - begun
        begun = time.perf_counter()
        random = np.random.default_rng(1)
        for _ in range(draws):
            rows = random.integers(0, len(truth), len(truth))
            judge(truth[rows], score[rows])
        return figures, models, (time.perf_counter() - begun) / draws


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--store", type=Path, default=Path(tempfile.gettempdir()) / "horizon-store")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--points", default="5,10")
    parser.add_argument("--draws", type=int, default=20)
    options = parser.parse_args()
    options.store = options.store.resolve()
    if not (options.store / "raw-data" / "website_sessions.parquet").exists():
        subprocess.run([PROGRAM, "sample", "--store", options.store], check=True)
    minutes = [int(minute) for minute in options.points.split(",")]
    ours, models, draws = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        for run in range(options.runs):
            ours.append(run_ours(options.store, Path(folder)))
            if run == 0:
                peer = Peer(options.store / "raw-data")
            figures, seconds, draw = peer.point(minutes[run % len(minutes)], options.draws)
            models.append(seconds)
            draws.append(draw)
            found = json.loads((Path(folder) / "h.json").read_text())
            (mine,) = [p for p in found["points"] if p["population"] == "at_risk"
                       and p["as_of"] == f"{minutes[run % len(minutes)]}min"]  # fmt: skip
            names = ("auc_roc", "average_precision", "f1_score")
            print(f"{mine['as_of']}: AUC, AP, F1 rarewood "
                  + " ".join(f"{mine[name]:.4f}" for name in names)
                  + "  peer " + " ".join(f"{figure:.4f}" for figure in figures))  # fmt: skip
    mine, model, draw = map(statistics.median, (ours, models, draws))
    print(f"rarewood, ten points with 1,000 draws, both populations: {mine:.2f} s (all: {', '.join(f'{s:.2f}' for s in ours)})")
    print(f"pandas {pd.__version__} and scikit-learn {sklearn.__version__}: reading "
          f"{peer.reading:.2f} s, a point {model:.2f} s, a draw {draw:.3f} s")  # fmt: skip
    ten = peer.reading + 10 * model
    print(f"extrapolated to ten points without intervals: {ten:.0f} s, {ten / mine:.0f}x")
    whole = ten + 10 * 1000 * draw
    print(f"extrapolated to ten points with 1,000 draws of one population: {whole:.0f} s, "
          f"{whole / mine:.0f}x")  # fmt: skip


if __name__ == "__main__":
    main()
