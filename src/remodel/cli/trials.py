"""Tries migrations, and what drafts them, on the databases that are here."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from remodel.course.autogenerate_cases import ENGINES, Case, CaseOutcome
from remodel.course.catalog import find_course
from remodel.course.dialect_cases import DialectCase, DialectOutcome
from remodel.experiments.autogenerate import try_all
from remodel.experiments.case_database import Database, sqlite
from remodel.experiments.dialects import try_dialects
from remodel.runner import Runner, opened
from remodel.servers.kinds import MARIADB, POSTGRESQL
from remodel.servers.server import open_server


def tried(
    cases: Sequence[Case], engines: Sequence[str] = tuple(ENGINES)
) -> Iterator[tuple[str, dict[str, CaseOutcome]]]:
    """What comes of `cases` on each engine in turn; raises NoServer where one is missing."""
    for engine, database, migrations, runner in _on_each(engines):
        yield engine, try_all(cases, engine, database, migrations, runner)


def tried_dialects(
    cases: Sequence[DialectCase], engines: Sequence[str] = tuple(ENGINES)
) -> Iterator[tuple[str, dict[str, DialectOutcome]]]:
    """The same for migrations that are written by hand; raises NoServer, too."""
    for engine, database, migrations, runner in _on_each(engines):
        yield engine, try_dialects(cases, database, migrations, runner)


def _on_each(engines: Sequence[str]) -> Iterator[tuple[str, Database, Path, Runner]]:
    """Each engine with its databases, the env.py that `flask db init` makes, and a runner."""
    migrations = find_course().lesson("3").path / "migrations"
    with opened() as runner:
        for engine in engines:
            with _databases(engine) as database:
                yield engine, database, migrations, runner


@contextmanager
def _databases(engine: str) -> Iterator[Database]:
    if engine == "sqlite":
        yield sqlite
        return
    (kind,) = (each for each in (POSTGRESQL, MARIADB) if each.key == engine)
    with open_server(kind) as server:
        yield lambda folder: server.database()
