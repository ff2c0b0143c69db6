"""Reads the schema of a MariaDB database from its catalog.

`connection` is one of PyMySQL's, which nothing here imports. What belongs to no table (sequences,
routines, events, comments, …) comes into the schema's `objects`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from remodel.database.ddl import plain
from remodel.database.reflection import same_type
from remodel.database.schema import Column, ForeignKey, Index, Schema, Table

Row = tuple[Any, ...]

_TABLES = """
SELECT table_name, table_comment FROM information_schema.tables
WHERE table_schema = database() AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')
ORDER BY table_name
"""
_SEQUENCES = """
SELECT table_name FROM information_schema.tables
WHERE table_schema = database() AND table_type = 'SEQUENCE'
"""
_COLUMNS = """
SELECT column_name, column_type, is_nullable, column_default, extra, generation_expression,
       collation_name, column_comment
FROM information_schema.columns WHERE table_schema = database() AND table_name = %s
ORDER BY ordinal_position
"""
_INDEXES = """
SELECT index_name, non_unique, column_name, collation, sub_part, index_type, index_comment, ignored
FROM information_schema.statistics WHERE table_schema = database() AND table_name = %s
ORDER BY index_name, seq_in_index
"""
_FOREIGN_KEYS = """
SELECT k.constraint_name, k.column_name, k.referenced_table_schema, k.referenced_table_name,
       k.referenced_column_name, r.delete_rule, r.update_rule
FROM information_schema.key_column_usage k
JOIN information_schema.referential_constraints r
  ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name
  AND r.table_name = k.table_name
WHERE k.table_schema = database() AND k.table_name = %s ORDER BY 1, k.ordinal_position
"""
_CHECKS = """
SELECT constraint_name, check_clause, level FROM information_schema.check_constraints
WHERE constraint_schema = database() AND table_name = %s ORDER BY constraint_name
"""
_TRIGGERS = """
SELECT trigger_name, concat_ws(' ', action_timing, event_manipulation, 'ON', event_object_table,
       'order', action_order, action_statement, 'mode', sql_mode)
FROM information_schema.triggers WHERE trigger_schema = database()
"""
_VIEWS = """
SELECT table_name, replace(view_definition, concat('`', database(), '`.'), ''), check_option,
       security_type, algorithm FROM information_schema.views WHERE table_schema = database()
"""
_ROUTINES = """
SELECT concat('the ', lower(routine_type), ' ', routine_name), concat_ws(' ',
       (SELECT group_concat(coalesce(p.parameter_mode, 'returns'), ' ',
            coalesce(p.parameter_name, ''), ' ', p.dtd_identifier ORDER BY p.ordinal_position)
        FROM information_schema.parameters p
        WHERE p.specific_schema = routine_schema AND p.specific_name = r.specific_name),
       is_deterministic, sql_data_access, security_type, routine_definition)
FROM information_schema.routines r WHERE routine_schema = database()
"""
_EVENTS = """
SELECT concat('the event ', event_name), concat_ws(' ', event_type, execute_at, interval_value,
       interval_field, starts, ends, status, on_completion, event_definition)
FROM information_schema.events WHERE event_schema = database()
"""
_DATABASE = """
SELECT default_character_set_name, default_collation_name, schema_comment
FROM information_schema.schemata WHERE schema_name = database()
"""
#: The number that the next row gets, which two ways to the same rows may leave different.
_NEXT_NUMBER = re.compile(r" AUTO_INCREMENT=\d+")


def read_schema(connection: Any, version_table: str = "alembic_version") -> Schema:
    """The schema of the database behind `connection`, with Alembic's own table apart."""
    ask = _Questions(connection)
    tables = {name: _table(ask, name) for name, _ in ask(_TABLES)}
    alembics = tables.pop(version_table, None)
    return Schema(
        tables,
        {name: plain(text) for name, text in ask(_TRIGGERS)},
        {name: f"{plain(text)} {' '.join(more)}" for name, text, *more in ask(_VIEWS)},
        version_table=alembics,
        objects=dict(_objects_of(ask)),
    )


