"""Every number of the evaluate room against scikit-learn's on the same scores."""

import json
import subprocess
import warnings

import numpy as np
import pytest
from imblearn import metrics as imb
from scipy import stats
from sklearn import metrics as sk
from sklearn.calibration import _SigmoidCalibration
from sklearn.exceptions import UndefinedMetricWarning


@pytest.fixture(scope="module")
def numbers(probe):
    """numbers(scores, n0, n1, ...): all that evaluate_probe has to say of them."""
    program = probe("evaluate_probe")

    def ask(scores, n0, n1, threshold=0.5, labels=("0", "1")):
        lines = [f"threshold,{threshold!r}", f"labels,{labels[0]},{labels[1]}"]
        lines += [f"{float(s)!r},{int(a)},{int(b)}" for s, a, b in zip(scores, n0, n1)]
        text = "\n".join(lines) + "\n"
        done = subprocess.run([program], input=text, capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    return ask


def as_weighted_rows(scores, n0, n1):
    """Two rows a score, one of each class, weighted by their counts."""
    scores = np.asarray(scores, dtype=float)
    y = np.repeat([0, 1], len(scores))
    weight = np.concatenate([n0, n1]).astype(float)
    kept = weight > 0
    return y[kept], np.tile(scores, 2)[kept], weight[kept]


def as_rows(scores, n0, n1):
    """Each row by itself: what folded counts must be equal to."""
    y, score, weight = as_weighted_rows(scores, n0, n1)
    times = weight.astype(int)
    return np.repeat(y, times), np.repeat(score, times)


def random_counts(rng, size, base_rate, most=50):
    rows = rng.integers(1, most, size)
    n1 = rng.binomial(rows, base_rate)
    return rows - n1, n1


def make_cases():
    rng = np.random.default_rng(7)
    n0, n1 = random_counts(rng, 500, 0.07)
    yield "random", rng.random(500), n0, n1, 0.5
    n0, n1 = random_counts(rng, 400, 0.3)
    yield "tied", rng.integers(0, 11, 400) / 10, n0, n1, 0.3
    yield "float32", rng.random(300).astype(np.float32), *random_counts(rng, 300, 0.05), 0.2
    yield "extreme", [0, 0, 1, 1, 0.5, 1e-300, 1 - 2**-53], [9, 1, 2, 0, 3, 4, 1], [1, 0, 5, 7, 2, 0, 1], 0.5
    yield "separated", [0.1, 0.2, 0.8, 0.9], [50, 40, 0, 0], [0, 0, 3, 2], 0.5
    yield "reversed", [0.1, 0.2, 0.8, 0.9], [0, 0, 40, 50], [3, 2, 0, 0], 0.5
    yield "one score", [0.3], [93], [7], 0.3
    yield "none predicted", [0.1, 0.2, 0.3], [5, 5, 5], [0, 1, 1], 0.9
    yield "all predicted", [0.1, 0.2, 0.3], [5, 5, 5], [0, 1, 1], 0.0
    yield "rare", np.linspace(0, 1, 1001), np.full(1001, 4000), (np.arange(1001) % 97 == 5), 0.7
    yield "one positive", rng.random(50), np.ones(50), np.arange(50) == 17, 0.5


CASES = list(make_cases())
NAMES = [case[0] for case in CASES]


@pytest.fixture(params=CASES, ids=NAMES)
def case(request):
    return request.param[1:]


def imbalanced_metrics(y, predicted, weight):
    """imbalanced-learn's; with weights, which it does not count right, by its definitions."""
    if weight is None:
        index = imb.make_index_balanced_accuracy(alpha=0.1, squared=True)(imb.geometric_mean_score)
        return {
            "specificity": imb.specificity_score(y, predicted, average="binary"),
            "geometric_mean": imb.geometric_mean_score(y, predicted, average="binary"),
            "balanced_index": index(y, predicted, average="binary"),
        }
    recall, specificity = (
        sk.recall_score(y, predicted, pos_label=label, sample_weight=weight) for label in (1, 0)
    )
    return {
        "specificity": specificity,
        "geometric_mean": np.sqrt(recall * specificity),
        "balanced_index": (1 + 0.1 * (recall - specificity)) * recall * specificity,
    }


def sklearn_metrics(y, score, threshold, weight=None):
    predicted = (score >= threshold).astype(int)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UndefinedMetricWarning)
        return {
            "f1_score": sk.f1_score(y, predicted, sample_weight=weight),
            "auc_roc": sk.roc_auc_score(y, score, sample_weight=weight),
            "precision": sk.precision_score(y, predicted, sample_weight=weight),
            "recall": sk.recall_score(y, predicted, sample_weight=weight),
            "accuracy": sk.accuracy_score(y, predicted, sample_weight=weight),
            "average_precision": sk.average_precision_score(y, score, sample_weight=weight),
            "brier": sk.brier_score_loss(y, score, sample_weight=weight),
            "log_loss": sk.log_loss(y, score, sample_weight=weight, labels=[0, 1]),
            **imbalanced_metrics(y, predicted, weight),
        }


