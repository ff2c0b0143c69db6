"""A house to experiment in: a scratch copy of a lesson's app, and the real `flask` in it.

Everything done to it is printed with what came back, so that a failing test shows its story and
`remodel myth` shows it live. The fixtures are for the conftest.py of a folder of experiments.
"""

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from remodel.course.catalog import find_course
from remodel.course.edits import replace_in_file
from remodel.course.layout import APP, INSTANCE, MODELS, TRANSCRIPTS, database_file
from remodel.errors import NoServer
from remodel.experiments.printing import command_shown, edit_shown, query_shown
from remodel.runner import Command, Completed, Runner, open_runner
from remodel.servers.kinds import MARIADB, POSTGRESQL, ServerKind
from remodel.servers.server import Server, open_server

WITHOUT = shutil.ignore_patterns(INSTANCE, "__pycache__", TRANSCRIPTS)
UTF8 = {"PYTHONUTF8": "1"}
#: Seconds for one command. The course's own code hangs by no design, and a release waits its turn.
LIMIT = 60.0
#: `flask shell` runs this file before it asks for a line. It has to bring its own names, and
#: it ends the shell, which would wait for somebody to type.
TYPED = """from flask import current_app as app
globals().update(app.make_shell_context())
{lines}
raise SystemExit
"""


class House:
    """A copy of a lesson's app with a database of its own."""

    def __init__(self, folder: Path, runner: Runner, visited: list[Path] | None = None) -> None:
        self.folder, self._runner = folder, runner
        self._url: str | None = None
        #: Where the steps of one experiment were taken, last the latest.
        self._visited = [folder] if visited is None else visited

    def _show(self, text: str) -> None:
        if self._visited[-1:] != [self.folder]:
            self._visited.append(self.folder)
            print(f"$ cd ../{self.folder.name}\n")
        print(f"{text}\n")

    def use(self, url: str | None) -> None:
        """From now on the app has the database at `url`; None is its own SQLite file."""
        self._url = url
        own = database_file(self.folder).name
        made = sa.make_url(url or f"sqlite:///{own}")
        on_sqlite = made.drivername.startswith("sqlite")
        # A server's database has a name that is made up for one experiment.
        database = Path(str(made.database)).name if on_sqlite else APP
        database = own if url is None else f"…/{database}"
        between = "/" if on_sqlite else ""
        self._show(f"$ export DATABASE_URL={made.drivername}://{between}{database}")

    def flask(self, *words: str) -> Completed:
        """Run `flask WORDS` in the app's folder."""
        done = self._run("flask", *words)
        self._show(command_shown(words, done, self.folder))
        return done

    def flask_at_once(self, *words: str) -> list[Completed]:
        """Run `flask WORDS` twice at the same time; what ended well is shown first."""
        with ThreadPoolExecutor(2) as workers:
            both = list(workers.map(lambda _: self._run("flask", *words), range(2)))
        for done in sorted(both, key=lambda each: each.exit_code != 0):
            self._show(command_shown(words, done, self.folder))
        return both

    def shell(self, *lines: str) -> Completed:
        """Type `lines` into `flask shell`, up to the first that fails."""
        file = self.folder / "typed.py"
        file.write_text(TYPED.format(lines="\n".join(lines)), encoding="utf-8")
        done = self._run("flask", "shell", PYTHONSTARTUP=str(file))
        typed = "\n".join(f">>> {line}" for line in lines)
        shown = command_shown(("shell",), done, self.folder).removeprefix("$ flask shell")
        print(f"$ flask shell\n{typed}{shown}", end="\n\n")
        return done

    def page(self, path: str) -> int:
        """The status code with which the app answers a visit to `path`."""
        seen = self._run("visit", "seen", "{}").stdout.partition("seen")[2]
        code = next(int(status) for at, status, _ in json.loads(seen) if at == path)
        self._show(f"GET {path}\n{code}")
        return code

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace the one place in `file` that reads `old`."""
        before, after = replace_in_file(self.folder, file, old, new)
        self._show(edit_shown(file, before, after))

    def write(self, file: str, text: str, telling: str | None = None) -> None:
        """Write `file` by hand; where a part of it tells enough, that is shown."""
        (self.folder / file).write_text(text, encoding="utf-8")
        self._show(edit_shown(file, "", text if telling is None else telling))

    def copy(self, place: str, to: str) -> None:
        """Copy a file, or what lies in a folder."""
        source, target = self.folder / place, self.folder / to
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        else:
            shutil.copy(source, target)
        self._show(f"$ cp {'' if source.suffix else '-r '}{place} {to}")

    def remove(self, place: str) -> None:
        """Delete a file or folder, as somebody does who tidies up."""
        path = self.folder / place
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
        self._show(f"$ rm {'' if path.suffix else '-r '}{place}")

    def add_column(self, column: str) -> None:
        """Give the model Room one more column."""
        colour = "    colour: Mapped[str | None] = mapped_column(String(30))\n"
        self.edit(MODELS, colour, f"{colour}    {column}\n")

    def write_revision(self, name: str, message: str, upgrade: str) -> None:
        """Make an empty revision and give it the lines of `upgrade`."""
        self.flask("db", "revision", "-m", message, "--rev-id", name)
        (file,) = (self.folder / "migrations" / "versions").glob(f"{name}*.py")
        empty, filled = "def upgrade():\n    pass", f"def upgrade():\n    {upgrade.strip()}"
        self.edit(file.relative_to(self.folder).as_posix(), empty, filled)

    def sql(self, query: str) -> list[tuple[object, ...]]:
        """Ask the database itself, past the app."""
        rows = self._asked(query)
        self._show(query_shown(query, rows))
        return rows

    def columns(self, table: str) -> set[object]:
        """The names of a table's columns."""
        if self._url is None or self._url.startswith("sqlite"):
            return {row[1] for row in self.sql(f"PRAGMA table_info({table})")}
        named = "SELECT column_name FROM information_schema.columns WHERE table_name"
        return {row[0] for row in self.sql(f"{named} = '{table}'")}

    def revision_text(self, name: str) -> str:
        """The one revision file whose name begins with `name`."""
        (file,) = (self.folder / "migrations" / "versions").glob(f"{name}*.py")
        return file.read_text(encoding="utf-8")

    def _run(self, *argv: str, **more: str) -> Completed:
        env = UTF8 if self._url is None else {**UTF8, "DATABASE_URL": self._url}
        return self._runner.run(Command(argv, self.folder, {**env, **more}, LIMIT))

    def _asked(self, query: str) -> list[tuple[object, ...]]:
        if self._url is None:
            database = database_file(self.folder)
            with closing(sqlite3.connect(database)) as connection, connection:
                return connection.execute(query).fetchall()
        engine = sa.create_engine(self._url)
        try:
            with engine.begin() as server:
                answer = server.exec_driver_sql(query)
                return [tuple(row) for row in answer] if answer.returns_rows else []
        finally:
            engine.dispose()


