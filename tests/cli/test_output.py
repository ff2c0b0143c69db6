"""What several commands print: for a person at a terminal, and for a pipe."""

import re

import pytest

from remodel.cli.output import code_lines, print_markdown

PAGE = "# The solution\n\nOne `word`:\n\n```python\npass\n```\n\n" + "- A long step. " * 12


def test_a_terminal_shows_what_markdown_means(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No marks of Markdown are left, and no line is longer than 80 columns."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")
    print_markdown(PAGE)
    shown = capsys.readouterr().out
    assert "The solution" in shown and "pass" in shown
    assert "# " not in shown and "`" not in shown
    plain = re.sub(r"\x1b\[[\d;]*m", "", shown)
    assert 40 < max(map(len, plain.splitlines())) <= 80


def test_a_pipe_gets_the_text_as_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a program reads is the file."""
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    print_markdown(PAGE)
    assert capsys.readouterr().out == f"{PAGE}\n"


def test_on_a_terminal_long_code_goes_on_below_between_two_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No letter is lost; a pipe gets the lines as they are."""
    long = "+    " + "word " * 30
    assert code_lines([long, "", " x"]) == [long, "", " x"]
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    wrapped = code_lines([long, "", " x"])
    assert wrapped[-2:] == ["", " x"]
    assert wrapped[0].startswith("+    word") and wrapped[1].startswith("+        word")
    assert max(map(len, wrapped)) <= 60
    assert " ".join(wrapped).split().count("word") == 30
