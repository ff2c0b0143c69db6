"""What a notebook of the course calls: a fresh house, a look at it, and the verdict."""

import atexit
import contextlib
import html
import os
import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from remodel.course import playground_mark
from remodel.course.catalog import find_course
from remodel.course.edits import replace_in_file
from remodel.course.layout import APP, database_file
from remodel.database.copy_out import copy_out
from remodel.errors import RemodelError
from remodel.playground.contents import seen_tables
from remodel.playground.drawing import (
    database_names,
    draw_history,
    draw_tables,
)
from remodel.playground.set_up_lines import folded
from remodel.playground.state import databases_of, state_of
from remodel.scratch import lay_out

#: Where an app of the course keeps its rows.
DATABASE = database_file(Path()).as_posix()


def fresh(name: str) -> Path:
    """Go to a new folder with a lesson's app or an exercise's starter; it ends with the kernel."""
    catalog = find_course()
    lesson = catalog.lessons.get(name)
    files = lesson.app_files() if lesson else catalog.exercise(name).given
    folder = Path(tempfile.mkdtemp(prefix=f"{APP}-")).resolve()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    lay_out(files, folder)
    os.chdir(folder)
    _LAST.clear()
    # So that `!flask` is the flask of this kernel, also where nothing was activated.
    os.environ["PATH"] = str(Path(sys.executable).parent) + os.pathsep + os.environ["PATH"]
    os.environ["FLASK_APP"] = "wsgi.py"
    _fold_set_up()
    return folder


def _fold_set_up() -> None:
    """Have each `!command` of this kernel fold what Alembic says of itself."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if shell is None or hasattr(shell.system, "folds"):
        return
    run = shell.system

    def system(command: str) -> None:
        with folded(sys.stdout, _show_folded) as fold, contextlib.redirect_stdout(fold):
            run(command)

    system.folds = True  # type: ignore[attr-defined]
    shell.system = system


def _show_folded(text: str) -> None:
    from IPython.display import display

    text = text.replace("\r", "")
    count = text.count("\n")
    fold = f"<details><summary>Alembic's set-up, {count} lines</summary><pre>"
    page = f"{fold}{html.escape(text)}</pre></details>"
    data = {"text/html": page, "text/plain": text}
    display(data, raw=True, metadata={"set_up": True})  # type: ignore[no-untyped-call]


def edit(file: str, old: str, new: str) -> None:
    """Replace the one place in `file` that reads `old`; no other place is touched."""
    replace_in_file(Path(), file, old, new)


def look(folder: str | Path = ".") -> None:
    """Draw the revisions and every database in `folder`, with what is new since the last look."""
    home = Path(folder).resolve()
    state = state_of(home, before=_LAST.get(home))
    migrated = (home / "migrations").is_dir()
    if migrated:  # a reader of the first lessons does not know what a revision is
        print()  # apart from what a command has printed above
        history(home)
    for database in state.databases:
        print(f"\n{database.name}")
        print("\n".join(draw_tables(database.tables, rows=False)))
    _LAST[home] = databases_of(home)
    if not state.databases:
        print("There is no database yet." if migrated else "\nThere is no database yet.")


def tables(path: str = DATABASE) -> None:
    """Print every table of the database with its columns and the number of its rows."""
    content = copy_out(_existing(path))
    print("\n".join(draw_tables(tuple(seen_tables(content)), rows=False)))


def rows(query: str, path: str = DATABASE) -> list[tuple[object, ...]]:
    """What the database itself answers to `query`."""
    with closing(sqlite3.connect(_existing(path))) as connection, connection:
        return connection.execute(query).fetchall()


def history(folder: str | Path = ".") -> None:
    """Print the revisions, newest first, and mark where the databases are."""
    state = state_of(Path(folder))
    names = database_names(state, alone="the database")
    print("\n".join(draw_history(state, names)))


#: What the last look saw of each database.
_LAST: dict[Path, dict[str, bytes]] = {}


def _existing(path: str) -> Path:
    if not Path(path).is_file():
        command = "flask db upgrade" if Path("migrations").is_dir() else "flask init-db"
        raise RemodelError(f"There is no database at {path} yet. Run: {command}")
    return Path(path)


def check(slug: str, folder: str | Path | None = None) -> None:
    """Grade what lies in `folder`, or in the playground, and print the verdict."""
    from remodel.grading.run import grade
    from remodel.grading.session import Grading, new_seed
    from remodel.grading.terminal import verdict_lines

    catalog = find_course()
    exercise = catalog.exercise(slug)
    # The site's pages are written with a seed that stays the same.
    seed = int(os.environ.get("REMODEL_NOTEBOOK_SEED") or new_seed())
    named = str(folder) if folder else "playground"
    variant = playground_mark.variant_of(Path(folder)) if folder else None
    grading = Grading.of(catalog, [named], [seed], variant=variant)
    try:
        for verdict in grade(grading, [exercise]):
            print("\n".join(verdict_lines(verdict, catalog)))
    finally:
        grading.close()
