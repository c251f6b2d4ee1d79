"""Bad input, one row each: what is typed, the exit code, and words of the one line that answers.

A row may bring files (name -> text, bytes, or a function that writes the path it is given) and
environment variables. test_bad_input.py runs every row in a folder of its own and also checks that
the files before are the files after. Add rows to the list they belong to, or a list to ROWS.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from bad_input_audit import AUDIT  # noqa: E402
from bad_input_compare import COMPARE  # noqa: E402
from bad_input_evaluate import EVALUATE  # noqa: E402
from bad_input_train import SCORE, TRAIN  # noqa: E402
from bad_input_promote import PROMOTE  # noqa: E402
from bad_input_sync import SYNC  # noqa: E402
from bad_input_validate import VALIDATE  # noqa: E402
from rows import DATA, EXTERNAL, USAGE, Row  # noqa: E402
from shop import shop  # noqa: E402
from tables import VISITS  # noqa: E402

OPTIONS = [
    Row("unknown command", "trian", USAGE, "Unknown command 'trian'."),
    Row("option before the command", "--plain reference", USAGE, "Options stand after the command"),
    Row("mistyped option", "reference --n-jbos 2", USAGE, "Did you mean --n-jobs?"),
    Row("underscores", "reference --n_jobs=2", USAGE, "Did you mean --n-jobs?"),
    Row("option without value", "reference --n-jobs", USAGE, "--n-jobs needs a value after it."),
    Row("option given twice", "reference --n-jobs 1 --n-jobs 2", USAGE, "given more than once"),
    Row("a word too many", "reference my.csv", USAGE, "'my.csv' is one word too many"),
    Row("not a number", "reference --n-jobs many", USAGE, "must be an integer in [-1, 1024]"),
    Row("out of range", "reference --random-state -1", USAGE, "must be an integer of at least 0"),
    Row("no threads", "reference --n-jobs 0", USAGE, "or -1 for all cores, not '0'"),
    Row("memory in words", "reference --memory-limit lots", USAGE, "must be a size such as 8GB"),
    Row("not a choice", "reference --log-level infos", USAGE, "Did you mean 'info'?"),
    Row("bad variable", "reference", USAGE, "RAREWOOD_N_JOBS: --n-jobs must be an integer",
        environment={"RAREWOOD_N_JOBS": "two"}),
]  # fmt: skip

CONFIG = [
    Row("config missing", "reference --config none.toml", EXTERNAL, "none.toml"),
    Row("config is no TOML", "reference", USAGE, "rarewood.toml, line 2: This is not TOML",
        files={"rarewood.toml": "[general]\nplain = = 1\n"}),
    Row("config is binary", "reference", USAGE, "rarewood.toml, line 1: This is not TOML",
        files={"rarewood.toml": bytes(range(256))}),
    Row("config that aborts a debug build of the parser", "reference", USAGE, "This is not TOML",
        files={"rarewood.toml": "[`"}),
    Row("unknown section", "reference", USAGE, "line 1: Unknown section [generall]. Did you mean",
        files={"rarewood.toml": "[generall]\nplain = true\n"}),
    Row("unknown key", "reference", USAGE, "line 3: Unknown key 'n_job' in [general]. Did you mean",
        files={"rarewood.toml": "[general]\nplain = true\nn_job = 1\n"}),
    Row("key outside its section", "reference", USAGE, "Write 'plain' below the line [general].",
        files={"rarewood.toml": "plain = true\n"}),
    Row("wrong type", "reference", USAGE, "line 2: 'n_jobs' must be an integer, not the text 'two'",
        files={"rarewood.toml": "[general]\nn_jobs = 'two'\n"}),
    Row("value out of range", "reference", USAGE, "rarewood.toml, line 2: --n-jobs must be",
        files={"rarewood.toml": "[general]\nn_jobs = 100000\n"}),
]  # fmt: skip

SHOP = shop()
ONE_TRY = {"RAREWOOD_S3_RETRIES": "0"}


def without(name, word):
    """The shop with one line of a table spoiled."""
    return SHOP | {name: SHOP[name].replace(word, "", 1)}


FEATURES = [
    Row("no raw tables", "features", EXTERNAL, "or make a shop with 'rarewood sample'"),
    Row("no such folder", "features --raw none", EXTERNAL, "'none/website_sessions.parquet'"),
    Row("no such point", "features --raw raw --as-of 10mins", USAGE, "is no prediction point",
        files=SHOP),
    Row("no such page", "features --raw raw --as-of url:/basket", USAGE, "/basket", files=SHOP),
    Row("no such zone", "features --raw raw --timezone Europe/Berln", USAGE,
        "Did you mean Europe/Berlin?", files=SHOP),
    Row("no such format", "features --raw raw --out t.json", USAGE, "names no format", files=SHOP),
    Row("raw column missing", "features --raw raw", DATA, "website_pageviews has no column pageview_url",
        files=without("raw/website_pageviews.csv", "url")),
    Row("raw table ragged", "features --raw raw", DATA, "orders.csv', line 2, has",
        files=without("raw/orders.csv", "49.99\n2,")),
    Row("raw table empty", "features --raw raw", DATA, "orders.csv' is empty",
        files=SHOP | {"raw/orders.csv": ""}),
    Row("raw table is no Parquet", "features --raw raw", DATA, "orders.parquet",
        files=SHOP | {"raw/orders.parquet": b"PAR1 and then nothing"}),
    Row("output folder is a file", "features --raw raw --store occupied", EXTERNAL, "occupied",
        files=SHOP | {"occupied": "a file"}),
    Row("output unwritable", "features --raw raw --store /proc/store", EXTERNAL, "/proc/store",
        files=SHOP),
    Row("disk full", "features --raw raw --store /dev/full/store", EXTERNAL, "/dev/full",
        files=SHOP),
    Row("endpoint down", "features --store s3:// --s3-endpoint http://127.0.0.1:9", EXTERNAL,
        "Cannot reach the object store at http://127.0.0.1:9", environment=ONE_TRY),
    Row("memory limit", "features --raw raw --memory-limit 1kB", DATA, "memory limit", files=SHOP),
]  # fmt: skip

EXPLORE = [
    Row("explore: no target", "explore t.csv", USAGE, "Say which column is to be predicted",
        files={"t.csv": VISITS}),
    Row("explore: no such feature", "explore t.csv --target bought --columns depht", USAGE,
        "did you mean 'depth'?", files={"t.csv": VISITS}),
    Row("explore: the target is no feature", "explore t.csv --target bought --columns bought",
        USAGE, "There is no feature 'bought'", files={"t.csv": VISITS}),
    Row("explore: time of text", "explore t.csv --target y --time when", DATA,
        "has no order in time", files={"t.csv": "x,when,y\n1,now,0\n2,then,1\n3,now,0\n"}),
    Row("explore: time of small numbers", "explore t.csv --target bought --time depth", DATA,
        "numbers that are no times", files={"t.csv": VISITS}),
    Row("explore: excluding no column", "explore t.csv --target bought --exclude depht", USAGE,
        "depht", files={"t.csv": VISITS}),
    Row("explore: no table", "explore", EXTERNAL, "There is no training table"),
]  # fmt: skip

HORIZON = [
    Row("horizon without raw tables", "horizon", EXTERNAL, "or make a shop with 'rarewood sample'"),
    Row("no such kind of point", "horizon --raw raw --points 10min,soon", USAGE,
        "--points 'soon' is no prediction point", files=SHOP),
    Row("page zero", "horizon --raw raw --points page:0", USAGE, "'page:0' is no prediction point",
        files=SHOP),
    Row("a point twice", "horizon --raw raw --points 600s,10min", USAGE, "names 10min twice",
        files=SHOP),
    Row("no point", ["horizon", "--raw", "raw", "--points", ","], USAGE, "names no point",
        files=SHOP),
    Row("a URL that no session showed", "horizon --raw raw --points url:/basket", USAGE,
        "No session ever showed /basket", files=SHOP),
    Row("a target that cannot be passed", "horizon --raw raw --min-recall 1", USAGE,
        "--min-recall must be", files=SHOP),
    Row("the end with late events", "horizon --raw raw --points 10min,end --ingest-lag 1min", USAGE,
        "has no meaning there", files=SHOP),
    Row("no learner of that name", "horizon --raw raw --learner oracle", USAGE, "oracle", files=SHOP),
    Row("JSON where nothing can be written", "horizon --raw raw --json /proc/h/h.json", EXTERNAL,
        "Nothing can be written in the folder '/proc'", files=SHOP),
]  # fmt: skip

ROWS = (
    OPTIONS + CONFIG + FEATURES + HORIZON + TRAIN + SCORE + EVALUATE + EXPLORE + AUDIT + COMPARE
    + VALIDATE + PROMOTE + SYNC
)
