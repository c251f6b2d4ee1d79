"""`rarewood audit`, and the same scan in `rarewood train`."""

import json
import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from tables import VISITS  # noqa: E402

HEADER, *LINES = VISITS.splitlines()
ANSWER = '[available_at]\n{} = "{}"\n'


def with_column(name, value):
    """VISITS with one more column: value(line, label, draw)."""
    draw = random.Random(7)
    rows = [f"{line},{value(line, int(line[-1]), draw)}" for line in LINES]
    return "\n".join([f"{HEADER},{name}", *rows]) + "\n"


def noisy(share):
    return lambda line, label, draw: 1 - label if draw.random() < share else label


@pytest.fixture
def audit(rarewood, tmp_path):
    """run(text of a table, words) -> (answer, record)."""

    def run(text, words="", **environment):
        (tmp_path / "visits.csv").write_text(text)
        answer = rarewood(f"audit visits.csv --target bought --json a.json {words}", **environment)
        path = tmp_path / "a.json"
        return answer, json.loads(path.read_text()) if path.exists() else None

    return run


def findings(record, level):
    return [(f["kind"], f["column"]) for f in record["findings"] if f["level"] == level]


def test_says_plainly_that_nothing_was_found_and_what_was_looked_for(audit):
    answer, record = audit(VISITS, "--plain --fail-on suspect")
    assert answer.returncode == 0
    assert "Nothing found.\n" in answer.stdout
    assert "Looked for:\n   - rules without exception" in answer.stdout
    assert answer.stdout.isascii()
    assert record["findings"] == [] and len(record["looked_for"]) > 3


def test_few_positive_rows_are_told(audit):
    draw = random.Random(5)
    rows = [f"{draw.random():.4f},{int(row % 40 == 0)}" for row in range(1000)]
    answer, record = audit("\n".join(["x,bought", *rows]) + "\n", "--plain")
    assert "Nothing found" not in answer.stdout
    assert "The table has 25 rows with bought = 1" in answer.stdout
    assert "from 59 on" in answer.stdout
    assert findings(record, "note") == [("few_rows", "")]


def test_a_leak_is_proved_and_fails_the_gate(audit):
    text = with_column("paid", noisy(0))
    answer, record = audit(text)
    assert answer.returncode == 0, "without --fail-on a finding is no failure"
    (finding,) = record["findings"]
    assert (finding["level"], finding["kind"], finding["column"]) == ("proved", "leak", "paid")
    assert finding["taxonomy"] == "L2"
    assert "LEAK: paid gives the answer away" in answer.stdout
    for level in ("leak", "suspect"):
        answer, record = audit(text, f"--fail-on {level}")
        assert answer.returncode == 5
        assert "1 leak (paid)" in answer.stderr
        assert record["findings"], "what was found is written all the same"


def test_a_suspect_is_asked_about_once(audit, tmp_path):
    text = with_column("hint", noisy(0.06))
    answer, record = audit(text, "--fail-on suspect")
    assert answer.returncode == 5
    assert findings(record, "suspect") == [("strong_column", "hint")]
    (finding,) = record["findings"]
    assert finding["interval"]["low"] < finding["value"] < finding["interval"]["high"]
    assert 'Answer once in rarewood.toml: [available_at] hint = "before"' in answer.stdout
    assert audit(text, "--fail-on leak")[0].returncode == 0

    (tmp_path / "rarewood.toml").write_text(ANSWER.format("hint", "before"))
    answer, record = audit(text, "--fail-on suspect")
    assert answer.returncode == 0 and record["findings"] == []
    assert "(not asked about, known at the prediction point: 1 of 5 columns)" in answer.stdout


def test_a_column_declared_as_later_is_proved_here_and_left_out_there(audit, rarewood, tmp_path):
    text = with_column("hint", noisy(0.06))
    (tmp_path / "rarewood.toml").write_text(ANSWER.format("hint", "after"))
    answer, record = audit(text, "--fail-on leak")
    assert answer.returncode == 5
    assert findings(record, "proved") == [("known_later", "hint")]
    assert "rarewood train leaves it out by itself" in answer.stdout
    assert audit(text, "--fail-on leak --exclude hint")[0].returncode == 0

    train = "train visits.csv --target bought --figures none --n-estimators 20 --json run.json "
    answer = rarewood(train + "--fail-on leak")
    assert answer.returncode == 0, answer.stderr
    assert "column hint (integer) left out: it is declared as known only after" in answer.stderr
    run = json.loads((tmp_path / "run.json").read_text())
    assert run["data"]["features"] == 4 and run["timings"]["audit"] < 0.2
    answer = rarewood(train + "--fail-on leak --include hint")
    assert answer.returncode == 5
    assert "by itself" not in answer.stdout


