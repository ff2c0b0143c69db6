"""What a learner enters in a notebook: predictions that a run answers, and text for a file."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from remodel.errors import RemodelError
from remodel.notebook import fresh, go_on, happened, ours, predict
from remodel.notebook.writing import write_into
from remodel.playground.definitions import merged
from tests.conftest import ROOT, Remodel

MODELS = '''"""The models."""

from sqlalchemy import String

NAMES = {}
db = Database()


@register
class Room:
    """A room."""

    name = String(80)


def last():
    return 1
'''


@pytest.fixture
def learner(remodel: Remodel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Remodel]:
    """A learner in a course that has its notebooks, in an empty folder."""
    shutil.copytree(ROOT / "notebooks", remodel.course / "notebooks", dirs_exist_ok=True)
    monkeypatch.setenv("REMODEL_COURSE", str(remodel.course))
    for name in ("PATH", "FLASK_APP"):  # a fresh house sets them for its kernel
        monkeypatch.setenv(name, os.environ.get(name, ""))
    house = tmp_path / "house"
    house.mkdir()
    monkeypatch.chdir(house)
    # Other tests keep their own record in this course.
    record = remodel.course / "playground" / "progress.json"
    theirs = record.read_bytes() if record.exists() else None
    record.unlink(missing_ok=True)
    yield remodel
    record.unlink(missing_ok=True)
    if theirs is not None:
        record.write_bytes(theirs)


def answered(learner: Remodel) -> dict[str, str]:
    """What the one record knows of questions."""
    place = learner.course / "playground" / "progress.json"
    return json.loads(place.read_text(encoding="utf-8"))["questions"] if place.exists() else {}


def shipped(name: str) -> str:
    """The cell of the fourth notebook that writes in the file `name`, without its first line."""
    cells = json.loads((ROOT / "notebooks" / "04-creating-and-applying.ipynb").read_text("utf-8"))
    (source,) = [
        text for cell in cells["cells"] if (text := "".join(cell["source"])).startswith(name)
    ]
    return source.partition("\n")[2]


def test_a_prediction_is_compared_with_what_happened_and_kept(
    learner: Remodel, capsys: pytest.CaptureFixture[str]
) -> None:
    """Right or wrong: as on a page of the site, that there was one is enough."""
    predict("first", "unknown", among=["4x3", "unknown", None])
    happened("unknown")
    predict("second", 7, among=[6, 7])
    happened(6)
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == "✓ As you predicted: 'unknown'."
    assert shown[1].startswith("✗ You predicted 7, and it is 6.")
    assert answered(learner).keys() == {"notebook-first", "notebook-second"}


def test_without_a_prediction_the_cell_runs_and_nothing_is_kept(
    learner: Remodel, capsys: pytest.CaptureFixture[str]
) -> None:
    """So each cell of a notebook runs as it came."""
    predict("first", ..., among=[6, 7])
    happened(6)
    assert capsys.readouterr().out.startswith("– It is 6. No prediction was entered")
    happened(6)
    assert capsys.readouterr().out == "" and answered(learner) == {}


def test_an_answer_that_is_not_offered_is_refused_before_anything_runs() -> None:
    """It names those that are offered; a number in quotes, or large letters, are no mistake."""
    with pytest.raises(RemodelError, match=r"'five' is none of the answers\. .* one of: 6, 7"):
        predict("first", "five", among=[6, 7])
    predict("first", "6", among=[6, 7])
    predict("first", "None", among=[None, "Attic"])
    predict("first", "attic", among=[None, "Attic"])
    predict("first", ...)


@pytest.mark.parametrize(
    ("cell", "pattern"),
    [
        ("class Room:\n    size = 1", r"db = Database\(\)\n\n\nclass Room:\n    size = 1\n\n\ndef"),
        ("class Lamp:\n    a = 1", r"return 1\n\n\nclass Lamp:\n    a = 1$"),
        ("from sqlalchemy import Date", r"from sqlalchemy import String, Date\n\nNAMES"),
        ("from datetime import date", r"\nfrom datetime import date\nfrom sqlalchemy import Str"),
        ("X = 1\ndb = Database(X)", r"NAMES = \{\}\nX = 1\ndb = Database\(X\)\n\n\n@register"),
        ("import os\n\n\n@new\ndef last():\n    pass", r"String\(80\)\n\n\n@new\ndef last\(\):"),
    ],
)
def test_a_file_gets_what_a_cell_defines_in_place_of_what_has_that_name(
    cell: str, pattern: str
) -> None:
    """All else stays, and what is new stands before what needs it."""
    text = merged(MODELS, cell)
    assert re.search(pattern, text), text
    assert merged(text, cell) == text


def test_where_nothing_was_written_the_notebook_goes_on_with_its_own(
    learner: Remodel, capsys: pytest.CaptureFixture[str]
) -> None:
    """It shows what that is; what the learner wrote is used as it stands."""
    fresh("03-setting-up")
    cell, models = (
        shipped("%%into hearth/models.py\nfrom datetime import date"),
        Path("hearth/models.py"),
    )
    write_into("hearth/models.py", cell, fresh)
    go_on("04-purchases")
    assert "owner: Mapped[str | None]" in capsys.readouterr().out
    assert "owner: Mapped[str | None]" in models.read_text(encoding="utf-8")
    write_into("hearth/models.py", cell.replace("(80)", "(90)"), fresh)
    go_on("04-purchases")
    assert capsys.readouterr().out == "hearth/models.py: yours is used.\n"
    assert "owner" not in models.read_text(encoding="utf-8")


def test_a_cell_may_begin_afresh(learner: Remodel) -> None:
    """So it can be run as often as somebody likes; a file that is no Python is written whole."""
    fresh("03-setting-up")
    Path("mine.txt").write_text("before", encoding="utf-8")
    write_into("notes/mine.txt --fresh 03-setting-up", "hello\n", fresh)
    assert Path("notes/mine.txt").read_text(encoding="utf-8") == "hello\n"
    assert not Path("mine.txt").exists()


def test_what_cannot_be_written_is_refused(learner: Remodel) -> None:
    """With the way that it is written, and the name of the step that has no files."""
    with pytest.raises(RemodelError, match="Write %%into FILE"):
        write_into("hearth/models.py --again", "", fresh)
    with pytest.raises(RemodelError, match="has no files for 'no-step'"):
        ours("no-step")


def test_a_cell_that_has_run_does_not_run_again_where_that_would_show_something_else(
    learner: Remodel,
) -> None:
    """Unless something was written since, or the house is a fresh one."""
    fresh("03-setting-up")
    for _ in range(2):
        predict("first", ..., among=[6, 7])
        happened(6)
        with pytest.raises(RemodelError, match=r"has run in this house, and it was 6\. .* above"):
            predict("first", 7, among=[6, 7])
        write_into("notes.txt", "mine", fresh)
    predict("first", 7, among=[6, 7])
    happened(6)
    fresh("03-setting-up")
    predict("first", 7, among=[6, 7])


def test_what_is_none_of_the_answers_is_no_outcome(
    learner: Remodel, capsys: pytest.CaptureFixture[str]
) -> None:
    """A command above has failed: nothing is kept, and the cell can run again."""
    fresh("03-setting-up")
    for _ in range(2):
        predict("first", 7, among=[6, 7])
        happened("nothing")
        assert capsys.readouterr().out.startswith("– It is 'nothing': something above went wrong.")
    assert answered(learner) == {}


def test_a_cell_is_refused_in_a_house_that_is_not_its_own(learner: Remodel) -> None:
    """Somebody ran all cells, and goes back to one of the first: the last has begun another."""
    fresh("add-a-column")
    elsewhere = r"for another house: one further down has begun 'add-a-column' since\. .* above it"
    with pytest.raises(RemodelError, match=elsewhere):
        predict("what-migrate-changes", ..., among=["both"])
    with pytest.raises(RemodelError, match=elsewhere):
        write_into("hearth/models.py", "class Room:\n    pass", fresh)
    with pytest.raises(RemodelError, match=elsewhere):
        go_on("04-review")
    fresh("03-setting-up")
    predict("what-migrate-changes", ..., among=["both"])
    write_into("hearth/models.py", "class Room:\n    pass", fresh)


def test_what_was_written_in_another_house_is_not_spoken_of(
    learner: Remodel, capsys: pytest.CaptureFixture[str]
) -> None:
    """The notebook goes on with what lies in this one."""
    fresh("03-setting-up")
    write_into("notes.txt", "mine", fresh)
    fresh("03-setting-up")
    go_on("04-purchases")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("class Room(db.Model)\n    pass", r"Line 2 of this cell is no Python: .*\n    class Room"),
        ("a: Mapped[int] = mapped_column()", r"'a' stands outside of a class"),
    ],
)
def test_what_python_cannot_read_is_told_by_its_line_and_not_written(
    cell: str, message: str, learner: Remodel
) -> None:
    """As is a line of a class that comes without its class."""
    fresh("03-setting-up")
    before = Path("hearth/models.py").read_bytes()
    with pytest.raises(RemodelError, match=f"Nothing was written. {message}"):
        write_into("hearth/models.py", cell, fresh)
    assert Path("hearth/models.py").read_bytes() == before
