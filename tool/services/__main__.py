"""tool/services.sh up|status|down|env [minio] [mlflow] [airflow]

up       install what is missing, start what is not running, wait until it answers;
         where one fails, what this call had started is stopped again
status   what runs; exit code 1 if one of those named does not
down     stop; data stays in the folder .services
env      the variables for your shell: eval "$(bash tool/services.sh env)"

tool/services.sh airflow WORDS...   Airflow's own command line, for this Airflow

Without a name all three are meant. Variables that change where things are: RAREWOOD_SERVICES
(folder of data, logs and process numbers), RAREWOOD_MINIO_PORT, RAREWOOD_MINIO_CONSOLE_PORT,
RAREWOOD_MLFLOW_PORT, RAREWOOD_AIRFLOW_PORT, RAREWOOD_SERVICES_TIMEOUT (seconds to wait, 300), and
RAREWOOD_MLFLOW_DATABASE (such as postgresql+psycopg2://mlflow@127.0.0.1/mlflow; else SQLite)."""

import contextlib
import os
import shlex
import signal
import sys
import time

import port
import process
import server_log
import state
from condition import (
    BROKEN,
    DEAD,
    STARTING,
    STOPPED,
    WELL,
    condition_of,
    explain,
    refuse_other_ports,
)
from servers import SERVICES, airflow_environment, installed
from settings import Refusal, from_environment


def say(text):
    print(text, flush=True)


def show(service, settings):
    for name, value in service.facts(settings):
        say(f"  {name:<8} {value}")


# --- up ---------------------------------------------------------------------------------------


def check_ports(service, settings):
    for variable, number in service.ports(settings).items():
        if not port.is_free(number):
            raise Refusal(
                f"Port {number}, which {service.title} needs, is taken by another program. "
                f"Stop that program, or choose another port with {variable}."
            )


def launch(service, settings):
    """Start all parts; they are noted as soon as they run, so that `down` always finds them."""
    commands = service.prepare(settings)
    environment = service.environment(settings)
    (settings.folder / "work").mkdir(exist_ok=True)
    marks = {}
    for part, command in commands.items():
        log = server_log.begin(service, part, settings)
        marks[part] = process.start(command, environment, log, settings.folder / "work")
        state.write(settings.folder, service.name, marks, service.ports(settings))


def wait_until_well(service, settings):
    until = time.monotonic() + settings.patience
    while time.monotonic() < until:
        now = condition_of(service, settings)
        if now == WELL:
            return
        if now in (DEAD, BROKEN):
            raise Refusal(explain(service, settings))
        time.sleep(0.2)
    parts = state.read(settings.folder, service.name)
    raise Refusal(
        f"{service.title} did not answer within {settings.patience:.0f} s: its log says why, or wait "
        "longer with RAREWOOD_SERVICES_TIMEOUT."
        + "".join(server_log.ending(service, part, settings) for part in parts)
    )


def must_start(service, settings):
    """Whether it does not run yet; what is left of one that has died is cleared away."""
    now = condition_of(service, settings)
    if now in (WELL, STARTING):
        return False
    if now in (DEAD, BROKEN):
        say(f"{service.title} has died: starting it anew")
        end(service, settings)
    check_ports(service, settings)
    return True


@contextlib.contextmanager
def all_or_nothing(settings):
    """A list for the services that a call starts: if it fails they are stopped, and no others."""
    started = []
    try:
        yield started
    except (Refusal, OSError, KeyboardInterrupt) as problem:
        ended = [service.title for service in reversed(started) if end(service, settings)]
        more = f"\nStopped again, as this call had started it: {', '.join(ended)}." if ended else ""
        kind = KeyboardInterrupt if isinstance(problem, KeyboardInterrupt) else Refusal
        raise kind(f"{problem}{more}") from None


def up(services, settings):
    """All are started before the first is waited for: they come up beside each other."""
    began = time.monotonic()
    with all_or_nothing(settings) as started:
        for service in services:
            if must_start(service, settings):
                started.append(service)
                launch(service, settings)
        for service in services:
            wait_until_well(service, settings)
            service.finish(settings)
            took = f"up after {time.monotonic() - began:.0f} s"
            say(f"{service.title}: {took if service in started else 'already up'}")
            show(service, settings)
    say('\nFor your shell: eval "$(bash tool/services.sh env)"')
    return 0


# --- the others -------------------------------------------------------------------------------


def end(service, settings):
    marks = state.read(settings.folder, service.name)
    process.stop(list(marks.values()))
    state.forget(settings.folder, service.name)
    return bool(marks)


def down(services, settings):
    for service in reversed(services):
        began = time.monotonic()
        ended = end(service, settings)
        how = f"stopped in {time.monotonic() - began:.1f} s" if ended else "was not running"
        say(f"{service.title}: {how}")
    return 0


def status(services, settings):
    conditions = [condition_of(service, settings) for service in services]
    for service, now in zip(services, conditions):
        say(f"{service.title}: {now}")
        if now in (DEAD, BROKEN):
            say(f"  {explain(service, settings)}")
        elif now != STOPPED:
            show(service, settings)
    return 0 if all(now == WELL for now in conditions) else 1


def env(services, settings):
    for service in services:
        refuse_other_ports(service, settings)
    names = {service.name for service in services}
    for name, value in settings.user_environment(names).items():
        say(f"export {name}={shlex.quote(value)}")
    return 0


def airflow(words, settings):
    """Becomes the program airflow; only comes back where that cannot be started."""
    program = installed("tool/service_env.sh", "airflow") / "bin" / "airflow"
    os.execve(program, [program, *words], airflow_environment(settings))


COMMANDS = {"up": up, "status": status, "down": down, "env": env}


def obey(word, names, settings):
    command = COMMANDS.get(word)
    unknown = [name for name in names if name not in SERVICES]
    if command is None or unknown:
        print(f"services.sh: unknown word '{unknown[0] if command else word}'", file=sys.stderr)
        print("Say up, status, down or env, then minio, mlflow, airflow or none.", file=sys.stderr)
        return 2
    chosen = [service for name, service in SERVICES.items() if name in (names or SERVICES)]
    if command in (status, env):
        return command(chosen, settings)
    with state.alone(settings.folder):
        return command(chosen, settings)


def interrupt(_number, _frame):
    raise KeyboardInterrupt


def main(words):
    if not words or words[0] in ("-h", "--help"):
        say(__doc__)
        return 0 if words else 2
    signal.signal(signal.SIGTERM, interrupt)
    try:
        settings = from_environment()
        if words[0] == "airflow":
            return airflow(words[1:], settings)
        return obey(words[0], words[1:], settings)
    except Refusal as refusal:
        print(f"services.sh: {refusal}", file=sys.stderr)
        return 1
    except KeyboardInterrupt as interrupted:
        print(f"services.sh: interrupted.{interrupted}", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
