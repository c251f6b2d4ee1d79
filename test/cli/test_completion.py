"""The Tab key, tried in a real bash, and the page for man(1)."""

import re
import shutil
import subprocess

import pytest


@pytest.fixture(scope="module")
def offered(program):
    """offered("rarewood train --lea") -> the words bash offers at the end of the line."""
    script = subprocess.run([program, "completion", "bash"], capture_output=True, text=True, check=True)

    def complete(line):
        words = line.split(" ")
        quoted = " ".join(f"'{word}'" for word in words)
        asked = (
            f"{script.stdout}\nCOMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; _rarewood; "
            'printf "%s\\n" "${COMPREPLY[@]}"'
        )
        ended = subprocess.run(["bash", "-c", asked], capture_output=True, text=True, cwd="/")
        assert ended.stderr == ""
        return ended.stdout.split()

    return complete


def test_commands(offered):
    assert offered("rarewood tra") == ["train"]
    assert "horizon" in offered("rarewood ")


def test_flags_of_the_command(offered):
    assert offered("rarewood train --learn") == ["--learner", "--learning-rate"]
    assert offered("rarewood sample --learn") == []


def test_words_of_a_flag(offered):
    assert offered("rarewood train --split ti") == ["time"]
    assert "smote" in offered("rarewood train --balance ")
    assert offered("rarewood completion ") == ["bash", "zsh", "fish"]


def test_files_where_anything_may_stand(offered):
    assert "etc" in offered("rarewood train et")
    assert "etc" in offered("rarewood train --json et")


def test_a_switch_takes_no_word(offered):
    assert "--seed" not in offered("rarewood train --plain --see")  # an alias, not offered
    assert offered("rarewood train --plain --random-st") == ["--random-state"]


def test_an_unknown_shell_is_refused(rarewood):
    answer = rarewood("completion tcsh")
    assert answer.returncode == 2
    assert "bash" in answer.stderr


@pytest.mark.skipif(not shutil.which("groff"), reason="no groff to read man pages")
def test_the_man_page_is_well_formed(rarewood):
    page = rarewood("reference --format man").stdout
    shown = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww"], input=page, capture_output=True, text=True
    )
    assert shown.returncode == 0
    assert shown.stderr == ""
    # Bold is a letter struck over itself.
    assert "--n-estimators" in re.sub(".\x08", "", shown.stdout).replace("\N{HYPHEN}", "-")


def test_words_beside_free_text(offered):
    assert offered("rarewood train --threshold re") == ["recall:"]
    assert offered("rarewood evaluate --threshold c") == ["cost"]
