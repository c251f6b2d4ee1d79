"""`rarewood train` where rows are not independent, and by columns it does not learn from."""

import csv
import json
import random

import numpy
import pytest
from sklearn.metrics import roc_auc_score

QUICK = "--figures none --n-estimators 10"
HEADER = "user,day,region,part,depth,hour,bought"


def table(users=400, seed=3):
    """Five like visits a user; in the north nothing tells who buys."""
    draw = random.Random(seed)
    lines = [HEADER]
    for user in range(users):
        depth = draw.randint(1, 6)
        region = ["north", "south", "west"][user % 3]
        chance = 0.15 if region == "north" else [0, 0.01, 0.02, 0.05, 0.1, 0.3, 0.7][depth]
        buys = draw.random() < chance
        part = ["a", "b", "c", "test", "test"][user % 5]
        for _ in range(5):
            day = f"2025-0{draw.randint(1, 2)}-{draw.randint(1, 28):02}"
            bought = int(buys) if draw.random() < 0.9 else int(draw.random() < 0.1)
            lines.append(
                f"u{user},{day},{region},{part},{depth},{draw.randint(0, 3)},{bought}"
            )
    return lines


@pytest.fixture
def visits(tmp_path):
    (tmp_path / "visits.csv").write_text("\n".join(table()) + "\n")


