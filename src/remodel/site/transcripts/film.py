"""Films: the states of an app between the steps of a script, as the site's stepper shows them.

A frame has what the three panes show: the models, the revisions, and the database with its rows
and its bookmark. All of it is read from what the commands left behind.
"""

import ast
import re
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from itertools import accumulate
from operator import or_
from pathlib import Path
from typing import Any

import msgspec

from remodel.course.layout import MIGRATIONS, MODELS, database_file
from remodel.course.python_source import symbol
from remodel.course.tree import read_tree
from remodel.errors import CourseError
from remodel.history import History, Revision, read_history
from remodel.site.transcripts.script import Film, Watched

Cell = str | int | float | None
WIDTH = 100
VERSION_TABLE = "alembic_version"
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
        """The text of the file: a line for each frame, with what its step has changed."""
        states = [msgspec.to_builtins(each) for each in self.frames]
        changes = (
            {key: value for key, value in state.items() if key not in before or before[key] != value}
            for before, state in zip([{}, *states], states, strict=False)
        )
        frames = ",\n".join(msgspec.json.encode(each).decode() for each in changes)
        title = msgspec.json.encode(self.title).decode()
        return f'{{"title": {title}, "frames": [\n{frames}\n]}}\n'


class FilmFile(msgspec.Struct, frozen=True):
    """The file itself: the first frame is whole, each other has what is not as before."""

    title: str
    frames: tuple[dict[str, Any], ...]


def read_recording(file: Path) -> RecordedFilm:
    """The film in `file`; raises CourseError where there is none, or it is malformed."""
    try:
        film = msgspec.json.decode(file.read_bytes(), type=FilmFile)
        states = accumulate(film.frames, or_)
        return msgspec.convert({"title": film.title, "frames": list(states)}, RecordedFilm)
    except FileNotFoundError:
        raise CourseError(f"{file} is missing. Run `remodel dev refresh`.") from None
    except msgspec.MsgspecError as error:
        raise CourseError(f"{file}: {error}. Run `remodel dev refresh`.") from error


def take_frame(app: Path, film: Film, by: str, says: str, given: Collection[str]) -> Frame:
    """The state of `app`. The revisions that were `given` are shown by their names alone."""
    return Frame(
        by=by,
        says=says,
        models=tuple(line for each in film.watch for line in _model(app, each)),
        revisions=tuple(_plans(app, film, given)),
        tables=tuple(_table(app, each, film.rows) for each in film.watch),
        bookmark=_bookmark(app),
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
    for each in old[len(old) - film.revisions :] if film.revisions else ():
        yield PlanSeen(each.id, each.down, each.message)
    for each in revisions:
        if each.id not in given:
            yield PlanSeen(each.id, each.down, each.message, tuple(_upgrade(each)))


def _upgrade(revision: Revision) -> Iterator[str]:
    """The body of the revision's upgrade, without comments; a pane has no room for long lines."""
    for function in revision.functions("upgrade"):
        for statement in function.body:
            for line in ast.unparse(statement).splitlines():
                yield line if len(line) <= WIDTH else f"{line[:WIDTH].rpartition(',')[0]}, …)"


def _table(app: Path, watched: Watched, most: int) -> TableSeen:
    """The table's rows; no column where the database has no such table."""
    there = _columns(app, watched.table)
    columns = tuple(each for each in watched.columns if each in there)
    if not columns:
        return TableSeen(watched.table, (), ())
    chosen = ", ".join(f'"{each}"' for each in columns)
    rows = _ask(app, f'SELECT {chosen} FROM "{watched.table}" ORDER BY id LIMIT {most}')
    return TableSeen(watched.table, columns, tuple(rows))


def _bookmark(app: Path) -> tuple[str, ...]:
    if not _columns(app, VERSION_TABLE):
        return ()
    rows = _ask(app, f"SELECT version_num FROM {VERSION_TABLE} ORDER BY 1")
    return tuple(str(row[0]) for row in rows)


def _columns(app: Path, table: str) -> set[Cell]:
    return {row[0] for row in _ask(app, f"SELECT name FROM pragma_table_info('{table}')")}


def _ask(app: Path, query: str) -> list[tuple[Cell, ...]]:
    with closing(sqlite3.connect(database_file(app))) as connection:
        return connection.execute(query).fetchall()
