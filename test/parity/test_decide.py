"""Thresholds, calibrators and reliability against scikit-learn, scipy and the truth of a simulation."""

import functools
import json
import os
import subprocess

import numpy as np
import pytest
from scipy import optimize, special, stats
from sklearn import metrics as sk
from sklearn.calibration import calibration_curve
from sklearn.isotonic import IsotonicRegression


@pytest.fixture(scope="module")
def decided(probe):
    """decided(scores, n0, n1, ...): all that decide_probe has to say of them."""
    program = probe("decide_probe")

    def ask(scores, n0, n1, rule="f1", calibration="none", costs=None, log_odds=False, raw=()):
        lines = [f"rule,{rule}", f"calibration,{calibration}"]
        lines += ["costs," + ",".join(map(str, costs))] if costs else []
        lines += ["scale,log_odds"] if log_odds else []
        lines += [f"raw,{float(x)!r}" for x in raw]
        lines += [f"{float(s)!r},{int(a)},{int(b)}" for s, a, b in zip(scores, n0, n1)]
        done = subprocess.run(
            [program], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True
        )
        return json.loads(done.stdout)

    return ask


def made_up(seed, size=3000, steps=None):
    """Scores of single rows that rank, but are no probabilities; both classes occur."""
    draw = np.random.default_rng(seed)
    score = np.float32(draw.beta(1, 4, size))
    if steps:
        score = np.float32(np.round(score * steps) / steps)
    y = (draw.random(size) < 0.7 * score.astype(float) ** 1.5).astype(int)
    return score.astype(float), 1 - y, y


@functools.cache
def shoppers():
    """Real rows: the share of buyers by page value and bounce rate, out of fold."""
    path = os.environ.get("RAREWOOD_ONLINE_SHOPPERS")
    if not path:
        pytest.skip("RAREWOOD_ONLINE_SHOPPERS does not name the table")
    import pandas as pd
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.model_selection import cross_val_predict

    rows = pd.read_csv(path, sep=None, engine="python")
    y = rows["Revenue"].astype(str).str.upper().eq("TRUE").astype(int).to_numpy()
    values = rows[["PageValues", "BounceRates", "ExitRates", "ProductRelated"]]
    forest = RandomForestClassifier(20, min_samples_leaf=5, random_state=1)
    score = cross_val_predict(forest, values, y, method="predict_proba")[:, 1]
    return np.float32(score).astype(float), 1 - y, y


TABLES = [lambda: made_up(1), lambda: made_up(2, steps=25), lambda: made_up(3, 400), shoppers]


@pytest.fixture(params=TABLES, ids=["single", "tied", "few", "shoppers"])
def rows(request):
    return request.param()


def best_of_all_cuts(score, y, rule):
    """By the precision-recall curve."""
    precision, recall, _ = sk.precision_recall_curve(y, score)
    precision, recall = np.maximum(precision[:-1], 1e-300), recall[:-1]
    true = recall * y.sum()
    if rule.startswith("net"):
        return np.max(true - (true / precision - true) / 4) / len(y)
    weight = {"f1": 1, "fbeta:2": 4, "fbeta:0.5": 0.25}[rule]
    return np.max((1 + weight) * true / (true / precision + weight * y.sum()))


RULES = {
    "f1": lambda y, flag: sk.f1_score(y, flag),
    "fbeta:2": lambda y, flag: sk.fbeta_score(y, flag, beta=2),
    "fbeta:0.5": lambda y, flag: sk.fbeta_score(y, flag, beta=0.5),
    "net_benefit:0.2": lambda y, flag: np.mean(flag & (y == 1)) - np.mean(flag & (y == 0)) / 4,
}


