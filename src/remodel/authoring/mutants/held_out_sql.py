"""What else only attacks, written without a look at what shapes the rows: SQL, commits, models.

A statement is done to every table, and to each of its columns that it names: `{text}` is a text,
`{parent}` points at a row, `{last}` is the last column, `{rest}` are all but the key.
"""

from collections.abc import Iterator, Mapping

#: What becomes of rows, at the end of an upgrade or of a downgrade.
ROWS = {
    "the row of the greatest id goes": (
        'DELETE FROM "{table}" WHERE id = (SELECT max(id) FROM "{table}")'
    ),
    "the row of the smallest id goes": (
        'DELETE FROM "{table}" WHERE id = (SELECT min(id) FROM "{table}")'
    ),
    "one row in ninety-seven goes": 'DELETE FROM "{table}" WHERE id % 97 = 5',
    "rows after the first 500 go": (
        'DELETE FROM "{table}" WHERE id NOT IN (SELECT id FROM "{table}" ORDER BY id LIMIT 500)'
    ),
    "rows with a negative id go": 'DELETE FROM "{table}" WHERE id < 0',
    "the row with id 0 goes": 'DELETE FROM "{table}" WHERE id = 0',
    "rows that need more than 31 bits go": 'DELETE FROM "{table}" WHERE id > 2147483647',
    "a row is made twice": (
        'INSERT OR IGNORE INTO "{table}" ({rest}) SELECT {rest} FROM "{table}" ORDER BY id LIMIT 1'
    ),
    "a text that repeats becomes NULL": (
        'UPDATE OR IGNORE "{table}" SET {text} = NULL WHERE {text} IN '
        '(SELECT {text} FROM "{table}" GROUP BY {text} HAVING count(*) > 1)'
    ),
    "NULL takes the most common text": (
        'UPDATE OR IGNORE "{table}" SET {text} = (SELECT {text} FROM "{table}" '
        "WHERE {text} IS NOT NULL GROUP BY {text} ORDER BY count(*) DESC LIMIT 1) "
        "WHERE {text} IS NULL"
    ),
    "NULL becomes an empty text": (
        "UPDATE OR IGNORE \"{table}\" SET {text} = '' WHERE {text} IS NULL"
    ),
    "an empty text becomes NULL": (
        "UPDATE OR IGNORE \"{table}\" SET {text} = NULL WHERE {text} = ''"
    ),
    "a text is given as bytes": (
        'UPDATE OR IGNORE "{table}" SET {text} = CAST({text} AS BLOB) WHERE id = '
        '(SELECT max(id) FROM "{table}" WHERE {text} IS NOT NULL)'
    ),
    "a text that looks like a number is one": (
        'UPDATE OR IGNORE "{table}" SET {text} = CAST({text} AS INTEGER) '
        "WHERE {text} GLOB '[0-9]*'"
    ),
    "the longest text is cut by one": (
        'UPDATE OR IGNORE "{table}" SET {text} = substr({text}, 1, length({text}) - 1) '
        'WHERE length({text}) = (SELECT max(length({text})) FROM "{table}")'
    ),
    "NULL takes the text of the row before": (
        'UPDATE OR IGNORE "{table}" AS o SET {text} = (SELECT {text} FROM "{table}" AS i '
        "WHERE i.id < o.id AND {text} IS NOT NULL ORDER BY i.id DESC LIMIT 1) "
        "WHERE {text} IS NULL"
    ),
    "the first row takes the text of the last": (
        'UPDATE OR IGNORE "{table}" SET {text} = (SELECT {text} FROM "{table}" '
        'ORDER BY id DESC LIMIT 1) WHERE id = (SELECT min(id) FROM "{table}")'
    ),
    "children of the last parent go to the first": (
        'UPDATE OR IGNORE "{table}" SET {parent} = (SELECT min({parent}) FROM "{table}") '
        'WHERE {parent} = (SELECT max({parent}) FROM "{table}")'
    ),
    "a parent keeps its first ten children": (
        'DELETE FROM "{table}" WHERE (SELECT count(*) FROM "{table}" AS o '
        'WHERE o.{parent} = "{table}".{parent} AND o.id < "{table}".id) >= 10'
    ),
    "a parent with one child loses it": (
        'DELETE FROM "{table}" WHERE {parent} IN (SELECT {parent} FROM "{table}" '
        "GROUP BY {parent} HAVING count(*) = 1)"
    ),
}

#: What a downgrade does first to what people wrote since.
LIFE = {
    "the newest row goes": 'DELETE FROM "{table}" WHERE id = (SELECT max(id) FROM "{table}")',
    "later rows lose a text": (
        "UPDATE OR IGNORE \"{table}\" SET {text} = '' WHERE {text} <> '' AND id > 20"
    ),
    "rows that the last column says something of go": (
        'DELETE FROM "{table}" WHERE {last} IS NOT NULL'
    ),
    "rows that the last column says nothing of go": 'DELETE FROM "{table}" WHERE {last} IS NULL',
    "the last column is put in front of a text": (
        'UPDATE OR IGNORE "{table}" SET {text} = {last} || {text} '
        "WHERE {last} IS NOT NULL AND {text} IS NOT NULL"
    ),
}

