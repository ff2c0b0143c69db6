"""Tries autogenerate on the databases that are here."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from remodel.course.autogenerate_cases import Case, CaseOutcome
from remodel.course.catalog import find_course
from remodel.experiments.autogenerate import Database, sqlite, try_all
from remodel.runner import open_runner
from remodel.servers.server import POSTGRESQL, open_server


def tried(
    cases: Sequence[Case], engines: Sequence[str] = ("sqlite", "postgresql")
) -> Iterator[tuple[str, dict[str, CaseOutcome]]]:
    """What comes of `cases` on each engine in turn; raises NoServer where PostgreSQL is missing."""
    migrations = find_course().lesson("3").path / "migrations"
    runner = open_runner()
    try:
        for engine in engines:
            with DATABASES[engine]() as database:
                yield engine, try_all(cases, engine, database, migrations, runner)
    finally:
        runner.close()


@contextmanager
def _files() -> Iterator[Database]:
    yield sqlite


@contextmanager
def _postgresql() -> Iterator[Database]:
    with open_server(POSTGRESQL) as server:
        yield lambda folder: server.database()


DATABASES = {"sqlite": _files, "postgresql": _postgresql}
