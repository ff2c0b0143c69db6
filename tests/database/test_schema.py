"""What the grader sees in a SQLite database, and what SQLAlchemy's reflection would miss."""

import sqlite3

import pytest

from remodel.database.ddl import parse_create_table
from remodel.database.differences import differences, lost_names
from remodel.database.reflection import read_schema
from remodel.database.sqlite import UnreadableDatabase, read_rows, read_version
from remodel.database.values import Rows, lost_values

BASE = """
CREATE TABLE room (id INTEGER PRIMARY KEY, name VARCHAR(80) NOT NULL);
CREATE TABLE furniture (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name VARCHAR(80) COLLATE NOCASE NOT NULL,
    price INTEGER DEFAULT 5 CONSTRAINT ck_price CHECK (price > 0),
    room_id INTEGER REFERENCES room(id) ON DELETE CASCADE,
    CONSTRAINT uq_name UNIQUE (name, room_id)
);
CREATE INDEX ix_price ON furniture (price) WHERE price > 3;
CREATE INDEX ix_lower ON furniture (lower(name));
CREATE TRIGGER shout AFTER INSERT ON room BEGIN SELECT 1; END;
CREATE VIEW dear AS SELECT * FROM furniture WHERE price > 99;
"""


def database(sql: str) -> bytes:
    """The bytes of a database that `sql` makes."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(sql)
    content = connection.serialize()
    connection.close()
    return content


@pytest.mark.parametrize(
    ("was", "becomes", "sentence"),
    [
        (" AUTOINCREMENT", "", "furniture lost AUTOINCREMENT"),
        (" COLLATE NOCASE", "", "collation"),
        (" ON DELETE CASCADE", "", "is ON DELETE NO ACTION, not ON DELETE CASCADE"),
        (" CHECK (price > 0)", " CHECK (price > 1)", "no check price > 0"),
        (" CHECK (price > 0)", " CHECK (0 > price)", "no check price > 0"),
        (" CHECK (price > 0)", " CHECK (price >= 0)", "no check price > 0"),
        (" CHECK (price > 0)", " CHECK (NOT price < 0)", "no check price > 0"),
        (" CHECK (price > 0)", " CHECK (price IN (0))", "no check price > 0"),
        (" CHECK (price > 0)", " CHECK (room_id IS NULL OR price > 0)", "no check price > 0"),
        (" CHECK (price > 0)", " CHECK (price IS NULL OR price > id)", "no check price > 0"),
        (" CHECK (price > 0)", " CHECK (price IS NULL AND price > 0)", "no check price > 0"),
        (" CONSTRAINT ck_price CHECK (price > 0)", "", "no check price > 0"),
        ("CREATE INDEX ix_lower ON furniture (lower(name));", "", "no index on (lower ( name ))"),
        ("lower(name)", "upper(name)", "no index on"),
        (" WHERE price > 3", "", "no index on (price) where price > 3"),
        ("name, room_id)", "name)", "no unique constraint on (name, room_id)"),
        ("VARCHAR(80) NOT NULL", "VARCHAR(70) NOT NULL", "VARCHAR(70), not VARCHAR(80)"),
        ("VARCHAR(80) NOT NULL", "VARCHAR(80)", "room.name may be NULL"),
        ("CREATE TRIGGER shout AFTER INSERT ON room BEGIN SELECT 1; END;", "", "trigger shout"),
        ("price > 99", "price > 98", "the view dear is not the same"),
        ("id INTEGER PRIMARY KEY, name", "id INTEGER, name", "room has no primary key"),
        ("id INTEGER PRIMARY KEY, name", "id INT PRIMARY KEY, name", "gives a new row no id"),
        ("NOT NULL);", "NOT NULL) WITHOUT ROWID;", "room is WITHOUT ROWID, and should not be"),
        ("80) NOT NULL);", "80) NOT NULL ON CONFLICT IGNORE);", "is dropped without a word"),
        ("room_id)\n);", "room_id) ON CONFLICT REPLACE\n);", "takes the place of the one"),
        ("CASCADE,", "CASCADE DEFERRABLE INITIALLY DEFERRED,", "is ON DELETE CASCADE INITIALLY"),
        ("ON furniture (price)", "ON furniture (price DESC)", "too many"),
        ("UNIQUE (name, room_id)", "UNIQUE (name COLLATE RTRIM, room_id)", "no unique constraint"),
        ("UNIQUE (name, room_id)", "UNIQUE (name COLLATE BINARY, room_id)", "no unique constraint"),
        (
            "id INTEGER PRIMARY KEY AUTO",
            "id INTEGER PRIMARY KEY ON CONFLICT REPLACE AUTO",
            "key of",
        ),
        ("price INTEGER DEFAULT 5", "price INTEGER AS (id + 1)", "is a generated column"),
    ],
)
def test_a_difference_is_seen_and_named(was: str, becomes: str, sentence: str) -> None:
    """Each thing that a batch may lose, and autogenerate not see, is told in words."""
    assert was in BASE
    changed = database(BASE.replace(was, becomes, 1))
    found = [
        each.sentence for each in differences(read_schema(database(BASE)), read_schema(changed))
    ]
    assert any(sentence in each for each in found), found


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("VARCHAR(80) NOT NULL", "varchar( 80 )  not null"),
        ("CHECK (price > 0)", 'CHECK (("price">0))'),
        ("CHECK (price > 0)", "CHECK ((0 < price))"),
        ("CHECK (price > 0)", "CHECK ((price) > (0))"),
        ("CHECK (price > 0)", "CHECK (NOT price <= 0)"),
        ("CHECK (price > 0)", "CHECK (NOT (0 >= price))"),
        ("CHECK (price > 0)", "CHECK (price IS NULL OR price > 0)"),
        ("CHECK (price > 0)", "CHECK (price > 0 OR price IS NULL)"),
        ("CONSTRAINT uq_name UNIQUE (name, room_id)", "UNIQUE (name, room_id)"),
        ("DEFAULT 5 ", ""),
        ("room(id)", '"room" ("id")'),
        ("room(id)", "ROOM"),
        ("CASCADE,", "CASCADE MATCH FULL NOT DEFERRABLE INITIALLY DEFERRED,"),
        ("UNIQUE (name, room_id)", "UNIQUE (room_id, name)"),
        ("UNIQUE (name, room_id)", "UNIQUE (NAME COLLATE NOCASE, 'room_id') ON CONFLICT ABORT"),
        (
            "CONSTRAINT uq_name UNIQUE (name, room_id)",
            "CHECK (price > 0) ON CONFLICT IGNORE, UNIQUE (name, room_id)",
        ),
    ],
)
def test_what_means_the_same_is_the_same(was: str, becomes: str) -> None:
    """Space, case, quotes, constraint names and defaults count only where a README says so."""
    assert was in BASE
    changed = database(BASE.replace(was, becomes, 1))
    assert differences(read_schema(database(BASE)), read_schema(changed)) == []


def test_a_foreign_key_that_names_no_column_means_the_primary_key() -> None:
    """Whatever that is called, and also where there are several."""
    house = "CREATE TABLE house (street TEXT, number INTEGER, PRIMARY KEY (street, number));"
    room = "CREATE TABLE room (s TEXT, n INTEGER, FOREIGN KEY (s, n) REFERENCES house{});"
    short, whole = (read_schema(database(house + room.format(x))) for x in ("", "(street, number)"))
    assert short == whole


def test_a_collation_inside_a_condition_is_not_the_columns() -> None:
    """A column compares bytes, however its own check compares."""
    (column,) = read_schema(database("CREATE TABLE t (a TEXT CHECK (a COLLATE NOCASE <> 'x'))"))[
        "t"
    ].columns.values()
    assert column.collation is None


def test_the_order_of_columns_does_not_count() -> None:
    """A column that was added last is as good as one that was always second."""
    one = database("CREATE TABLE t (a INTEGER, b TEXT)")
    other = database("CREATE TABLE t (b TEXT, a INTEGER)")
    assert differences(read_schema(one), read_schema(other)) == []


@pytest.mark.parametrize("kind", ["names", "defaults"])
def test_names_and_defaults_count_where_the_exercise_says_so(kind: str) -> None:
    """`compare` in exercise.toml asks for more."""
    other = BASE.replace("ck_price", "ck_other").replace("DEFAULT 5", "DEFAULT 6")
    found = differences(read_schema(database(BASE)), read_schema(database(other)), (kind,))
    assert found


def test_a_table_that_a_failed_batch_left_is_named() -> None:
    """_alembic_tmp_… stands in the way of the next attempt."""
    left = database(BASE + "CREATE TABLE _alembic_tmp_room (id INTEGER);")
    (found,) = differences(read_schema(database(BASE)), read_schema(left))
    assert "_alembic_tmp_room was left behind" in found.sentence


def test_text_that_is_no_text_is_still_read() -> None:
    """A hostile value must not end the grader."""
    content = database("CREATE TABLE t (a TEXT); INSERT INTO t VALUES (CAST(x'ff' AS TEXT));")
    assert read_rows(content, "t") == [{"a": b"\xff"}]


def test_an_endless_view_does_not_hang_the_grader() -> None:
    """A table that became a recursive view ends in an error, not in a hang."""
    content = database(
        "CREATE VIEW t AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) "
        "SELECT i FROM n"
    )
    with pytest.raises(UnreadableDatabase):
        read_rows(content, "t")


def test_a_file_that_is_no_database_is_told_so() -> None:
    """Text where the database was."""
    with pytest.raises(UnreadableDatabase, match="not a SQLite database"):
        read_version(b"gone")


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("INTEGER", "0", "(1 = 0)"),
        ("INTEGER", "0", "0.0"),
        ("INTEGER", "0", "((0))"),
        ("BOOLEAN", "0", "(CAST(0 AS BOOLEAN))"),
        ("BOOLEAN", "0", "FALSE"),
        ("BOOLEAN", "1", "'1'"),
        ("VARCHAR(20)", "'0'", "0"),
        ("VARCHAR(20)", "'oak'", "('o' || 'ak')"),
        ("FLOAT", "1", "1.0"),
        ("NUMERIC(8, 2)", "1.5", "'1.50'"),
        ("DATETIME", "CURRENT_TIMESTAMP", "(current_timestamp)"),
        ("DATETIME", "CURRENT_TIMESTAMP", "(datetime('now'))"),
        ("TEXT", "NULL", "(NULL)"),
    ],
)
def test_defaults_that_store_the_same_are_the_same(kind: str, one: str, other: str) -> None:
    """However they are written: the database says what a row gets."""
    first, second = (
        read_schema(database(f"CREATE TABLE t (a {kind} DEFAULT {each})")) for each in (one, other)
    )
    assert differences(first, second, ("defaults",)) == []


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("TEXT", "'0'", "'0.0'"),
        ("BOOLEAN", "'false'", "false"),
        ("INTEGER", "0", "''"),
        ("TEXT", "''", "NULL"),
        ("DATETIME", "CURRENT_TIMESTAMP", "CURRENT_DATE"),
        ("TEXT", "'now'", "CURRENT_TIMESTAMP"),
    ],
)
def test_defaults_that_store_something_else_differ(kind: str, one: str, other: str) -> None:
    """Also where they look alike."""
    first, second = (
        read_schema(database(f"CREATE TABLE t (a {kind} DEFAULT {each})")) for each in (one, other)
    )
    assert differences(first, second, ("defaults",))


def test_a_default_that_is_null_is_none() -> None:
    """A row gets NULL in either case."""
    (column,) = read_schema(database("CREATE TABLE t (a TEXT DEFAULT NULL)"))["t"].columns.values()
    assert column.default is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("INT", "INTEGER"),
        ("CHARACTER VARYING(20)", "VARCHAR (20)"),
        ("DECIMAL(8, 2)", "NUMERIC(8,2)"),
        ("BOOL", "boolean"),
        ("DOUBLE  PRECISION", "DOUBLE"),
    ],
)
def test_words_that_mean_the_same_type_are_one_type(one: str, other: str) -> None:
    """The SQL standard has long words and short ones."""
    first, second = (read_schema(database(f"CREATE TABLE t (a {each})")) for each in (one, other))
    assert differences(first, second) == []


def test_the_order_of_columns_counts_in_an_index_that_is_not_unique() -> None:
    """It finds rows by its first column alone."""
    table = "CREATE TABLE t (a, b); CREATE INDEX i ON t "
    first, second = (read_schema(database(table + each)) for each in ("(a, b)", "(b, a)"))
    assert differences(first, second)


def test_an_object_that_only_pretends_to_be_sqlites_is_seen() -> None:
    """With writable_schema, a trigger can have a name that SQLite keeps for itself."""
    hidden = BASE + (
        "PRAGMA writable_schema = ON; "
        "UPDATE sqlite_master SET name = 'sqlite_shout', "
        "sql = replace(sql, 'shout', 'sqlite_shout') WHERE name = 'shout';"
    )
    found = differences(read_schema(database(BASE)), read_schema(database(hidden)))
    assert {each.kind for each in found} == {"no trigger", "extra trigger"}


def test_exchanged_names_are_no_names_of_the_same_rules() -> None:
    """A name belongs to its rule."""
    table = "CREATE TABLE t (a INTEGER, CONSTRAINT {} UNIQUE (a), CONSTRAINT {} CHECK (a > 0))"
    first, second = (
        read_schema(database(table.format(*each))) for each in (("uq_a", "ck_a"), ("ck_a", "uq_a"))
    )
    assert differences(first, second) == []
    found = [each.sentence for each in differences(first, second, ("names",))]
    assert found[0] == "in t, ck_a is the name of the unique rule (a), not of the check a > 0"


def test_a_rule_that_loses_its_name_is_seen_whatever_is_compared() -> None:
    """A rule that has none at first may get one; one that is gone is another difference."""
    named, bare, other = (
        read_schema(database(f"CREATE TABLE t (a INTEGER, b INTEGER, {each})"))
        for each in ("CONSTRAINT uq_a UNIQUE (a)", "UNIQUE (a)", "CONSTRAINT uq_b UNIQUE (b)")
    )
    (found,) = lost_names(named, bare)
    assert found.sentence == "the unique rule (a) of t was called uq_a, and has no name now"
    assert lost_names(bare, named) == lost_names(named, other) == []


def test_a_table_that_lost_its_key_has_not_lost_its_rows() -> None:
    """They are found by what was their key: that it is gone, the schema says."""
    rows = ({"id": 3, "name": "Hall"}, {"id": 8, "name": "Attic"})
    before, after = Rows("room", ("id",), rows), Rows("room", (), rows)
    assert lost_values(before, after) is None
    assert lost_values(before, Rows("room", (), rows[1:])) is not None


def test_the_module_of_a_virtual_table_is_part_of_it() -> None:
    """Its columns may be those of a table that keeps rows of its own."""
    text = parse_create_table("CREATE VIRTUAL TABLE v USING fts5(a, b)")
    assert text.options == {"using fts5 ( a , b )"}


@pytest.mark.parametrize(("one", "other"), [("a <> 3", "a != 3"), ("a = 3", "(a == 3)")])
def test_two_ways_to_write_a_sign_are_one(one: str, other: str) -> None:
    """SQL has two signs for some comparisons."""
    table = "CREATE TABLE t (a INTEGER CHECK ({}))"
    first, second = (read_schema(database(table.format(each))) for each in (one, other))
    assert differences(first, second) == []