class _Questions:
    """Puts questions to a database."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def __call__(self, question: str, *values: Any) -> list[Row]:
        with self._connection.cursor() as cursor:
            cursor.execute(question, values or None)
            return [tuple(row) for row in cursor.fetchall()]


def _table(ask: _Questions, name: str) -> Table:
    ((_, definition),) = ask(f"SHOW CREATE TABLE {quoted(name)}")
    ((charset, collation, _),) = ask(_DATABASE)
    indexes, uniques, key, rules = _indexes(ask, name)
    keyed = key.columns
    foreign = dict(_foreign_keys(ask, name))
    checks = {
        plain(text): its if level == "Table" else "" for its, text, level in ask(_CHECKS, name)
    }
    for rule, names in rules.items():  # the index of a foreign key may have the key's name
        rules[rule] = names - set(foreign.values())
    for each, its_name in foreign.items():
        _note(rules, f"foreign key ({', '.join(each.columns)})", its_name)
    for text, its_name in checks.items():
        _note(rules, f"check {text}", its_name)
    return Table(
        name,
        {row[0]: _column(row, keyed, collation) for row in ask(_COLUMNS, name)},
        frozenset(foreign),
        uniques,
        indexes,
        frozenset(checks),
        rules,
        key=key,
        options=frozenset(_options(definition)) - _usual(charset, collation),
    )


def _usual(charset: str, collation: str) -> set[str]:
    """What a table is where nobody says anything of it."""
    return {"ENGINE=InnoDB", f"DEFAULT CHARSET={charset}", f"COLLATE={collation}"}


def quoted(name: str) -> str:
    """`name` as an identifier."""
    return "`" + name.replace("`", "``") + "`"


def _options(definition: str) -> Iterator[str]:
    """What stands behind the last parenthesis of a SHOW CREATE TABLE."""
    behind = re.split(r"\n\) ?", definition, maxsplit=1)[-1]
    behind = _NEXT_NUMBER.sub("", behind)
    yield from filter(None, (" ".join(each.split()) for each in _words_of(behind)))
    if "PERIOD FOR" in definition:
        yield " ".join(re.findall(r"PERIOD FOR [^\n,]*", definition))


def _words_of(options: str) -> list[str]:
    """`ENGINE=InnoDB DEFAULT CHARSET=…` one by one; a partition's clause stays whole."""
    plain_ones, _, partition = options.partition("\n")
    found = re.findall(
        r"(?:DEFAULT )?\S+=(?:'(?:[^']|'')*'|\S+)|WITH SYSTEM VERSIONING", plain_ones
    )
    return [*found, partition]


def _column(row: Row, keyed: tuple[str, ...], usual: str) -> Column:
    name, kind, nullable, default, extra, expression, collation, comment = row
    made = re.search(r"(STORED|VIRTUAL) GENERATED", extra or "")
    numbered = "auto_increment" in extra
    more = re.sub(r"auto_increment|(STORED|VIRTUAL) GENERATED", "", extra).strip(" ,")
    more = " ".join(filter(None, (more.lower(), f"comment {comment!r}" if comment else "")))
    return Column(
        name,
        _type(kind) + (f" ({more})" if more else ""),
        nullable == "YES",
        None if made else _default(default),
        keyed.index(name) + 1 if name in keyed else 0,
        None if collation == usual else collation,
        f"({plain(expression)}) {made[1].lower()}" if made else None,
        numbered="by default" if numbered else "",
    )


def _default(text: str | None) -> str | None:
    """What a default stores: of a number, without the zeros that its type asks for."""
    if text in (None, "NULL"):
        return None
    return re.sub(r"^(-?\d+)\.0+$|^(-?\d+\.\d*[1-9])0+$", r"\1\2", str(text))


def _type(kind: str) -> str:
    """A type by the word that SQLAlchemy has for it on every database."""
    if kind == "tinyint(1)":
        return "BOOLEAN"
    if kind.startswith("enum") or kind.startswith("set("):
        return kind
    return same_type(re.sub(r"^((big|small|medium|tiny)?int)\(\d+\)", r"\1", kind))


def _indexes(
    ask: _Questions, table: str
) -> tuple[frozenset[Index], frozenset[Index], Index, dict[str, frozenset[str]]]:
    """The indexes, the unique rules, the key, and the names of all of them."""
    rows: dict[str, list[Row]] = {}
    for row in ask(_INDEXES, table):
        rows.setdefault(row[0], []).append(row)
    indexes, uniques, key = set(), set(), Index(())
    rules: dict[str, frozenset[str]] = {}
    for name, parts in rows.items():
        index = _index(parts)
        if name == "PRIMARY":
            key = index
        elif parts[0][1]:
            indexes.add(index)
            _note(rules, f"index {Index(index.columns)}", name)
        else:
            columns = tuple(sorted(index.columns))
            uniques.add(Index(columns, "", "", index.more, written=index.columns))
            _note(rules, f"unique {Index(columns)}", name)
    return frozenset(indexes), frozenset(uniques), key, rules