@pytest.mark.parametrize("rule", RULES)
def test_best_is_the_best_of_all_cuts(decided, rows, rule):
    score, n0, y = rows
    ours = decided(score, n0, y, rule)["threshold"]
    best = best_of_all_cuts(score, y, rule)
    assert ours["best_out_of_fold"] == pytest.approx(best, abs=1e-12)
    assert RULES[rule](y, score >= ours["optimum"]) == pytest.approx(best, abs=1e-12)
    low, high = ours["plateau"]
    assert low <= ours["optimum"] <= high
    assert RULES[rule](y, score >= ours["probability"]) == pytest.approx(ours["out_of_fold"], abs=1e-12)


@pytest.mark.parametrize("rows", TABLES[1:3], ids=["tied", "few"], indirect=True)
def test_lowest_cost_is_that_of_scikit_learns_tuned_threshold(decided, rows):
    """TunedThresholdClassifierCV with a cost scorer, on the same scores."""
    from sklearn.base import BaseEstimator, ClassifierMixin
    from sklearn.model_selection import TunedThresholdClassifierCV

    class Says(ClassifierMixin, BaseEstimator):
        def fit(self, values, classes):
            self.classes_ = np.unique(classes)
            return self

        def predict_proba(self, values):
            return np.column_stack([1 - values[:, 0], values[:, 0]])

    def gain(y_true, flag):
        tn, fp, fn, tp = sk.confusion_matrix(y_true, flag, labels=[0, 1]).ravel()
        return 2 * tp - fp - 6 * fn

    score, n0, y = rows
    cuts = np.unique(score)
    tuned = TunedThresholdClassifierCV(
        Says().fit(None, y), scoring=sk.make_scorer(gain), cv="prefit", refit=False, thresholds=cuts
    ).fit(score[:, None], y)
    ours = decided(score, n0, y, "cost", costs=(1, 6, 2, 0))["threshold"]
    assert -ours["best_out_of_fold"] * len(y) == pytest.approx(tuned.best_score_)
    assert ours["expected"] == pytest.approx(1 / 9)


def test_constraints_are_kept_as_on_the_precision_recall_curve(decided, rows):
    score, n0, y = rows
    precision, recall, cuts = sk.precision_recall_curve(y, score)
    ours = decided(score, n0, y, "recall:0.75")["threshold"]
    assert ours["out_of_fold"] == pytest.approx(recall[:-1][recall[:-1] >= 0.75].min())
    wanted = float(0.9 * precision[:-1].max())
    ours = decided(score, n0, y, f"precision:{wanted!r}")["threshold"]
    lowest = cuts[precision[:-1] >= wanted].min()
    assert ours["out_of_fold"] == pytest.approx(sk.precision_score(y, score >= lowest))
    assert ours["probability"] <= lowest
    share = decided(score, n0, y, "top:0.1")["threshold"]["out_of_fold"]
    assert share == pytest.approx(max(m for m in (np.mean(score >= c) for c in cuts) if m <= 0.1))


def smoothed(y):
    n1, n0 = y.sum(), (1 - y).sum()
    return np.where(y == 1, (n1 + 1) / (n1 + 2), 1 / (n0 + 2))


def logistic(columns, target, lower=None):
    """Maximum likelihood by scipy; the last coefficient is the intercept."""
    x = np.column_stack([*columns, np.ones(len(target))])

    def loss(w):
        f = x @ w
        return np.sum(np.logaddexp(0, f) - target * f), x.T @ (special.expit(f) - target)

    bounds = [(lower, None)] * len(columns) + [(None, None)]
    start = np.zeros(x.shape[1])
    return optimize.minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds,
                             options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 5000}).x  # fmt: skip


def logs(score, edge=1e-3):
    """ln(score) and -ln(1 - score), continued by their tangents below the edge."""

    def log(share):
        inside = np.maximum(share, edge)
        return np.log(inside) + (share - inside) / edge

    return log(score), -log(1 - score)


