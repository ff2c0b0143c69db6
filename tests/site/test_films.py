"""Films: the states that the stepper shows were read from real runs, and are shown as they were."""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from remodel.course.catalog import find_course
from remodel.errors import CourseError
from remodel.site.markup.stepper import stepper
from remodel.site.transcripts.film import (
    Frame,
    PlanSeen,
    RecordedFilm,
    TableSeen,
    read_recording,
)
from remodel.site.transcripts.transcript import perform

COURSE = find_course()
FILMS = sorted(COURSE.layout.transcripts.glob("film-*.toml"))
PLAN = PlanSeen("0001", (), "baseline")
NO_TABLE = TableSeen("room", (), ())


def frame(by: str, column: str, value: str | None) -> Frame:
    """A state in which one room has `value` in `column`."""
    table = TableSeen("room", ("name", column), (("Kitchen", value),))
    return Frame(by, "Look.", ("class Room:", f"    {column}"), (PLAN,), (table,), ("0001",))


def shown(*frames: Frame) -> str:
    """The film as HTML."""
    return stepper(RecordedFilm("A film", frames), "film-a")


@pytest.mark.parametrize("script", FILMS, ids=lambda file: file.stem)
def test_a_film_is_small(script: Path) -> None:
    """A film takes 5 kB at the most."""
    assert len(script.with_suffix(".json").read_bytes()) <= 5_000


def test_a_value_that_is_gone_with_its_column_is_lost() -> None:
    """NULL in a new column, where the old one held a value, has a sign and a name."""
    page = shown(frame("", "colour", "sage green"), frame("flask db upgrade", "paint", None))
    assert '<td class="lost">✗ NULL</td>' in page


def test_a_value_that_has_moved_is_kept() -> None:
    """The same value in the new column has the other sign."""
    page = shown(frame("", "colour", "red"), frame("flask db upgrade", "paint", "red"))
    assert '<td class="kept">✓ red</td>' in page
    assert 'class="lost"' not in page


def test_a_value_that_changes_in_its_column_is_marked() -> None:
    """What a step wrote into a row is new; the value beside it is not."""
    page = shown(frame("", "colour", "red"), frame("flask db upgrade", "colour", "lime"))
    assert '<td>Kitchen</td><td><mark class="new">lime</mark></td>' in page


def test_a_table_that_is_not_there_is_named() -> None:
    """A new database has no table, and nothing in it."""
    empty = replace(frame("Take a new database", "colour", None), tables=(NO_TABLE,), bookmark=())
    page = shown(frame("", "colour", "red"), empty, frame("flask db upgrade", "colour", "red"))
    assert "<p>No table <code>room</code>.</p>" in page
    assert "Bookmark: <mark" in page


def test_a_recording_is_read_as_it_was_taken(tmp_path: Path) -> None:
    """The file keeps what each step has changed, and gives back whole states."""
    steps = (frame("", "colour", "red"), frame("Look", "colour", "red"), frame("Go", "paint", None))
    film = RecordedFilm("A film", steps)
    file = tmp_path / "film-a.json"
    file.write_text(film.as_json(), encoding="utf-8")
    assert read_recording(file) == film
    assert file.read_text(encoding="utf-8").count("class Room") == 2


def test_what_is_new_is_marked_in_its_pane() -> None:
    """A changed line of the model is marked; one that stays is not."""
    page = shown(frame("", "colour", "red"), frame("Change", "paint", "red"))
    assert re.findall(r'<mark class="new">    (\w+)</mark>', page) == ["paint"]
    assert '<mark class="new">class Room' not in page


def test_a_command_that_changes_something_is_not_idle(tmp_path: Path) -> None:
    """A step that says it changes nothing, and does, is refused with its script."""
    script = tmp_path / "film-false.toml"
    text = FILMS[0].with_name("film-rename.toml").read_text(encoding="utf-8")
    before = text.partition('[[step]]\nidle = "flask db upgrade"')[0]
    idle = '[[step]]\nidle = "flask db stamp base"\nby = "flask db stamp base"\n'
    script.write_text(before + idle, encoding="utf-8")
    with pytest.raises(CourseError, match=r"film-false\.toml.*is not idle"):
        perform(COURSE, script)


def test_a_film_that_was_not_run_is_named(tmp_path: Path) -> None:
    """A missing recording says which command makes it."""
    with pytest.raises(CourseError, match="remodel dev refresh"):
        read_recording(tmp_path / "film-none.json")
