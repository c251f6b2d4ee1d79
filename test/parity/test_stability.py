"""Population stability, its significance and Fisher's test against numpy and scipy."""

import json
import subprocess

import numpy as np
import pytest
from scipy import stats


@pytest.fixture(scope="module")
def ask(probe):
    program = probe("stability_probe")

    def answers(lines):
        text = "\n".join(",".join(map(str, line)) for line in lines) + "\n"
        done = subprocess.run([program], input=text, capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    return answers


def test_the_index_is_that_of_numpy_and_its_chance_that_of_scipy(ask):
    draw = np.random.default_rng(4)
    tables = []
    for groups in (2, 3, 7, 12, 22):
        for n, m in ((200, 50), (5000, 5000), (400_000, 900)):
            shares = draw.dirichlet(np.ones(groups))
            other = draw.dirichlet(np.ones(groups) * 20)
            tables += [(draw.multinomial(n, shares), draw.multinomial(m, shares))]
            tables += [(draw.multinomial(n, shares), draw.multinomial(m, other))]
    found = ask([["psi", *np.column_stack(table).ravel()] for table in tables])
    for (before, after), answer in zip(tables, found):
        there = before + after > 0
        before, after = before[there] + 0.5, after[there] + 0.5
        n, m = before.sum(), after.sum()
        index = np.sum((before / n - after / m) * np.log(before / n / (after / m)))
        assert answer["index"] == pytest.approx(index, rel=1e-12, abs=1e-14)
        assert answer["by_chance"] == pytest.approx((there.sum() - 1) * (1 / n + 1 / m), rel=1e-12)
        chance = stats.chi2.sf(index / (1 / n + 1 / m), there.sum() - 1)
        assert answer["p_value"] == pytest.approx(chance, rel=1e-9, abs=1e-300)


def test_chi_square_is_that_of_scipy(ask):
    cases = [(value, freedom) for value in (0.01, 1, 7.5, 40, 300) for freedom in (1, 2, 3, 10, 23, 60)]
    for (value, freedom), answer in zip(cases, ask([["chi", *case] for case in cases])):
        assert answer == pytest.approx(stats.chi2.sf(value, freedom), rel=1e-10)


def test_two_shares_are_fishers_test_in_scipy(ask):
    cases = [(1, 4, 3, 4), (0, 2000, 3, 200), (12, 2000, 5, 200), (500, 2000, 61, 200),
             (14_000, 470_000, 3300, 100_000), (2, 470_000, 0, 100), (0, 10, 0, 5),
             (20_000, 100_000, 1200, 10_000), (20_000, 100_000, 1, 10_000), (500_000, 1_000_000, 100, 100_000),
             (20_000, 100_000, 2000, 10_000), (90, 100, 1, 100)]  # fmt: skip
    for case, answer in zip(cases, ask([["shares", *case] for case in cases])):
        before, n, after, m = case
        more = stats.hypergeom.sf(after - 1, n + m, before + after, m)
        less = stats.hypergeom.cdf(after, n + m, before + after, m)
        assert answer["more"] == pytest.approx(more, rel=1e-6)
        assert answer["other"] == pytest.approx(min(1, 2 * min(more, less)), rel=1e-6)


def test_few_rows_of_one_law_are_seldom_called_different(ask):
    """The chi-square approximation where it is worst: few rows, groups that hardly occur."""
    draw = np.random.default_rng(9)
    shares = np.array([0.3, 0.25, 0.2, 0.1, 0.08, 0.04, 0.02, 0.007, 0.002, 0.001])
    pairs = [(draw.multinomial(2000, shares), draw.multinomial(60, shares)) for _ in range(4000)]
    answers = ask([["psi", *np.column_stack(pair).ravel()] for pair in pairs])
    chances = np.array([answer["p_value"] for answer in answers])
    assert np.mean(chances < 0.01) < 0.013
    assert np.mean(chances < 0.001) < 0.002