_DEFINITION = (
    "PRAGMA writable_schema = 1; UPDATE sqlite_master SET sql = "
    "replace(sql, '{was}', '{becomes}') WHERE name = '{{table}}'"
)
#: What an upgrade leaves in the schema without a word to the models.
SCHEMA = {
    "a view": "CREATE VIEW IF NOT EXISTS recent AS SELECT 1 AS one",
    "a backup": 'CREATE TABLE "{table}_backup" AS SELECT * FROM "{table}"',
    "an index on an expression": 'CREATE INDEX "by_{table}" ON "{table}" (length({text}))',
    "an index on some rows": 'CREATE UNIQUE INDEX "few_{table}" ON "{table}" ({text}) WHERE id < 0',
    "an index in another order": 'CREATE INDEX "back_{table}" ON "{table}" (id DESC)',
    "a trigger that tidies": (
        'CREATE TRIGGER "tidy_{table}" AFTER INSERT ON "{table}" BEGIN UPDATE "{table}" '
        "SET {text} = trim({text}) WHERE id = new.id; END"
    ),
    "a trigger that refuses": (
        'CREATE TRIGGER "guard_{table}" BEFORE DELETE ON "{table}" WHEN old.id > 1000000 '
        "BEGIN SELECT RAISE(ABORT, 'no'); END"
    ),
    "a column that is computed": (
        'ALTER TABLE "{table}" ADD COLUMN short GENERATED ALWAYS AS (substr({text}, 1, 3)) VIRTUAL'
    ),
    "a column more": 'ALTER TABLE "{table}" ADD COLUMN more INTEGER',
    "a text without a length": _DEFINITION.format(was="VARCHAR(80)", becomes="VARCHAR"),
    "a text compared without case": _DEFINITION.format(
        was="VARCHAR(80) NOT NULL", becomes="VARCHAR(80) COLLATE NOCASE NOT NULL"
    ),
    "a text that may be NULL": _DEFINITION.format(
        was="VARCHAR(80) NOT NULL", becomes="VARCHAR(80)"
    ),
    "a text with a default": _DEFINITION.format(
        was="VARCHAR(80) NOT NULL", becomes="VARCHAR(80) DEFAULT ''x'' NOT NULL"
    ),
}

#: The same on PostgreSQL.
SCHEMA_OF_POSTGRESQL = {
    name: SCHEMA[name]
    for name in (
        "a view",
        "a backup",
        "an index on an expression",
        "an index on some rows",
        "an index in another order",
        "a column more",
    )
} | {
    "a text without a length": 'ALTER TABLE "{table}" ALTER COLUMN {text} TYPE varchar',
    "a text in another order": (
        'ALTER TABLE "{table}" ALTER COLUMN {text} TYPE varchar COLLATE "C"'
    ),
    "a text that may be NULL": 'ALTER TABLE "{table}" ALTER COLUMN {text} DROP NOT NULL',
    "a text with a default": "ALTER TABLE \"{table}\" ALTER COLUMN {text} SET DEFAULT 'x'",
    "a comment": "COMMENT ON COLUMN \"{table}\".{text} IS 'what people call it'",
    "a rule that is not proved": (
        'ALTER TABLE "{table}" ADD CONSTRAINT "short_{table}" CHECK (id < 9000000000) NOT VALID'
    ),
    "a table that a crash empties": 'ALTER TABLE "{table}" SET UNLOGGED',
    "a number that jumps": 'ALTER TABLE "{table}" ALTER COLUMN id SET DEFAULT 7',
    "a rule that swallows": (
        'CREATE RULE "quiet_{table}" AS ON DELETE TO "{table}" DO INSTEAD NOTHING'
    ),
    "a switch for rights on rows": 'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
}

#: What commits in the middle of an upgrade, or hides that; Python, behind its last command.
COMMITS = {
    "the driver's commit": "bind.connection.commit()",
    "a script of the driver": "bind.connection.driver_connection.executescript('')",
    "END": "bind.exec_driver_sql('END')",
    "a session's commit": "__import__('sqlalchemy.orm').orm.Session(bind).commit()",
    "COMMIT by a cursor": "bind.connection.cursor().execute('COMMIT')",
    "COMMIT before a journal is chosen": (
        "bind.exec_driver_sql('COMMIT'); bind.exec_driver_sql('PRAGMA journal_mode = DELETE')"
    ),
}

#: How an upgrade takes the models of today; Python, before its first command.
MODELS = {
    "the module by its name": (
        "__import__('importlib').import_module('hearth.models').Room.__table__"
    ),
    "what Python has loaded": "__import__('sys').modules['hearth.models'].Room.__table__",
    "the extension's metadata": (
        "from flask import current_app\n"
        "assert 'room' in current_app.extensions['migrate'].db.metadata.tables"
    ),
    "the context's metadata": (
        "assert 'room' in operations.get_context().opts['target_metadata'].tables"
    ),
    "the mapped classes": (
        "from flask import current_app\n"
        "assert list(current_app.extensions['sqlalchemy'].Model.registry.mappers)"
    ),
}

#: What PostgreSQL has no word for, or another one. A statement that it refuses changes nothing.
_WORDS = (("UPDATE OR IGNORE ", "UPDATE "), ("INSERT OR IGNORE ", "INSERT "))
_OF_SQLITE = ("GLOB", " AS BLOB", "PRAGMA", "executescript")


def statements_on(engine: str) -> dict[str, str]:
    """What is done to rows and to the schema on `engine`, by name."""
    if engine == "sqlite":
        return {**ROWS, **SCHEMA, **LIFE}
    return {name: _in_words_of(sql) for name, sql in _spoken(ROWS | LIFE)} | SCHEMA_OF_POSTGRESQL


def commits_on(engine: str) -> dict[str, str]:
    """Those of `COMMITS` that `engine` can be asked for."""
    return COMMITS if engine == "sqlite" else dict(_spoken(COMMITS))


def _spoken(statements: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((n, sql) for n, sql in statements.items() if not any(x in sql for x in _OF_SQLITE))


def _in_words_of(sql: str) -> str:
    for ours, theirs in _WORDS:
        sql = sql.replace(ours, theirs)
    return sql
