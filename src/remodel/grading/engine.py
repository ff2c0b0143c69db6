"""The kind of database that answers are graded on: SQLite, or a server's."""

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.errors import NotGraded
from remodel.grading.workspace.stores import store_of_kind, store_of_server

if TYPE_CHECKING:
    from remodel.database.server_store import ServerStore

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
        # Their driver is for those who ask for it.
        from remodel.servers import server as servers
        from remodel.servers.kinds import KINDS

        until_closed = contextlib.ExitStack()
        if database in KINDS:
            server = until_closed.enter_context(servers.open_server(KINDS[database]))
        else:
            server = servers.server_at(database)
        return cls(server.engine.name, store_of_server(server), until_closed)

    def close(self) -> None:
        """End the server."""
        self._until_closed.close()

    def is_of(self, exercise: Exercise) -> bool:
        """Whether this is the kind of database that `exercise` is meant for."""
        return self.name_for(exercise).lower() == exercise.database

    def makes_fewer_checks(self, exercise: Exercise) -> bool:
        """Whether some check of `exercise`, of this engine's catalog, is made on SQLite alone."""
        return REASON in exercise.standard.without.values()

    def name_for(self, exercise: Exercise) -> str:
        """What the kind of database is called on which `exercise` is graded."""
        if self.store is None and exercise.database != SQLITE:
            from remodel.servers.kinds import KINDS

            return KINDS[exercise.database].name
        return self.name

    def refuse(self, exercise: Exercise) -> None:
        """Raise NotGraded where the solution of `exercise` itself cannot pass on this engine.

        Or where the exercise needs a server, and there is none.
        """
        if self.store is None and exercise.database != SQLITE:
            store_of_kind(exercise.database)
        name = self.name_for(exercise)
        if exercise.databases and name.lower() not in exercise.databases:
            needed = " or ".join(exercise.databases)
            raise NotGraded(f"{exercise.slug} is not graded on {name}, but on {needed} alone.")
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
    """`course`, where every exercise does without those of `checks` that it has, for one `reason`.

    They are standard checks.
    """
    also = dict.fromkeys(checks, reason)
    return course.with_exercises(
        {slug: _leaving_out(exercise, also) for slug, exercise in course.exercises.items()}
    )


def _leaving_out(exercise: Exercise, also: Mapping[str, str]) -> Exercise:
    from remodel.grading.standard import of_exercise

    has = {name: also[name] for name in of_exercise(exercise) if name in also}
    standard = msgspec.structs.replace(
        exercise.standard, without={**exercise.standard.without, **has}
    )
    return msgspec.structs.replace(exercise, standard=standard)
