"""Tries what a schema does: the same statements on two databases, and what becomes of the rows.

What a reader of schemas may miss shows itself here: a rule that drops a row without a word, a key
that gives no number, a trigger, a delete that takes more along. Nothing of it is kept.
"""

import re
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from remodel.database.defaults import changes
from remodel.database.reflection import read_schema
from remodel.database.schema import Column, ForeignKey, Schema, Table
from remodel.database.sqlite import Row, opened, quoted, readable
from remodel.database.values import show, show_both

#: The rows of each table, in the order of its key, with the columns in one order.
Contents = dict[str, list[tuple[Any, ...]]]
#: To try things with, a table may not be larger: all of its rows are compared after each deed.
MOST_ROWS = 2000
#: How many rows of a table are tried at most.
SAMPLE = 32


@dataclass(frozen=True)
class Statement:
    """One statement with its values."""

    sql: str
    values: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Probe:
    """Something to try: `deed` says it, as the beginning of a sentence.

    `words` find the place in a revision; the last is the table. `second` says that the deed is a
    second row of a kind.
    """

    deed: str
    statements: tuple[Statement, ...]
    words: tuple[str, ...]
    second: bool = False
    #: Whether a value is none of its column's type.
    alien: bool = False

    def touched(self, schema: Schema) -> list[Table]:
        """The tables whose rows it may change where there is no trigger."""
        reached = {self.words[-1]}
        while True:
            children = {
                table.name
                for table in schema.tables.values()
                if reached & {key.parent for key in table.foreign_keys}
            }
            if children <= reached:
                return [table for table in schema.tables.values() if table.name in reached]
            reached |= children


@dataclass(frozen=True)
class Outcome:
    """What a probe came to: the error that refused it, or the rows afterwards."""

    error: str = ""
    after: Contents = field(default_factory=dict)
    #: Whether it would be refused when the transaction ends.
    late: bool = False

    @property
    def taken(self) -> bool:
        """Whether all statements were accepted."""
        return not self.error


@dataclass(frozen=True)
class Odd:
    """A probe that two databases answer differently: one sentence, or two."""

    lines: tuple[str, ...]
    words: tuple[str, ...]


def first_odd(
    content: bytes,
    standard: bytes,
    schema: Schema,
    free_defaults: Collection[str] = (),
    at_once: bool = True,
) -> Odd | None:
    """The first probe that `content` answers otherwise than `standard`, which has `schema`.

    `standard` is given the rows of `content` first. `free_defaults` are columns, written
    `table.column`, of which nobody asks what they hold where an INSERT leaves them out. Unless
    `at_once`, a rule may also speak up when the transaction ends, or refuse a value of another
    type than its column's.
    """
    own = read_schema(content)
    with opened(content) as one, opened(standard) as other:
        _take_rows(one, other, schema)
        tables = list(schema.tables.values())
        if crowded := _crowded(one, tables):
            return crowded
        selects = {table.name: _select(table) for table in tables}
        before = _contents(one, selects)
        everywhere = _has_triggers(one) or _has_triggers(other)
        named = {
            name: _named_by_rules(one, name, own[name].checks)
            - _named_by_rules(other, name, table.checks)
            for name, table in schema.tables.items()
            if name in own
        }
        for probe in probes(one, schema, free_defaults, named):
            if probe.alien and not at_once:
                continue
            seen = selects if everywhere else _of(probe.touched(schema), selects)
            wanted = _tried(other, probe, seen)
            actual = _tried(one, probe, seen, ask_late=not wanted.taken)
            if actual.late and not at_once:
                continue
            if odd := _compared(probe, before, actual, wanted, schema):
                return odd
    return None