def test_metrics_equal_those_of_weighted_rows(numbers, case):
    scores, n0, n1, threshold = case
    y, score, weight = as_weighted_rows(scores, n0, n1)
    ours = numbers(scores, n0, n1, threshold)["metrics"]
    assert ours == pytest.approx(sklearn_metrics(y, score, threshold, weight), abs=1e-12)


def test_metrics_equal_those_of_single_rows(numbers, case):
    scores, n0, n1, threshold = case
    if np.sum(n0) > 1e5:
        pytest.skip("too many rows for one row each")
    ours = numbers(scores, n0, n1, threshold)["metrics"]
    assert ours == pytest.approx(sklearn_metrics(*as_rows(scores, n0, n1), threshold), abs=1e-12)


def test_confusion_and_f1_of_flagging_everyone(numbers, case):
    scores, n0, n1, threshold = case
    y, score, weight = as_weighted_rows(scores, n0, n1)
    ours = numbers(scores, n0, n1, threshold)
    theirs = sk.confusion_matrix(y, score >= threshold, sample_weight=weight, labels=[0, 1])
    assert ours["confusion"] == theirs.ravel().tolist()
    all_flagged = sk.f1_score(y, np.ones_like(y), sample_weight=weight)
    assert ours["flag_all_f1"] == pytest.approx(all_flagged, abs=1e-15)


def test_auc_is_nan_without_both_classes(numbers):
    assert numbers([0.2, 0.7], [3, 4], [0, 0])["metrics"]["auc_roc"] is None


def test_curve_is_that_of_precision_recall_curve(numbers, case):
    scores, n0, n1, _ = case
    y, score, weight = as_weighted_rows(scores, n0, n1)
    precision, recall, thresholds = sk.precision_recall_curve(y, score, sample_weight=weight)
    points = np.array(numbers(scores, n0, n1)["curve"])[::-1]
    assert points[:, 0] == pytest.approx(thresholds, abs=0)
    assert points[:, 2] / points[:, 1:].sum(axis=1) == pytest.approx(precision[:-1])
    assert points[:, 2] / np.sum(n1) == pytest.approx(recall[:-1])


def report_of(confusion, labels):
    tn, fp, fn, tp = confusion
    y = np.repeat([0, 0, 1, 1], [tn, fp, fn, tp])
    predicted = np.repeat([0, 1, 0, 1], [tn, fp, fn, tp])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UndefinedMetricWarning)
        return sk.classification_report(y, predicted, labels=[0, 1], target_names=labels)


def report_cases():
    rng = np.random.default_rng(11)
    for size in (1, 3, 10, 40, 1000, 90000):
        for _ in range(6):
            yield rng.integers(0, size + 1, 4).tolist(), ("0", "1")
    yield [9, 0, 1, 0], ("0", "1")
    yield [0, 9, 0, 1], ("0", "1")
    yield [5, 0, 0, 0], ("0", "1")
    yield [0, 0, 0, 5], ("0", "1")
    yield [0, 9, 5, 0], ("0", "1")
    yield [7, 1, 2, 3], ("no", "a label wider than the widest heading")
    yield [7, 1, 2, 3], ("nein", "größer ≥ ✓ 漢字")
    yield [77431, 10681, 2908, 3555], ("False", "True")


