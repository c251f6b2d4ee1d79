"""Commands in README and guides: every subcommand and flag they show exists."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs" / "guide").glob("*.md"))]
# A command in a code block or between backquotes, up to a comment, a pipe or the closing quote.
COMMAND = re.compile(r"(?:^ {4}.*?|`)(?:build/)?rarewood (?P<words>[a-z]+(?: [^#`|&\n]*)?)", re.MULTILINE)


def commands(page):
    return [match["words"].split() for match in COMMAND.finditer(page.read_text())]


@pytest.fixture(scope="module")
def help_of(program):
    texts = {}

    def text(subcommand):
        if subcommand not in texts:
            texts[subcommand] = subprocess.run(
                [program, subcommand, "--help"], capture_output=True, text=True
            )
        return texts[subcommand]

    return text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_exist(page, help_of):
    for subcommand, *words in commands(page):
        answer = help_of(subcommand)
        assert answer.returncode == 0, f"{page.name}: there is no 'rarewood {subcommand}'"
        for flag in (word for word in words if word.startswith("--") and word != "--help"):
            name = flag.split("=")[0]
            assert re.search(re.escape(name) + r"\b", answer.stdout), (
                f"{page.name}: 'rarewood {subcommand}' has no {name}"
            )


def test_there_are_commands_to_look_at():
    assert sum(len(commands(page)) for page in PAGES) > 20