def test_the_same_may_be_a_flag_or_a_variable(audit):
    text = with_column("hint", noisy(0.06))
    for answer, record in (
        audit(text, "--available-at hint=after"),
        audit(text, RAREWOOD_AVAILABLE_AT="hint=after"),
    ):
        assert findings(record, "proved") == [("known_later", "hint")]


def test_training_stops_at_a_leak_before_it_fits_anything(rarewood, tmp_path):
    (tmp_path / "visits.csv").write_text(with_column("paid", noisy(0)))
    answer = rarewood("train visits.csv --target bought --figures none --fail-on leak")
    assert answer.returncode == 5
    assert "LEAK: paid" in answer.stdout and "Evaluating" not in answer.stdout
    assert not (tmp_path / "store/models").exists()


def test_training_asks_of_a_column_that_is_the_model(rarewood, tmp_path):
    draw = random.Random(3)
    lines = [f"{draw.randint(1, 40)},{draw.randint(0, 1)}" for _ in range(2000)]
    rows = [f"{line},{int(draw.random() < int(line.split(',')[0]) / 60)}" for line in lines]
    (tmp_path / "t.csv").write_text("\n".join(["x,z,y", *rows]) + "\n")
    train = "train t.csv --target y --figures none --max-depth 3 --n-estimators 20 --json run.json "
    answer = rarewood(train)
    run = json.loads((tmp_path / "run.json").read_text())
    assert answer.returncode == 0
    kinds = {f["kind"] for f in run["findings"] if f["column"] == "x"}
    assert kinds & {"dominant", "strong_column"}
    answer = rarewood(train + "--fail-on suspect")
    assert answer.returncode == 5
    answer = rarewood(train + "--fail-on suspect --available-at x=before")
    assert answer.returncode == 0, answer.stderr


def test_rows_in_the_time_gap_are_no_training_rows(rarewood, tmp_path):
    draw = random.Random(3)
    days = [f"2024-{1 + day // 28:02d}-{1 + day % 28:02d}" for day in range(300)]
    # Users of the test part are seen shortly before it, never earlier.
    users = [f"u{day}" if day < 200 else f"v{day % 40}" for day in range(300)]
    rates = {f"v{i}": 0.9 * (i % 2) for i in range(40)}
    rows = [
        f"{draw.randint(1, 9)},{user},{day},{int(draw.random() < rates.get(user, 0.3))}"
        for day, user in zip(days, users)
        for _ in range(6)
    ]
    (tmp_path / "t.csv").write_text("\n".join(["x,u,t,y", *rows]) + "\n")
    words = "audit t.csv --target y --split time --time-column t --entity-column u --json a.json"
    assert "groups of u lie on both sides" in rarewood(words).stdout
    answer = rarewood(words + " --time-gap 50d")
    assert answer.returncode == 0, answer.stderr
    assert "groups of u lie on both sides" not in answer.stdout


def test_what_if_shows_what_rests_on_a_column(audit):
    text = with_column("hint", noisy(0.06))
    answer, record = audit(text, "--what-if hint,depth=3 --learner logistic --exclude visit")
    assert answer.returncode == 0, answer.stderr
    without, capped = record["what_if"]
    assert without["cap"] is None and capped["cap"] == 3
    auc = next(f for f in without["figures"] if f["metric"] == "auc_roc")
    assert auc["changed"] < auc["as_it_is"]
    assert auc["difference"]["low"] <= auc["changed"] - auc["as_it_is"] <= auc["difference"]["high"]
    assert auc["difference"]["high"] < 0, "all of it rests on the hint"
    assert "It is no prediction point" in answer.stdout
    again = audit(text, "--what-if hint,depth=3 --learner logistic --exclude visit --n-jobs 1")[1]
    assert again["what_if"] == record["what_if"]


