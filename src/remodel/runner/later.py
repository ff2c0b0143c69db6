"""The app as it may be years from now, for the revisions of today.

A revision is run for as long as there are databases that have not had it, beside models that
nobody knows when it is written. What it needs of the app's own code, it will not find there.
"""

import contextlib
import functools
import os
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.script.base import Script, ScriptDirectory

from remodel.runner.wsgi_file import started_app

#: What the models of later have that those of today have not.
LATER_TABLE, LATER_COLUMN = "added_later", "added_later"


@contextlib.contextmanager
def years_later() -> Iterator[None]:
    """Load the app of today; as soon as a revision is loaded inside, it finds that of later.

    The env.py is loaded before, and finds the app as it is.
    """
    app = started_app()
    load = ScriptDirectory._load_revisions
    change = functools.cache(lambda: _change(app))

    def loaded(self: ScriptDirectory) -> Iterator[Script]:
        change()
        yield from load(self)

    ScriptDirectory._load_revisions = loaded  # type: ignore[method-assign]
    try:
        yield
    finally:
        ScriptDirectory._load_revisions = load  # type: ignore[method-assign]


def _change(app: Any) -> None:
    _change_models(app)
    _empty_app(app)
    _empty_modules()
    _delete_files()


def _empty_app(app: Any) -> None:
    """Leave no page, template or command of today for a revision to find."""
    app.url_map = type(app.url_map)()
    app.jinja_loader = None
    for registry in (app.view_functions, app.blueprints, app.jinja_env.globals):
        registry.clear()


def _delete_files() -> None:
    """Nor a file of the app to read: this copy of it was made for one command."""
    is_of_the_app = _whether_of_the_app()
    for file in Path.cwd().rglob("*"):
        if file.is_file() and is_of_the_app(str(file)):
            file.unlink()


def _change_models(app: Any) -> None:
    """Give every column another name and type, every table one more column, and add a table."""
    database = app.extensions["sqlalchemy"]
    # Only this app's: a process that has run other commands has mappers of theirs.
    database.Model.registry.configure()
    for metadata in database.metadatas.values():
        for table in metadata.tables.values():
            for column in table.columns:
                _change_column(column)
            table.append_column(sa.Column(LATER_COLUMN, sa.Integer))
        sa.Table(LATER_TABLE, metadata, sa.Column("id", sa.Integer, primary_key=True))


def _change_column(column: "sa.Column[Any]") -> None:
    column.name = sa.sql.quoted_name(f"{column.name}_later", None)
    if not column.primary_key:
        column.nullable = not column.nullable
        column.type = sa.LargeBinary()


def _empty_modules() -> None:
    """Put an empty module in the place of each that came with the app; migrations stay."""
    is_of_the_app = _whether_of_the_app()
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if name != "__main__" and file and is_of_the_app(file):
            empty = types.ModuleType(name)
            empty.__file__, empty.__path__ = file, []
            sys.modules[name] = empty


def _whether_of_the_app() -> Callable[[str], bool]:
    """What tells whether a file is the app's, and no migration.

    Hundreds of modules are loaded and lie in few folders: each folder is looked up once.
    """
    here = Path.cwd().resolve()

    @functools.cache
    def holds_the_app(folder: str) -> bool:
        place = Path(folder).resolve()
        if not place.is_relative_to(here):
            return False
        return place.relative_to(here).parts[:1] != ("migrations",)

    return lambda file: holds_the_app(file.rpartition(os.sep)[0])
