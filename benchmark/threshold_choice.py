#!/usr/bin/env python3
"""Compares ways to choose among thresholds that are about as good as the best.

usage: benchmark/threshold_choice.py [--store DIR] [--csv FILE:TARGET ...] [--rows N,...] [--draws N]

Ways: the very best F1; the middle of all thresholds that are at most one, or two, paired standard
errors behind it (the plateau); half the best F1 where that is on the plateau of two, else its middle.
For each table of --csv a forest of scikit-learn is trained on N drawn rows and calibrated by a sigmoid,
thresholds are chosen on its out-of-fold scores, and F1 is that on all other rows. For the simulated
shop the scores are the true probabilities of N drawn sessions, and what a threshold loses against the
best there is follows from the truth. Prints means over draws and the scatter of the thresholds.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict, train_test_split

sys.path.insert(0, str(Path(__file__).parent))
from main_job import ROOT, make_table  # noqa: E402

WAYS = ["very best", "middle, 1 error", "middle, 2 errors", "half the best F1, or middle"]


class Cuts:
    """F1 of flagging from each distinct score on, and how far behind the best it is."""

    def __init__(self, score, y):
        order = np.argsort(-score, kind="stable")
        score, y = score[order], y[order]
        last = np.append(score[1:] != score[:-1], True)
        self.score = score[last]
        self.n1 = np.cumsum(y)[last].astype(float)
        self.n = np.flatnonzero(last) + 1.0
        self.whole = self.n + self.n1[-1]
        self.f1 = 2 * self.n1 / self.whole
        self.best = int(np.argmax(self.f1))

    def influence(self, positive, flagged, at):
        return (2 * positive * flagged - self.f1[at] * (flagged + positive)) / self.whole[at]

    def errors(self):
        every, best = slice(None), self.best
        few, many = np.minimum(self.n, self.n[best]), np.maximum(self.n, self.n[best])
        few1, many1 = np.minimum(self.n1, self.n1[best]), np.maximum(self.n1, self.n1[best])
        more = (self.n > self.n[best]).astype(int)
        groups = ((few - few1, many - few - (many1 - few1), self.n[-1] - self.n1[-1] - many + many1),
                  (few1, many1 - few1, self.n1[-1] - many1))  # fmt: skip
        variance = np.zeros(len(self.f1))
        for positive, (both, one, none) in enumerate(groups):
            for rows, here, there in ((both, 1, 1), (one, more, 1 - more), (none, 0, 0)):
                apart = self.influence(positive, here, every) - self.influence(positive, there, best)
                variance += rows * apart**2
        return np.sqrt(variance)

    def plateau(self, errors):
        good = np.flatnonzero(self.f1 >= self.f1[self.best] - errors * self.errors())
        return self.score[good[-1]], self.score[good[0]]

    def thresholds(self):
        (low1, high1), (low, high) = self.plateau(1), self.plateau(2)
        half = self.f1[self.best] / 2
        last = half if low <= half <= high else (low + high) / 2
        return [self.score[self.best], (low1 + high1) / 2, (low + high) / 2, last]


def log_odds(share):
    share = np.clip(share, 1e-3, 1 - 1e-3)
    return np.log(share / (1 - share))[:, None]


def f1_of_forest(values, classes, rows, seed):
    train, rest = train_test_split(
        np.arange(len(classes)), train_size=rows, random_state=seed, stratify=classes
    )

    def forest(trees):
        return RandomForestClassifier(
            trees, min_samples_leaf=3, class_weight="balanced", random_state=seed, n_jobs=1
        )

    folds = StratifiedKFold(5, shuffle=True, random_state=seed)
    seen = cross_val_predict(forest(25), values[train], classes[train], cv=folds, method="predict_proba")
    fitted = forest(100).fit(values[train], classes[train])
    sigmoid = LogisticRegression(C=1e9).fit(log_odds(seen[:, 1]), classes[train])
    chosen = Cuts(sigmoid.predict_proba(log_odds(seen[:, 1]))[:, 1], classes[train]).thresholds()
    others = sigmoid.predict_proba(log_odds(fitted.predict_proba(values[rest])[:, 1]))[:, 1]
    return [f1_score(classes[rest], others >= cut) for cut in chosen], chosen


class Truth:
    """All sessions' true probabilities, and the F1 that a threshold on them expects."""

    def __init__(self, probability):
        self.sorted = np.sort(probability[np.isfinite(probability)])
        self.sums = np.concatenate([[0], np.cumsum(self.sorted)])
        self.best = max(self.f1(cut) for cut in np.quantile(self.sorted, np.linspace(0, 1, 2001)))

    def f1(self, cut):
        at = np.searchsorted(self.sorted, cut)
        return 2 * (self.sums[-1] - self.sums[at]) / (len(self.sorted) - at + self.sums[-1])

    def lost(self, rows, seed):
        draw = np.random.default_rng(seed)
        score = draw.choice(self.sorted, rows)
        chosen = Cuts(score, (draw.random(rows) < score).astype(int)).thresholds()
        return [self.best - self.f1(cut) for cut in chosen], chosen


def show(title, draws):
    figures, thresholds = (np.array(part) for part in zip(*draws))
    apart = figures - figures[:, :1]
    error = apart.std(axis=0, ddof=1) / len(figures) ** 0.5
    cells = [
        f"{way} {figures[:, i].mean():.4f} (difference ±{error[i]:.4f}, threshold ±{thresholds[:, i].std():.3f})"
        for i, way in enumerate(WAYS)
    ]
    print(f"{title:28} " + "; ".join(cells), flush=True)


def read(path, target):
    table = pd.read_csv(path, sep=None, engine="python")
    classes = table.pop(target).astype(str).str.lower().isin(["1", "1.0", "true", "yes"]).astype(int)
    texts = [name for name in table if not pd.api.types.is_numeric_dtype(table[name])]
    numbered = table.assign(**{name: pd.factorize(table[name])[0] for name in texts})
    return numbered.fillna(-1).to_numpy(np.float32), classes.to_numpy()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--store", type=Path, default=ROOT / "store")
    parser.add_argument("--csv", action="append", default=[], metavar="FILE:TARGET")
    parser.add_argument("--rows", default="1000,6000")
    parser.add_argument("--draws", type=int, default=24)
    arguments = parser.parse_args()
    make_table(arguments.store.resolve())
    truth = pd.read_parquet(arguments.store / "raw-data" / "truth.parquet")["p_10min"].to_numpy()
    for rows in map(int, arguments.rows.split(",")):
        shop = Truth(truth)
        show(f"shop, {rows:,} rows, F1 lost", [shop.lost(rows, seed) for seed in range(10 * arguments.draws)])
        for each in arguments.csv:
            path, target = each.rsplit(":", 1)
            values, classes = read(path, target)
            draws = [f1_of_forest(values, classes, rows, seed) for seed in range(arguments.draws)]
            show(f"{Path(path).stem}, {rows:,} rows, F1", draws)


if __name__ == "__main__":
    main()