def test_beta_is_the_definition_of_kull_and_others(decided, rows):
    score, n0, y = rows
    grid = np.float32(np.linspace(0.001, 0.999, 101)).astype(float)
    ours = decided(score, n0, y, calibration="beta", raw=grid)
    a, b, c = logistic(logs(score), smoothed(y), lower=0)
    expected = special.expit(a * logs(grid)[0] + b * logs(grid)[1] + c)
    assert ours["calibrated"] == pytest.approx(expected, abs=6e-4)  # scipy stops early
    assert ours["beta"]["deviation"] <= 1e-4
    assert min(ours["beta"]["a"], ours["beta"]["b"]) >= 0


def test_beta_is_that_of_its_authors_package(decided, rows):
    """Which takes classes only: targets between 0 and 1 are rows of both, weighted."""
    from betacal import BetaCalibration

    score, n0, y = rows
    score = np.clip(score, 0.002, 0.998)  # where logarithms are not yet continued by tangents
    target = smoothed(y)
    theirs = BetaCalibration("abm").fit(
        np.tile(score, 2), np.repeat([1, 0], len(y)), np.concatenate([target, 1 - target])
    )
    ours = decided(score, n0, y, calibration="beta", raw=score)
    expected = theirs.predict(np.float32(score).astype(float))
    gap = np.abs(np.array(ours["calibrated"]) - expected)
    assert np.mean(gap) < 2e-3 and np.max(gap) < 0.05  # it stops early, ours has the lower loss:
    a, b, c = (ours["beta"][name] for name in "abc")
    reached = special.expit(a * np.log(score) - b * np.log1p(-score) + c)
    weights = np.concatenate([target, 1 - target])
    losses = [
        sk.log_loss(np.repeat([1, 0], len(y)), np.tile(p, 2), sample_weight=weights)
        for p in (reached, theirs.predict(score))
    ]
    assert losses[0] <= losses[1] + 1e-9
    assert losses[0] == pytest.approx(losses[1], rel=1e-3)


def test_beta_of_log_odds_is_that_of_the_probabilities_they_stand_for(decided):
    score, n0, y = made_up(4)
    score = np.clip(score, 0.01, 0.99)
    of_scores = decided(score, n0, y, calibration="beta")["beta"]
    of_odds = decided(special.logit(score), n0, y, calibration="beta", log_odds=True)["beta"]
    assert [of_odds[k] for k in "abc"] == pytest.approx([of_scores[k] for k in "abc"], abs=1e-6)


def test_isotonic_blocks_are_scikit_learns(decided, rows):
    score, n0, y = rows
    blocks = decided(score, n0, y)["blocks"]
    theirs = IsotonicRegression(y_min=0, y_max=1).fit(score, y).predict(score)
    ours = np.empty(len(score))
    for low, high, rate in blocks:
        ours[(score >= low) & (score <= high)] = rate
    assert ours == pytest.approx(theirs, abs=1e-7)


def test_isotonic_map_stays_near_the_steps_and_keeps_the_ranking(decided, rows):
    score, n0, y = rows
    p = np.array(decided(score, n0, y, calibration="isotonic", raw=score)["calibrated"])
    steps = IsotonicRegression().fit(score, y).predict(score)
    few = len(y) < 1000  # two blocks of a dozen positives each
    assert np.mean(np.abs(p - steps)) < (0.06 if few else 0.02)
    assert p.mean() == pytest.approx(y.mean(), rel=1e-5)
    assert sk.roc_auc_score(y, p) == pytest.approx(sk.roc_auc_score(y, score), abs=1e-6)


def test_trials_are_cross_fitted_log_losses(decided):
    """Of "none": the log loss itself. The folds of the probe are every fifth entry."""
    score, n0, y = made_up(5)
    score = np.clip(score, 0.001, 0.999)
    trials = decided(score, n0, y, calibration="auto")["trials"]
    assert trials["none"] == pytest.approx(sk.log_loss(y, np.float32(score).astype(float)), abs=1e-7)
    p = np.empty(len(y))
    fold = np.arange(len(y)) % 5
    for k in range(5):
        others = fold != k
        a, b, c = logistic(logs(score[others]), smoothed(y[others]), lower=0)
        p[~others] = special.expit(a * logs(score[~others])[0] + b * logs(score[~others])[1] + c)
    assert trials["beta"] == pytest.approx(sk.log_loss(y, p), abs=2e-4)


