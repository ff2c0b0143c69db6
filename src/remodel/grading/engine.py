"""The kind of database that answers are graded on: SQLite, or a server's."""

import contextlib
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.errors import NoServer, NotGraded

if TYPE_CHECKING:
    from remodel.database.server_store import ServerStore
    from remodel.servers.server import Server

SQLITE = "sqlite"
#: What `--database` may be, besides the URL of a server.
ENGINES = (SQLITE, "postgresql", "mariadb")
#: Why a server is not asked what these checks ask.
REASON = "It writes rows by itself, and knows how in SQLite."


@dataclass
class Engine:
    """A kind of database; with a `store`, the databases are those of a server that runs."""

    name: str = "SQLite"
    store: "ServerStore | None" = None
    _until_closed: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    @classmethod
    def opened(cls, database: str) -> "Engine":
        """The engine that `--database` names, with its server running; raises NoServer."""
        if database == SQLITE:
            return cls()
        from remodel.servers import server as servers  # its driver is for those who ask for it

        until_closed = contextlib.ExitStack()
        kinds = {kind.key: kind for kind in (servers.POSTGRESQL, servers.MARIADB)}
        if database in kinds:
            server = until_closed.enter_context(servers.open_server(kinds[database]))
        else:
            server = servers.server_at(database)
        return cls(server.engine.name, _store_of(server), until_closed)

    def close(self) -> None:
        """End the server."""
        self._until_closed.close()

    def refuse(self, exercise: Exercise) -> None:
        """Raise NotGraded where the solution of `exercise` itself cannot pass on this engine."""
        for server, reason in exercise.not_on.items():
            if server == self.name.lower():
                raise NotGraded(f"{exercise.slug} is not graded on {self.name}: {reason}")

    def catalog(self, course: Catalog) -> Catalog:
        """`course` with the checks that can be made on this engine."""
        if self.store is None:
            return course
        from remodel.grading.standard import OF_SQLITE

        return leaving_out(course, OF_SQLITE, REASON)


def leaving_out(course: Catalog, checks: Iterable[str], reason: str) -> Catalog:
    """`course`, where every exercise does without the standard `checks`, for one `reason`."""
    also = dict.fromkeys(checks, reason)
    return course.with_exercises(
        {slug: _leaving_out(exercise, also) for slug, exercise in course.exercises.items()}
    )


def _leaving_out(exercise: Exercise, also: Mapping[str, str]) -> Exercise:
    without = {**exercise.standard.without, **also}
    standard = msgspec.structs.replace(exercise.standard, without=without)
    return msgspec.structs.replace(exercise, standard=standard)


def _store_of(server: "Server") -> "ServerStore":
    from remodel.database.server_store import MariaDBStore, PostgreSQLStore

    if server.engine.key == "mariadb":
        return MariaDBStore(server.database)
    return PostgreSQLStore(server.database, lambda: _pg_dump(server))


def _pg_dump(server: "Server") -> str:
    from remodel.servers.installations import EXE, of_postgresql

    folders = [server.programs] if server.programs else [i.programs for i in of_postgresql()]
    for folder in folders:
        if (folder / f"pg_dump{EXE}").exists():
            return str(folder / f"pg_dump{EXE}")
    if on_path := shutil.which("pg_dump"):
        return on_path
    raise NoServer(f"There is no pg_dump here, which copies databases. {server.engine.missing}")
