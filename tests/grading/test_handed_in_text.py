"""What learners hand in as text: repair.txt and findings.toml, read with goodwill."""

import pytest

from remodel.grading.filled_in import filled_in
from remodel.grading.findings import Finding, read_findings
from remodel.grading.refusal import Refused
from remodel.grading.repair_script import commands_for

COPIES = {"production": True, "laptop": True, "nightly": False}


@pytest.mark.parametrize(
    "text",
    [
        "flask db upgrade",
        "$ flask db upgrade",
        "  flask  db   upgrade  # and that is all",
        "[production]\nflask db upgrade",
        "[Production]  # where the rows are\r\nflask db upgrade\r\n[laptop]\r\nflask db check",
        "\ufeff[production]\nflask db upgrade",
        "[production]\nflask\u00a0db\u2003upgrade",
        "python -m flask db upgrade",
        "flask --app wsgi db upgrade",
        "python3 -m flask --app=wsgi.py db upgrade",
        "flask -A wsgi:app db upgrade",
        "[ production ]\n; where the rows are\nflask db upgrade\n\n\t[ laptop ]  ; mine",
    ],
)
def test_a_command_is_found_however_it_is_written(text: str) -> None:
    """A prompt, blanks, a comment, capitals in a heading and an editor's mark do no harm."""
    (found,) = commands_for("production", text, "repair.txt", COPIES)
    assert found[1] == "flask db upgrade"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("rm instance/hearth.db", "is not a `flask db …` command"),
        ("flask db stamp 0003 && flask db upgrade", "is more than one command"),
        ("flask --app other db upgrade", "is not a `flask db …` command"),
        ("python -m alembic upgrade head", "is not a `flask db …` command"),
        ("[prod]", "no copy is called [prod]"),
        ("[nightly]", "nobody can type on nightly"),
        ("flask db edit 0004", "`flask db edit` opens an editor"),
        ("flask db stamp '0003", "is not a `flask db …` command"),
    ],
)
def test_what_is_no_command_is_refused_with_its_line(line: str, sentence: str) -> None:
    """The learner reads which line it is, and what to write instead."""
    with pytest.raises(Refused) as refused:
        commands_for("production", f"flask db current\n{line}\n", "repair.txt", COPIES)
    assert sentence in refused.value.lines[0]
    assert refused.value.where == "repair.txt:2"


def test_findings_are_read() -> None:
    """Each [[finding]] names a table, a column where there is one, and the difference."""
    text = '[[finding]]\ntable = "room"\ncolumn = "size"\ndifference = "other type"\n'
    assert read_findings(text, "findings.toml") == [Finding("room", "size", "other type")]


def test_findings_with_blanks_that_do_not_break_are_read() -> None:
    """They look like the blanks of the README, and come of pasting from it."""
    text = '\ufeff[[finding]]\ntable\u00a0=\u00a0"room"\ndifference = "no\u00a0table"\n'
    assert read_findings(text, "findings.toml") == [Finding("room", "", "no table")]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[finding]\n", "is not TOML"),
        ("[[found]]\n", "something else than [[finding]]"),
        ('[[finding]]\ntable = "room"\ndifference = 3\n', "each a text in quotes"),
        ('[[finding]]\ntable = "room"\ndifference = "gone"\n', "It may say: no table"),
    ],
)
def test_a_malformed_finding_is_refused_in_words(text: str, sentence: str) -> None:
    """Which finding it is and what it should be, and no traceback."""
    with pytest.raises(Refused, match=r"findings\.toml") as refused:
        read_findings(text, "findings.toml")
    assert sentence in " ".join(refused.value.lines)


@pytest.mark.parametrize(
    "text",
    [
        "1 | room | everybody",
        "| 1 | `room` |  Everybody |",
        "# what I saw\r\n\r\n1|ROOM|everybody\r\n",
        "\u00a01 |\u2003room | everybody",
    ],
)
def test_a_line_is_found_however_it_is_filled_in(text: str) -> None:
    """A row of Markdown, a comment, capitals and blanks say the same."""
    (found,) = filled_in(text, "findings.txt", ("statement", "table", "who waits"))
    assert found.words == ("1", "room", "everybody")


def test_a_line_of_another_form_is_refused_with_its_place() -> None:
    """The learner reads which line it is, and which form it should have."""
    with pytest.raises(Refused) as refused:
        filled_in("# two\n1 | room\n", "findings.txt", ("statement", "table", "who waits"))
    assert refused.value.where == "findings.txt:2"
    assert "statement | table | who waits" in refused.value.lines[0]
