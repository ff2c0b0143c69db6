"""The X-ray shows which lock each statement takes on PostgreSQL, and what it copies."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from remodel.experiments.house import postgresql, postgresql_server
from remodel.runner.lock_xray import lock_xray
from remodel.runner.locks import LockedStatement

__all__ = ["postgresql", "postgresql_server"]


@pytest.fixture
def rooms(postgresql: str) -> Iterator[sa.Engine]:
    """A database with a table and a row."""
    engine = sa.create_engine(postgresql)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE room (id int PRIMARY KEY, name varchar(20))")
        connection.exec_driver_sql("INSERT INTO room VALUES (1, 'attic')")
    yield engine
    engine.dispose()


def seen(engine: sa.Engine, *statements: str) -> list[LockedStatement]:
    """What the X-ray shows of `statements` in one transaction."""
    with lock_xray() as entries, engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    return entries


@pytest.mark.parametrize(
    ("statement", "mode"),
    [
        ("SELECT * FROM room", "AccessShareLock"),
        ("UPDATE room SET name = 'loft'", "RowExclusiveLock"),
        ("ANALYZE room", "ShareUpdateExclusiveLock"),
        ("CREATE INDEX i ON room (name)", "ShareLock"),
        ("ALTER TABLE room ADD FOREIGN KEY (id) REFERENCES room", "ShareRowExclusiveLock"),
        ("ALTER TABLE room ADD floor int", "AccessExclusiveLock"),
    ],
)
def test_a_statement_shows_its_strongest_lock(rooms: sa.Engine, statement: str, mode: str) -> None:
    (entry,) = seen(rooms, statement)
    assert entry.taken[0] == ("room", mode)


def test_a_lock_is_shown_at_the_statement_that_takes_it_and_as_held_after_it(
    rooms: sa.Engine,
) -> None:
    add, update = seen(rooms, "ALTER TABLE room ADD floor int", "UPDATE room SET floor = 1")
    assert (add.taken, add.held) == ((("room", "AccessExclusiveLock"),), ())
    assert update.held == (("room", "AccessExclusiveLock"),)


def test_a_table_that_nobody_else_can_see_yet_shows_no_lock(rooms: sa.Engine) -> None:
    made, filled = seen(rooms, "CREATE TABLE door (id int)", "INSERT INTO door VALUES (1)")
    assert made.taken == filled.taken == filled.held == ()


def test_only_what_writes_all_rows_to_another_place_is_shown_as_copying(rooms: sa.Engine) -> None:
    wider, longer = seen(
        rooms,
        "ALTER TABLE room ALTER id TYPE bigint",
        "ALTER TABLE room ALTER name TYPE varchar(60)",
    )
    assert (wider.copied, longer.copied) == (("room",), ())


def test_a_commit_ends_what_was_held(rooms: sa.Engine) -> None:
    with lock_xray() as entries, rooms.connect() as connection:
        connection.exec_driver_sql("ALTER TABLE room ADD floor int")
        connection.commit()
        connection.exec_driver_sql("UPDATE room SET floor = 1")
    assert entries[-1].held == ()


def test_other_databases_show_nothing() -> None:
    assert seen(sa.create_engine("sqlite://"), "CREATE TABLE room (id int)") == []


@pytest.mark.parametrize(
    ("statement", "taken"),
    [
        ("CREATE INDEX i ON room (name)", (("room", "ShareLock"),)),
        ("CREATE INDEX CONCURRENTLY i ON room (name)", ()),
    ],
)
def test_what_commits_by_itself_shows_what_it_locked_and_is_done_once(
    rooms: sa.Engine, statement: str, taken: tuple[tuple[str, str], ...]
) -> None:
    with lock_xray() as entries, rooms.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.exec_driver_sql(statement)
    (entry,) = entries
    assert (entry.alone, entry.taken) == (True, taken)
    assert [index["name"] for index in sa.inspect(rooms).get_indexes("room")] == ["i"]


@pytest.mark.parametrize(
    ("statement", "read"),
    [
        ("ALTER TABLE room ALTER name SET NOT NULL", ("room",)),
        ("ALTER TABLE room ADD CHECK (name <> '')", ("room",)),
        ("ALTER TABLE room ADD CHECK (name <> '') NOT VALID", ()),
        ("ALTER TABLE room ADD floor int", ()),
        ("INSERT INTO room VALUES (2, 'hall')", ()),
    ],
)
def test_a_statement_shows_which_tables_it_reads_from_end_to_end(
    rooms: sa.Engine, statement: str, read: tuple[str, ...]
) -> None:
    with rooms.connect() as before:  # what was read before it counts for nothing
        before.exec_driver_sql("SELECT * FROM room").all()
    (entry,) = seen(rooms, statement)
    assert entry.read == read


def test_a_rule_that_is_proved_already_spares_the_reading(rooms: sa.Engine) -> None:
    promise, proof, rule = seen(
        rooms,
        "ALTER TABLE room ADD CONSTRAINT named CHECK (name IS NOT NULL) NOT VALID",
        "ALTER TABLE room VALIDATE CONSTRAINT named",
        "ALTER TABLE room ALTER name SET NOT NULL",
    )
    assert (promise.read, proof.read, rule.read) == ((), ("room",), ())


def test_a_statement_of_a_revision_says_on_which_line_it_stands(rooms: sa.Engine) -> None:
    text = "\nconnection.exec_driver_sql('UPDATE room SET name = name')\n"
    with lock_xray() as entries, rooms.begin() as connection:
        exec(compile(text, "/app/migrations/versions/0009.py", "exec"), {"connection": connection})
        connection.exec_driver_sql("SELECT 1")
    assert [each.line for each in entries] == ["migrations/versions/0009.py:2", ""]