def response_to(content: bytes, sql: str) -> str:
    """What the database does with the one statement `sql`, which adds, changes or deletes rows.

    Said of it in a sentence, "It took it"; "" where it refuses the statement. ON CONFLICT IGNORE
    drops a row without a word, and with ON CONFLICT REPLACE another one goes.
    """
    with opened(content) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        rows, changes = _count(connection), connection.total_changes
        try:
            count = connection.execute(sql).rowcount
        except sqlite3.IntegrityError:
            return ""
        if not count or connection.total_changes == changes:
            return "dropped it without a word"
        verb = sql.split()[0].upper()
        added = {"INSERT": count, "UPDATE": 0, "DELETE": -count}[verb]
        if _count(connection) == rows + added:
            return "took it"
        along = "took it, and other rows along"
        return along if verb == "DELETE" else "gave up another row for it"


def _named_by_rules(
    connection: sqlite3.Connection, table: str, checks: Collection[str]
) -> set[Any]:
    """The texts and whole numbers that the CHECKs, triggers and partial indexes of a table name."""
    query = "SELECT sql FROM sqlite_schema WHERE tbl_name = ? AND type IN ('trigger', 'index')"
    sql = [readable(text) for (text,) in connection.execute(query, (table,))]
    texts, numbers = _literals(" ".join([*checks, *sql]))
    return {*texts, *numbers}


def _literals(sql: str) -> tuple[list[str], list[int]]:
    texts = [text.replace("''", "'") for text in re.findall(r"'((?:[^']|'')*)'", sql)]
    numbers = [int(n) for n in re.findall(r"\d+", sql) if len(n) < 10]
    return list(dict.fromkeys(texts)), list(dict.fromkeys(numbers))


def _count(connection: sqlite3.Connection) -> int:
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    return sum(
        connection.execute(f"SELECT count(*) FROM {quoted(readable(name))}").fetchone()[0]
        for (name,) in tables
    )


# -- what is tried -----------------------------------------------------------------------------


def probes(
    connection: sqlite3.Connection,
    schema: Schema,
    free_defaults: Collection[str] = (),
    named: Mapping[str, Collection[Any]] = MappingProxyType({}),
) -> Iterator[Probe]:
    """What to try on every table of `schema`, with the rows that are there.

    `named` are, by table, texts and numbers that its rules name though nobody asked for it.
    """
    held = {name: _rows(connection, table) for name, table in schema.tables.items()}
    probers = [
        _Prober(connection, schema, schema[name], rows, free_defaults, named.get(name, ()))
        for name, rows in held.items()
        if rows
    ]
    for kind in _KINDS:
        for prober in probers:
            yield from kind(prober)