@pytest.mark.parametrize("confusion,labels", list(report_cases()), ids=str)
def test_report_is_byte_for_byte_that_of_scikit_learn(numbers, confusion, labels):
    if sum(confusion) == 0:
        pytest.skip("no rows")
    tn, fp, fn, tp = confusion
    ours = numbers([0.1, 0.9], [tn, fp], [fn, tp], 0.5, labels)
    assert ours["report"] == report_of(confusion, labels)


def stretched(score, edge=1e-3):
    """The logit, continued by its tangents beyond the edges, as docs/method/evaluation.md says."""
    inside = np.clip(score, edge, 1 - edge)
    return np.log(inside / (1 - inside)) + (score - inside) / (edge * (1 - edge))


def test_platt_is_scikit_learns_sigmoid_calibration(numbers, case):
    scores, n0, n1, _ = case
    y, score, weight = as_weighted_rows(scores, n0, n1)
    ours = numbers(scores, n0, n1)["choices"]["platt"]
    theirs = _SigmoidCalibration().fit(stretched(score), y, sample_weight=weight)
    if ours["method"] == "constant":
        # scikit-learn calibrates downwards there, which would turn the order round.
        assert theirs.a_ > -1e-6 or len(set(score)) == 1
        assert ours["y"] == pytest.approx([np.sum(n1) / np.sum(weight)] * 2)
        return
    expected = theirs.predict(stretched(score))
    sigmoid = 1 / (1 + np.exp(-(ours["slope"] * stretched(score) + ours["intercept"])))
    assert sigmoid == pytest.approx(expected, abs=2e-4)  # its solver stops early
    assert np.interp(score, ours["x"], ours["y"]) == pytest.approx(sigmoid, abs=1.01e-4)
    assert ours["deviation"] <= 1e-4
    assert smoothed_loss(sigmoid, y, weight) <= smoothed_loss(expected, y, weight) + 1e-9


def smoothed_loss(probability, y, weight):
    n0, n1 = weight[y == 0].sum(), weight[y == 1].sum()
    target = np.where(y == 1, (n1 + 1) / (n1 + 2), 1 / (n0 + 2))
    row = -target * np.log(probability) - (1 - target) * np.log1p(-probability)
    return np.sum(row * weight) / weight.sum()


def test_f1_threshold_reaches_the_best_f1_of_the_precision_recall_curve(numbers, case):
    scores, n0, n1, _ = case
    scores = np.float32(scores)  # what raw scores are
    y, score, weight = as_weighted_rows(scores, n0, n1)
    precision, recall, _ = sk.precision_recall_curve(y, score, sample_weight=weight)
    with np.errstate(invalid="ignore"):
        best = np.nanmax(2 * precision * recall / (precision + recall))
    raw = numbers(scores, n0, n1)["choices"]["f1_threshold"]["raw_score"]
    assert sk.f1_score(y, score >= raw, sample_weight=weight) == pytest.approx(best)


def test_draws_are_those_of_drawing_single_rows(numbers):
    """Poisson numbers on counts against drawing row by row with replacement."""
    rng = np.random.default_rng(5)
    scores = rng.integers(1, 40, 60) / 40
    n0, n1 = random_counts(rng, 60, scores * 0.6, most=30)
    y, score = as_rows(scores, n0, n1)
    drawn = []
    for _ in range(200):
        rows = rng.integers(0, len(y), len(y))
        drawn.append(sklearn_metrics(y[rows], score[rows], 0.5))
    for name, (low, high) in numbers(scores, n0, n1, 0.5)["drawn_intervals"].items():
        expected = np.percentile([each[name] for each in drawn], [2.5, 97.5])
        assert [low, high] == pytest.approx(expected, abs=0.2 * (expected[1] - expected[0])), name


def of_both_classes(case):
    scores, n0, n1, threshold = case
    if np.sum(n0) > 1e5 or min(np.sum(n0), np.sum(n1)) < 2:
        pytest.skip("too many rows for one row each, or one of a class")
    return (*as_rows(scores, n0, n1), threshold)


