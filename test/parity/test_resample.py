"""Samplers against imbalanced-learn's: counts exactly, cleaned rows one for one, synthetic rows by law."""

import json
import subprocess
from collections import Counter
from decimal import Decimal

import numpy as np
import pytest
from imblearn.metrics.pairwise import ValueDifferenceMetric
from imblearn.over_sampling import ADASYN, SMOTE, SMOTENC, BorderlineSMOTE, RandomOverSampler
from imblearn.under_sampling import EditedNearestNeighbours, RandomUnderSampler, TomekLinks
from scipy.stats import chisquare, kstest
from sklearn.neighbors import NearestNeighbors

K = 5


class Result:
    """What the probe made of a table: distinct rows, their counts by class, and the facts."""

    def __init__(self, output, features):
        line, rest = output.split(b"\n", 1)
        self.facts = json.loads(line)
        kind = np.dtype([("n0", "<u4"), ("n1", "<u4"), ("x", "<f4", (features,))])
        patterns = np.frombuffer(rest, kind)
        self.rows, self.n0, self.n1 = patterns["x"], patterns["n0"], patterns["n1"]

    def totals(self):
        return int(self.n0.sum()), int(self.n1.sum())

    def counted(self):
        """{row: (n0, n1)}"""
        return {row.tobytes(): (a, b) for row, a, b in zip(self.rows, self.n0, self.n1)}

    def fresh(self, x):
        """Rows that were not there."""
        old = {row.tobytes() for row in x}
        return np.array([row for row in self.rows if row.tobytes() not in old], dtype=float)


