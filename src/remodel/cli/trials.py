"""Tries autogenerate on the databases that are here."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from remodel.course.autogenerate_cases import ENGINES, Case, CaseOutcome
from remodel.course.catalog import find_course
from remodel.experiments.autogenerate import Database, sqlite, try_all
from remodel.runner import open_runner
from remodel.servers.server import MARIADB, POSTGRESQL, open_server


def tried(
    cases: Sequence[Case], engines: Sequence[str] = tuple(ENGINES)
) -> Iterator[tuple[str, dict[str, CaseOutcome]]]:
    """What comes of `cases` on each engine in turn; raises NoServer where one is missing."""
    migrations = find_course().lesson("3").path / "migrations"
    runner = open_runner()
    try:
        for engine in engines:
            with _databases(engine) as database:
                yield engine, try_all(cases, engine, database, migrations, runner)
    finally:
        runner.close()


@contextmanager
def _databases(engine: str) -> Iterator[Database]:
    if engine == "sqlite":
        yield sqlite
        return
    (kind,) = (each for each in (POSTGRESQL, MARIADB) if each.key == engine)
    with open_server(kind) as server:
        yield lambda folder: server.database()