@pytest.fixture(scope="session")
def runner() -> Iterator[Runner]:
    """One warm runner for all experiments."""
    opened = open_runner()
    yield opened
    opened.close()


@pytest.fixture
def copy_of(tmp_path: Path, runner: Runner) -> Callable[[str], House]:
    """Makes a house from a lesson's folder, named by its first two digits."""
    visited: list[Path] = []

    def copy(number: str) -> House:
        lesson = find_course().lesson(str(int(number)))
        folder = shutil.copytree(lesson.path, tmp_path / f"house-{number}", ignore=WITHOUT)
        visited.extend([] if visited else [folder])
        return House(folder, runner, visited)

    return copy


@pytest.fixture
def house(copy_of: Callable[[str], House]) -> House:
    """Lesson 3's app under migrations, with rows in it."""
    made = copy_of("03")
    assert made.flask("db", "upgrade").ok
    assert made.flask("furnish").ok
    return made


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    """One PostgreSQL for all experiments; without one they are skipped, or fail where CI asks."""
    yield from _server(POSTGRESQL)


@pytest.fixture(scope="session")
def mariadb_server() -> Iterator[Server]:
    """One MariaDB, in the same way."""
    yield from _server(MARIADB)


def _server(engine: ServerKind) -> Iterator[Server]:
    try:
        with open_server(engine) as server:
            with server.database():
                pass  # whether it answers is found out here, and not in the first test
            yield server
    except NoServer as error:
        if engine.key in os.environ.get("REMODEL_REQUIRE", "").split(","):
            pytest.fail(str(error), pytrace=False)
        pytest.skip(str(error))


@pytest.fixture
def postgresql(postgresql_server: Server) -> Iterator[str]:
    """The URL of an empty database on a real PostgreSQL."""
    with postgresql_server.database() as url:
        yield url


@pytest.fixture
def mariadb(mariadb_server: Server) -> Iterator[str]:
    """The URL of an empty database on a real MariaDB."""
    with mariadb_server.database() as url:
        yield url
