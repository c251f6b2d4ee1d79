"""The licence of everything a package holds, and where each file of it is from."""

import importlib.metadata
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from product import ROOT, SITE, Refusal, output_of

sys.path.insert(0, str(ROOT / "tool"))
import third_party  # noqa: E402

COMMON = Path("/usr/share/common-licenses")


@dataclass(frozen=True)
class Origin:
    """A Debian package or a Python wheel, its version, and its licence texts."""

    name: str
    version: str
    texts: tuple


def stated_licence(name):
    """As requirements.txt has it."""
    pins = (ROOT / "requirements.txt").read_text()
    return {row[0]: row[2] for row in third_party.rows(pins, third_party.PIN)}.get(name)


def of_wheel(name):
    found = importlib.metadata.distribution(name)
    kept = [file for file in found.files if re.search(r"(LICEN[CS]E|NOTICE|COPYING)[^/]*$", str(file))]
    texts = tuple(Path(found.locate_file(file)) for file in kept if ".dist-info" in str(file))
    if not texts:
        if stated_licence(name) != "Apache-2.0":
            raise Refusal(f"The wheel {name} holds no licence text: it cannot be handed on.")
        texts = (ROOT / "LICENSE",)  # the same text
    return Origin(name, found.version, texts)


def of_debian(package):
    form = "${source:Package} ${source:Version}"
    source, version = output_of("dpkg-query", "-W", "-f", form, package).split()
    text = Path(f"/usr/share/doc/{package.partition(':')[0]}/copyright")
    if not text.exists():
        raise Refusal(f"{text} is not there. Install the package {package} with its documents.")
    return Origin(f"{package.partition(':')[0]} (Debian source {source})", version, (text,))


def package_of(library):
    """The Debian package a library is from; by its file, whatever links lead there."""
    name = library.resolve().name
    return output_of("dpkg-query", "-S", f"*/{name}").splitlines()[0].partition(": ")[0]


def of_library(library):
    if not library.is_relative_to(SITE):
        return of_debian(package_of(library))
    top = library.relative_to(SITE).parts[0]
    if top.endswith(".libs"):  # compilers' own libraries, which a wheel brings along
        return of_debian("libgomp1") if "gomp" in library.name else of_wheel(top[: -len(".libs")])
    return of_wheel(importlib.metadata.packages_distributions()[top][0])


def words_for(text):
    """Debian's files name common licences by path instead of holding them."""
    names = re.findall(rf"{COMMON}/([A-Za-z0-9.+-]*[A-Za-z0-9])", text.read_text(errors="replace"))
    return [(COMMON / name) for name in names if (COMMON / name).exists()]


def collect(origins):
    """{path below licences/: file} of all texts of these Origins."""
    found = {}
    for origin in origins:
        folder = origin.name.split()[0]
        for text in origin.texts:
            found[f"{folder}/{text.name}"] = text
            for common in words_for(text):
                found[f"common/{common.name}"] = common.resolve()
    return found


def table(files):
    """What each file is from: {name: Origin} as aligned lines."""
    width = max(map(len, files))
    lines = [f"{name:<{width}}  {origin.name} {origin.version}" for name, origin in files.items()]
    return "\n".join(lines) + "\n"
