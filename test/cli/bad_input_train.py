"""Bad input of `train`, `score` and `importance`: rows as in bad_input.py, which lists them all."""

from pathlib import Path

from rows import DATA, EXTERNAL, USAGE, Row
from tables import VISITS, column

TABLE = {"t.csv": VISITS}
ON = "train t.csv --target bought --exclude visit --figures none"
ONE_TRY = {"RAREWOOD_S3_RETRIES": "0"}
GOLDEN = (Path(__file__).resolve().parents[1] / "golden" / "model_v1.onnx").read_bytes()
SCORING = "score t.csv --model m.onnx --out o.csv"
# An ONNX model: producer_name (field 2) and an empty graph with a name (fields 7 and 2).
OTHERS_MODEL = b"\x08\x09\x12\x08skl2onnx\x3a\x03\x12\x01g"


def of_format(version):
    """The golden model, saying that it is of another format version."""
    key = b"rarewood.format_version"
    place = GOLDEN.index(key) + len(key) + 2  # after the tag and the length of the value
    return GOLDEN[:place] + str(version).encode() + GOLDEN[place + 1 :]


def y(values, positives=20):
    return {"t.csv": column(values, positives)}


def spoiled(old, new, count=1):
    return {"t.csv": VISITS.replace(old, new, count)}


