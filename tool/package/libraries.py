"""Shared libraries: which ones a file needs, and the oldest system it runs on."""

import re
from pathlib import Path

from product import Refusal, output_of

# The C library and what belongs to it come from the system: they must fit its kernel and loader.
SYSTEM = re.compile(r"^(ld-linux.*|lib(c|m|dl|rt|pthread|resolv|util)|linux-vdso)\.so")
FOUND = re.compile(r"^\s*(?P<name>\S+) => (?P<path>/\S+|not found)")


def needed_by(file):
    """{name: path} of all libraries a program or library loads, and they load, but the system's."""
    found = {}
    for line in output_of("ldd", file).splitlines():
        match = FOUND.match(line)
        if not match or SYSTEM.match(match["name"]):
            continue
        if match["path"] == "not found":
            raise Refusal(f"{file} needs {match['name']}, which is not there. Build anew.")
        found[match["name"]] = Path(match["path"])
    return found


def versions(files, kind):
    """The symbol versions of a kind (GLIBC, GLIBCXX) that files need, as tuples of numbers."""
    found = set()
    for file in files:
        for text in re.findall(rf"Name: {kind}_([0-9.]+)", output_of("readelf", "-VW", file)):
            found.add(tuple(map(int, text.split("."))))
    return found


def oldest_glibc(files):
    """The oldest C library that has all they need, as "2.35"."""
    return ".".join(map(str, max(versions(files, "GLIBC"))[:2]))


def look_in(file, *folders, for_all=False):
    """Set where a file looks for its libraries.

    for_all: also where those look for theirs, and before LD_LIBRARY_PATH (DT_RPATH); so the
    libraries stay as they were made.
    """
    how = ["--force-rpath"] if for_all else []
    output_of("patchelf", *how, "--set-rpath", ":".join(folders), file)
