"""tool/package: the archive runs where it is moved, from its own libraries; the wheel installs."""

import hashlib
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tool" / "package"))
import archive  # noqa: E402
import libraries  # noqa: E402
import licences  # noqa: E402
import product  # noqa: E402
import wheel  # noqa: E402

GOLDEN = ROOT / "test" / "golden" / "model_v2.pkl"


@pytest.fixture(scope="module", autouse=True)
def tools():
    """patchelf and auditwheel on the PATH."""
    if not product.PROGRAM.exists():
        pytest.skip("build/rarewood is not built: run 'bash tool/setup.sh'")
    command = ["bash", "tool/service_env.sh", "package", "--no-build"]
    found = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if found.returncode != 0:
        pytest.skip("no tools of requirements-package.txt: run 'bash tool/setup.sh --tests'")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{found.stdout.strip()}/bin:{os.environ['PATH']}")
        yield


@pytest.fixture(scope="module")
def moved(tmp_path_factory):
    """What the archive holds, in another folder than it was made in."""
    made = tmp_path_factory.mktemp("made") / "rarewood"
    made.mkdir()
    archive.lay_out(made)
    return made.rename(tmp_path_factory.mktemp("user's own") / "tools of theirs")


def alone(program, *words, folder, **environment):
    """Run as a user would who has nothing set."""
    bare = {"PATH": "/usr/bin:/bin", "HOME": str(folder)} | environment
    return subprocess.run(
        [program, *words], cwd=folder, env=bare, capture_output=True, text=True, timeout=120
    )


def test_every_library_but_the_systems_is_its_own(moved):
    told = product.output_of("ldd", moved / "bin" / "rarewood")
    found = dict(re.findall(r"^\s*(\S+) => (/\S.*?) \(0x", told, re.MULTILINE))
    assert "not found" not in told and len(found) > 20
    for name, path in found.items():
        assert libraries.SYSTEM.match(name) or Path(path).resolve().is_relative_to(moved), name


@pytest.mark.parametrize(
    "learner, library", [("xgboost", "libxgboost.so"), ("lightgbm", "lib_lightgbm.so")]
)
def test_it_trains_from_its_own_libraries(moved, tmp_path, learner, library):
    rows = "".join(f"{i % 7},{i % 3},{int(i % 7 == 3)}\n" for i in range(700))
    (tmp_path / "rows.csv").write_text(f"a,b,bought\n{rows}")
    words = ("train", "rows.csv", "--target", "bought", "--learner", learner)
    done = alone(moved / "bin" / "rarewood", *words, folder=tmp_path, LD_DEBUG="libs")
    assert done.returncode == 0, done.stderr[-2000:]
    assert (tmp_path / "store" / "models" / "classification_model.onnx").exists()
    told = re.findall(r"^ *(\d+):\s+calling init: (/.*)", done.stdout + done.stderr, re.MULTILINE)
    of_process = {}  # it starts others: git, and a Python for the figures
    for process, path in told:
        of_process.setdefault(process, set()).add(Path(os.path.normpath(path)))
    (loaded,) = (paths for paths in of_process.values() if moved / "lib" / library in paths)
    strangers = {path.name for path in loaded if not path.is_relative_to(moved)}
    assert all(libraries.SYSTEM.match(name) for name in strangers), strangers


