"""Reads and writes a SQLite database as bytes, whatever a learner's code made of it."""

import contextlib
import functools
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from remodel.database.schema import ForeignKey
from remodel.database.server_database import ServerDatabase
from remodel.errors import NotGraded

#: A database that a learner's migration makes of our few hundred rows is never this large.
MAX_BYTES = 32 * 1024 * 1024
#: Virtual-machine steps after which a query is taken for an endless one.
MAX_STEPS = 50_000_000

#: A database of this size may be kept in memory for a while.
USUAL_BYTES = 1024 * 1024

#: Where the file's header counts changes: of the file, of the schema, and of the file once more.
COUNTERS = (24, 40, 92)
#: More changes than anybody makes in a course.
MANY = 1_000_000
_LEAVES_FREE_PAGES = "CREATE TABLE f (x); INSERT INTO f VALUES (zeroblob(99999)); DROP TABLE f;"

#: Stands for a database that takes more than it may to read: see `trial_reading`.
BEYOND_LIMITS = b"beyond the limits"

T = TypeVar("T")
#: The rows of a table that are read: twice as many as the largest deployment of an exercise has.
MOST_ROWS = 200_000
Row = dict[str, Any]


class UnreadableDatabase(Exception):
    """What came back is no SQLite database that can be read within the limits."""


@contextlib.contextmanager
def opened(content: bytes) -> Iterator[sqlite3.Connection]:
    """A connection to a copy of `content` in memory, fenced against hostile databases."""
    _refuse_a_servers(content)
    if content == BEYOND_LIMITS:
        raise UnreadableDatabase("to read the database takes more memory or time than it may")
    if content and not content.startswith(b"SQLite format 3\0"):
        raise UnreadableDatabase("the database file is not a SQLite database any more")
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        if content:
            connection.deserialize(_without_wal(content))
        _fence(connection)
        connection.execute("PRAGMA trusted_schema = OFF")
        yield connection
    except (sqlite3.Error, MemoryError, UnicodeError) as error:
        raise UnreadableDatabase(f"the database cannot be read: {error}") from error
    finally:
        connection.close()


def _refuse_a_servers(content: bytes) -> None:
    if isinstance(content, ServerDatabase):
        raise NotGraded("A check asks what only SQLite can be asked. Grade it without --database.")