TRAIN = [
    Row("no training table", "train", EXTERNAL, "training_data.parquet"),
    Row("no such file", "train none.csv --target y", EXTERNAL, "none.csv"),
    Row("target not named", "train t.csv", USAGE, "--target", files=TABLE),
    Row("target missing", "train t.csv --target bougt", DATA, "Did you mean", files=TABLE),
    Row("target of one class", "train t.csv --target y", DATA, "y", files=y(range(50), 50)),
    Row("target of three classes", "train t.csv --target source", DATA, "source", files=TABLE),
    Row("target with holes", "train t.csv --target hour", DATA, "hour", files=TABLE),
    Row("no rows", "train t.csv --target y", DATA, "t.csv", files={"t.csv": "x,y\n"}),
    Row("empty file", "train t.csv --target y", DATA, "empty", files={"t.csv": ""}),
    Row("ragged", ON, DATA, "line 3", files=spoiled("\n1,", "\n1,7,7,7,")),
    Row("columns of one name", "train t.csv --target y", DATA, "x",
        files={"t.csv": "x,x,y\n1,2,0\n3,4,1\n"}),
    Row("only a constant", "train t.csv --target y", DATA, "no column to learn from", files=y([1] * 60)),
    Row("infinity", "train t.csv --target y", DATA, "infinit",
        files=y(["inf", *range(60)])),
    Row("too few positives", "train t.csv --target y", DATA, "folds", files=y(list(range(20)) * 9, 3)),
    Row("corrupt Parquet", "train t.parquet --target y", DATA, "t.parquet",
        files={"t.parquet": b"PAR1 nothing else PAR1"}),
    Row("text that says Parquet", "train t.parquet --target y", DATA, "t.parquet",
        files={"t.parquet": "x,y\n1,0\n"}),
    Row("excluded column that is not there", "train t.csv --target bought --exclude visti", USAGE,
        "Did you mean 'visit'?", files=TABLE),
    Row("weight column that is not there", ON + " --weight-column heft", USAGE,
        "--weight-column names 'heft'", files=TABLE),
    Row("weight column is the target", ON + " --weight-column bought", USAGE, "neither the target",
        files=TABLE),
    Row("weight missing", ON + " --weight-column hour", DATA, "has no value in row", files=TABLE),
    Row("weight negative", ON + " --weight-column depth", DATA, "has -1 in row 1",
        files={"t.csv": "visit,depth,hour,bought\n" + "".join(
            f"{i},{-1 if i == 0 else i % 5},{i % 24},{int(i % 9 == 0)}\n" for i in range(200))}),
    Row("weight beyond all bounds", ON + " --weight-column depth", DATA, "numbers from 0 to 1e12",
        files={"t.csv": "visit,depth,hour,bought\n" + "".join(
            f"{i},{10**13 if i == 7 else 2},{i % 24},{int(i % 9 == 0)}\n" for i in range(200))}),
    Row("weights all zero", ON + " --weight-column depth", DATA, "nothing is left to learn from",
        files={"t.csv": "visit,depth,hour,bought\n" + "".join(
            f"{i},0,{i % 24},{int(i % 9 == 0)}\n" for i in range(200))}),
    Row("all positives weigh 0", ON + " --weight-column depth", DATA, "All positive rows weigh 0",
        files={"t.csv": "visit,depth,hour,bought\n" + "".join(
            f"{i},{int(i % 9 != 0)},{i % 24},{int(i % 9 == 0)}\n" for i in range(200))}),
    Row("class weights said twice", ON + " --balance class_weight --class-weight 0:1,1:5", USAGE,
        "contradict", files=TABLE),
    Row("out of bag without bags", ON + " --oob-score --no-bootstrap", USAGE, "Drop one", files=TABLE),
    Row("out of bag of synthetic rows", ON + " --oob-score --balance smote", USAGE,
        "would judge resampled rows", files=TABLE),
    Row("forest beyond the memory limit", ON + " --n-estimators 10000 --memory-limit 20MB", DATA,
        "more than the memory limit", files=TABLE),
    Row("weights and SMOTE", ON + " --weight-column depth --balance smote", USAGE,
        "makes rows that have no weight", files=TABLE),
    Row("unknown learner", ON + " --learner forrest", USAGE, "forest", files=TABLE),
    Row("unknown balance", ON + " --balance smotee", USAGE, "smote", files=TABLE),
    Row("unknown strategy", ON + " --strategy smot", USAGE, "smote", files=TABLE),
    Row("threshold no number", ON + " --threshold best", USAGE, "--threshold must be f1 or",
        files=TABLE),
    Row("threshold of one", ON + " --threshold 1", USAGE, "between 0 and 1", files=TABLE),
    Row("class weight of a third class", ON + " --class-weight 2:5", USAGE, "0:1,1:5", files=TABLE),
    Row("draw without bootstrap", ON + " --no-bootstrap --max-samples 0.5", USAGE, "--max-samples",
        files=TABLE),
    Row("balanced twice", ON + " --bag-sampling-strategy 1 --class-weight balanced", USAGE,
        "both balance", files=TABLE),
    Row("monotone in nothing", ON + " --monotonic-cst ours:1", USAGE, "'ours', which is no feature",
        files=TABLE),
    Row("monotone in a category", ON + " --monotonic-cst source:1", USAGE, "no order", files=TABLE),
    Row("max_samples of nothing", ON + " --max-samples 0", USAGE, "--max-samples must be",
        files=TABLE),
    Row("other learner's option", ON + " --learner dummy --max-depth 3", USAGE, "--max-depth",
        files=TABLE),
    Row("labels by lot", ON + " --learner dummy --dummy-strategy stratified", USAGE,
        "a saved model must give a row the same answer", files=TABLE),
    Row("dummy that weighs classes", ON + " --learner dummy --balance class_weight", USAGE,
        "needs a learner that weighs classes", files=TABLE),
    Row("C of zero", ON + " --learner logistic --C 0", USAGE, "--C must be", files=TABLE),
    Row("C below zero", ON + " --learner logistic --C=-1", USAGE, "--C must be", files=TABLE),
    Row("C that is no number", ON + " --learner logistic --C nan", USAGE, "--C must be", files=TABLE),
    Row("no steps", ON + " --learner logistic --max-iter 0", USAGE, "--max-iter must be", files=TABLE),
    Row("unknown penalty", ON + " --learner logistic --penalty l1", USAGE, "--penalty must be",
        files=TABLE),
    Row("forest's option for a regression", ON + " --learner logistic --max-depth 3", USAGE,
        "--max-depth", files=TABLE),
    Row("regression beyond the memory limit",
        "train t.csv --target y --learner logistic --memory-limit 5MB", DATA,
        "The step 'logistic regression' needs about",
        files={"t.csv": column([f"city {i % 900}" for i in range(2000)], 300)}),
    Row("all rows equal", "train t.csv --target y --learner logistic", DATA,
        "no column to learn from", files=y([3] * 60)),
    Row("contradiction", ON + " --balance class_weight --class-weight none", USAGE, "contradict",
        files=TABLE),
    Row("no rounds", ON + " --learner xgboost --n-estimators 0", USAGE, "--n-estimators must be",
        files=TABLE),
    Row("weight below 0", ON + " --learner lightgbm --scale-pos-weight -3", USAGE,
        "--scale-pos-weight must be a number above 0", files=TABLE),
    Row("weight both ways", ON + " --learner xgboost --balance class_weight --scale-pos-weight 1",
        USAGE, "contradict", files=TABLE),
    Row("a forest's option for a booster", ON + " --learner xgboost --min-samples-split 4", USAGE,
        "--min-samples-split goes with --learner forest", files=TABLE),
    Row("a booster's option for the other", ON + " --learner xgboost --num-leaves 4", USAGE,
        "--num-leaves goes with --learner lightgbm", files=TABLE),
    Row("a dummy that weighs classes", ON + " --learner dummy --balance class_weight", USAGE,
        "needs a learner that weighs classes", files=TABLE),
    Row("smote share there already", ON + " --balance smote --sampling-strategy 0.01", DATA,
        "Raise it", files=TABLE),
    Row("smote with too many neighbours", ON + " --balance smote --k-neighbors 500", DATA,
        "SMOTE needs at least 501 rows", files=TABLE),
    Row("strategy that is no number", ON + " --balance smote --sampling-strategy half", USAGE,
        "--sampling-strategy must be a ratio", files=TABLE),
    Row("strategy of a comma", ON + " --balance smote --sampling-strategy 0,5", USAGE,
        "--sampling-strategy must be a ratio", files=TABLE),
    Row("negative strategy", ON + " --balance random_under --sampling-strategy=-0.5", USAGE,
        "--sampling-strategy must be a ratio", files=TABLE),
    Row("share of all", ON + " --balance random_over --sampling-strategy share:1", USAGE,
        "--sampling-strategy must be a ratio", files=TABLE),
    Row("fewer rows than there are", ON + " --balance adasyn --sampling-strategy counts:3", DATA,
        "already nearer to each other", files=TABLE),
    Row("more of the commoner class than there is",
        ON + " --balance random_under --sampling-strategy 0.01", DATA,
        "already nearer to each other", files=TABLE),
    Row("more rows than can be counted",
        ON + " --balance random_over --sampling-strategy counts:999999999999999", DATA,
        "one cell cannot count", files=TABLE),
    Row("adasyn with too many neighbours", ON + " --balance adasyn --n-neighbors 500", DATA,
        "ADASYN needs at least 501 rows", files=TABLE),
    Row("more neighbours in danger than rows",
        "train t.csv --target y --balance borderline_smote --m-neighbors 1000", DATA,
        "Lower --m-neighbors", files=y([i % 50 for i in range(200)], 40)),
    Row("more judges than rows", "train t.csv --target y --balance enn --n-neighbors 1000", DATA,
        "Lower --n-neighbors", files=y([i % 50 for i in range(200)], 40)),
    Row("no neighbours", ON + " --balance smote --k-neighbors 0", USAGE, "--k-neighbors",
        files=TABLE),
    Row("a strategy for what only cleans", ON + " --balance tomek_links --sampling-strategy 0.5",
        USAGE, "--sampling-strategy goes with --balance", files=TABLE),
    Row("another sampler's option", ON + " --balance smote --kind borderline-2", USAGE, "--kind",
        files=TABLE),
    Row("fractions as categories", "train t.csv --target y --balance smoten", DATA,
        "holds numbers with fractions", files=y([i / 7 for i in range(120)], 40)),
    Row("split without its column", ON + " --split time", USAGE, "--time-column", files=TABLE),
    Row("split by a column that is not there", ON + " --split group --group-column usr", DATA,
        "usr", files=TABLE),
    Row("group without its split", ON + " --group-column source", USAGE, "goes with --split group",
        files=TABLE),
    Row("time that is text", "train t.csv --target y --split time --time-column month", DATA,
        "no order in time", files={"t.csv": "month,x,y\n" + "".join(
            f"{m},{i % 5},{int(i % 7 == 0)}\n" for i, m in enumerate(["Jan", "Feb", "Mar"] * 20))}),
    Row("folds without test", ON + " --split column --fold-column source --exclude source", DATA,
        "", files=spoiled(",,", ",none,", -1)),
    Row("seed that numpy refuses", ON + " --split sklearn --random-state 4294967296", USAGE,
        "seeds that numpy does", files=TABLE),
    Row("test part too small", ON + " --test-size 0.0001", DATA, "--test-size", files=TABLE),
    Row("journal unwritable", ON + " --journal /proc/runs", EXTERNAL, "/proc", files=TABLE),
    Row("store unwritable", ON + " --store /proc/store", EXTERNAL, "/proc", files=TABLE),
    Row("JSON unwritable", ON + " --json /proc/runs/run.json", EXTERNAL, "/proc", files=TABLE),
    Row("endpoint down when training", "train --store s3:// --s3-endpoint http://127.0.0.1:9", EXTERNAL,
        "Cannot reach the object store at http://127.0.0.1:9", environment=ONE_TRY),
    Row("memory limit when training", ON + " --memory-limit 1kB", DATA, "memory limit", files=TABLE),
]  # fmt: skip

