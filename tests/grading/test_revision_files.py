"""Revision files are read as Python reads them, and compared by what they say."""

import re
from pathlib import Path

import pytest

from remodel.course.catalog import find_course
from remodel.errors import RemodelError
from remodel.grading.answer import from_folder
from remodel.history import read_history, same_revision

FILE = "migrations/versions/0002_a.py"
PLAIN = b'"""a colour\n\nRevises: \n"""\nrevision = \'0002\'\ndown_revision = None\n'


def problem_of(content: bytes) -> str:
    """What is wrong with a history of this file alone; "" for nothing."""
    return " ".join(read_history({FILE: content}).problems)


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + PLAIN,
        PLAIN.replace(b"\n", b"\r\n"),
        b"# coding: latin-1\n# caf\xe9\n" + PLAIN,
        b"revision, down_revision = '0002', None",
        b"[revision, (down_revision, labels)] = '0002', (None, f())",
        b"revision: str = '0002'\ndown_revision: str | None = None",
    ],
)
def test_a_revision_that_python_reads_is_read(content: bytes) -> None:
    """Marks, line ends, coding lines and ids that share a line do no harm."""
    (revision,) = read_history({FILE: content}).revisions
    assert (revision.id, revision.down, problem_of(content)) == ("0002", (), "")


@pytest.mark.parametrize(("length", "fits"), [(32, True), (33, False)])
def test_an_id_fits_into_the_table_of_alembic(length: int, fits: bool) -> None:
    """SQLite would take a longer one, and the same files would fail on PostgreSQL."""
    problem = problem_of(PLAIN.replace(b"'0002'", b"'" + b"x" * length + b"'"))
    assert problem == "" if fits else f"its id has {length} characters." in problem


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (PLAIN.decode().encode("utf-16"), "the file: it is UTF-16. Save it as UTF-8."),
        (b"# coding: nope\n", "the file: unknown encoding: nope."),
        (b"x = (\n", "line 1: '(' was never closed."),
        (b"x = 1\0\n", "source code"),
        (b"x = " + b"-" * 20_000 + b"1", "Python cannot read the file: it is nested too deeply."),
    ],
)
def test_what_python_cannot_read_is_said_with_a_line_where_there_is_one(
    content: bytes, sentence: str
) -> None:
    """Never "line None"."""
    assert sentence in problem_of(content)
    assert "None" not in problem_of(content)


@pytest.mark.parametrize(
    "content",
    [
        b"revision = 'a' + 'b'",
        b"revision = {[]: 1}",
        b"revision, *down_revision = '0002', '0001'",
        b"from names import revision",
        b"for revision in ['0002']: pass",
        b"if (revision := '0002'): pass",
        b"globals().update(revision='0002')\ndef upgrade(): pass",
    ],
)
def test_an_id_that_nobody_can_read_off_is_no_plain_file(content: bytes) -> None:
    """Alembic would see a revision there, so the grader may not pass over it."""
    assert re.search("revision` is (computed, not )?written out", problem_of(content))


def test_computed_ids_are_what_an_import_makes_of_them() -> None:
    """Where somebody imported the file, its ids are those; where that failed, the error is told."""
    file = "migrations/versions/0002_a.py"
    files = {file: b"revision = f'000{2}'\ndown_revision = None\n"}
    assert read_history(files).computed == (file,)
    known = read_history(files, {file: ["0002", None, ["0001"], "paint"]})
    assert known.heads == ("0002",)
    assert not known.problems
    assert not known.computed
    assert (known.revisions[0].depends, known.revisions[0].labels) == (("0001",), ("paint",))
    failed = read_history(files, {file: "NameError: no x"})
    assert failed.problems[0].endswith("Python cannot import the file: NameError: no x")


@pytest.mark.parametrize("name", ["sub/0002_a.py", "__init__.py", ".#0002_a.py"])
def test_a_revision_that_alembic_never_sees_is_named(name: str) -> None:
    """It lies where Alembic does not look, so no command of the learner's runs it."""
    file = f"migrations/versions/{name}"
    history = read_history({file: PLAIN})
    assert not history.revisions
    assert history.problems[0].startswith(f"{file}: Alembic ")


def test_alembic_can_be_told_to_look_into_folders() -> None:
    """Where alembic.ini says so, a revision in a folder is one."""
    files = {"migrations/versions/sub/0002_a.py": PLAIN}
    files["migrations/alembic.ini"] = b"[alembic]\nrecursive_version_locations = true\n"
    assert read_history(files).ids == {"0002"}


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + PLAIN.replace(b"\n", b"\r\n"),
        PLAIN.replace(b"'", b'"').replace(b" = ", b"="),
        b"# formatted\n" + PLAIN.replace(b"Revises: \n", b"Revises:\n"),
    ],
)
def test_a_formatted_revision_is_the_same(content: bytes) -> None:
    """Quotes, line ends, comments and blanks at a line's end say nothing."""
    assert same_revision(content, PLAIN)


@pytest.mark.parametrize("content", [PLAIN.replace(b"0002", b"0003"), b"x = (", b""])
def test_a_revision_that_says_something_else_is_another(content: bytes) -> None:
    """So is one that nobody can read."""
    assert not same_revision(content, PLAIN)


def test_a_link_in_the_place_of_a_revision_is_named(tmp_path: Path) -> None:
    """Passed over, it would read as if there were no revision at all."""
    place = tmp_path / "migrations/versions"
    place.mkdir(parents=True)
    (place / "0002_a.py").symlink_to(tmp_path / "elsewhere.py")
    exercise = find_course().exercise("add-a-column")
    with pytest.raises(RemodelError, match=r"0002_a\.py is a link, and only files are taken"):
        from_folder(exercise, tmp_path)
