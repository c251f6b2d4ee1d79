"""Help, version and the reference page, all made from the option tables."""

import re
import subprocess

WIDTH = 80  # of what is no terminal


def listed_commands(text):
    return re.findall(r"^  ([a-z_]+) {2,}\S", text.split("Commands:")[1], re.MULTILINE)


def options_by_command(page):
    """{command: [flag, ...]} from the sections of the reference page."""
    options = {}
    for section in page.split("\n## [")[1:]:
        lines = re.findall(r"^\| `(--[a-z0-9-]+)` \|(.*)", section, re.MULTILINE)
        for command in re.findall(r"`([a-z_]+)`", section.split("\n\n")[1].split(". Only")[0]):
            only = {flag: re.search(r"Only ((?:`[a-z_]+`(?:, | and )?)+)\. \|$", rest)
                    for flag, rest in lines}  # fmt: skip
            options.setdefault(command, []).extend(
                flag for flag, found in only.items() if not found or f"`{command}`" in found[1]
            )
    return options


def test_help_lists_commands_and_how_to_begin(rarewood):
    answer = rarewood("--help")
    assert answer.returncode == 0 and answer.stderr == ""
    assert "To begin:\n  rarewood " in answer.stdout
    assert {"sample", "features", "train", "score", "importance"} <= set(
        listed_commands(answer.stdout)
    )
    assert answer.stdout == rarewood("").stdout == rarewood("help").stdout


def test_every_command_explains_every_option(rarewood):
    options = options_by_command(rarewood("reference").stdout)
    commands = listed_commands(rarewood("--help").stdout)
    assert set(options) == set(commands)
    for command in commands:
        text = rarewood([command, "--help"]).stdout
        words = set(text.replace("--[no-]", "--").split())
        assert [flag for flag in options[command] if flag not in words] == []
        assert f"Examples:\n  rarewood {command}" in text
        assert max(map(len, text.splitlines())) <= WIDTH


def test_version(rarewood):
    assert re.fullmatch(r"rarewood \d+\.\d+\.\d+\n", rarewood("--version").stdout)


def test_a_full_disk_is_told(program):
    with open("/dev/full", "w") as full:
        answer = subprocess.run([program, "--help"], stdout=full, stderr=subprocess.PIPE, text=True)
    assert answer.returncode == 4
    assert "could not be written" in answer.stderr


def test_the_reference_page_is_current(rarewood, root):
    page = (root / "docs" / "reference" / "options.md").read_text()
    assert page == rarewood("reference").stdout, (
        "run: build/rarewood reference > docs/reference/options.md"
    )