def delong(y, *scores):
    """Covariance of the AUCs of several scores: DeLong's components, pair by pair."""
    positive, negative = [], []
    for score in scores:
        above = np.sign(score[y == 1][:, None] - score[y == 0][None, :]) / 2 + 0.5
        positive.append(above.mean(axis=1))
        negative.append(above.mean(axis=0))
    return np.cov(positive) / len(positive[0]) + np.cov(negative) / len(negative[0])


def test_auc_variance_is_delongs(numbers, case):
    y, score, _ = of_both_classes(case)
    ours = numbers(*case)["auc_variance"]
    assert ours == pytest.approx(float(delong(y, score)), rel=1e-9, abs=1e-15)


def test_auc_difference_is_delongs_paired_one(numbers, case):
    y, score, _ = of_both_classes(case)
    other = np.where(score < 0.5, 0.5, 1.5) - score
    covariance = delong(y, score, other)
    variance = covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1]
    low, high = numbers(*case)["auc_difference"]
    if low is None:  # too few rows of a class, or a difference without any spread
        assert min((y == 0).sum(), (y == 1).sum()) < 20 or variance < 1e-12
        return
    difference = sk.roc_auc_score(y, score) - sk.roc_auc_score(y, other)
    assert (low + high) / 2 == pytest.approx(difference, abs=1e-9)
    # Student's quantile: never narrower than the normal one's, nor that of two degrees of freedom
    half = (high - low) / 2
    assert half >= 1.9599 * np.sqrt(max(variance, 0)) - 1e-9
    assert half <= 4.3027 * np.sqrt(max(variance, 0)) + 1e-9


def test_average_precision_variance_is_the_jackknife(numbers, case):
    y, score, _ = of_both_classes(case)
    if len(y) > 3000:
        pytest.skip("a jackknife of so many rows takes too long")
    kept = np.ones(len(y), dtype=bool)
    left = []
    for row in range(len(y)):
        kept[row] = False
        left.append(sk.average_precision_score(y[kept], score[kept]))
        kept[row] = True
    expected = (len(y) - 1) * np.var(left)
    assert numbers(*case)["average_precision_variance"] == pytest.approx(expected, rel=1e-9, abs=1e-15)


def test_intervals_of_shares_are_scipys(numbers, case):
    _, n0, n1, _ = case
    ours = numbers(*case)["proportions"]
    share = stats.binomtest(int(np.sum(n1)), int(np.sum(n0) + np.sum(n1)))
    for name, method in (("wilson", "wilson"), ("clopper_pearson", "exact")):
        theirs = share.proportion_ci(0.95, method=method)
        assert ours[name] == pytest.approx([theirs.low, theirs.high], abs=1e-9)


def test_f1_interval_is_that_of_the_shares_scipy_knows(numbers, case):
    y, score, threshold = of_both_classes(case)
    flagged = score >= threshold
    both, either = int(np.sum((y == 1) & flagged)), int(np.sum((y == 1) | flagged))
    few = min(np.sum(y == 0), np.sum(y == 1)) < 20
    jaccard = stats.binomtest(both, either).proportion_ci(0.95, method="exact" if few else "wilson")
    expected = [2 * jaccard.low / (1 + jaccard.low), 2 * jaccard.high / (1 + jaccard.high)]
    assert numbers(*case)["intervals"]["f1_score"] == pytest.approx(expected, abs=1e-9)


def test_auc_interval_is_delongs_on_the_logit(numbers, case):
    y, score, _ = of_both_classes(case)
    auc = sk.roc_auc_score(y, score)
    low, high = numbers(*case)["intervals"]["auc_roc"]
    if low is None or auc in (0, 1) or len(set(score)) == 1:
        pytest.skip("too few rows, or none that tells how sure the AUC is")
    error = np.sqrt(float(delong(y, score))) / (auc * (1 - auc))
    logit = np.log(auc / (1 - auc))
    ends = np.log([low / (1 - low), high / (1 - high)])
    assert ends.mean() == pytest.approx(logit, abs=1e-9)
    assert 1.9599 * error <= (ends[1] - ends[0]) / 2 <= 4.3027 * error
