"""Bad input of `sync`: rows as in bad_input.py, which lists them all."""

from rows import EXTERNAL, USAGE, Row
from tables import VISITS

RUN = {"runs/20261123T150931Z-0123abcd/run.json": "{}"}
TO = " --tracking-uri http://127.0.0.1:9"
NEVER = {"MLFLOW_TRACKING_URI": "./mlruns"}
JOB = {"t.csv": VISITS}

SYNC = [
    Row("sync to no server", "sync", USAGE, "--tracking-uri", files=RUN),
    Row("sync to a data base", "sync --tracking-uri sqlite:///mlflow.db", USAGE, "begins with 'sqlite:'", files=RUN),
    Row("sync to what no server is at", "sync --tracking-uri ftp://x", USAGE,
        "Give the address of one, such as --tracking-uri http://127.0.0.1:5001", files=RUN),
    Row("help with a value", "sync --help=x", USAGE, "--help takes no value. Say 'rarewood sync --help'."),
    Row("runs for a folder", "train t.csv --target bought --journal never", USAGE,
        "MLFLOW_TRACKING_URI) has no http:// before it", files=JOB, environment=NEVER),
    Row("runs for a data base with a password",
        "train t.csv --target bought --tracking-uri postgresql://me:secret@db/mlflow", USAGE,
        "begins with 'postgresql:'", files=JOB),
    Row("comparison for a folder", "compare t.csv --target bought", USAGE, "has no http://", files=JOB,
        environment=NEVER),
    Row("horizon for a folder", "horizon", USAGE, "has no http://", environment=NEVER),
    Row("promotion for a folder", "promote", USAGE, "has no http://", environment=NEVER),
    Row("server without its scheme", "train t.csv --target bought --tracking-uri localhost:5001", USAGE,
        "has no http:// before it", files=JOB),
    Row("sync of a journal that is not there", "sync --journal none" + TO, EXTERNAL,
        "There is no run journal in '/"),
    Row("sync of a folder without runs", "sync" + TO, EXTERNAL, "There is no run journal in '/",
        files={"runs/notes.txt": ""}),
    Row("sync of a folder above the journal", "sync --journal above" + TO, EXTERNAL,
        "/above' (no folder in it holds a run.json). Name the folder",
        files={"above/runs/20261123T150931Z-0123abcd/run.json": "{}"}),
    Row("sync of a journal that is a file", "sync --journal file" + TO, EXTERNAL, "--journal",
        files={"file": ""}),
    Row("sync of an unknown run", "sync 20270101T000000Z-0123abcd" + TO, USAGE, "There is no run",
        files=RUN),
    Row("sync of a known run and an unknown one", "sync 20261123T150931Z-0123abcd none" + TO, USAGE,
        "There is no run 'none'", files=RUN),
    Row("sync of a folder that is no run", "sync runs/empty" + TO, USAGE, "There is no run",
        files={"runs/empty/x": ""}),
    Row("sync with no patience", "sync --tracking-timeout 0" + TO, USAGE, "--tracking-timeout", files=RUN),
    Row("sync with a word of another command", "sync --target bought" + TO, USAGE, "--target", files=RUN),
]
