#!/usr/bin/env python3
"""Check that the source keeps to its rooms.

The order of the rooms is read from src/rarewood/CMakeLists.txt, its only declaration. Checked:
includes between rooms, the homes of third-party headers, names, file lengths, and the few words
the design keeps to certain places. Prints one line a finding and exits 5 if there are any.
"""

import re
import sys
from pathlib import Path

MOST_LINES = 400
FORBIDDEN_NAMES = {"util", "utils", "helper", "helpers", "common", "manager", "misc"}
VIRTUAL_CLASSES = {"Learner", "Resampler", "ObjectStore"}
CODE_FOLDERS = ("src", "test", "tool", "cmake", "python", "benchmark")
CODE_ENDINGS = {".cpp", ".hpp", ".py", ".sh", ".cmake"}

ANYWHERE = None
# The rooms in which a third-party header may be included; the longest matching beginning counts.
HOMES = {
    "CLI/": {"option"},
    "toml++/": {"option"},
    "curl/": {"store"},
    "openssl/": {"store"},
    "arrow/filesystem/": {"store"},
    "arrow/": {"store", "table", "feature", "session"},
    "parquet/": {"table"},
    "date/": {"session"},
    "xgboost/": {"learn"},
    "LightGBM/": {"learn"},
    "Eigen/": {"learn"},
    "nanobind/": {"python"},
    "fmt/": ANYWHERE,
    "nlohmann/": ANYWHERE,
}
# Only base makes threads; guarding what they share (<mutex>, <atomic>) is anyone's.
THREAD_HEADERS = {"future", "thread"}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
ROOM = re.compile(r"^rarewood_room\((\w+)([^)]*)\)", re.MULTILINE)
CLASS = re.compile(r"\b(?:class|struct)\s+(\w+)[^;]*$")
TYPE = re.compile(r"^(?:struct|class|enum class) (\w+)[^;]*\{", re.MULTILINE)


def read_rooms(cmake_text):
    """The declared rooms in order: {name: names of the rooms it depends on directly}."""
    rooms = {}
    for name, words in ROOM.findall(cmake_text):
        groups = re.split(r"\b(DEPENDS|PUBLIC_LINKS|LINKS)\b", words)
        depends = " ".join(text for key, text in zip(groups[1::2], groups[2::2]) if key == "DEPENDS")
        rooms[name] = depends.split()
    return rooms


def reachable(rooms):
    """{name: the room itself and every room below it that it may include}."""
    reach = {}
    for name, depends in rooms.items():
        reach[name] = {name}.union(*(reach.get(below, set()) for below in depends))
    return reach


def order_findings(rooms):
    above = set()
    for name, depends in rooms.items():
        for below in depends:
            if below not in above:
                yield f"room {name} depends on {below}, which is not declared above it"
        above.add(name)


def room_include_finding(header, room, reach):
    """What is wrong with including "header" (quoted) in the room, or None."""
    parts = header.split("/")
    if parts[0] != "rarewood" or len(parts) < 3:
        return f'"{header}" is not written from src/ as "rarewood/room/file.hpp"'
    if parts[1] not in reach:
        return f"{header} is in no declared room"
    if parts[1] not in reach[room]:
        return f"room {room} includes {header}, but does not depend on {parts[1]}"
    return None


def foreign_include_finding(header, room, is_test):
    """What is wrong with including <header> in the room, or None."""
    if header.startswith(("gtest/", "gmock/")):
        return None if is_test else f"<{header}> belongs in tests"
    if header == "random":
        return "<random> is not portable to the byte: use rarewood/base/random.hpp"
    if header in THREAD_HEADERS:
        allowed = room == "base" or is_test
        return None if allowed else f"<{header}> is at home in base, not in {room}"
    beginnings = [beginning for beginning in HOMES if header.startswith(beginning)]
    if beginnings:
        homes = HOMES[max(beginnings, key=len)]
        if homes is ANYWHERE or room in homes:
            return None
        return f"<{header}> is at home in {', '.join(sorted(homes))}, not in {room}"
    if "." not in header and "/" not in header:
        return None  # a header of the standard library
    if header.endswith(".h") and (header.count("/") == 0 or header.startswith("sys/")):
        allowed = room == "base" or is_test
        return None if allowed else f"<{header}> is a platform header: base only"
    return f"<{header}> has no home: name one in tool/check_rooms.py"


def word_findings(lines):
    """Numbered findings about words that have one place only."""
    current_class = ""
    for number, line in enumerate(lines, 1):
        code = line.split("//")[0]
        if re.search(r"std::\w+_distribution\b", code):
            yield number, "std::*_distribution differs between libraries: use base/random.hpp"
        found = CLASS.search(code)
        current_class = found.group(1) if found else current_class
        if re.search(r"\bvirtual\b", code) and current_class not in VIRTUAL_CLASSES:
            yield number, f"virtual is for {', '.join(sorted(VIRTUAL_CLASSES))} only"


def source_findings(path, room, reach):
    """Numbered findings of one C++ file of a room."""
    lines = path.read_text(encoding="utf-8").splitlines()
    is_test = path.stem.endswith("_test")
    for number, line in enumerate(lines, 1):
        include = INCLUDE.match(line)
        if not include:
            continue
        quote, header = include.groups()
        if quote == '"':
            finding = room_include_finding(header, room, reach)
        else:
            finding = foreign_include_finding(header, room, is_test)
        if finding:
            yield number, finding
    yield from word_findings(lines)


def file_findings(path, relative):
    """Findings about the name and the length of any file."""
    for part in relative.parts:
        bad = FORBIDDEN_NAMES.intersection(re.split(r"[_.\-]", part.lower()))
        if bad:
            yield f"the name says nothing: '{bad.pop()}' is not used here"
    length = len(path.read_text(encoding="utf-8").splitlines())
    if length > MOST_LINES:
        yield f"{length} lines, at most {MOST_LINES}"


def double_findings(headers):
    """Types of the product that two headers declare: the linker takes one of them for both, unseen."""
    homes = {}
    for path, text in headers:
        for name in TYPE.findall(text):
            if name in homes:
                yield f"{path}: {name} is declared in {homes[name]}, too"
            homes.setdefault(name, path)


def code_files(root):
    for folder in CODE_FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and path.suffix in CODE_ENDINGS and "__pycache__" not in path.parts:
                yield path


def check(root):
    """All findings below the folder root, as 'path:line: sentence' texts."""
    declaration = root / "src/rarewood/CMakeLists.txt"
    rooms = read_rooms(declaration.read_text(encoding="utf-8"))
    findings = [f"{declaration.relative_to(root)}: {f}" for f in order_findings(rooms)]
    reach = reachable(rooms)
    headers = sorted((root / "src/rarewood").rglob("*.hpp"))
    product = [path for path in headers if not path.stem.endswith("_for_test")]
    findings += double_findings(
        (path.relative_to(root), path.read_text(encoding="utf-8")) for path in product
    )
    for path in code_files(root):
        relative = path.relative_to(root)
        findings += [f"{relative}: {f}" for f in file_findings(path, relative)]
        if relative.parts[:2] != ("src", "rarewood") or path.suffix not in {".cpp", ".hpp"}:
            continue
        room = relative.parts[2]
        if room not in rooms:
            findings.append(f"{relative}: {room} is not a declared room")
            continue
        findings += [f"{relative}:{line}: {f}" for line, f in source_findings(path, room, reach)]
    return findings


def main():
    findings = check(Path(__file__).resolve().parent.parent)
    print("\n".join(findings) if findings else "rooms: in order")
    return 5 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
