"""The program as an archive that runs wherever it is unpacked."""

import gzip
import io
import shutil
import tarfile
import tempfile
from pathlib import Path

import libraries
import licences
import product

README = """rarewood {version} for Linux on {architecture}, glibc {glibc} or newer.

bin/rarewood          the program; it may be moved together with lib/
lib/                  libraries, unchanged; the program looks here first
share/                man page and completions for bash, zsh and fish
LICENSE               rarewood's licence, Apache 2.0
licences/             those of the libraries, and of what is compiled in; FILES says what is from where

From the system it needs the C library, and where they are used: the package tzdata (time zones other
than UTC), ca-certificates (https), and a Python with vl-convert-python for figures (RAREWOOD_PYTHON).
Without that Python the figures are left out and a warning says so.
"""
# Compiled in, as headers: no file of theirs is in lib/.
COMPILED_IN = ("libcli11-dev", "libtomlplusplus-dev", "nlohmann-json3-dev", "libeigen3-dev")
COMPLETIONS = {
    "bash": "bash-completion/completions/rarewood",
    "zsh": "zsh/site-functions/_rarewood",
    "fish": "fish/vendor_completions.d/rarewood.fish",
}


def lay_libraries(folder):
    """Copy what the program needs to lib/; {name: path it was copied from}."""
    found = libraries.needed_by(product.PROGRAM)
    for library in product.LOADED_LATER:
        found |= libraries.needed_by(library) | {library.name: library}
    (folder / "lib").mkdir()
    for name, path in sorted(found.items()):
        shutil.copyfile(path, folder / "lib" / name)
        (folder / "lib" / name).chmod(0o755)
    return found


def lay_program(folder):
    (folder / "bin").mkdir()
    program = folder / "bin" / "rarewood"
    shutil.copy(product.PROGRAM, program)
    product.output_of("strip", program)
    libraries.look_in(program, "$ORIGIN/../lib", for_all=True)
    return program


def lay_texts(program, folder):
    """The man page and the completions, as the laid-out program itself makes them."""
    share = folder / "share"
    pages = {"man/man1/rarewood.1": ("reference", "--format", "man")}
    pages |= {path: ("completion", shell) for shell, path in COMPLETIONS.items()}
    for path, words in pages.items():
        (share / path).parent.mkdir(parents=True, exist_ok=True)
        (share / path).write_text(product.output_of(program, *words))


def lay_licences(found, folder):
    origins = {f"lib/{name}": licences.of_library(path) for name, path in sorted(found.items())}
    compiled_in = {f"(compiled in) {name}": licences.of_debian(name) for name in COMPILED_IN}
    kept = folder / "licences"
    kept.mkdir()
    for path, text in licences.collect({**origins, **compiled_in}.values()).items():
        (kept / path).parent.mkdir(exist_ok=True)
        shutil.copyfile(text, kept / path)
    (kept / "FILES").write_text(licences.table(origins | compiled_in))
    shutil.copyfile(product.ROOT / "LICENSE", folder / "LICENSE")


def lay_out(folder):
    """Everything the archive holds; the oldest glibc it runs with."""
    program = lay_program(folder)
    found = lay_libraries(folder)
    lay_texts(program, folder)
    lay_licences(found, folder)
    glibc = libraries.oldest_glibc([program, *found.values()])
    (folder / "README.txt").write_text(
        README.format(
            version=product.version(), architecture=product.architecture(), glibc=glibc
        )
    )
    return glibc


def pack(folder, file):
    """Equal trees give equal bytes: sorted names, one moment, nobody's user."""
    moment = product.moment()
    with (
        file.open("wb") as raw,
        gzip.GzipFile("", "wb", 9, raw, mtime=moment) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as tar,
    ):
        for path in sorted(folder.rglob("*")):
            entry = tar.gettarinfo(path, f"{folder.name}/{path.relative_to(folder)}")
            entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname = moment, 0, 0, "root", "root"
            entry.mode = 0o755 if path.is_dir() or entry.mode & 0o100 else 0o644
            with path.open("rb") if path.is_file() else io.BytesIO() as data:
                tar.addfile(entry, data)


def make(output):
    """The archive's path, and what it needs, in words."""
    name = f"rarewood-{product.version()}-linux-{product.architecture()}"
    output.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output) as work:
        folder = Path(work) / name
        folder.mkdir()
        glibc = lay_out(folder)
        staged = Path(work) / f"{name}.tar.gz"
        pack(folder, staged)
        unpacked = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        staged.replace(output / staged.name)
    return output / f"{name}.tar.gz", f"{unpacked / 1e6:.0f} MB unpacked, glibc {glibc} or newer"
