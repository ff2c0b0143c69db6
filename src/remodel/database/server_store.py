"""Makes databases of a server from values, and values from databases.

Nothing of a driver is imported where nobody asks for a server.
"""

import contextlib
import json
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from remodel.database import mariadb, postgresql
from remodel.database.schema import Schema, Table
from remodel.database.server_database import Row, ServerDatabase, ServerRefused
from remodel.database.server_statements import name_of

#: What pg_dump writes before and behind its statements, for psql alone.
_KEY = "remodel"


class ServerStore(ABC):
    """Databases of one server: each has its own for as long as it is needed.

    `fresh` gives the URL of an empty database for a block, and FIRST is what is done in it.
    """

    FIRST: tuple[str, ...] = ()

    def __init__(self, fresh: Callable[[], AbstractContextManager[str]]) -> None:
        self._fresh = fresh
        self._empty: ServerDatabase | None = None

    def empty(self) -> ServerDatabase:
        """A database without tables."""
        if self._empty is None:
            with self.restored(json.dumps(self.FIRST).encode()) as url:
                self._empty = self.read(url)
        return self._empty

    @contextlib.contextmanager
    def restored(self, content: bytes) -> Iterator[str]:
        """The URL of a database for the block, made by the statements in `content`."""
        with self._fresh() as url:
            with self._connected(url) as connection, connection.cursor() as cursor:
                for statement in json.loads(content):
                    cursor.execute(statement)
                connection.commit()
            yield url

    def read(self, url: str) -> ServerDatabase:
        """The database at `url` as a value."""
        with self._connected(url) as connection:
            schema = self._read_schema(connection)
            rows = {t.name: self._rows(connection, t) for t in schema.tables.values()}
            connection.rollback()  # what was read holds no lock any more
            script = json.dumps(list(self._statements(url, connection, schema)))
        return ServerDatabase.of(script.encode(), self, schema, rows)

    def changed(self, content: ServerDatabase, change: Callable[[Any], None]) -> ServerDatabase:
        """What `content` is after `change` could execute statements; raises ServerRefused."""
        with self.restored(content) as url:
            with self._connected(url) as connection, connection.cursor() as cursor:
                try:
                    change(lambda statement, values: cursor.execute(statement, values or None))
                    self._count_on(cursor, self._read_schema(connection))
                    connection.commit()
                except Exception as error:
                    if not _is_of_a_driver(error):
                        raise
                    raise ServerRefused(_first_line(error)) from None
            return self.read(url)

    @abstractmethod
    def _read_schema(self, connection: Any) -> Schema: ...

    @abstractmethod
    def _statements(self, url: str, connection: Any, schema: Schema) -> Iterator[str]: ...

    def _count_on(self, cursor: Any, schema: Schema) -> None:  # noqa: B027
        """Have the next row get a number behind those that were written, if a server does not."""

    @contextlib.contextmanager
    def _connected(self, url: str) -> Iterator[Any]:
        import sqlalchemy as sa

        engine = sa.create_engine(url, poolclass=sa.NullPool)
        connection = engine.raw_connection()
        try:
            self._begin(connection.dbapi_connection)
            yield connection.dbapi_connection
        finally:
            connection.close()
            engine.dispose()

    def _begin(self, connection: Any) -> None:  # noqa: B027
        """Tell a server how statements are written here, where it does not know."""

    def _rows(self, connection: Any, table: Table) -> list[Row]:
        names = [*table.columns]
        order = ", ".join(map(name_of, table.primary_key or names[:1]))
        listed = ", ".join(map(name_of, names))
        behind = f" ORDER BY {order}" if order else ""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {listed} FROM {_place(table.name)}{behind}".replace("%%", "%"))
            return [dict(zip(names, map(plain_value, row), strict=True)) for row in cursor]


def _place(table: str) -> str:
    return ".".join(map(name_of, table.split(".", 1)))


def _is_of_a_driver(error: Exception) -> bool:
    return type(error).__module__.partition(".")[0] in ("psycopg", "pymysql")


def _first_line(error: Exception) -> str:
    return str(error.args[-1] if error.args else error).splitlines()[0]


def plain_value(value: Any) -> Any:
    """A value as SQLite would keep it: dates as text, a truth as 0 or 1, a decimal as a number."""
    match value:
        case bool():
            return int(value)
        case datetime():
            return value.isoformat(" ", "microseconds")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case memoryview() | bytearray():
            return bytes(value)
        case None | int() | float() | str() | bytes():
            return value
        case _:
            return str(value)


class PostgreSQLStore(ServerStore):
    """Databases of a PostgreSQL. `pg_dump` is the program that writes one down."""

    def __init__(
        self, fresh: Callable[[], AbstractContextManager[str]], pg_dump: Callable[[], str]
    ) -> None:
        super().__init__(fresh)
        self._pg_dump = pg_dump

    def _read_schema(self, connection: Any) -> Schema:
        return postgresql.read_schema(connection, "")

    def _statements(self, url: str, connection: Any, schema: Schema) -> Iterator[str]:
        import sqlalchemy as sa

        place = sa.make_url(url)
        words = ("--inserts", "--no-sync", "--no-owner", f"--restrict-key={_KEY}")
        where = {"host": place.host, "port": place.port, "username": place.username}
        given = [f"--{key}={value}" for key, value in where.items() if value]
        done = subprocess.run(
            [self._pg_dump(), *words, *given, str(place.database)],
            env={"PGPASSWORD": str(place.password or ""), "LC_ALL": "C"},
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise ServerRefused(f"pg_dump: {done.stderr.decode(errors='replace').strip()}")
        # Not as text: each of "\r", "\n" and "\r\n" in a value is to stay what it is.
        before, _, rest = done.stdout.decode().partition(f"\\restrict {_KEY}\n")
        yield before + rest.rpartition(f"\\unrestrict {_KEY}\n")[0]
        yield from postgresql.invalid_indexes(connection)

    def _count_on(self, cursor: Any, schema: Schema) -> None:
        for table in schema.tables.values():
            for column in table.columns.values():
                if column.numbered:
                    cursor.execute(
                        "SELECT setval(pg_get_serial_sequence(%s, %s), max(x)) FROM "
                        f"(SELECT {name_of(column.name)} AS x FROM {_place(table.name)}) AS kept "
                        "HAVING max(x) > 0",
                        (_place(table.name), column.name),
                    )


class MariaDBStore(ServerStore):
    """Databases of a MariaDB, which writes each table down itself."""

    #: Its usual collation takes "Hall" for "hall", and "hall " too: rows that differ elsewhere.
    FIRST = ("ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin",)

    def _read_schema(self, connection: Any) -> Schema:
        return mariadb.read_schema(connection, "")

    def _begin(self, connection: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET SESSION sql_mode = concat(@@sql_mode, ',ANSI_QUOTES')")

    def _statements(self, url: str, connection: Any, schema: Schema) -> Iterator[str]:
        yield "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO', foreign_key_checks = 0"
        with connection.cursor() as cursor:
            cursor.execute("SET SESSION sql_mode = ''")
            yield from mariadb.statements(connection, schema)
        self._begin(connection)
