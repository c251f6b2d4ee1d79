"""Bad input of `evaluate`: rows as in bad_input.py, which lists them all."""

from rows import DATA, EXTERNAL, USAGE, Row

ON = "evaluate s.csv --label y --score p"


def scores(*lines, head="y,p,g,t"):
    return {"s.csv": "\n".join([head, *lines]) + "\n"}


COST = " --cost-false-positive 1 --cost-false-negative-column"
GOOD = ["1,0.9,a,2026-01-05", "0,0.1,b,2026-01-06", "0,0.4,a,2026-01-07"]

EVALUATE = [
    Row("nothing to judge", "evaluate", USAGE, "needs a table"),
    Row("no label named", "evaluate s.csv --score p", USAGE, "--label", files=scores(*GOOD)),
    Row("no score named", "evaluate s.csv --label y", DATA,
        "no column of scores 'probability'. Name one with --score; it has y, p, g and t.",
        files=scores(*GOOD)),
    Row("nearly a threshold", ON + " --threshold F1", USAGE, "Did you mean 'f1'?",
        files=scores(*GOOD)),
    Row("no such table of scores", ON, EXTERNAL, "s.csv"),
    Row("no such score", "evaluate s.csv --label y --score pp", DATA, "Did you mean 'p'?",
        files=scores(*GOOD)),
    Row("score twice", "evaluate s.csv --label y --score p,p", USAGE, "several different ones",
        files=scores(*GOOD)),
    Row("score above 1", ON, DATA, "holds 1.5 in row 2, which is no probability. Say --scale",
        files=scores("1,0.9,a,", "0,1.5,b,")),
    Row("score below 0", ON, DATA, "holds -0.25 in row 1, which is no probability",
        files=scores("1,-0.25,a,", "0,0.5,b,")),
    Row("score missing", ON, DATA, "'p' of 's.csv' has no finite number in row 2",
        files=scores("1,0.9,a,", "0,,b,")),
    Row("score infinite", ON + " --scale log_odds", DATA, "has no finite number in row 2",
        files=scores("1,0.9,a,", "0,-inf,b,")),
    Row("score of words", "evaluate s.csv --label y --score g", DATA, "is of type text",
        files=scores(*GOOD)),
    Row("cut by cost without costs", ON + " --threshold cost", USAGE,
        "needs to know what errors cost", files=scores(*GOOD)),
    Row("no such cost", ON + COST + " c", DATA, "'c'", files=scores(*GOOD)),
    Row("cost of words in scores", ON + COST + " g", DATA, "is of type text. Costs are numbers",
        files=scores(*GOOD)),
    Row("cost missing in scores", ON + COST + " c", DATA, "has no value in row 3, which is positive",
        files=scores("1,0.9,5", "0,0.1,", "1,0.2,", head="y,p,c")),
    Row("negative cost in scores", ON + COST + " c", DATA, "has -5 in row 1, which is positive",
        files=scores("1,0.9,-5", "0,0.1,", "1,0.2,2", head="y,p,c")),
    Row("label missing", ON, DATA, "The target 'y' of 's.csv' has no value in 1 of 3 rows",
        files=scores("1,0.9,a,", ",0.1,b,", "0,0.1,b,")),
    Row("one class", ON, DATA, "is '0' in all rows", files=scores("0,0.9,a,", "0,0.1,b,")),
    Row("three classes", ON, DATA, "more than two values",
        files=scores("0,0.9,a,", "1,0.1,b,", "2,0.1,b,")),
    Row("labels of unknown meaning", ON, USAGE, "--positive VALUE",
        files=scores("ham,0.9,a,", "spam,0.1,b,")),
    Row("cut by f1 with one group", ON + " --group g --threshold f1", DATA,
        "all rows are of one group. Give a number",
        files=scores("1,0.9,a,", "0,0.1,a,", "0,0.4,a,")),
    Row("threshold of no probability", ON + " --threshold 1.5", USAGE,
        "--threshold must be f1, cost or a probability between 0 and 1, not '1.5'", files=scores(*GOOD)),
    Row("ranks without threshold", ON + " --scale rank", USAGE, "--scale rank needs a --threshold",
        files=scores(*GOOD)),
    Row("unknown scale", ON + " --scale percent", USAGE, "--scale", files=scores(*GOOD)),
    Row("group missing", ON + " --group g", DATA, "'g' of 's.csv' has no value in 1 rows",
        files=scores("1,0.9,,", "0,0.1,b,")),
    Row("time that is none", ON + " --time g", DATA, "--time needs dates or time stamps",
        files=scores(*GOOD)),
    Row("no such level column", ON + " --by gg", DATA, "Did you mean 'g'?", files=scores(*GOOD)),
    Row("best cut of a single positive", ON + " --threshold f1", DATA,
        "A threshold needs positive rows to be chosen on", files=scores(*GOOD)),
    Row("json below a file", ON + " --json s.csv/o.json", EXTERNAL, "s.csv", files=scores(*GOOD)),
]  # fmt: skip
