"""How often the 95 % intervals hold the truth: the tables of docs/method/evaluation.md.

    python benchmark/coverage.py [--simulations 2000] [--programs build/test] [--only folds]

Each scenario is a population of scores whose chances are known, so that every metric's truth is.
Beside the intervals that rarewood reports stand plain percentiles of 200 bootstrap draws of the same
samples. Shares in per cent of the samples that have an interval; 2,000 simulations tell 95 from 94 or 96.
"""

import argparse
import json
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# separation of the log-odds, base rate, positives, distinct scores, rows that come together
SCENARIOS = {
    "usual": (1.8, 0.07, 50, 20000, 1),
    "12 scores": (1.8, 0.07, 50, 12, 1),
    "strong": (3.5, 0.07, 50, 20000, 1),
    "weak": (0.7, 0.03, 50, 20000, 1),
    "rare": (1.8, 0.005, 50, 20000, 1),
    "200 positives": (1.8, 0.07, 200, 20000, 1),
    "strong, 200": (3.5, 0.02, 200, 20000, 1),
    "twins": (1.8, 0.07, 100, 200, 2),
    "24 positives": (1.8, 0.07, 24, 20000, 1),
    "AUC 0.996": (3.5, 0.002, 50, 20000, 1),
}
# separation of the log-odds, base rate, positives
FOLDS = {
    "usual": (1.8, 0.07, 50),
    "100 positives": (1.8, 0.07, 100),
    "no knowledge": (0, 0.07, 50),
    "strong": (3.5, 0.07, 50),
    "250 positives": (1.8, 0.07, 250),
    "weak": (0.7, 0.03, 50),
}
METRICS = ["f1_score", "auc_roc", "precision", "recall", "accuracy", "average_precision", "brier",
           "log_loss", "specificity", "geometric_mean", "balanced_index"]  # fmt: skip
COMPARED = ["f1_score", "auc_roc", "average_precision", "log_loss"]


def simulated(program, scenarios, simulations):
    words = [",".join(map(str, scenario)) for scenario in scenarios.values()]
    done = subprocess.run([program, *words, str(simulations)], capture_output=True, text=True, check=True)
    return dict(zip(scenarios, map(json.loads, done.stdout.splitlines())))


def table(results, names, title):
    print(f"\n{title}\n")
    print("| metric | " + " | ".join(results) + " |")
    print("|---|" + "---|" * len(results))
    for name in names:
        shares = (f"{100 * each['holds'][name]:.1f}" for each in results.values())
        print(f"| {name} | " + " | ".join(shares) + " |")


def judge_samples(programs, simulations):
    results = simulated(programs / "coverage_probe", SCENARIOS, simulations)
    for name, each in results.items():
        truth = each["truth"]
        print(f"{name}: {SCENARIOS[name]}, AUC {truth['auc_roc']:.3f}, average precision "
              f"{truth['average_precision']:.3f}, F1 {truth['f1_score']:.3f}")  # fmt: skip
    table(results, METRICS, "Reported intervals")
    table(results, [f"percentile {name}" for name in METRICS], "Percentiles of 200 draws")
    table(results, [f"difference {name}" for name in COMPARED], "Reported differences")
    table(results, [f"percentile difference {name}" for name in COMPARED], "Their percentiles")


def judge_folds(programs, simulations):
    results = simulated(programs / "coverage_folds_probe", FOLDS, simulations)
    claims = [key for key, value in next(iter(results.values())).items() if isinstance(value, dict)]
    print("\nOut of fold: shares that hold what the judges / the trained model / the recipe are worth, in")
    print("per cent; in brackets how far the figures are off on average, and the mean width\n")
    print("| figure | " + " | ".join(results) + " |")
    print("|---|" + "---|" * len(results))
    for claim in claims:
        cells = (
            " / ".join(f"{100 * each[claim][truth]:.1f}" for truth in ("judges", "model", "procedure"))
            + f" ({each[claim]['off']:+.4f}, {each[claim]['width']:.3f})"
            for each in results.values()
        )
        print(f"| {claim} | " + " | ".join(cells) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--simulations", type=int, default=2000)
    parser.add_argument("--programs", type=Path, default=ROOT / "build/test")
    parser.add_argument("--only", choices=["samples", "folds"])
    arguments = parser.parse_args()
    if arguments.only != "folds":
        judge_samples(arguments.programs, arguments.simulations)
    if arguments.only != "samples":
        judge_folds(arguments.programs, arguments.simulations)


if __name__ == "__main__":
    main()
