"""How often `rarewood promote` lets a challenger through, by scores whose truth is known.

    python benchmark/promotion.py [RUNS]

Needs build/test/promotion_probe. Margin 0.01, 5 % of the rows positive.
"""

import json
import subprocess
import sys
from pathlib import Path

PROBE = Path(__file__).resolve().parents[1] / "build" / "test" / "promotion_probe"
RATE = 0.05
OUTCOMES = ("not_worse", "not_shown", "worse", "not_calibrated")


def shares(rows, loss, runs):
    words = [PROBE, str(rows), str(RATE), str(loss), str(runs)]
    counts = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
    return [100 * counts.get(outcome, 0) / runs for outcome in OUTCOMES]


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    print(f"{runs} runs each; share of runs in %, positive rows on average in brackets")
    print(f"{'AUC lost':>8} {'rows':>7}         {'promoted':>9} {'not shown':>9} {'worse':>7} {'off':>6}")
    for loss in (0, 0.01, 0.03):
        for rows in (300, 2000, 8000, 32000):
            promoted, open_, worse, off = shares(rows, loss, runs)
            print(f"{loss:>8} {rows:>7} {f'({rows * RATE:.0f})':>7} {promoted:>9.1f} {open_:>9.1f} "
                  f"{worse:>7.1f} {off:>6.1f}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