def test_a_foreign_library_path_changes_nothing(moved, tmp_path):
    (tmp_path / "libfmt.so.9").write_text("no library")
    done = alone(
        moved / "bin" / "rarewood", "--version", folder=tmp_path, LD_LIBRARY_PATH=str(tmp_path)
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_nothing_of_the_builders_folder_is_in_the_program(moved):
    assert str(ROOT).encode() not in (moved / "bin" / "rarewood").read_bytes()


def test_every_file_has_an_origin_and_a_licence(moved):
    lines = (moved / "licences" / "FILES").read_text().splitlines()
    origins = dict(re.split(r"\s{2,}", line, maxsplit=1) for line in lines)
    assert {f"lib/{path.name}" for path in (moved / "lib").iterdir()} <= set(origins)
    for origin in origins.values():
        texts = list((moved / "licences" / origin.split()[0]).iterdir())
        assert texts and all(text.stat().st_size > 200 for text in texts), origin
    named = re.findall(
        "/usr/share/common-licenses/(GPL-3)", (moved / "licences/libgcc-s1/copyright").read_text()
    )
    assert named and (moved / "licences" / "common" / "GPL-3").exists()


def test_man_page_and_completions_are_of_this_version(moved):
    assert (moved / "share/man/man1/rarewood.1").read_text().startswith(".TH")
    for path in archive.COMPLETIONS.values():
        assert "promote" in (moved / "share" / path).read_text()


def test_the_glibc_that_is_named_is_needed_and_is_enough(moved):
    (named,) = re.findall(r"glibc ([0-9.]+) or newer", (moved / "README.txt").read_text())
    told = "".join(
        product.output_of("objdump", "-T", path)
        for path in [moved / "bin" / "rarewood", *(moved / "lib").iterdir()]
    )
    needed = {tuple(map(int, text.split("."))) for text in re.findall(r"GLIBC_([0-9.]+)", told)}
    assert ".".join(map(str, max(needed)[:2])) == named


def test_equal_trees_give_equal_archives(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    digests = set()
    for moment, names in ((1, "ab"), (2, "ba")):
        folder = tmp_path / str(moment) / "tree"
        (folder / "bin").mkdir(parents=True)
        for name in names:
            (folder / "bin" / name).write_text(name)
            os.utime(folder / "bin" / name, (moment, moment))
        (folder / "bin" / "a").chmod(0o700)
        archive.pack(folder, tmp_path / "packed.tar.gz")
        digests.add(hashlib.sha256((tmp_path / "packed.tar.gz").read_bytes()).hexdigest())
    assert len(digests) == 1
    with tarfile.open(tmp_path / "packed.tar.gz") as tar:
        facts = [(entry.name, entry.mode, entry.uname, entry.mtime) for entry in tar]
    assert facts == [
        ("tree/bin", 0o755, "root", 1790000000),
        ("tree/bin/a", 0o755, "root", 1790000000),
        ("tree/bin/b", 0o644, "root", 1790000000),
    ]


@pytest.fixture(scope="module")
def made_wheel(tmp_path_factory):
    return wheel.make(tmp_path_factory.mktemp("dist"))[0]


USE = """
import rarewood
model = rarewood.Model.load({model!r})
print(rarewood.__file__)
print(model.predict_proba([{{name: None for name in model.feature_names_in_}}]).shape)
print(sum("/rarewood.libs/" in line for line in open("/proc/self/maps")) > 0)
"""


def test_the_wheel_installs_and_scores(made_wheel, tmp_path):
    """Into a folder beside this environment, whose pyarrow and numpy it then uses."""
    uv = ROOT / ".venv" / "bin" / "uv"
    target = tmp_path / "site"
    words = ["pip", "install", "--quiet", "--no-deps", "--offline", "--python", sys.executable]
    product.output_of(uv, *words, "--target", target, made_wheel)
    script = USE.format(model=str(GOLDEN))
    done = alone(sys.executable, "-c", script, folder=tmp_path, PYTHONPATH=str(target))
    assert done.returncode == 0, done.stderr
    file, shape, own = done.stdout.splitlines()
    assert file.startswith(str(target)) and shape == "(1, 2)" and own == "True"


def test_the_wheel_names_what_it_needs(made_wheel):
    assert re.fullmatch(r"rarewood-[\d.]+-cp3\d+-cp3\d+-manylinux_2_\d+_\w+\.whl", made_wheel.name)
    with zipfile.ZipFile(made_wheel) as files:
        names = files.namelist()
        (info,) = {name.split("/")[0] for name in names if ".dist-info/" in name}
        metadata = files.read(f"{info}/METADATA").decode()
        (core,) = (name for name in names if name.endswith(".so"))
        assert str(ROOT).encode() not in files.read(core)
    assert f"Requires-Dist: pyarrow=={wheel.pyarrow_series()}.*\n" in metadata
    for kept in re.findall(r"License-File: (.*)", metadata):
        assert f"{info}/licenses/{kept}" in names
    assert f"{info}/licenses/libfmt9/copyright" in names


def test_a_wheel_without_licence_text_is_refused(monkeypatch):
    monkeypatch.setattr(licences, "stated_licence", lambda name: "Unknown")
    with pytest.raises(product.Refusal, match="xgboost-cpu holds no licence text"):
        licences.of_wheel("xgboost-cpu")


def test_help_says_how_it_is_called():
    done = subprocess.run(
        ["bash", "tool/package.sh", "--help"], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "tool/package.sh [archive] [wheel]" in done.stdout and "set -e" not in done.stdout


def test_an_unknown_word_is_refused():
    done = subprocess.run(
        ["bash", "tool/package.sh", "deb"], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (2, "package.sh: say archive, wheel or nothing\n")
