"""A house to experiment in: a scratch copy of a lesson's app, and the real `flask` in it."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from remodel.catalog import find_course
from remodel.runner import Command, Completed, Runner, open_runner

WITHOUT = shutil.ignore_patterns("instance", "__pycache__", "transcripts")


class House:
    """A copy of a lesson's app with a database of its own."""

    def __init__(self, folder: Path, runner: Runner) -> None:
        self.folder, self._runner = folder, runner

    def flask(self, *words: str) -> Completed:
        """Run `flask WORDS` in the app's folder."""
        return self._runner.run(Command(("flask", *words), self.folder, {"PYTHONUTF8": "1"}))

    def page(self, path: str) -> int:
        """The status code with which the app answers a visit to `path`."""
        visits = Command(("visit", "seen", "{}"), self.folder, {"PYTHONUTF8": "1"})
        seen = self._runner.run(visits).stdout.partition("seen")[2]
        return dict(json.loads(seen))[path]

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace the one place in `file` that reads `old`."""
        text = (self.folder / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{file} holds {old!r} {text.count(old)} times"
        (self.folder / file).write_text(text.replace(old, new), encoding="utf-8")

    def add_column(self, column: str) -> None:
        """Give the model Room one more column."""
        colour = "    colour: Mapped[str | None] = mapped_column(String(30))\n"
        self.edit("hearth/models.py", colour, f"{colour}    {column}\n")

    def sql(self, query: str) -> list[tuple[object, ...]]:
        """Ask the database itself, past the app."""
        database = self.folder / "instance" / "hearth.db"
        with closing(sqlite3.connect(database)) as connection, connection:
            return connection.execute(query).fetchall()

    def columns(self, table: str) -> set[object]:
        """The names of a table's columns."""
        return {row[1] for row in self.sql(f"PRAGMA table_info({table})")}

    def revision_text(self, name: str) -> str:
        """The one revision file whose name begins with `name`."""
        (file,) = (self.folder / "migrations" / "versions").glob(f"{name}*.py")
        return file.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def runner() -> Iterator[Runner]:
    """One warm runner for all experiments."""
    opened = open_runner()
    yield opened
    opened.close()


@pytest.fixture
def copy_of(tmp_path: Path, runner: Runner) -> Callable[[str], House]:
    """Makes a house from a lesson's folder, named by its first two digits."""

    def copy(number: str) -> House:
        (lesson,) = (find_course().root / "lessons").glob(f"{number}-*")
        shutil.copytree(lesson, tmp_path / "house", ignore=WITHOUT)
        return House(tmp_path / "house", runner)

    return copy


@pytest.fixture
def house(copy_of: Callable[[str], House]) -> House:
    """Lesson 3's app under migrations, with rows in it."""
    made = copy_of("03")
    assert made.flask("db", "upgrade").ok
    assert made.flask("furnish").ok
    return made
