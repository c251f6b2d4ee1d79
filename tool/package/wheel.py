"""The Python package as a wheel."""

import base64
import hashlib
import json
import shutil
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import libraries
import licences
import product

METADATA = """Metadata-Version: 2.4
Name: rarewood
Version: {version}
Summary: Loads models that rarewood has trained, and scores tables with them
License-Expression: Apache-2.0
{licence_files}
Requires-Python: >=3.11
Requires-Dist: numpy
Requires-Dist: pyarrow=={pyarrow}.*
Description-Content-Type: text/markdown

`pickle.load` of a `classification_model.pkl` gives a `rarewood.Model` with `predict_proba`, whose
scores are those of the program rarewood. The program itself is not in this package.
"""
WHEEL = """Wheel-Version: 1.0
Generator: rarewood-tool-package
Root-Is-Purelib: false
Tag: {tag}
"""
# Every wheel finds them on its system.
EXPECTED = ("libstdc++.so.6", "libgcc_s.so.1")
# Compiled in: no file of theirs is in the wheel.
COMPILED_IN = ("nlohmann-json3-dev",)


def lay_module(folder):
    """The Python files and the module; beside it what it needs and pyarrow does not bring."""
    package = folder / "rarewood"
    hidden = shutil.ignore_patterns("__pycache__")
    shutil.copytree(product.PYTHON_PACKAGE, package, ignore=hidden)
    (module,) = package.glob("_core.*.so")
    needed = libraries.needed_by(module)
    bundled = {
        name: path
        for name, path in needed.items()
        if name not in EXPECTED and not path.is_relative_to(product.SITE)
    }
    (folder / "rarewood.libs").mkdir()
    for name, path in bundled.items():
        shutil.copyfile(path, folder / "rarewood.libs" / name)
    product.output_of("strip", "--strip-unneeded", module)
    libraries.look_in(module, "$ORIGIN/../rarewood.libs", "$ORIGIN/../pyarrow")
    return bundled


def python_tag():
    this = f"cp{sys.version_info.major}{sys.version_info.minor}"
    return f"{this}-{this}"


def pyarrow_series():
    """26.0, say: the module is linked to libraries whose names carry it."""
    return ".".join(licences.of_wheel("pyarrow").version.split(".")[:2])


def lay_facts(folder, bundled, tag):
    """The folder .dist-info, but its RECORD."""
    info = folder / f"rarewood-{product.version()}.dist-info"
    shutil.rmtree(info, ignore_errors=True)
    origins = [licences.of_library(path) for path in bundled.values()]
    origins += [licences.of_wheel("nanobind")] + [licences.of_debian(name) for name in COMPILED_IN]
    texts = licences.collect(origins) | {"LICENSE": product.ROOT / "LICENSE"}
    for path, text in texts.items():
        (info / "licenses" / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(text, info / "licenses" / path)
    words = {
        "version": product.version(),
        "pyarrow": pyarrow_series(),
        "licence_files": "\n".join(f"License-File: {path}" for path in sorted(texts)),
    }
    (info / "METADATA").write_text(METADATA.format(**words))
    (info / "WHEEL").write_text(WHEEL.format(tag=tag))


def record_line(name, content):
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    return f"{name},sha256={digest},{len(content)}\n"


def pack(folder, file):
    """Write the wheel with its RECORD; equal trees give equal bytes."""
    moment = time.gmtime(max(product.moment(), 315532800))[:6]  # zip files begin in 1980
    record = f"rarewood-{product.version()}.dist-info/RECORD"
    lines = ""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:

        def add(name, content, mode):
            entry = zipfile.ZipInfo(name, moment)
            entry.external_attr = (0o100000 | mode) << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)

        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            name, content = str(path.relative_to(folder)), path.read_bytes()
            add(name, content, 0o755 if path.suffix == ".so" else 0o644)
            lines += record_line(name, content)
        add(record, lines + f"{record},,\n", 0o644)


def platform_tag(wheel):
    """The oldest systems a wheel runs on, by the symbols it needs of the C and C++ libraries.

    auditwheel's other verdict asks whether it stands alone, which it must not: it uses pyarrow's
    libraries, as its metadata says.
    """
    return json.loads(product.output_of("auditwheel", "show", "--json", wheel))["sym_tag"]


def make(output):
    """The wheel's path, and what it needs, in words."""
    output.mkdir(exist_ok=True)
    name = f"rarewood-{product.version()}-{python_tag()}"
    with tempfile.TemporaryDirectory(dir=output) as work:
        folder = Path(work) / "wheel"
        folder.mkdir()
        bundled = lay_module(folder)
        first = f"linux_{product.architecture()}"
        staged = Path(work) / f"{name}-{first}.whl"
        lay_facts(folder, bundled, f"{python_tag()}-{first}")
        pack(folder, staged)
        platform = platform_tag(staged)
        lay_facts(folder, bundled, f"{python_tag()}-{platform}")
        pack(folder, staged)
        made = output / f"{name}-{platform}.whl"
        staged.replace(made)
    python = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    return made, f"{python}, {platform}, pyarrow {pyarrow_series()}"
