"""The files that servers write to: one a part, kept from start to start."""

import time
from urllib.parse import unquote, urlsplit

LINES = 8
TAIL = 16384  # bytes that are looked through for them
HEADER = "--- started "


def path(service, part, settings):
    return settings.folder / f"{service.name}-{part}.log"


def begin(service, part, settings):
    """Note a new start in the log; its path."""
    log = path(service, part, settings)
    with log.open("a") as file:
        file.write(f"{HEADER}{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())}\n")
    return log


def without_password(text, settings):
    """MLflow's data base may be named with a password, and MLflow may name the data base: as it was
    written, percent-encoded perhaps, or decoded."""
    password = urlsplit(settings.database).password or ""
    for form in sorted({password, unquote(password)} - {""}, key=len, reverse=True):
        text = text.replace(form, "***")
    return text


def tail(log):
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - TAIL))
        return file.read().decode(errors="replace").splitlines()


def ending(service, part, settings):
    """The last lines since the last start, each after a line break, to be put behind a sentence."""
    log = path(service, part, settings)
    if not log.exists():
        return ""
    lines = tail(log)
    starts = [at for at, line in enumerate(lines) if line.startswith(HEADER)]
    said = [line.rstrip() for line in lines[starts[-1] + 1 if starts else 0 :] if line.strip()]
    if not said:
        return f"\n  {log.name} is empty since then."
    # A line that is cut first could end in half a password.
    shown = [without_password(line, settings)[:300] for line in said[-LINES:]]
    return f"\n  {log.name} ends:" + "".join(f"\n  | {line}" for line in shown)
