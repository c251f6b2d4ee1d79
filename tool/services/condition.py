"""How a service is, and what to say where it is not well."""

import port
import process
import server_log
import state
from settings import Refusal

WELL, STARTING, BROKEN, DEAD, STOPPED = "up", "starting", "broken", "died", "down"


def refuse_other_ports(service, settings):
    """What runs is looked for where it was started, not where the variables of today say."""
    asked = service.ports(settings)
    for variable, number in state.ports(settings.folder, service.name).items():
        if number != asked[variable]:
            raise Refusal(
                f"{service.title} was started with {variable}={number}, not {asked[variable]}. "
                f"Set that, or stop it with 'down' first; a second set of services needs a folder "
                "of its own, RAREWOOD_SERVICES."
            )


def condition_of(service, settings):
    """BROKEN is what lost a process that was started, and of which others live on."""
    refuse_other_ports(service, settings)
    marks = state.read(settings.folder, service.name).values()
    if not marks:
        return STOPPED
    if not all(process.runs(mark) for mark in marks):
        return BROKEN if process.left(marks) else DEAD
    return WELL if port.answers(service.health(settings), service.is_well) else STARTING


def numbers(pids):
    return ", ".join(map(str, sorted(pids)))


def survivors(service, marks, settings):
    """Of what lives on: the sentence, or "" where nothing does."""
    left = process.left(marks.values())
    if not left:
        return ""
    held = [number for number in service.ports(settings).values() if not port.is_free(number)]
    serving = f", and something still answers on port {numbers(held)}" if held else ""
    return (
        f" Other processes of it live on ({numbers(left)}){serving}: 'down' ends them, "
        "'up' also starts it anew."
    )


def explain(service, settings):
    """What has become of a service that is BROKEN or DEAD, and the end of the log that says why."""
    marks = state.read(settings.folder, service.name)
    gone = [part for part, mark in marks.items() if not process.runs(mark)]
    parts = ", ".join(f"{part} {marks[part].pid}" for part in gone)
    log = server_log.path(service, gone[0], settings)
    return (
        f"{service.title} ended by itself (process {parts}): {log} says why, unless "
        "it was killed."
        + survivors(service, marks, settings)
        + server_log.ending(service, gone[0], settings)
    )
