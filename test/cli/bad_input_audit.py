"""Bad input of `audit` and of the scan's options: rows as in bad_input.py, which lists them all."""

from rows import CHECK, DATA, EXTERNAL, USAGE, Row
from tables import VISITS

TABLE = {"t.csv": VISITS}
ON = "audit t.csv --target bought --exclude visit "
PAID = {"t.csv": "\n".join(f"{line},{line[-1]}" for line in VISITS.splitlines()).replace("t,t", "t,paid", 1) + "\n"}


def toml(text):
    return TABLE | {"rarewood.toml": text}


AUDIT = [
    Row("audit of no table", "audit", EXTERNAL, "training_data.parquet"),
    Row("audit of no such file", "audit none.csv --target y", EXTERNAL, "none.csv"),
    Row("audit without a target", "audit t.csv", USAGE, "--target", files=TABLE),
    Row("audit that says no", ON + "--fail-on leak", CHECK, "1 leak (paid)", files=PAID),
    Row("training that says no", "train t.csv --target bought --exclude visit --figures none --fail-on leak",
        CHECK,
        "1 leak (paid)", files=PAID),
    Row("a level that is none", ON + "--fail-on note", USAGE, "one of replacing, none, leak, suspect", files=TABLE),
    Row("availability of no column", ON + "--available-at dept=after", USAGE, "Did you mean 'depth'?",
        files=TABLE),
    Row("availability in other words", ON + "--available-at depth=later", USAGE,
        "Write before, after, or a moment", files=TABLE),
    Row("availability without a word", ON + "--available-at depth", USAGE, "name=word", files=TABLE),
    Row("availability twice", ON + "--available-at depth=after,depth=before", USAGE, "twice", files=TABLE),
    Row("availability that is no text", ON, USAGE, "line 2: 'depth' in 'available_at'",
        files=toml("[available_at]\ndepth = 1\n")),
    Row("availability that is no table", ON, USAGE, "must be a table of texts",
        files=toml("[columns]\navailable_at = 'after'\n")),
    Row("availability in two places", ON, USAGE, "Keep one of the two",
        files=toml("[available_at]\ndepth = 'after'\n[columns]\navailable_at = {hour = 'after'}\n")),
    Row("what if of no column", ON + "--what-if dept", USAGE, "Did you mean 'depth'?", files=TABLE),
    Row("what if with a cap that is none", ON + "--what-if depth=high", USAGE, "is no cap", files=TABLE),
    Row("what if with a cap beyond all values", ON + "--what-if depth=9999", USAGE, "changes nothing: 'depth' is at most", files=TABLE),
    Row("what if with a cap of a category", ON + "--what-if source=3", USAGE, "is no cap", files=TABLE),
    Row("what if nothing were left", ON.replace("visit", "visit,hour,source,returning") + "--what-if depth", USAGE,
        "would leave no feature", files=TABLE),
    Row("entity column that is not there", ON + "--entity-column user", DATA, "user", files=TABLE),
    Row("entity column is the target", ON + "--entity-column bought", USAGE, "target", files=TABLE),
]