SCORE = [
    Row("nothing to score", "score", USAGE, "needs a table"),
    Row("no place for scores", "score t.csv", USAGE, "--out", files=TABLE),
    Row("no such model", "score t.csv --model none.onnx --out o.csv", EXTERNAL, "none.onnx",
        files=TABLE),
    Row("a model that is none", "score t.csv --model m.onnx --out o.csv", DATA, "m.onnx",
        files=TABLE | {"m.onnx": "no model"}),
    Row("an empty model", "score t.csv --model m.onnx --out o.csv", DATA, "m.onnx",
        files=TABLE | {"m.onnx": b""}),
    Row("a model of a newer format", SCORING, DATA,
        "m.onnx has format 3, and this rarewood reads formats up to 2. Install a newer rarewood.",
        files=TABLE | {"m.onnx": of_format(3)}),
    Row("a model of another tool", SCORING, DATA,
        "m.onnx is an ONNX model made by skl2onnx, not by rarewood.",
        files=TABLE | {"m.onnx": OTHERS_MODEL}),
    Row("a model cut short", SCORING, DATA, "m.onnx", files=TABLE | {"m.onnx": GOLDEN[:-100]}),
    Row("a table that lacks the model's columns", SCORING, DATA, "lacks the columns",
        files=TABLE | {"m.onnx": GOLDEN}),
    Row("a pickle of something else", "importance --model m.pkl", DATA, "m.pkl",
        files={"m.pkl": b"\x80\x04}\x94."}),
]  # fmt: skip