def _fence(connection: sqlite3.Connection) -> None:
    """Have what is endless, or too large, end in an error, and text that is none come as bytes."""
    connection.text_factory = _text
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_BYTES)
    steps = iter(range(MAX_STEPS // 100_000))
    connection.set_progress_handler(lambda: next(steps, None) is None, 100_000)


def _without_wal(content: bytes) -> bytes:
    # Bytes 18 and 19 say "WAL" (2); a copy in memory cannot open one. The caller has folded
    # the -wal file in already.
    return content[:18] + b"\x01\x01" + content[20:] if content[18:20] == b"\x02\x02" else content


def _text(value: bytes) -> str | bytes:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value


def readable(value: Any) -> str:
    """The text of a name or a statement, also where a damaged database has none."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return "" if value is None else str(value)


def quoted(name: str) -> str:
    """`name` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _remembered(read: Callable[[bytes, str], T]) -> Callable[[bytes, str], T]:
    """`read`, whose last answers are kept where the database is of the usual size."""
    cached = functools.lru_cache(maxsize=64)(read)

    @functools.wraps(read)
    def either(content: bytes, name: str) -> T:
        return (cached if len(content) <= USUAL_BYTES else read)(content, name)

    return either


def read_rows(content: bytes, table: str) -> list[Row]:
    """Every row of `table` in the order of its rowid or key.

    Raises KeyError without the table, UnreadableDatabase where it has more than MOST_ROWS.
    """
    return [dict(row) for row in _rows(content, table)]


@_remembered
def _rows(content: bytes, table: str) -> list[Row]:
    with opened(content) as connection:
        connection.text_factory = readable
        columns = connection.execute(f"PRAGMA table_xinfo({quoted(table)})").fetchall()
        connection.text_factory = _text
        names = [row[1] for row in columns]
        if not names:
            raise KeyError(table)
        keys = [row[1] for row in columns if row[5]]
        order = ", ".join(quoted(key) for key in keys) or "rowid"
        select = ", ".join(quoted(name) for name in names)
        rows = connection.execute(f"SELECT {select} FROM {quoted(table)} ORDER BY {order}")
        read = [dict(zip(names, row, strict=True)) for row in rows.fetchmany(MOST_ROWS + 1)]
        if len(read) > MOST_ROWS:  # what is not compared may be lost
            raise UnreadableDatabase(f"the table {table} holds more than {MOST_ROWS:,} rows")
        return read


def read_version(content: bytes, version_table: str = "alembic_version") -> tuple[str, ...]:
    """What the database itself says its revisions are; empty where nothing was applied."""
    return _version(content, version_table)


@_remembered
def _version(content: bytes, version_table: str) -> tuple[str, ...]:
    with opened(content) as connection:
        try:
            rows = connection.execute(f"SELECT version_num FROM {quoted(version_table)}").fetchall()
        except sqlite3.OperationalError as error:
            if not str(error).startswith("no such "):  # table, or column
                raise
            return ()
        return tuple(sorted(str(row[0]) for row in rows))


def insert_rows(content: bytes, table: str, rows: Iterable[Row]) -> bytes:
    """`content` with `rows` added to `table`; raises sqlite3.IntegrityError if it refuses them."""
    with writable(content) as connection:
        for row in rows:
            names = ", ".join(quoted(name) for name in row)
            marks = ", ".join("?" for _ in row)
            connection.execute(
                f"INSERT INTO {quoted(table)} ({names}) VALUES ({marks})", list(row.values())
            )
        connection.commit()
        return connection.serialize()


def fill_nulls(content: bytes, table: str, column: str, values: Iterable[Any]) -> bytes:
    """`content` with `values`, one after the other, where `column` of `table` is NULL."""
    name, place = quoted(column), quoted(table)
    with writable(content) as connection:
        numbers = connection.execute(f"SELECT rowid FROM {place} WHERE {name} IS NULL").fetchall()
        rows = [(value, *number) for value, number in zip(values, numbers, strict=False)]
        connection.executemany(f"UPDATE {place} SET {name} = ? WHERE rowid = ?", rows)
        connection.commit()
        return connection.serialize()


def aged(content: bytes) -> bytes:
    """The same database as after years: its counters are high, and pages are free.

    SQLite counts each change of the file and of the schema (https://www.sqlite.org/fileformat.html).
    """
    if not content:
        return content
    file = bytearray(run_script(content, _LEAVES_FREE_PAGES))
    for counter in COUNTERS:
        file[counter : counter + 4] = MANY.to_bytes(4, "big")
    return bytes(file)


def run_script(content: bytes, sql: str) -> bytes:
    """`content` after the statements in `sql`, which is the course's own and trusted."""
    if not sql.strip():
        return content
    with writable(content) as connection:
        connection.executescript(sql)
        return connection.serialize()


@contextlib.contextmanager
def writable(content: bytes) -> Iterator[sqlite3.Connection]:
    """A connection to a copy of `content` that may be written to; a damaged one is unreadable."""
    _refuse_a_servers(content)
    connection = sqlite3.connect(":memory:")
    try:
        if content:
            connection.deserialize(_without_wal(content))
        _fence(connection)
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection
    except (sqlite3.DatabaseError, MemoryError, UnicodeError) as error:
        if isinstance(error, sqlite3.DatabaseError) and type(error) is not sqlite3.DatabaseError:
            raise  # a row that it refuses, or a statement
        raise UnreadableDatabase(f"the database cannot be read: {error}") from error
    finally:
        connection.close()


def delete_a_parent(content: bytes, child: str, key: ForeignKey) -> bytes:
    """`content` without the row that fewest rows of `child` point at by `key`; these stay."""
    with writable(content) as connection:
        fewest = fewest_pointing(connection, child, key)
        connection.execute("PRAGMA foreign_keys = OFF")
        delete = f"DELETE FROM {quoted(key.parent)} WHERE {quoted(key.parent_columns[0])} = ?"
        connection.execute(delete, [fewest])
        connection.commit()
        return connection.serialize()


def fewest_pointing(connection: sqlite3.Connection, child: str, key: ForeignKey) -> Any:
    """What fewest rows of `child` hold in `key`, of what is in its parent; None without one."""
    own, parent, its = (quoted(n) for n in (key.columns[0], key.parent, key.parent_columns[0]))
    row = connection.execute(
        f"SELECT {own} FROM {quoted(child)} WHERE {own} IN (SELECT {its} FROM {parent}) "
        f"GROUP BY {own} ORDER BY count(*), {own} LIMIT 1"
    ).fetchone()
    return row[0] if row else None


def with_tables(content: bytes, other: bytes, tables: Collection[str]) -> bytes:
    """`content` with those tables of `other`, and their indexes, made in it too, and empty."""
    with opened(other) as connection:
        made = connection.execute(
            "SELECT tbl_name, sql FROM sqlite_schema WHERE type IN ('table', 'index') "
            "AND sql IS NOT NULL ORDER BY type DESC, rowid"
        ).fetchall()
    return run_script(content, ";".join(sql for table, sql in made if table in tables))


def count_further(content: bytes, tables: Collection[str]) -> bytes:
    """`content` where those of `tables` that count their ids have given some that are gone."""
    with opened(content) as connection:
        known = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'")
        if not known.fetchone():
            return content
    with writable(content) as connection:
        for table in tables:
            sql = "UPDATE sqlite_sequence SET seq = seq + 7 WHERE name = ?"
            connection.execute(sql, (table,))
        connection.commit()
        return connection.serialize()


def interrupted(content: bytes, folder: Path) -> tuple[bytes, bytes]:
    """What lies on the disk when somebody is killed who writes to `content`: half of it is written.

    Gives the file and its journal, from which SQLite brings `content` back. `folder` is for work.
    """
    _refuse_a_servers(content)
    path = folder / "interrupted.db"
    path.write_bytes(_without_wal(content))
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in (*_FEW_PAGES, "BEGIN"):
            connection.execute(statement)
        for (table,) in connection.execute(_TABLES).fetchall():
            connection.execute(f"DELETE FROM {quoted(table)}")
        return path.read_bytes(), path.with_name(f"{path.name}-journal").read_bytes()


def unmerged(content: bytes, folder: Path) -> tuple[bytes, bytes]:
    """What lies on the disk when a program is killed that wrote `content` ahead of the file.

    Gives the file, which has nothing yet, and its `-wal`, which has all. `folder` is for work.
    """
    path = folder / "unmerged.db"
    with (
        opened(content) as source,
        contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection,
    ):
        for statement in ("PRAGMA journal_mode = WAL", "PRAGMA wal_autocheckpoint = 0"):
            connection.execute(statement)
        source.backup(connection)
        return path.read_bytes(), path.with_name(f"{path.name}-wal").read_bytes()


#: Has SQLite write to the file before the transaction ends, and keep a journal until then.
_FEW_PAGES = ("PRAGMA journal_mode = DELETE", "PRAGMA cache_size = 1", "PRAGMA cache_spill = 1")
_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"


def orphans(content: bytes) -> list[tuple[str, int, str]]:
    """Rows whose parent is missing: (table, rowid, parent table)."""
    with opened(content) as connection:
        return [row[:3] for row in connection.execute("PRAGMA foreign_key_check").fetchall()]


def damage(content: bytes) -> str | None:
    """What SQLite's own integrity check finds wrong, or None."""
    with opened(content) as connection:
        verdict = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
        return None if verdict == "ok" else verdict
