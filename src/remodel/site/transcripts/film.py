"""Films: the states of an app between the steps of a script, as the site's stepper shows them.

A frame has what the three panes show: the models, the revisions, and the database with its rows
and its bookmark. All of it is read from what the commands left behind.
"""

import ast
import re
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from pathlib import Path

import msgspec

from remodel.course.layout import MIGRATIONS, MODELS, database_file
from remodel.course.python_source import symbol
from remodel.course.tree import read_tree
from remodel.errors import CourseError
from remodel.history import History, Revision, read_history
from remodel.site.transcripts.script import Film, Watched

Cell = str | int | float | None
BOOKMARK = "SELECT version_num FROM alembic_version ORDER BY 1"
ATTRIBUTE = re.compile(r"\s+(\w+): Mapped")


class PlanSeen(msgspec.Struct, frozen=True):
    """A revision; `lines` are those of its upgrade, where it came during the film."""

    id: str
    after: tuple[str, ...]
    message: str
    lines: tuple[str, ...] = ()


class TableSeen(msgspec.Struct, frozen=True):
    """The watched columns of a table, and its first rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Idle(msgspec.Struct, frozen=True):
    """A command that left everything as it was, and why."""

    by: str
    says: str


class Frame(msgspec.Struct, frozen=True):
    """One state, and what led to it."""

    by: str
    says: str
    models: tuple[str, ...]
    revisions: tuple[PlanSeen, ...]
    tables: tuple[TableSeen, ...]
    bookmark: tuple[str, ...]
    idle: tuple[Idle, ...] = ()


class RecordedFilm(msgspec.Struct, frozen=True):
    """A whole film, as NAME.json keeps it."""

    title: str
    frames: tuple[Frame, ...]

    def as_json(self) -> str:
        """The text of the file: a line for each frame."""
        frames = ",\n".join(msgspec.json.encode(each).decode() for each in self.frames)
        title = msgspec.json.encode(self.title).decode()
        return f'{{"title": {title}, "frames": [\n{frames}\n]}}\n'


def read_recording(file: Path) -> RecordedFilm:
    """The film in `file`; raises CourseError where there is none, or it is malformed."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=RecordedFilm)
    except FileNotFoundError:
        raise CourseError(f"{file} is missing. Run `remodel dev refresh`.") from None
    except msgspec.DecodeError as error:
        raise CourseError(f"{file}: {error}. Run `remodel dev refresh`.") from error


def take_frame(app: Path, film: Film, by: str, says: str, given: Collection[str]) -> Frame:
    """The state of `app`. The revisions that were `given` are shown by their names alone."""
    return Frame(
        by=by,
        says=says,
        models=tuple(line for each in film.watch for line in _model(app, each)),
        revisions=tuple(_plans(app, film, given)),
        tables=tuple(_table(app, each, film.rows) for each in film.watch),
        bookmark=tuple(str(row[0]) for row in _ask(app, BOOKMARK)[1]),
    )


def revision_ids(app: Path) -> frozenset[str]:
    """The revisions that have a file in `app`."""
    return _history(app).ids


def _history(app: Path) -> History:
    return read_history(read_tree(app, [MIGRATIONS]))


def _model(app: Path, watched: Watched) -> Iterator[str]:
    """The class's first line, and the attributes that are watched."""
    head, *lines = symbol((app / MODELS).read_text(encoding="utf-8"), watched.model).splitlines()
    yield head
    for line in lines:
        attribute = ATTRIBUTE.match(line)
        if attribute and attribute[1] in watched.columns:
            yield line


def _plans(app: Path, film: Film, given: Collection[str]) -> Iterator[PlanSeen]:
    revisions = _history(app).order()
    old = [each for each in revisions if each.id in given]
    for each in old[-film.revisions :]:
        yield PlanSeen(each.id, each.down, each.message)
    for each in revisions:
        if each.id not in given:
            yield PlanSeen(each.id, each.down, each.message, tuple(_upgrade(each)))


def _upgrade(revision: Revision) -> Iterator[str]:
    """The body of the revision's upgrade, without comments."""
    for function in revision.functions("upgrade"):
        for statement in function.body:
            yield from ast.unparse(statement).splitlines()


def _table(app: Path, watched: Watched, most: int) -> TableSeen:
    there, _ = _ask(app, f'SELECT * FROM "{watched.table}" LIMIT 0')
    columns = tuple(each for each in watched.columns if each in there)
    chosen = ", ".join(f'"{each}"' for each in columns)
    _, rows = _ask(app, f'SELECT {chosen} FROM "{watched.table}" ORDER BY id LIMIT {most}')
    return TableSeen(watched.table, columns, tuple(rows))


def _ask(app: Path, query: str) -> tuple[list[str], list[tuple[Cell, ...]]]:
    with closing(sqlite3.connect(database_file(app))) as connection:
        cursor = connection.execute(query)
        return [each[0] for each in cursor.description], cursor.fetchall()