def errors_of(x, p):
    """Standard errors by the information matrix."""
    information = (x * (p * (1 - p))[:, None]).T @ x
    return np.sqrt(np.diag(np.linalg.inv(information)))


def test_slope_and_intercept_are_those_of_logistic_regression(decided, rows):
    score, n0, y = rows
    score = np.clip(score, 1e-3, 1 - 1e-3)
    ours = decided(score, n0, y)["reliability"]
    z = special.logit(score)
    slope, intercept = logistic([z], y)
    x = np.column_stack([z, np.ones(len(z))])
    errors = errors_of(x, special.expit(x @ [slope, intercept]))
    for name, value, error in zip(("slope", "intercept"), (slope, intercept), errors):
        assert ours[name]["value"] == pytest.approx(value, abs=1e-4)
        half = stats.norm.ppf(0.975) * error
        assert ours[name]["interval"] == pytest.approx([value - half, value + half], abs=1e-3)
    shift = optimize.brentq(lambda a: np.sum(special.expit(z + a) - y), -10, 10)
    assert ours["in_the_large"]["value"] == pytest.approx(shift, abs=1e-6)


def test_brier_and_mean(decided, rows):
    score, n0, y = rows
    ours = decided(score, n0, y)["reliability"]
    assert ours["brier"]["value"] == pytest.approx(sk.brier_score_loss(y, score))
    half = stats.norm.ppf(0.975) * np.std((score - y) ** 2) / len(y) ** 0.5
    low, high = ours["brier"]["interval"]  # on the scale of the logarithm
    value = ours["brier"]["value"]
    below, above = np.log([low / value, high / value])
    assert below == pytest.approx(-above, rel=1e-6)
    # Student's quantile by the effective number of rows: the normal one's, and somewhat more
    assert 0.98 < above / (half / value) < 1.06
    assert ours["mean_probability"] == pytest.approx(score.mean())
    wilson = stats.binomtest(int(y.sum()), len(y)).proportion_ci(method="wilson")
    assert ours["prevalence"]["interval"] == pytest.approx([wilson.low, wilson.high])


def test_curve_is_scikit_learns_where_no_scores_are_tied(decided):
    score, n0, y = made_up(6)
    assert len(np.unique(score)) > 2990, "hardly a tie"
    score = score + np.arange(len(score)) * 1e-9  # none
    ours = np.array(decided(score, n0, y)["reliability"]["curve"])
    rate, mean = calibration_curve(y, score, n_bins=10, strategy="quantile")
    assert ours[:, 0] == pytest.approx(mean, rel=1e-6)
    assert ours[:, 1] == pytest.approx(rate)
    ece = np.average(np.abs(rate - mean), weights=ours[:, 2])
    assert decided(score, n0, y)["reliability"]["ece"]["value"] == pytest.approx(ece, rel=1e-6)


def test_interval_holds_the_best_threshold_of_the_truth(decided):
    """Probabilities that are right: half the best F1 is the place, and about 95 of 100 intervals hold it."""
    draw = np.random.default_rng(8)
    grid = np.float32(np.linspace(0.005, 0.9, 180)).astype(float)
    rows = np.round(4000 * np.exp(-9 * grid)).astype(int)
    truth = max(2 * np.sum((rows * grid)[i:]) / (np.sum(rows[i:]) + np.sum(rows * grid)) for i in range(180))
    held = lipton = 0
    for _ in range(40):
        y = draw.binomial(rows, grid)
        ours = decided(grid, rows - y, y)["threshold"]
        low, high = ours["interval"]
        held += low <= truth / 2 <= high
        lipton += low <= ours["expected"] <= high
    assert held >= 35 and lipton >= 35, (held, lipton)