def _index(parts: list[Row]) -> Index:
    _, _, _, _, _, method, comment, ignored = parts[0]
    columns = (
        f"{column}{f'({length})' if length else ''}{' desc' if order == 'D' else ''}"
        for _, _, column, order, length, *_ in parts
    )
    more = (
        "" if method == "BTREE" else f"using {method.lower()}",
        f"comment {comment!r}" if comment else "",
        "ignored" if ignored == "YES" else "",
    )
    return Index(tuple(columns), "", "", " ".join(filter(None, more)))


def _note(rules: dict[str, frozenset[str]], rule: str, name: str) -> None:
    rules[rule] = rules.get(rule, frozenset()) | ({name} if name else set())


def _foreign_keys(ask: _Questions, table: str) -> Iterator[tuple[ForeignKey, str]]:
    ((here,),) = ask("SELECT database()")
    keys: dict[str, list[Row]] = {}
    for row in ask(_FOREIGN_KEYS, table):
        keys.setdefault(row[0], []).append(row)
    for name, rows in keys.items():
        _, _, schema, parent, _, deleted, updated = rows[0]
        yield (
            ForeignKey(
                tuple(row[1] for row in rows),
                parent if schema == here else f"{schema}.{parent}",
                tuple(row[4] for row in rows),
                _ALIKE.get(deleted, deleted),
                _ALIKE.get(updated, updated),
            ),
            name,
        )


#: InnoDB checks every key at once, so that these two words do the same.
_ALIKE: Mapping[str, str] = {"RESTRICT": "NO ACTION"}


def _objects_of(ask: _Questions) -> Iterator[tuple[str, str]]:
    """What is in the database and in no table."""
    for (name,) in ask(_SEQUENCES):
        ((_, definition),) = ask(f"SHOW CREATE SEQUENCE {quoted(name)}")
        yield f"the sequence {name}", definition
    yield from ask(_ROUTINES)
    yield from ask(_EVENTS)
    ((charset, collation, comment),) = ask(_DATABASE)
    yield "the character set of the database", charset
    yield "the collation of the database", collation
    if comment:
        yield "the comment on the database", comment


def statements(connection: Any, schema: Schema) -> Iterator[str]:
    """The statements that make the database with the schema `schema` again, rows and all."""
    ask = _Questions(connection)
    ((here, charset, collation),) = ask(
        "SELECT schema_name, default_character_set_name, default_collation_name "
        "FROM information_schema.schemata WHERE schema_name = database()"
    )
    yield f"ALTER DATABASE CHARACTER SET {charset} COLLATE {collation}"
    for (name,) in ask(_SEQUENCES):
        yield from (row[1] for row in ask(f"SHOW CREATE SEQUENCE {quoted(name)}"))
    for table in schema.tables.values():
        yield from (row[1] for row in ask(f"SHOW CREATE TABLE {quoted(table.name)}"))
        yield from _inserts(connection, ask, table)
    for kind, question, place in (
        ("FUNCTION", "SELECT routine_name FROM information_schema.routines WHERE routine_schema = "
         "database() AND routine_type = 'FUNCTION'", 2),
        ("PROCEDURE", "SELECT routine_name FROM information_schema.routines WHERE routine_schema ="
         " database() AND routine_type = 'PROCEDURE'", 2),
        ("VIEW", "SELECT table_name FROM information_schema.views WHERE table_schema = database()",
         1),
        ("TRIGGER", "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = "
         "database() ORDER BY event_object_table, action_timing, event_manipulation, action_order",
         2),
        ("EVENT", "SELECT event_name FROM information_schema.events WHERE event_schema = "
         "database()", 3),
    ):  # fmt: skip
        for (name,) in ask(question):
            ((*row,),) = ask(f"SHOW CREATE {kind} {quoted(name)}")
            yield str(row[place]).replace(f"{quoted(here)}.", "")


def _inserts(connection: Any, ask: _Questions, table: Table) -> Iterator[str]:
    names = [column.name for column in table.columns.values() if not column.generated]
    listed = ", ".join(map(quoted, names))
    marks = ", ".join("%s" for _ in names)
    with connection.cursor() as cursor:
        for row in ask(f"SELECT {listed} FROM {quoted(table.name)}") if names else ():
            values = cursor.mogrify(marks, row)
            yield f"INSERT INTO {quoted(table.name)} ({listed}) VALUES ({values})"
