"""One state of an app as data: its revisions, its databases, and what the last command did there.

What `remodel show` draws, as text and as a picture, and prints as JSON. docs/show.schema.json
describes the JSON; it is made of the classes here.
"""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from remodel.course.layout import INSTANCE, database_file
from remodel.course.tree import read_tree
from remodel.database.copy_out import copy_out
from remodel.history import History, Revision, read_history
from remodel.playground.contents import TableState, seen_tables, version_of


class RevisionState(msgspec.Struct, frozen=True):
    """A revision, or the place of one whose file is not there."""

    id: str
    #: What it stands on.
    down: tuple[str, ...]
    message: str
    #: Its file, or where its file was; "" where no file has ever been seen.
    file: str
    missing: bool
    #: No revision that has a file stands on it.
    head: bool
    #: The labels of its branch.
    labels: tuple[str, ...]
    #: Revisions of other branches that have to be applied before it, or their labels.
    depends: tuple[str, ...]
    #: The databases that record it.
    here: tuple[str, ...]


class DatabaseState(msgspec.Struct, frozen=True):
    """A database, and what became of it since the state before."""

    name: str
    file: str
    #: The revisions that it records.
    at: tuple[str, ...]
    #: Those of them that no file has.
    unknown: tuple[str, ...]
    #: Whether there is an earlier state that `tables` are compared with.
    compared: bool
    tables: tuple[TableState, ...]


class AppState(msgspec.Struct, frozen=True):
    """Everything that there is to see of one app."""

    #: The exercise, or "" where it is none.
    exercise: str
    #: Newest first: each stands before all that it stands on.
    revisions: tuple[RevisionState, ...]
    heads: tuple[str, ...]
    #: What is wrong with the revision files.
    problems: tuple[str, ...]
    databases: tuple[DatabaseState, ...]

    def as_json(self) -> dict[str, object]:
        """The same for a program."""
        return dict(msgspec.to_builtins(self))


def state_schema() -> dict[str, object]:
    """The shape of the JSON, as a JSON Schema."""
    about = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return about | msgspec.json.schema(AppState)


def databases_of(folder: Path) -> dict[str, bytes]:
    """The databases of an app by the names of their files, the app's own first."""
    own = database_file(folder).name
    files = sorted((folder / INSTANCE).glob("*.db"), key=lambda p: (p.name != own, p.name))
    return {path.name: copy_out(path) for path in files}


def state_of(
    folder: Path,
    exercise: str = "",
    given: Mapping[str, bytes] | None = None,
    before: Mapping[str, bytes] | None = None,
    databases: Mapping[str, bytes] | None = None,
) -> AppState:
    """The state of the app in `folder`; of its `databases`, where they were read already.

    A revision that was `given` and whose file is gone is missing. `before` is the content of each
    database in the state to compare with. Raises UnreadableDatabase.
    """
    databases = databases_of(folder) if databases is None else databases
    history = read_history(read_tree(folder, ["migrations"]))
    seen = tuple(
        _database(name, content, history, (before or {}).get(name))
        for name, content in databases.items()
    )
    return state_with(history, seen, exercise, given)


def state_with(
    history: History,
    databases: tuple[DatabaseState, ...] = (),
    exercise: str = "",
    given: Mapping[str, bytes] | None = None,
) -> AppState:
    """The state that `history` and `databases` make together."""
    revisions = tuple(_revisions(history, databases, read_history(given or {})))
    heads = tuple(sorted(each.id for each in revisions if each.head))
    return AppState(exercise, revisions, heads, history.problems, databases)


def _database(name: str, content: bytes, history: History, before: bytes | None) -> DatabaseState:
    at = version_of(content)
    unknown = tuple(each for each in at if each not in history.ids)
    tables = tuple(seen_tables(content, before))
    return DatabaseState(name, f"{INSTANCE}/{name}", at, unknown, before is not None, tables)


def _revisions(
    history: History, databases: tuple[DatabaseState, ...], given: History
) -> Iterator[RevisionState]:
    there = {revision.id: revision for revision in history.revisions}
    gone = _gone(there, given)
    whole = History((*there.values(), *gone.values()), ())
    # One whose file is gone leads on down, and makes no head of what lies below it.
    below = frozenset[str]().union(*(whole.below(each) - {each} for each in there))
    for each in reversed(whole.order()):
        yield RevisionState(
            each.id,
            each.down,
            each.message,
            each.file,
            each.id in gone,
            each.id in there.keys() - below,
            each.labels,
            each.depends,
            tuple(database.name for database in databases if each.id in database.at),
        )


def _gone(there: Mapping[str, Revision], given: History) -> dict[str, Revision]:
    """The revisions whose files are not there: given once, or named by another revision."""
    gone = {each.id: each for each in given.revisions if each.id not in there}
    while named := {down for each in (*there.values(), *gone.values()) for down in each.down} - {
        *there,
        *gone,
    }:
        gone |= {name: Revision(name, (), "", ast.Module([], [])) for name in named}
    return gone
