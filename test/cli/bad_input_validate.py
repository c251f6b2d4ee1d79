"""Bad input of `validate` and of its tolerances: rows as in bad_input.py, which lists them all."""

from rows import DATA, EXTERNAL, USAGE, Row
from tables import VISITS

TABLE = {"t.csv": VISITS}
ON = "validate t.csv --model none.onnx "

VALIDATE = [
    Row("validation by no model", ON, EXTERNAL, "none.onnx", files=TABLE),
    Row("validation by what is no model", "validate t.csv --model t.csv", DATA, "is not a rarewood model",
        files=TABLE),
    Row("tolerance of nothing", ON + "--max-psi 0", USAGE, "--max-psi must be a number", files=TABLE),
    Row("share above all rows", ON + "--max-unexpected 1.5", USAGE, "--max-unexpected", files=TABLE),
    Row("no rows wanted", ON + "--min-rows 0", USAGE, "--min-rows", files=TABLE),
    Row("validation of another word", "score t.csv --out s.csv --validate yes", USAGE,
        "one of off, warn, fail", files=TABLE),
]
