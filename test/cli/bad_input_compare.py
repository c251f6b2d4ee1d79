"""Bad input of `compare`: rows as in bad_input.py, which lists them all."""

from rows import DATA, EXTERNAL, USAGE, Row
from tables import VISITS, column

TABLE = {"t.csv": VISITS}
ON = "compare t.csv --target bought --exclude visit"

COMPARE = [
    Row("no such learner", ON + " --learners forest,xgbost", USAGE, "Did you mean 'xgboost'?",
        files=TABLE),
    Row("no such balance", ON + " --balances smotte", USAGE, "Did you mean 'smote'?", files=TABLE),
    Row("no learners", ["compare", "t.csv", "--target", "bought", "--learners", ""], USAGE,
        "--learners", files=TABLE),
    Row("learners of commas", ON + " --learners ,,", USAGE, "--learners names nothing to compare",
        files=TABLE),
    Row("balances of commas", ON + " --balances ,", USAGE, "--balances names nothing to compare",
        files=TABLE),
    Row("figure that is none", ON + " --by f1", USAGE, "--by", files=TABLE),
    Row("setting without a value", ON + " --set forest.max_depth", USAGE,
        "Write it as section.option=value", files=TABLE),
    Row("setting without a section", ON + " --set max_depth=5", USAGE,
        "Write it as section.option=value", files=TABLE),
    Row("setting of no section", ON + " --set forrest.max_depth=5", USAGE,
        "Did you mean 'forest'?", files=TABLE),
    Row("setting of no option", ON + " --set forest.max_deph=5", USAGE,
        "Did you mean 'max_depth'?", files=TABLE),
    Row("setting out of range", ON + " --set forest.max_depth=0", USAGE, "--max-depth must be",
        files=TABLE),
    Row("setting given twice", ON + " --set forest.max_depth=4,forest.max-depth=5", USAGE,
        "set twice", files=TABLE),
    Row("setting of what is not compared", ON + " --learners logistic --set forest.max_depth=5",
        USAGE, "forest is not compared", files=TABLE),
    Row("nothing can be compared", ON + " --learners logistic --balances smote --set smote.k_neighbors=900", DATA,
        "Nothing is left to compare", files=TABLE),
    Row("nothing to compare on", "compare none.csv --target y", EXTERNAL, "none.csv"),
    Row("no training table to compare on", "compare", EXTERNAL, "training_data.parquet"),
    Row("too few positives to compare", "compare t.csv --target y", DATA, "folds",
        files={"t.csv": column(list(range(20)) * 9, 3)}),
    Row("threshold that is none to compare at", ON + " --threshold high", USAGE, "--threshold",
        files=TABLE),
    Row("no journal for a comparison", ON + " --journal /proc/runs", EXTERNAL, "/proc", files=TABLE),
    Row("no JSON of a comparison", ON + " --json /proc/runs/c.json", EXTERNAL, "/proc", files=TABLE),
]  # fmt: skip
