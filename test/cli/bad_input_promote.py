"""Bad input of `promote`: rows as in bad_input.py, which lists them all."""

from rows import DATA, EXTERNAL, USAGE, Row
from tables import VISITS

TABLE = {"t.csv": VISITS}

PROMOTE = [
    Row("promotion of no model", "promote none.onnx", EXTERNAL,
        "There is no challenger: './store/none.onnx' does not exist. Train one with "
        "`rarewood train --split time --model none`", files=TABLE),
    Row("promotion of what is no model", "promote t.csv.pkl", DATA, "is not a rarewood model",
        files={"t.csv.pkl": VISITS}),
    Row("margin of nothing", "promote --margin 0", USAGE, "--margin must be a number", files=TABLE),
    Row("margin of more than chance", "promote --margin 0.6", USAGE, "--margin", files=TABLE),
    Row("tolerance below nothing", "promote --calibration-tolerance -1", USAGE,
        "--calibration-tolerance", files=TABLE),
]
