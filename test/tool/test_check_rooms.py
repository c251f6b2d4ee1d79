"""tool/check_rooms.py finds what it is there to find, and the source has none of it."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tool"))
import check_rooms  # noqa: E402

DECLARATION = """
rarewood_room(base PUBLIC_LINKS Threads::Threads)
rarewood_room(option DEPENDS base LINKS CLI11::CLI11)
rarewood_room(table DEPENDS option
  LINKS Arrow::parquet)
rarewood_room(session DEPENDS base)
"""


@pytest.fixture
def tree(tmp_path):
    """A clean little source tree; write(path, text) adds to it."""

    def write(path, text):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return check_rooms.check(tmp_path)

    write("src/rarewood/CMakeLists.txt", DECLARATION)
    return write


def test_the_repository_keeps_to_its_rooms():
    assert check_rooms.check(ROOT) == []


def test_what_is_declared_is_read():
    rooms = check_rooms.read_rooms(DECLARATION)
    assert rooms == {"base": [], "option": ["base"], "table": ["option"], "session": ["base"]}
    assert check_rooms.reachable(rooms)["table"] == {"table", "option", "base"}


@pytest.mark.parametrize(
    "path, text",
    [
        ("src/rarewood/table/read.cpp", '#include "rarewood/base/error.hpp"\n'),
        ("src/rarewood/table/read.cpp", "#include <parquet/arrow/reader.h>\n#include <vector>\n"),
        ("src/rarewood/base/pool.cpp", "#include <mutex>\n#include <unistd.h>\n"),
        ("src/rarewood/table/read_test.cpp", "#include <gtest/gtest.h>\n#include <sys/stat.h>\n"),
        ("src/rarewood/table/read.cpp", "class ObjectStore {\n  virtual void put() = 0;\n};\n"),
        ("src/rarewood/table/read.cpp", "// std::normal_distribution is banned\n" * 400),
    ],
)
def test_what_is_allowed_passes(tree, path, text):
    assert tree(path, text) == []


@pytest.mark.parametrize(
    "path, text, finding",
    [
        ("src/rarewood/base/a.hpp", '#include "rarewood/option/option.hpp"\n', "does not depend"),
        ("src/rarewood/session/a.cpp", '#include "rarewood/table/a.hpp"\n', "does not depend"),
        ("src/rarewood/table/a.cpp", '#include "a.hpp"\n', "not written from src/"),
        ("src/rarewood/table/a.cpp", '#include "rarewood/shop/a.hpp"\n', "no declared room"),
        ("src/rarewood/option/a.cpp", "#include <arrow/api.h>\n", "at home in"),
        ("src/rarewood/table/a.cpp", "#include <CLI/CLI.hpp>\n", "at home in option"),
        ("src/rarewood/table/a.cpp", "#include <boost/any.hpp>\n", "has no home"),
        ("src/rarewood/table/a.cpp", "#include <gtest/gtest.h>\n", "belongs in tests"),
        ("src/rarewood/table/a.cpp", "#include <thread>\n", "at home in base"),
        ("src/rarewood/table/a.cpp", "#include <sys/stat.h>\n", "platform header"),
        ("src/rarewood/table/a.cpp", "#include <random>\n", "not portable"),
        ("src/rarewood/table/a.cpp", "std::normal_distribution<> d;\n", "differs between"),
        ("src/rarewood/table/a.cpp", "struct Row {\n  virtual ~Row();\n};\n", "virtual is for"),
        ("src/rarewood/table/a.cpp", "\n" * 401, "401 lines"),
        ("test/cli/test_helper.py", "", "says nothing"),
        ("src/rarewood/shop/a.cpp", "", "not a declared room"),
    ],
)
def test_what_is_forbidden_is_found(tree, path, text, finding):
    findings = tree(path, text)
    assert len(findings) == 1
    assert findings[0].startswith(path)
    assert finding in findings[0]


def test_a_room_below_its_dependency_is_found(tree):
    turned = DECLARATION.replace("rarewood_room(base", "rarewood_room(base DEPENDS option")
    findings = tree("src/rarewood/CMakeLists.txt", turned)
    assert any("not declared above" in finding for finding in findings)


def test_a_type_that_two_headers_declare_is_found(tree):
    assert tree("src/rarewood/table/plan.hpp", "struct Plan {\n};\n") == []
    (finding,) = tree("src/rarewood/session/plan.hpp", "struct Plan {\n  int a;\n};\n")
    assert finding == "src/rarewood/table/plan.hpp: Plan is declared in src/rarewood/session/plan.hpp, too"
    assert len(tree("src/rarewood/session/plan_for_test.hpp", "struct Plan {\n};\n")) == 1