def test_entities_on_both_sides_are_a_leak_only_where_they_are_alike(audit):
    draw = random.Random(5)

    def table(spread):
        rates = [0.02 + spread * (user % 4 == 0) for user in range(300)]
        rows = [(draw.randint(1, 9), user) for user in range(300) for _ in range(8)]
        lines = [f"{x},{user},{int(draw.random() < rates[user])}" for x, user in rows]
        return "\n".join(["x,user,bought", *lines]) + "\n"

    _, record = audit(table(0.7), "--entity-column user")
    assert findings(record, "proved") == [("shared_groups", "user")]
    assert 0 < record["findings"][0]["interval"]["low"] < 1
    _, record = audit(table(0.0), "--entity-column user")
    assert findings(record, "proved") == []
    assert findings(record, "note") == [("few_rows", ""), ("shared_groups", "user")]
    _, record = audit(table(0.7), "--group-column user")
    assert findings(record, "proved") == [("shared_groups", "user")]
    _, record = audit(table(0.7), "--entity-column user --split group --group-column user")
    assert record["findings"] == []


def test_each_column_that_says_whose_row_it_is_is_asked_about(audit, rarewood, tmp_path):
    draw = random.Random(5)
    rates = [draw.random() for _ in range(300)]
    rows = [f"{draw.random()},{row % 2},{user},{int(draw.random() < rates[user])}"
            for row in range(1200) for user in [row % 300]]  # fmt: skip
    text = "\n".join(["x,shop,user,bought", *rows]) + "\n"
    answer, record = audit(text, "--group-column shop --entity-column user")
    assert findings(record, "proved") == [("shared_groups", "user")]
    assert {"groups of shop on both sides of the split",
            "groups of user on both sides of the split"} <= set(record["looked_for"])  # fmt: skip
    words = "train t.csv --target bought --no-time-check --figures none --json run.json --learner logistic"
    (tmp_path / "t.csv").write_text(text)
    for named, judged_by in (("--group-column shop --entity-column user", "shop"),
                             ("--entity-column user", "user")):  # fmt: skip
        answer = rarewood(f"{words} {named}")
        assert answer.returncode == 0, answer.stderr
        record = json.loads((tmp_path / "run.json").read_text())
        assert findings(record, "proved") == [("shared_groups", "user")]
        assert record["data"]["groups"]["column"] == judged_by


def test_a_gate_holds_in_the_file_too(audit, tmp_path):
    (tmp_path / "rarewood.toml").write_text('[scan]\nfail_on = "leak"\n')
    assert audit(with_column("paid", noisy(0)))[0].returncode == 5


def test_an_answer_to_a_column_that_is_not_there_names_the_nearest(audit, tmp_path):
    (tmp_path / "rarewood.toml").write_text(ANSWER.format("dept", "after"))
    answer, _ = audit(VISITS)
    assert answer.returncode == 0
    assert "names 'dept', which is no column. Did you mean 'depth'?" in answer.stderr


def test_many_notes_of_a_kind_are_counted(audit):
    names = [f"flag{i}" for i in range(12)]
    rows = [line + ("," + str(int(i % 300 == 7))) * 6 + ",0" * 6 for i, line in enumerate(LINES)]
    rows[5] = rows[5][:-11] + "1,2,3,4,5,6"
    text = "\n".join([",".join([HEADER, *names]), *rows]) + "\n"
    answer, record = audit(text, "--plain")
    constant = [column for kind, column in findings(record, "note") if kind == "near_constant"]
    assert len(constant) == 12
    assert answer.stdout.count("is nearly constant\n") == 5
    assert "And 7 more notes of kind near_constant: --json FILE has all." in answer.stdout


def test_a_value_that_only_the_test_part_has_is_drift(audit):
    days = [f"2024-{1 + i // 28 % 12:02}-{1 + i % 28:02}" for i in range(336)]
    lines = [f"{days[i * 336 // 2000]},{'new' if i > 1800 else 'old'},{line}" for i, line in enumerate(LINES)]
    text = "\n".join([f"day,menu,{HEADER}", *lines]) + "\n"
    answer, record = audit(text, "--plain --split time --time-column day --exclude visit")
    assert ("drift", "menu") in findings(record, "note")
    assert "test rows have a value that training has not seen." in answer.stdout


def test_the_columns_taken_are_named_in_part(audit):
    names = ",".join(f"x{i}" for i in range(30))
    rows = [line + "," + ",".join(str(row * (i + 3) % 37) for i in range(30)) for row, line in enumerate(LINES)]
    answer, _ = audit("\n".join([f"{HEADER},{names}", *rows]) + "\n", "--exclude visit")
    assert "x16, x17 and 12 more; boolean: returning" in answer.stderr
