"""An Airflow task that runs the program rarewood, with argument lists and never through a shell."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from airflow.sdk import BaseOperator
from airflow.sdk.exceptions import AirflowFailException

# Exit codes that another try does not change: wrong usage, unusable data, a check that said no.
FINAL = (2, 3, 5)


def program():
    """$RAREWOOD_PROGRAM, else the first `rarewood` on the PATH."""
    found = os.environ.get("RAREWOOD_PROGRAM") or shutil.which("rarewood")
    if not found:
        raise AirflowFailException("No rarewood on the PATH. Set RAREWOOD_PROGRAM to the program.")
    return found


def key_of(context):
    """The run's logical date as 20261122T000000Z; of one triggered without, when it was due."""
    run = context["dag_run"]
    return (run.logical_date or run.run_after).strftime("%Y%m%dT%H%M%SZ")


class RarewoodOperator(BaseOperator):
    """Runs `step(task, context)`, which calls task.run(...); what it returns is the task's XCom."""

    def __init__(self, *, step, **kwargs):
        super().__init__(**kwargs)
        self.step = step
        self.process = None

    def execute(self, context):
        return self.step(self, context)

    def base(self, context):
        """The folder of this DAG."""
        work = Path(os.environ.get("RAREWOOD_WORK") or f"{os.environ['AIRFLOW_HOME']}/rarewood")
        return work / context["dag"].dag_id

    def folder(self, context):
        """The folder of this task and logical date; what an earlier run left is there."""
        folder = self.base(context) / key_of(context) / self.task_id
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def journal(self, context):
        """One for all dates: it counts the looks at the test rows, and knows what was not sent."""
        return self.base(context) / "runs"

    def outcome(self, *words, folder):
        """Run `rarewood words...` in `folder`, each line it says one of the task's log.

        Its exit code and the last line it said.
        """
        command = [program(), *map(str, words), "--plain"]
        self.log.info("$ rarewood %s", " ".join(command[1:]))
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        last = ""
        for line in self.process.stdout:
            last = line.rstrip() or last
            self.log.info("%s", line.rstrip())
        return self.process.wait(), last

    def run(self, *words, folder):
        """The same; another exit code than 0 ends the task."""
        self.check(*self.outcome(*words, folder=folder))

    def run_for_json(self, *words, folder):
        """The same as run, with --json; what it wrote there."""
        file = folder / f"{words[0]}.json"
        file.unlink(missing_ok=True)
        self.run(*words, "--json", file, folder=folder)
        return json.loads(file.read_text())

    def check(self, code, last):
        if code == 0:
            return
        kind = AirflowFailException if code in FINAL else RuntimeError
        raise kind(f"rarewood ended with exit code {code}: {last}")

    def on_kill(self):
        """Airflow stops the task: so does the program, which leaves every file whole."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
