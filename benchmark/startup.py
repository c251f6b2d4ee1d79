"""How long the program takes to say who it is: medians of --help and --version, in milliseconds.

    .venv/bin/python benchmark/startup.py [PROGRAM]

Exits 5 if a median is over the 30 ms the documentation promises.
"""

import statistics
import subprocess
import sys
import time

PROMISED_MS = 30
RUNS = 31


def median_ms(command):
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else "build/rarewood"
    worst = 0.0
    for words in (["--version"], ["--help"], ["train", "--help"]):
        median = median_ms([program, *words])
        worst = max(worst, median)
        print(f"rarewood {' '.join(words)}: {median:.1f} ms")
    return 0 if worst <= PROMISED_MS else 5


if __name__ == "__main__":
    sys.exit(main())