@pytest.fixture(scope="session")
def resample(probe):
    def run(name, x, y, seed=1, threads=2, **options):
        words = [f"{key}={value}" for key, value in options.items()]
        done = subprocess.run(
            [probe("resample_probe"), name, *map(str, [*x.shape, seed, threads]), *words],
            input=np.ascontiguousarray(x, "<f4").tobytes() + y.astype("u1").tobytes(),
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return Result(done.stdout, x.shape[1])

    return run


def two_clouds(rows=1500, features=6, share=0.12, seed=0):
    draw = np.random.default_rng(seed)
    y = (draw.random(rows) < share).astype(int)
    x = draw.normal(size=(rows, features)).astype(np.float32)
    x[y == 1, :2] += 1.2
    return x, y


def column_of(majority, minority):
    x = np.arange(majority + minority, dtype=np.float32)[:, None]
    return x, np.r_[np.zeros(majority), np.ones(minority)].astype(int)


@pytest.mark.parametrize("majority,minority", [(1000, 29), (997, 101), (100, 10)])
@pytest.mark.parametrize("ratio", ["0.29", "0.3", "0.57", "0.7", "0.999", "1.0", "0.125"])
def test_random_samplers_leave_as_many_rows(majority, minority, ratio, resample):
    x, y = column_of(majority, minority)
    for name, peer in [("random_over", RandomOverSampler), ("random_under", RandomUnderSampler)]:
        ours = resample(name, x, y, sampling_strategy=ratio).totals()
        _, theirs = peer(sampling_strategy=float(ratio), random_state=0).fit_resample(x, y)
        theirs = Counter(theirs.tolist())
        if name == "random_over":
            exact = (majority, int(Decimal(ratio) * majority))
        else:
            exact = (int(minority / Decimal(ratio)), minority)
        assert ours == exact
        # Where theirs differs, binary fractions have cut a whole row off.
        assert 0 <= ours[0] - theirs[0] + ours[1] - theirs[1] <= 1
        if (Decimal(ratio) * 8) % 1 == 0:
            assert ours == (theirs[0], theirs[1])


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", ["all", "mode"])
@pytest.mark.parametrize("k", [3, 4])
def test_edited_neighbours_take_the_same_rows(seed, kind, k, resample):
    x, y = two_clouds(seed=seed)
    peer = EditedNearestNeighbours(n_neighbors=k, kind_sel=kind)
    peer.fit_resample(x.astype(float), y)
    ours = resample("enn", x, y, n_neighbors=k, kind_sel=kind).counted()
    kept = np.array([ours.get(row.tobytes(), (0, 0))[label] for row, label in zip(x, y)])
    assert np.array_equal(np.flatnonzero(kept), np.sort(peer.sample_indices_))


@pytest.mark.parametrize("seed", range(3))
def test_tomek_links_take_the_same_rows(seed, resample):
    x, y = two_clouds(seed=seed, share=0.4)
    peer = TomekLinks()
    peer.fit_resample(x.astype(float), y)
    ours = resample("tomek_links", x, y).counted()
    kept = np.array([ours.get(row.tobytes(), (0, 0))[label] for row, label in zip(x, y)])
    assert np.array_equal(np.flatnonzero(kept), np.sort(peer.sample_indices_))
    assert kept.sum() < len(y)


def segments(x, bases, others):
    """For each fresh row: its base, other end and place between; none may lie off every segment."""

    def locate(row):
        a, step = x[bases][:, None, :], x[others] - x[bases][:, None, :]
        length = (step**2).sum(2)
        gap = ((row - a) * step).sum(2) / np.where(length == 0, 1, length)
        off = ((row - a - gap[..., None] * step) ** 2).sum(2) + 1e-3 * (np.abs(gap - 0.5) > 0.501)
        base, other = np.unravel_index(off.argmin(), off.shape)
        return off.min(), bases[base], others[base, other], gap[base, other]

    return locate


def located(fresh, x, bases, others):
    off, base, other, gap = map(np.array, zip(*map(segments(x, bases, others), fresh)))
    assert off.max() < 1e-8
    return base, other, gap


def neighbors(x, among, of, k):
    """[of][k] the k nearest others among some rows."""
    search = NearestNeighbors(n_neighbors=k + 1).fit(x[among])
    return among[search.kneighbors(x[of], return_distance=False)[:, 1:]]


def test_smote_draws_bases_neighbours_and_gaps_evenly(resample):
    x, y = two_clouds()
    minority = np.flatnonzero(y)
    result = resample("smote", x, y)
    base, other, gap = located(
        result.fresh(x), x.astype(float), minority, neighbors(x, minority, minority, K)
    )
    assert result.totals() == (np.sum(y == 0), np.sum(y == 0))
    times = np.bincount(base, minlength=len(y))[minority]
    assert chisquare(times).pvalue > 1e-3
    assert kstest(gap, "uniform").pvalue > 1e-3


def moments(rows):
    """Means, and the covariances of neighbouring columns."""
    return np.r_[rows.mean(0), rows.var(0), np.diag(np.cov(rows.T), 1)]


def test_smote_has_the_moments_of_the_peer(resample):
    x, y = two_clouds()
    ours, theirs = [], []
    for seed in range(12):
        ours.append(moments(resample("smote", x, y, seed=seed).fresh(x)))
        made, _ = SMOTE(random_state=seed).fit_resample(x.astype(float), y)
        theirs.append(moments(made[len(x) :]))
    ours, theirs = np.array(ours), np.array(theirs)
    error = np.sqrt((ours.var(0, ddof=1) + theirs.var(0, ddof=1)) / len(ours))
    assert np.abs(ours.mean(0) - theirs.mean(0)).max() < 0.1
    assert (np.abs(ours.mean(0) - theirs.mean(0)) / error).max() < 4.5


@pytest.mark.parametrize("kind", ["borderline-1", "borderline-2"])
def test_borderline_smote_leans_on_the_same_rows_in_danger(kind, resample):
    x, y = two_clouds(rows=900)
    peer = BorderlineSMOTE(kind=kind, random_state=0)
    peer.fit_resample(x.astype(float), y)
    danger = np.sort(peer.in_danger_indices[1])
    among = np.flatnonzero(y) if kind == "borderline-1" else np.arange(len(y))
    result = resample("borderline_smote", x, y, kind=kind)
    base, other, gap = located(
        result.fresh(x), x.astype(float), danger, neighbors(x, among, danger, K)
    )
    assert result.totals() == (np.sum(y == 0), np.sum(y == 0))
    times = np.bincount(base, minlength=len(y))[danger]
    assert times.min() > 0
    if kind == "borderline-1":  # else a short step may be taken for one along another segment
        assert chisquare(times).pvalue > 1e-3
    else:
        assert gap[y[other] == 0].max() < 0.501
        assert gap[y[other] == 1].max() > 0.9


def test_adasyn_makes_as_many_rows_of_each_base(resample):
    x, y = two_clouds()
    minority = np.flatnonzero(y)
    _, labels = ADASYN(random_state=0).fit_resample(x.astype(float), y)
    result = resample("adasyn", x, y)
    assert result.totals() == (np.sum(labels == 0), np.sum(labels == 1))
    ends = neighbors(x, minority, minority, K)
    base, other, _ = located(result.fresh(x), x.astype(float), minority, ends)
    # Between two rows that are each other's neighbours either may be the base.
    nearest = {row: set(group) for row, group in zip(minority, ends)}
    either = np.array([b in nearest[o] for b, o in zip(base, other)])
    sure = np.bincount(base[~either], minlength=len(y))
    most = sure + np.bincount(np.r_[base[either], other[either]], minlength=len(y))
    hard = (y[neighbors(x, np.arange(len(y)), minority, K)] == 0).sum(1)
    wanted = np.rint(hard / hard.sum() * (np.sum(y == 0) - np.sum(y == 1))).astype(int)
    assert wanted.sum() == result.facts["synthetic"]
    assert np.all(sure[minority] <= wanted) and np.all(wanted <= most[minority])
    assert sure.sum() > 0.3 * wanted.sum()


def test_smotenc_votes_for_categories_as_the_peer(resample):
    x, y = two_clouds(rows=900, features=5)
    draw = np.random.default_rng(1)
    x[:, 4] = draw.integers(0, 3, len(y)) + 2 * (draw.random(len(y)) < 0.5) * y
    peer = SMOTENC(categorical_features=[4], random_state=0)
    peer.fit_resample(x.astype(float), y)
    minority = np.flatnonzero(y)
    metric = x.astype(float)
    step = peer.median_std_[1] / np.sqrt(2)
    onehot = step * (metric[:, 4:] == np.arange(5))
    ends = neighbors(np.c_[metric[:, :4], onehot], minority, minority, K)
    fresh = resample("smotenc", x, y, categories="4").fresh(x)
    base, other, _ = located(fresh[:, :4], metric[:, :4], minority, ends)
    nearest = {row: set(group) for row, group in zip(minority, ends)}
    votes = {row: Counter(x[group, 4]) for row, group in zip(minority, ends)}
    for row, *parents in zip(fresh, base, other):
        # Between two rows that are each other's neighbours either may be the base.
        bases = parents if parents[0] in nearest[parents[1]] else parents[:1]
        assert any(votes[b][row[4]] == max(votes[b].values()) for b in bases)


def test_smoten_votes_for_values_as_the_peer(resample):
    draw = np.random.default_rng(2)
    y = (draw.random(1200) < 0.15).astype(int)
    x = draw.integers(0, 15, (1200, 6)).astype(np.float32)
    x[y == 1] = np.minimum(x[y == 1], draw.integers(0, 15, (y.sum(), 6)))
    distance = ValueDifferenceMetric(n_categories=[15] * 6).fit(x.astype(int), y)
    minority = np.flatnonzero(y)
    pairs = distance.pairwise(x[minority].astype(int))
    nearest = np.argsort(pairs, axis=1)[:, : K + 1]
    voted = set()
    for group in x[minority][nearest]:
        voted.add(tuple(np.bincount(column).argmax() for column in group.astype(int).T))
    result = resample("smoten", x, y)
    old = Counter(map(tuple, x[y == 1].astype(int)))
    added = {tuple(row): n - old[tuple(row)] for row, n in zip(result.rows.astype(int), result.n1)}
    added = {row: n for row, n in added.items() if n > 0}
    assert sum(added.values()) == np.sum(y == 0) - np.sum(y == 1)
    known = sum(n for row, n in added.items() if row in voted)
    assert known > 0.97 * sum(added.values()), "all but a few whose neighbours are tied"


def test_copies_are_counts(resample):
    """A table twice over gives what its patterns with doubled counts must give."""
    x, y = two_clouds(rows=300, features=2)
    x = np.round(x)
    for name in ["smote", "enn", "adasyn", "tomek_links", "random_under"]:
        order = np.random.default_rng(0).permutation(600)
        twice = np.r_[x, x][order], np.r_[y, y][order]
        one = resample(name, *twice, threads=1)
        other = resample(name, np.repeat(x, 2, axis=0), np.repeat(y, 2), threads=3)
        assert one.counted() == other.counted(), name