class _Prober:
    """Makes the probes of one table from the rows that it holds."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        schema: Schema,
        table: Table,
        rows: list[Row],
        free_defaults: Collection[str],
        named: Collection[Any] = (),
    ) -> None:
        self._connection, self._schema, self._table, self._rows = connection, schema, table, rows
        self._free = free_defaults
        self._texts = sorted(each for each in named if isinstance(each, str))
        numbers = {n for n in named if isinstance(n, int)}
        self._numbers = sorted(n + d for n in numbers for d in (-1, 0, 1))
        self._name = table.name
        #: A row that says the most: as few NULLs as there are.
        self._model = min(rows, key=lambda row: sum(value is None for value in row.values()))

    def new_row(self) -> Iterator[Probe]:
        without = f" without {self._table.primary_key[0]}" if self._numbers_rows else ""
        yield self._insert(f"A new row of {self._name}{without}", {})

    @property
    def _numbers_rows(self) -> bool:
        return self._table.numbers_rows

    def _fresh(self, nth: int = 1) -> Row:
        """A row that breaks no rule: like one that is there, with another key."""
        row = dict(self._model)
        unique = {name for rule in self._table.uniques for name in rule.columns}
        for name in [*self._table.primary_key, *sorted(unique)]:
            if name in row and not self._is_foreign(name):
                row[name] = _another(self._table.columns[name], self._rows, name, nth)
        if self._numbers_rows:
            del row[self._table.primary_key[0]]
        return row

    def _is_foreign(self, name: str) -> bool:
        return any(name in key.columns for key in self._table.foreign_keys)

    def _insert(self, deed: str, changes: Row, *words: str, second: bool = False) -> Probe:
        statement = Statement(*_insert(self._name, {**self._fresh(), **changes}))
        return Probe(deed, (statement,), (*words, self._name), second)

    def left_out(self) -> Iterator[Probe]:
        for name in self._fresh():
            default = self._table.columns[name].default
            if f"{self._name}.{name}" in self._free or (default and changes(default)):
                continue
            row = self._fresh()
            del row[name]
            deed = f"A new row of {self._name} that says nothing of {name}"
            yield Probe(deed, (Statement(*_insert(self._name, row)),), (name, self._name))

    def duplicates(self) -> Iterator[Probe]:
        keys = [] if self._numbers_rows else [self._table.primary_key]
        for columns in [*keys, *(rule.columns for rule in sorted(self._table.uniques))]:
            if not columns or not set(columns) <= self._model.keys():
                continue
            # What takes the place of a row shows itself where no other row points at that one.
            alone = next((row for row in self._rows[:200] if not self._children(row)), self._model)
            lettered = next((row for row in self._rows if _has_letters(row, columns)), alone)
            tried = {tuple(row[name] for name in columns) for row in (self._model, lettered)}
            first = tuple(alone[name] for name in columns)
            for values in (first, *sorted(tried - {first}, key=repr)):
                yield from self._repeated(dict(zip(columns, values, strict=True)))
            nothing = dict.fromkeys(columns)
            twice = tuple(
                Statement(*_insert(self._name, {**self._fresh(n), **nothing})) for n in (1, 2)
            )
            deed = f"Two rows of {self._name} with {_pairs(nothing)}"
            yield Probe(deed, twice, (*columns, self._name))
            yield from self._excepted(columns)

    def _excepted(self, columns: Sequence[str]) -> Iterator[Probe]:
        """Two rows alike in `columns`, with a text of which a rule may make an exception."""
        for name in columns:
            if self._is_foreign(name):
                continue
            for special in self._special(name):
                same = {**{each: self._model[each] for each in columns}, name: special}
                twice = tuple(
                    Statement(*_insert(self._name, {**self._fresh(n), **same})) for n in (1, 2)
                )
                deed = f"Two rows of {self._name} with {_pairs(same)}"
                yield Probe(deed, twice, (*columns, self._name))

    def _repeated(self, same: Row) -> Iterator[Probe]:
        words = (*same, self._name)
        for deed, values in self._alike(same):
            yield self._insert(deed, values, *same, second=True)
            update = self._update(self._other(same), values)
            yield Probe(f"After an UPDATE, {deed[0].lower()}{deed[1:]}", (update,), words, True)

    def _alike(self, same: Row) -> Iterator[tuple[str, Row]]:
        yield f"A second row of {self._name} with {_pairs(same)}", same
        for name, value in same.items():
            if isinstance(value, str):
                for other in dict.fromkeys((value.swapcase(), value + " ", value.strip())):
                    if other != value:
                        alike = {**same, name: other}
                        deed = f"A row of {self._name} with {_pairs(alike)} beside {show(value)}"
                        yield deed, alike

    def _other(self, same: Row) -> Row:
        """A row that has not all of `same`, or the model where there is none."""
        unlike = (row for row in self._rows if any(row[c] != same[c] for c in same))
        return next(unlike, self._model)

    def nulls(self) -> Iterator[Probe]:
        for name in self._fresh():
            deed = f"A row of {self._name} with NULL as its {name}"
            yield self._insert(deed, {name: None}, name)
            update = self._update(self._model, {name: None})
            yield Probe(f"An UPDATE of {self._name}.{name} to NULL", (update,), (name, self._name))

    def strangers(self) -> Iterator[Probe]:
        """Rows whose parent is not there, or is written in another way."""
        for key in sorted(self._table.foreign_keys):
            for column, there in zip(key.columns, key.parent_columns, strict=True):
                if column not in self._model:
                    continue
                for value in self._no_parents(key, there):
                    named = f"{column} = {show(value)}"
                    deed = f"A row of {self._name} with {named}, and no such {key.parent},"
                    yield self._insert(deed, {column: value}, column)
                    update = self._update(self._model, {column: value})
                    deed = f"An UPDATE of {self._name} to {named}, and no such {key.parent},"
                    yield Probe(deed, (update,), (column, self._name))

    def _no_parents(self, key: ForeignKey, there: str) -> list[Any]:
        parent = self._schema.tables.get(key.parent)
        values = [row.get(there) for row in _rows(self._connection, parent)] if parent else []
        numbers = [value for value in values if isinstance(value, int)]
        if numbers or not values:
            return [each for each in (max(numbers, default=0) + 4711, 0) if each not in numbers]
        texts = [value for value in values if isinstance(value, str)]
        return ["nowhere", *(text.swapcase() for text in texts[:1] if text.swapcase() not in texts)]

    def odd_values(self) -> Iterator[Probe]:
        """What a CHECK, a trigger or STRICT may refuse."""
        words, named = _literals(" ".join(self._table.checks))
        limits = [n + d for n in named for d in (-1, 0, 1)]
        for name, column in self._table.columns.items():
            if name not in self._fresh() or self._is_foreign(name):
                continue
            texts = [*words, *("x" * n for n in limits if 0 <= n <= 5000)]
            numbers = [0, -1, 1, 2**40, *limits]
            usual = numbers if _is_number(column) else ["", " ", "x" * 3000, *texts]
            for value in dict.fromkeys([*usual, "a word", 5, 2.5]):
                deed = f"A row of {self._name} with {name} = {show(value)}"
                alien = isinstance(value, str | float) if _is_number(column) else value in (5, 2.5)
                yield replace(self._insert(deed, {name: value}, name), alien=alien)
                if value in limits or value in words:
                    update = self._update(self._model, {name: value})
                    deed = f"An UPDATE of {self._name} to {name} = {show(value)}"
                    yield Probe(deed, (update,), (name, self._name))

    def exceptions(self) -> Iterator[Probe]:
        """Values of which a rule may make an exception, each alone and beside odd ones."""
        for name in self._fresh():
            for special in self._special(name):
                parent = self._parent_with(name, special)
                for values in self._beside(name, special):
                    deed = f"A row of {self._name} with {_pairs(values)}"
                    row = Statement(*_insert(self._name, {**self._fresh(), **values}))
                    yield Probe(deed, (*parent, row), (*values, self._name))

    def _special(self, name: str) -> list[Any]:
        if _is_number(self._table.columns[name]):
            return self._numbers
        return [*self._texts, *("x" * n for n in self._numbers if 0 < n <= 80)]

    def _beside(self, name: str, special: Any) -> Iterator[Row]:
        yield {name: special}
        for other, column in self._table.columns.items():
            if other in self._fresh() and other != name and _is_number(column):
                if self._is_foreign(other):
                    continue
                yield from ({name: special, other: n} for n in (0, -1, 1, 2, *self._numbers))

    def _parent_with(self, name: str, value: Any) -> list[Statement]:
        """What makes sure of a parent that has `value` as the key which `name` points at."""
        for key in sorted(self._table.foreign_keys):
            parent = self._schema.tables.get(key.parent)
            rows = _rows(self._connection, parent) if parent else []
            if parent and rows and key.columns == (name,):
                unique = {c for rule in parent.uniques for c in rule.columns}
                fresh = {c: _another(parent.columns[c], rows, c) for c in unique}
                row = {**rows[0], **fresh, key.parent_columns[0]: value}
                sql, values = _insert(key.parent, row)
                return [Statement(sql.replace("INSERT", "INSERT OR IGNORE", 1), values)]
        return []

    def updates(self) -> Iterator[Probe]:
        """An ordinary change of each column, and of a key that others point at."""
        for name in self._model:
            if self._is_foreign(name):
                continue
            value = _another(self._table.columns[name], self._rows, name)
            for row in self._with_and_without_children(name):
                update = self._update(row, {name: value})
                deed = f"An UPDATE of {self._name}.{name}{self._children_in_words(row)}"
                yield Probe(deed, (update,), (name, self._name))

    def _with_and_without_children(self, name: str) -> list[Row]:
        if name not in self._table.primary_key:
            return [self._model]
        counts = {self._children(row): row for row in self._rows[:200]}
        return [row for _, row in sorted(counts.items())][:3]

    def _children_in_words(self, row: Row) -> str:
        count = self._children(row)
        return " of a row that others point at" if count else ""

    def _children(self, row: Row) -> int:
        return sum(
            self._count(table.name, key.columns, [row.get(each) for each in key.parent_columns])
            for table, key in self._pointing
        )

    @property
    def _pointing(self) -> list[tuple[Table, ForeignKey]]:
        return [
            (table, key)
            for table in self._schema.tables.values()
            for key in sorted(table.foreign_keys)
            if key.parent == self._name
        ]

    def _count(self, table: str, columns: Sequence[str], values: Sequence[Any]) -> int:
        where = " AND ".join(f"{quoted(each)} IS ?" for each in columns)
        query = f"SELECT count(*) FROM {quoted(table)} WHERE {where}"
        return int(self._connection.execute(query, values).fetchone()[0])

    def deletes(self) -> Iterator[Probe]:
        """Of rows that nobody points at, one child alone does, and several do, table by table."""
        counts: dict[tuple[int, ...], Row] = {}
        for row in self._rows[:200]:
            children = tuple(
                min(2, self._count(t.name, k.columns, [row.get(c) for c in k.parent_columns]))
                for t, k in self._pointing
            )
            counts.setdefault(children, row)
        for children, row in sorted(counts.items()):
            pointing = zip(self._pointing, children, strict=True)
            there = [table.name for (table, _), count in pointing if count]
            with_ = f" that still has rows in {' and '.join(there)}" if there else ""
            where, values = _where(self._table, row)
            sql = f"DELETE FROM {quoted(self._name)} WHERE {where}"
            deed = f"Deleting a row of {self._name}{with_}"
            yield Probe(deed, (Statement(sql, values),), (*there, self._name))

    def numbers(self) -> Iterator[Probe]:
        """Whether the number of a row that is gone is given a second time."""
        if not self._numbers_rows or self._pointing:
            return
        (key,) = self._table.primary_key
        last = f"SELECT max({quoted(key)}) FROM {quoted(self._name)}"
        gone = Statement(f"DELETE FROM {quoted(self._name)} WHERE {quoted(key)} = ({last})")
        new = Statement(*_insert(self._name, self._fresh()))
        deed = f"A new row of {self._name} after the last one was deleted"
        yield Probe(deed, (gone, new), (key, self._name))

    def _update(self, row: Row, changes: Row) -> Statement:
        where, values = _where(self._table, row)
        sets = ", ".join(f"{quoted(name)} = ?" for name in changes)
        sql = f"UPDATE {quoted(self._name)} SET {sets} WHERE {where}"
        return Statement(sql, (*changes.values(), *values))


#: What is tried, the most ordinary things first.
_KINDS: tuple[Callable[[_Prober], Iterator[Probe]], ...] = (
    _Prober.new_row,
    _Prober.duplicates,
    _Prober.nulls,
    _Prober.left_out,
    _Prober.strangers,
    _Prober.odd_values,
    _Prober.exceptions,
    _Prober.updates,
    _Prober.deletes,
    _Prober.numbers,
)


def _has_letters(row: Row, columns: Sequence[str]) -> bool:
    return any(isinstance(row[c], str) and row[c] != row[c].swapcase() for c in columns)


def _is_number(column: Column) -> bool:
    return re.search("INT|REAL|FLOA|DOUB|NUMERIC|BOOL", column.type) is not None


def _another(column: Column, rows: Sequence[Mapping[str, Any]], name: str, nth: int = 1) -> Any:
    """A value that `column` does not hold yet, of the kind that it holds."""
    there = [row[name] for row in rows if row[name] is not None]
    if _is_number(column) or all(isinstance(each, int) for each in there):
        return max((each for each in there if isinstance(each, int)), default=0) + nth
    if "DATE" in column.type or "TIME" in column.type:
        return f"2031-0{nth}-17" + (" 10:00:00.000000" if "TIME" in column.type else "")
    length = re.search(r"\((\d+)\)", column.type)
    word = f"{nth}a new one"[: int(length[1]) if length else None]
    return word if word not in there else word[::-1]


def _pairs(values: Mapping[str, Any]) -> str:
    return " and ".join(f"{name} = {show(value)}" for name, value in values.items())


def _insert(table: str, row: Row) -> tuple[str, tuple[Any, ...]]:
    if not row:
        return f"INSERT INTO {quoted(table)} DEFAULT VALUES", ()
    names, marks = ", ".join(map(quoted, row)), ", ".join("?" for _ in row)
    return f"INSERT INTO {quoted(table)} ({names}) VALUES ({marks})", tuple(row.values())


def _where(table: Table, row: Mapping[str, Any]) -> tuple[str, tuple[Any, ...]]:
    names = table.primary_key or tuple(row)
    where = " AND ".join(f"{quoted(name)} IS ?" for name in names)
    return where, tuple(row[name] for name in names)


# -- how it goes -------------------------------------------------------------------------------


def _columns(table: Table) -> list[str]:
    return [column.name for column in table.columns.values() if not column.generated]


def _select(table: Table) -> str:
    names = ", ".join(map(quoted, _columns(table)))
    order = ", ".join(map(quoted, table.primary_key)) or names
    return f"SELECT {names} FROM {quoted(table.name)} ORDER BY {order}"


def _rows(connection: sqlite3.Connection, table: Table) -> list[Row]:
    names = _columns(table)
    return [dict(zip(names, row, strict=True)) for row in connection.execute(_select(table))]


def _crowded(connection: sqlite3.Connection, tables: list[Table]) -> Odd | None:
    """The first table that keeps more rows than can be compared, as what is odd about it."""
    for table in tables:
        count = connection.execute(f"SELECT count(*) FROM {quoted(table.name)}").fetchone()[0]
        if count > MOST_ROWS:
            first = f"{table.name} keeps {count} rows: it has no key, or a trigger keeps them."
            second = f"INSERT, UPDATE and DELETE can be tried beside {MOST_ROWS} at most."
            return Odd((first, second), (table.name,))
    return None


def _take_rows(source: sqlite3.Connection, target: sqlite3.Connection, schema: Schema) -> None:
    """Put the rows of `source` in place of those in `target`; both then mind foreign keys.

    A row that `target` refuses is taken out of `source` too: it is no row to try things with.
    """
    for connection in (source, target):
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN")
    for table in schema.tables.values():
        target.execute(f"DELETE FROM {quoted(table.name)}")
        for row in _rows(source, table):
            try:
                target.execute(*_insert(table.name, row))
            except sqlite3.IntegrityError:
                where, values = _where(table, row)
                source.execute(f"DELETE FROM {quoted(table.name)} WHERE {where}", values)
    for connection in (source, target):
        connection.execute("SAVEPOINT whole")
    try:
        _thin_out(source, schema)
        _thin_out(target, schema)
    except sqlite3.IntegrityError:  # a trigger wants to keep them all: then both do
        for connection in (source, target):
            if connection.in_transaction:  # RAISE(ROLLBACK) has ended it by itself
                connection.execute("ROLLBACK TO whole")
    for connection in (source, target):
        connection.commit()
        connection.execute("PRAGMA foreign_keys = ON")


def _thin_out(connection: sqlite3.Connection, schema: Schema) -> None:
    """Leave a few rows of each table, and none without its parent: all are read for each probe."""
    for table in schema.tables.values():
        names = ", ".join(map(quoted, table.primary_key))
        if names:
            some = f"SELECT {names} FROM {quoted(table.name)} ORDER BY {names} LIMIT {SAMPLE}"
            sql = f"DELETE FROM {quoted(table.name)} WHERE ({names}) NOT IN ({some})"
            connection.execute(sql)
    for table in schema.tables.values():
        for key in sorted(table.foreign_keys):
            if key.parent in schema:
                connection.execute(_without_parent(table, key))


def _without_parent(table: Table, key: ForeignKey) -> str:
    pairs = zip(key.columns, key.parent_columns, strict=True)
    same = " AND ".join(f"parent.{quoted(there)} = child.{quoted(here)}" for here, there in pairs)
    given = " AND ".join(f"child.{quoted(here)} IS NOT NULL" for here in key.columns)
    parent = f"SELECT 1 FROM {quoted(key.parent)} AS parent WHERE {same}"
    return f"DELETE FROM {quoted(table.name)} AS child WHERE {given} AND NOT EXISTS ({parent})"


def _tried(
    connection: sqlite3.Connection,
    probe: Probe,
    selects: Mapping[str, str],
    ask_late: bool = False,
) -> Outcome:
    orphans = _orphans(connection) if ask_late else 0
    connection.execute("BEGIN")
    try:
        for statement in probe.statements:
            connection.execute(statement.sql, statement.values)
        late = ask_late and _orphans(connection) > orphans
        return Outcome("", _contents(connection, selects), late)
    except sqlite3.Error as error:
        return Outcome(str(error) or "refused")
    finally:
        # ON CONFLICT ROLLBACK has ended the transaction by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _orphans(connection: sqlite3.Connection) -> int:
    return len(connection.execute("PRAGMA foreign_key_check").fetchall())


def _has_triggers(connection: sqlite3.Connection) -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE type = 'trigger'"
    return connection.execute(query).fetchone() is not None


def _of(tables: list[Table], selects: Mapping[str, str]) -> dict[str, str]:
    return {table.name: selects[table.name] for table in tables}


def _contents(connection: sqlite3.Connection, selects: Mapping[str, str]) -> Contents:
    return {table: connection.execute(select).fetchall() for table, select in selects.items()}


# -- what is said of it ------------------------------------------------------------------------


def _compared(
    probe: Probe, before: Contents, actual: Outcome, wanted: Outcome, schema: Schema
) -> Odd | None:
    if not actual.taken and wanted.taken:
        lines: tuple[str, ...] = (f"{probe.deed} is refused:", f"  {actual.error}")
    elif actual.taken and not wanted.taken:
        lines = (_taken(probe, before, actual),)
    elif actual.taken and actual.after != wanted.after:
        lines = (probe.deed + _unlike(actual, wanted, schema),)
    else:
        return None
    return Odd(lines, probe.words)


def _taken(probe: Probe, earlier: Contents, actual: Outcome) -> str:
    """What happened to something that should have been refused."""
    sizes = {
        name: (len(rows), len(actual.after[name]))
        for name, rows in earlier.items()
        if name in actual.after
    }
    should = "It should be refused."
    if all(rows == earlier[name] for name, rows in actual.after.items()):
        return f"{probe.deed} is dropped without a word. {should}"
    shrunk = [name for name, (before, after) in sizes.items() if after < before]
    if probe.second and not any(after > before for before, after in sizes.values()):
        return f"{probe.deed} takes the place of the first. {should}"
    along = [name for name in shrunk if name != probe.words[-1]]
    if along:
        return f"{probe.deed} takes rows of {' and '.join(along)} along. {should}"
    if actual.late:
        return f"{probe.deed} is refused only when the transaction ends. It should be at once."
    return f"{probe.deed} is taken. {should}"


def _unlike(actual: Outcome, wanted: Outcome, schema: Schema) -> str:
    """How the rows afterwards are not what they should be."""
    for table, rows in wanted.after.items():
        there = actual.after[table]
        if len(there) != len(rows):
            return f" leaves {len(there)} rows in {table}, not {len(rows)}."
        lost = next((row for row in rows if row not in there), None)
        extra = next((row for row in there if row not in rows), None)
        if lost and extra:
            sides = zip(_columns(schema[table]), extra, lost, strict=True)
            other = [(name, now, then) for name, now, then in sides if now != then]
            shown = [(name, *show_both(now, then)) for name, now, then in other]
            now, then = (" and ".join(f"{e[0]} = {e[n]}" for e in shown) for n in (1, 2))
            return f" leaves {now} in {table}, not {then}."
    return " leaves other rows than it should."
