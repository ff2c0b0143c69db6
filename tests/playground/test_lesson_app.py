"""`remodel play N`: a reader types along in a folder of their own, and the course stays whole."""

import sqlite3
from pathlib import Path

import pytest

from remodel.course.catalog import Catalog, find_course
from tests.conftest import Remodel, content, copy_course

BAD_INPUT = 2
#: For each lesson: tables that are there, and the revision of the version table, if it has one.
BEGINS = {
    1: (None, None),
    2: ({"room", "furniture"}, None),
    3: ({"room", "furniture"}, None),
    4: ({"room", "furniture"}, "0001"),
    5: ({"room", "furniture", "inspection"}, "0005"),
    6: ({"room", "furniture", "inspection"}, "0008"),
    7: ({"room", "furniture", "inspection"}, "0014"),
}


@pytest.fixture
def remodel(tmp_path: Path) -> Remodel:
    """A course that may be changed."""
    return Remodel(copy_course(tmp_path / "course"))


@pytest.mark.parametrize("number", BEGINS)
def test_each_lesson_begins_in_the_state_in_which_its_reader_stands(
    remodel: Remodel, number: int
) -> None:
    """The files of its app, and a furnished database at the revision that its page names."""
    folder = remodel.course / "playground" / f"lesson-{number}"
    played = remodel("play", str(number), DATABASE_URL="sqlite:////nowhere/else.db")
    assert played.returncode == 0, played.stderr
    lesson = find_course().lesson(str(number))
    app = find_course().lesson(lesson.begins.app).app_files()
    assert {f: c for f, c in content(folder).items() if f in app} == app
    tables, revision = BEGINS[number]
    database = folder / "instance" / "hearth.db"
    if tables is None:
        assert not database.exists()
        return
    with sqlite3.connect(database) as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        assert tables <= names
        assert connection.execute("SELECT count(*) FROM furniture").fetchone()[0] > 0
        if revision:
            at = connection.execute("SELECT version_num FROM alembic_version").fetchall()
            assert at == [(revision,)]


def test_the_end_of_a_lesson_is_its_whole_app_without_a_database(remodel: Remodel) -> None:
    """`--end` is what a reader who typed everything has in the files."""
    assert remodel("play", "4", "--end").returncode == 0
    folder = remodel.course / "playground" / "lesson-4-end"
    assert content(folder) == find_course().lesson("4").app_files()


def test_work_in_a_lessons_playground_is_never_overwritten(remodel: Remodel) -> None:
    """A second `play` refuses, and `--again` keeps a copy."""
    assert remodel("play", "3").returncode == 0
    mine = remodel.course / "playground" / "lesson-3" / "hearth" / "models.py"
    mine.write_text("# mine\n")
    refused = remodel("play", "3")
    assert refused.returncode == BAD_INPUT
    assert "--again" in refused.stderr
    assert mine.read_text() == "# mine\n"
    assert remodel("play", "3", "--again").returncode == 0
    assert mine.read_text() != "# mine\n"
    kept = list(remodel.course.glob("playground/backups/lesson-3-*/hearth/models.py"))
    assert [each.read_text() for each in kept] == ["# mine\n"]


def test_playing_changes_no_file_of_the_course(remodel: Remodel) -> None:
    """Lessons are starters of exercises: nothing is laid out among them."""
    before = content(remodel.course / "lessons")
    for words in (["play", "2"], ["play", "7"], ["play", "1", "--to", "mine"]):
        assert remodel(*words).returncode == 0
    assert content(remodel.course / "lessons") == before
    assert (remodel.course / "mine" / "hearth" / "models.py").is_file()


@pytest.mark.parametrize("words", [["play", "8"], ["play", "4", "--again"], ["play"]])
def test_what_cannot_be_laid_out_is_one_message(remodel: Remodel, words: list[str]) -> None:
    """No such lesson, nothing to begin again, no lesson named."""
    refused = remodel(*words)
    assert refused.returncode == BAD_INPUT
    assert "Traceback" not in refused.stderr
    assert not (remodel.course / "playground").exists()


def test_every_lesson_tells_its_reader_to_play_it() -> None:
    """Nobody is sent into `lessons/` to work there."""
    catalog: Catalog = find_course()
    for lesson in catalog.lessons.values():
        page = " ".join(lesson.page.read_text(encoding="utf-8").split())
        assert f"remodel play {lesson.number}" in page, lesson.name


def test_take_brings_an_app_to_the_end_of_a_lesson_and_keeps_what_was_the_readers(
    remodel: Remodel,
) -> None:
    """What the lesson removed goes; a file with a line of the reader's lies in a backup."""
    assert remodel("play", "3").returncode == 0
    folder = remodel.course / "playground" / "lesson-3"
    models = folder / "hearth" / "models.py"
    models.write_text(models.read_text() + "# mine\n")
    only = remodel("take", "3", "hearth/commands.py", cwd=folder)
    assert only.stdout == "took hearth/commands.py\n"
    done = remodel("take", "3", cwd=folder)
    end = find_course().lesson("3").app_files()
    assert {f: c for f, c in content(folder).items() if not f.startswith(("instance/", "."))} == end
    assert "removed hearth/versions_table.py\n" in done.stdout
    (kept,) = (remodel.course / "playground" / "backups").rglob("models.py")
    assert kept.read_text().endswith("# mine\n")
    assert "Nothing to take" in remodel("take", "3", cwd=folder).stdout


def test_take_needs_an_app_and_a_file_that_the_lesson_has(remodel: Remodel) -> None:
    """Each is one message, exit code 2, and nothing is written."""
    outside = remodel("take", "3", cwd=remodel.course / "docs")
    assert outside.returncode == BAD_INPUT
    assert "holds no app" in " ".join(outside.stderr.split())
    assert remodel("play", "3").returncode == 0
    folder = remodel.course / "playground" / "lesson-3"
    unknown = remodel("take", "3", "hearth/nothing.py", cwd=folder)
    assert unknown.returncode == BAD_INPUT
    assert "no file like hearth/nothing.py" in " ".join(unknown.stderr.split())
