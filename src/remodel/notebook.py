"""What a notebook of the course calls: a fresh house, a look at it, and the verdict."""

import atexit
import os
import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from remodel.course.catalog import find_course
from remodel.course.edits import replace_in_file
from remodel.course.layout import APP, INSTANCE, database_file
from remodel.course.tree import read_tree
from remodel.database.copy_out import copy_out
from remodel.errors import RemodelError
from remodel.history import read_history
from remodel.playground.drawing import draw_history
from remodel.playground.sight import Sight
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
    return folder


def edit(file: str, old: str, new: str) -> None:
    """Replace the one place in `file` that reads `old`; no other place is touched."""
    replace_in_file(Path(), file, old, new)


def look(folder: str | Path = ".") -> None:
    """Draw the revisions and every database in `folder`, with what is new since the last look."""
    home = Path(folder).resolve()
    seen = {path.name: _see(path) for path in _databases(home)}
    migrated = (home / "migrations").is_dir()
    if migrated:  # a reader of the first lessons does not know what a revision is
        print()  # apart from what a command has printed above
        history(home)
    for name, sight in seen.items():
        before = _LAST.get(str(home / name))
        print(f"\n{name}")
        print("\n".join(sight.lines(before)))
        _LAST[str(home / name)] = sight
    if not seen:
        print("There is no database yet." if migrated else "\nThere is no database yet.")


def tables(path: str = DATABASE) -> None:
    """Print every table of the database with its columns and the number of its rows."""
    print("\n".join(_see(_existing(path)).lines()))


def rows(query: str, path: str = DATABASE) -> list[tuple[object, ...]]:
    """What the database itself answers to `query`."""
    with closing(sqlite3.connect(_existing(path))) as connection, connection:
        return connection.execute(query).fetchall()


def history(folder: str | Path = ".") -> None:
    """Print the revisions, newest first, and mark where the databases are."""
    home = Path(folder)
    revisions = read_history(read_tree(home, ["migrations"]))
    databases = _databases(home)
    names = {path: path.name for path in databases} if len(databases) > 1 else {}
    at = {names.get(path, "the database"): _see(path).version for path in databases}
    print("\n".join(draw_history(revisions, at)) or "There are no revisions yet.")


#: What the last look saw of each database.
_LAST: dict[str, Sight] = {}


def _existing(path: str) -> Path:
    if not Path(path).is_file():
        command = "flask db upgrade" if Path("migrations").is_dir() else "flask init-db"
        raise RemodelError(f"There is no database at {path} yet. Run: {command}")
    return Path(path)


def _databases(home: Path) -> list[Path]:
    """The databases of an app, the house itself first."""
    files = (home / INSTANCE).glob("*.db")
    return sorted(files, key=lambda path: (path.name != database_file(home).name, path.name))


def _see(path: Path) -> Sight:
    return Sight.of(copy_out(path))


def check(slug: str, folder: str | Path | None = None) -> None:
    """Grade what lies in `folder`, or in the playground, and print the verdict."""
    from remodel.grading.run import grade
    from remodel.grading.session import Grading, new_seed
    from remodel.grading.terminal import verdict_lines

    catalog = find_course()
    exercise = catalog.exercise(slug)
    # The site's pages are written with a seed that stays the same.
    seed = int(os.environ.get("REMODEL_NOTEBOOK_SEED") or new_seed())
    grading = Grading.of(catalog, [str(folder) if folder else "playground"], [seed])
    try:
        for verdict in grade(grading, [exercise]):
            print("\n".join(verdict_lines(verdict, catalog)))
    finally:
        grading.close()
