"""A server's database as a value: what is made of it again is the same, and SQLite's words fit."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from remodel.database import any_engine
from remodel.database.differences import differences
from remodel.database.server_database import ServerDatabase, ServerRefused
from remodel.database.server_store import MariaDBStore, PostgreSQLStore, ServerStore, plain_value
from remodel.database.sqlite import UnreadableDatabase
from remodel.grading.workspace.stores import store_of_server
from remodel.servers.installations import of_postgresql
from remodel.servers.server import Server

TABLES = """
CREATE TABLE room (id {number}, name VARCHAR(80) NOT NULL UNIQUE, PRIMARY KEY (id));
CREATE TABLE furniture (
    id {number}, old BOOLEAN, price NUMERIC(10, 2), bought_on DATE, note TEXT,
    room_id INTEGER NOT NULL, PRIMARY KEY (id), FOREIGN KEY (room_id) REFERENCES room (id)
);
CREATE VIEW names AS SELECT name FROM room;
"""
NUMBERS = {"postgresql": "SERIAL", "mariadb": "INTEGER AUTO_INCREMENT"}
ROOMS = [{"id": 7, "name": "Hall"}, {"id": 9, "name": "hall "}, {"id": 40, "name": "süße ☃ 🏠"}]
PIECE = {
    "id": 3,
    "old": 1,
    "price": 12.5,
    "bought_on": "2024-02-29",
    "note": "a;\r\n'b'\\ \"c\" %s --\r",
    "room_id": 9,
}


@pytest.fixture(scope="module", params=["postgresql", "mariadb"])
def store(request: pytest.FixtureRequest) -> ServerStore:
    """A store of each kind."""
    server: Server = request.getfixturevalue(f"{request.param}_server")
    if request.param == "mariadb":
        return MariaDBStore(server.database)
    folders = [server.programs, *(each.programs for each in of_postgresql())]
    programs = next(folder for folder in folders if folder and (folder / "pg_dump").exists())
    return PostgreSQLStore(server.database, lambda: str(Path(programs, "pg_dump")))


@pytest.fixture(scope="module")
def house(store: ServerStore) -> ServerDatabase:
    """Some rooms and a piece of furniture."""
    engine = "mariadb" if isinstance(store, MariaDBStore) else "postgresql"
    made = any_engine.run_script(store.empty(), TABLES.format(number=NUMBERS[engine]))
    made = any_engine.insert_rows(made, "room", ROOMS)
    made = any_engine.insert_rows(made, "furniture", [PIECE])
    assert isinstance(made, ServerDatabase)
    return made


def test_what_was_written_is_read_as_sqlite_would_have_it(house: ServerDatabase) -> None:
    """A truth is 1, a day is its text, and no letter, space or line end is another."""
    assert any_engine.read_rows(house, "room") == ROOMS
    assert any_engine.read_rows(house, "furniture") == [PIECE]
    with pytest.raises(KeyError):
        any_engine.read_rows(house, "garden")


def test_a_database_that_is_made_again_is_the_same(
    store: ServerStore, house: ServerDatabase
) -> None:
    """Its schema with all names, its rows, and the statements that make it."""
    with store.restored(house) as url:
        again = store.read(url)
    schemas = any_engine.read_schema(house), any_engine.read_schema(again)
    assert differences(*schemas, ("names", "defaults")) == []
    assert any_engine.changed_tables(house, again) == []
    assert again == house


def test_the_next_row_gets_a_number_behind_those_that_are_there(house: ServerDatabase) -> None:
    """As the app asks for one, which gives none."""
    more = any_engine.run_script(house, "INSERT INTO room (name) VALUES ('attic');")
    assert [row["id"] for row in any_engine.read_rows(more, "room")] == [7, 9, 40, 41]
    assert any_engine.changed_tables(house, more) == ["room"]


def test_a_table_that_came_with_rows_is_named(house: ServerDatabase) -> None:
    """And one without them is not."""
    script = "CREATE TABLE a (x INTEGER); CREATE TABLE b (x INTEGER); INSERT INTO b VALUES (1);"
    assert any_engine.filled_since(house, any_engine.run_script(house, script)) == ["b"]


def test_a_row_that_the_server_refuses_is_refused_here(house: ServerDatabase) -> None:
    """In the server's words, and nothing is changed."""
    with pytest.raises(ServerRefused, match=r"furniture|room_id"):
        any_engine.insert_rows(house, "furniture", [{**PIECE, "id": 4, "room_id": 8}])


def test_a_gap_is_filled_row_by_row(house: ServerDatabase) -> None:
    """Where a value is there already, it stays."""
    empty = any_engine.insert_rows(house, "furniture", [{**PIECE, "id": 5, "note": None}])
    filled = any_engine.fill_nulls(empty, "furniture", "note", ["new"])
    assert [row["note"] for row in any_engine.read_rows(filled, "furniture")] == [
        PIECE["note"],
        "new",
    ]


def test_a_value_is_none_of_a_servers_kinds() -> None:
    """Both sides of a comparison are then of one type."""
    values: list[Any] = [True, Decimal("5.00"), Decimal("5.5"), date(2024, 2, 29), memoryview(b"x")]
    assert [plain_value(value) for value in values] == [1, 5, 5.5, "2024-02-29", b"x"]
    moment = plain_value(datetime(2024, 2, 29, 8, 1))
    assert moment == "2024-02-29 08:01:00.000000"


def test_what_an_answer_wrote_into_a_file_is_never_taken_for_a_servers(
    house: ServerDatabase,
) -> None:
    """It has the same bytes, and is no database that can be read."""
    with pytest.raises(UnreadableDatabase):
        any_engine.read_schema(bytes(house))
    with pytest.raises(UnreadableDatabase):
        any_engine.read_rows(bytes(house), "room")


def test_what_a_failed_build_left_is_kept(postgresql_server: Server) -> None:
    """pg_dump leaves an invalid index out, and a revision may have to meet one."""
    broken = (
        "CREATE INDEX by_note ON furniture (note);",
        "UPDATE pg_index SET indisvalid = false, indisunique = true",
        "WHERE indexrelid = 'by_note'::regclass;",
    )
    empty = store_of_server(postgresql_server).empty()
    left = any_engine.run_script(empty, TABLES.format(number="SERIAL") + " ".join(broken))
    again = any_engine.run_script(left, "INSERT INTO room VALUES (7, 'Hall')")
    for database in (left, again):
        (index,) = (i for i in any_engine.read_schema(database)["furniture"].uniques if i.more)
        assert (index.columns, index.more) == (("note",), "invalid")


@pytest.mark.parametrize("unique", ["", "UNIQUE"])
def test_an_invalid_index_is_named_with_the_way_to_drop_it(
    postgresql_server: Server, unique: str
) -> None:
    """To say that the table has no such index would mislead: its name is taken."""
    empty = store_of_server(postgresql_server).empty()
    built = f"{TABLES.format(number='SERIAL')} CREATE {unique} INDEX by_note ON furniture (note);"
    left = "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'by_note'::regclass;"
    wanted, actual = (
        any_engine.read_schema(any_engine.run_script(empty, sql)) for sql in (built, built + left)
    )
    (difference,) = differences(wanted, actual, ("names",))
    assert difference.kind == "invalid index"
    assert "furniture's index by_note on (note) is invalid" in difference.sentence
    assert "DROP INDEX CONCURRENTLY by_note" in difference.sentence