def trained(rarewood, tmp_path, words):
    answer = rarewood(
        f"train visits.csv --target bought --plain {QUICK} --json run.json {words}"
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout, json.loads((tmp_path / "run.json").read_text())


OWN_FOLDS = "--exclude user,day,region --split column --fold-column part --group-column user"


def scored_test_rows(rarewood, tmp_path):
    assert rarewood("score visits.csv --out all.csv").returncode == 0
    rows = [row for row in csv.DictReader((tmp_path / "all.csv").open()) if row["part"] == "test"]
    with (tmp_path / "test.csv").open("w") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return rows


def test_train_judges_as_evaluate_does(visits, rarewood, tmp_path):
    _, run = trained(rarewood, tmp_path, f"{OWN_FOLDS} --by region")
    scored_test_rows(rarewood, tmp_path)
    answer = rarewood(
        "evaluate test.csv --label bought --score probability --group user --by region "
        f"--threshold {run['metrics']['threshold']!r} --json judged.json"
    )
    assert answer.returncode == 0, answer.stderr
    judged = json.loads((tmp_path / "judged.json").read_text())
    assert run["data"]["groups"] == judged["data"]["groups"] == {"column": "user", "groups": 160}
    assert set(run["design_effects"]) == set(judged["design_effects"])
    for name, effect in judged["design_effects"].items():
        assert run["design_effects"][name] == pytest.approx(effect, rel=1e-5)
        assert run["intervals"][name]["low"] == pytest.approx(
            judged["intervals"][name]["low"], abs=1e-6
        )
    (mine,) = run["segmentations"]
    (given,) = judged["segmentations"]
    assert [each["level"] for each in mine["segments"]] == ["north", "south", "west"]
    for one, other in zip(mine["segments"], given["segments"], strict=True):
        assert one["rows"] == other["rows"] and one["flagged"] == other["flagged"]
        assert one["metrics"]["auc_roc"] == pytest.approx(other["metrics"]["auc_roc"], abs=1e-9)
        assert one["intervals"]["auc_roc"]["low"] == pytest.approx(
            other["intervals"]["auc_roc"]["low"], abs=1e-6
        )
    assert "north" in mine["verdict"]


def test_intervals_are_those_of_drawn_users(visits, rarewood, tmp_path):
    _, run = trained(rarewood, tmp_path, OWN_FOLDS)
    rows = scored_test_rows(rarewood, tmp_path)
    label = numpy.array([int(row["bought"]) for row in rows])
    score = numpy.array([float(row["probability"]) for row in rows])
    users = numpy.unique([row["user"] for row in rows], return_inverse=True)[1]
    members = [numpy.flatnonzero(users == user) for user in range(users.max() + 1)]
    draw = numpy.random.default_rng(5)

    def spread(units):
        values = []
        for _ in range(400):
            drawn = numpy.concatenate(
                [units[i] for i in draw.integers(len(units), size=len(units))]
            )
            values.append(roc_auc_score(label[drawn], score[drawn]))
        return numpy.std(values)

    by_user = spread(members)
    by_row = spread([numpy.array([i]) for i in range(len(rows))])
    interval = run["intervals"]["auc_roc"]
    assert (interval["high"] - interval["low"]) / 3.92 == pytest.approx(by_user, rel=0.2)
    assert run["design_effects"]["auc_roc"] == pytest.approx((by_user / by_row) ** 2, rel=0.3)
    assert run["design_effects"]["auc_roc"] > 2


def test_a_drawn_test_part_knows_its_groups(visits, rarewood, tmp_path):
    words = "--exclude user,day,region,part"
    text, run = trained(rarewood, tmp_path, f"{words} --group-column user")
    _, plain = trained(rarewood, tmp_path, words)
    assert run["metrics"]["auc_roc"] == plain["metrics"]["auc_roc"]
    assert plain["design_effects"] == {} and plain["data"]["groups"]["column"] == ""
    assert "Intervals are by whole groups of user" in text
    # A fifth of five like rows each: 1 + (rows of a user - 1) * likeness is well above 1.
    assert 1.2 < run["design_effects"]["auc_roc"] < 3
    assert 200 < run["data"]["groups"]["groups"] < 400


def test_groups_of_one_row_are_no_groups(visits, rarewood, tmp_path):
    lines = table()
    (tmp_path / "visits.csv").write_text(
        "\n".join(["id," + lines[0], *(f"{i},{line}" for i, line in enumerate(lines[1:]))]) + "\n"
    )
    text, run = trained(
        rarewood, tmp_path, "--exclude user,day,region,part --group-column id"
    )
    assert run["design_effects"] == {} and "whole groups" not in text


def test_the_draw_of_rows_knows_no_order(visits, rarewood, tmp_path):
    words = "--exclude user,day,region,part --group-column user --by region"
    _, run = trained(rarewood, tmp_path, words)
    header, *lines = table()
    (tmp_path / "visits.csv").write_text("\n".join([header, *reversed(lines)]) + "\n")
    _, turned = trained(rarewood, tmp_path, words)
    assert turned["segmentations"] == run["segmentations"]
    for name, effect in run["design_effects"].items():
        assert turned["design_effects"][name] == pytest.approx(effect, rel=1e-9)


def test_weeks_are_judged_unasked_and_told_in_one_line(visits, rarewood, tmp_path):
    words = "--exclude user,region,part --split stratified --time-column day --no-time-check"
    text, run = trained(rarewood, tmp_path, words)
    (weeks,) = run["segmentations"]
    assert weeks["column"] == "week of day" and not weeks["asked"]
    assert sum(week["rows"] for week in weeks["segments"]) == run["data"]["test_rows"]
    (line,) = [line for line in text.splitlines() if "By week of day" in line]
    assert line.endswith(weeks["verdict"])
    assert "2025-01-06" not in text.replace(weeks["verdict"], "")
    asked, run = trained(rarewood, tmp_path, words + " --by week")
    assert run["segmentations"][0]["asked"]
    assert "2025-01-06" in asked


def test_ties_in_time_that_move_the_size_are_said(visits, rarewood, tmp_path):
    header, *lines = table()
    months = []  # the day of each row is the first of its month
    for line in lines:
        user, day, rest = line.split(",", 2)
        months.append(f"{user},{day[:8]}01,{rest}")
    (tmp_path / "visits.csv").write_text("\n".join([header, *months]) + "\n")
    _, run = trained(rarewood, tmp_path, "--exclude user,region,part --time-column day")
    assert any("instead of 20.0 %" in warning for warning in run["warnings"])
    (tmp_path / "visits.csv").write_text("\n".join(table()) + "\n")
    _, run = trained(rarewood, tmp_path, "--exclude user,region,part --time-column day")
    assert not any("instead of" in warning for warning in run["warnings"])


def test_coarser_periods_than_weeks_say_why(rarewood, tmp_path):
    lines = ["day,x,bought"]
    for row in range(3000):
        lines.append(f"{2000 + row // 200}-{1 + row % 12:02}-15,{row % 7},{int(row % 7 * row % 5 == 4)}")
    (tmp_path / "v.csv").write_text("\n".join(lines) + "\n")
    answer = rarewood("train v.csv --target bought --time-column day --by week --n-estimators 5 "
                      "--figures none --plain")  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    title, note = answer.stdout.split("By quarter of day:\n")[1].splitlines()[:2][::-1]
    assert note == "   By quarter, as the rows are of more than 26 weeks." and "AUC" in title


def test_users_on_both_sides_are_a_leak_that_the_verdict_names(visits, rarewood, tmp_path):
    text, run = trained(rarewood, tmp_path, "--exclude user,day,region,part --group-column user")
    assert [each["kind"] for each in run["findings"] if each["level"] == "proved"] == ["shared_groups"]
    assert run["verdict"].startswith("Not judged: groups of user lie on both sides of the split.")
    assert "LEAK: groups of user" in text
    _, run = trained(
        rarewood, tmp_path, "--exclude user,day,region,part --group-column user --split group"
    )
    assert not any(each["level"] == "proved" for each in run["findings"])


def test_few_groups_have_no_interval_and_choose_nothing(visits, rarewood, tmp_path):
    text, run = trained(rarewood, tmp_path, "--exclude user,day,part --group-column region")
    assert run["intervals"]["f1_score"] == {"low": None, "high": None}
    assert "threshold" not in run["intervals"]
    assert "(no interval; best F1" in text and "too few groups" in text
    answer = rarewood(
        "compare visits.csv --target bought --exclude user,day,part --group-column region"
        " --learners logistic,dummy"
    )
    assert answer.returncode == 3
    assert "only 3 groups of region, too few to show which candidate is better" in answer.stderr
