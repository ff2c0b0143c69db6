"""What a database holds, as data, and what became of it since it was seen before."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec

from remodel.database import schema
from remodel.database.reflection import read_schema
from remodel.database.sqlite import Row, read_rows, read_version
from remodel.database.values import show

#: What became of something since the state before; "" where nothing did.
Change = Literal["", "new", "changed", "gone"]


class PartState(msgspec.Struct, frozen=True, kw_only=True):
    """A column, a constraint or an index of a table."""

    kind: Literal["column", "FOREIGN KEY", "UNIQUE", "INDEX", "CHECK"]
    name: str
    #: The whole of it, as it is drawn.
    text: str
    change: Change = ""
    #: Its text in the state before.
    was: str = ""


class ColumnState(PartState, frozen=True, kw_only=True):
    """A column."""

    type: str
    null: bool
    default: str | None
    #: Its place in the primary key, from 1; 0 where it is not in it.
    primary_key: int
    #: What it refers to, such as room.id.
    references: str = ""
    #: Of one that is new or gone: in how many rows it has, or had, a value.
    filled: int | None = None
    #: The value that it has, or had, in every row, as SQL writes it; "" where they differ.
    every: str = ""


class ChangedRow(msgspec.Struct, frozen=True):
    """A row that is there as before, by its key, with other values in it."""

    before: dict[str, Any]
    after: dict[str, Any]


class TableState(msgspec.Struct, frozen=True, kw_only=True):
    """A table, and which of its rows the state before had otherwise, in the columns of both."""

    name: str
    change: Change = ""
    columns: tuple[ColumnState, ...]
    #: Constraints and indexes.
    rules: tuple[PartState, ...]
    rows: int
    #: How many rows there were before; null where nothing is known of before.
    rows_before: int | None = None
    added: tuple[dict[str, Any], ...] = ()
    lost: tuple[dict[str, Any], ...] = ()
    changed: tuple[ChangedRow, ...] = ()
    #: The columns of its primary key.
    key: tuple[str, ...] = ()


def version_of(content: bytes) -> tuple[str, ...]:
    """The revisions that a database records, whatever its app calls Alembic's table."""
    tables = read_schema(content, version_table="").tables
    return tuple(
        each
        for name, table in tables.items()
        if _is_bookmark(table)
        for each in read_version(content, name)
    )


def seen_tables(content: bytes, before: bytes | None = None) -> Iterator[TableState]:
    """Every table in `content`, and those that were in `before` alone."""
    # Alembic's table too: a first `flask db migrate` or `check` makes it, and that should show.
    now = read_schema(content, version_table="").tables
    if before is None:
        yield from (_table(table, content) for _, table in sorted(now.items()))
        return
    then = read_schema(before, version_table="").tables
    for name, table in sorted(now.items()):
        if name in then:
            yield _compared(table, content, then[name], before)
        else:
            yield msgspec.structs.replace(_table(table, content), change="new", rows_before=0)
    for name in sorted(then.keys() - now.keys()):
        gone = _table(then[name], before)
        yield msgspec.structs.replace(gone, change="gone", rows=0, rows_before=gone.rows)


def _is_bookmark(table: schema.Table) -> bool:
    return set(table.columns) == {"version_num"}


def _table(table: schema.Table, content: bytes) -> TableState:
    return TableState(
        name=table.name,
        columns=tuple(_columns(table)),
        rules=tuple(_rules(table)),
        rows=len(read_rows(content, table.name)),
        key=table.primary_key,
    )


def _columns(table: schema.Table) -> Iterator[ColumnState]:
    parents = {key.columns: key for key in table.foreign_keys}
    for column in table.columns.values():
        key = parents.get((column.name,))
        refers = f"{key.parent}.{key.parent_columns[0]}" if key else ""
        text = f"{column.name} {_described(column)}" + (f" → {refers}" if refers else "")
        yield ColumnState(
            kind="column",
            name=column.name,
            text=text,
            type=column.type,
            null=column.nullable,
            default=column.default,
            primary_key=column.primary_key,
            references=refers,
        )


def _described(column: schema.Column) -> str:
    words = [column.type or "any type"]
    words += ["PRIMARY KEY"] if column.primary_key else []
    words += [] if column.nullable or column.primary_key else ["NOT NULL"]
    words += [f"DEFAULT {column.default}"] if column.default is not None else []
    return " ".join(words)


def _rules(table: schema.Table) -> list[PartState]:
    keys = [key for key in table.foreign_keys if len(key.columns) > 1]
    rules = [
        *(PartState(kind="FOREIGN KEY", name=f"FOREIGN KEY {each}", text="") for each in keys),
        *(PartState(kind="UNIQUE", name=f"UNIQUE {each}", text="") for each in table.uniques),
        *(PartState(kind="INDEX", name=f"INDEX {each}", text="") for each in table.indexes),
        *(PartState(kind="CHECK", name=f"CHECK {each}", text="") for each in table.checks),
    ]
    named = sorted(rules, key=lambda rule: rule.name)
    return [msgspec.structs.replace(rule, text=rule.name) for rule in named]


def _compared(table: schema.Table, content: bytes, was: schema.Table, before: bytes) -> TableState:
    now, then = _table(table, content), _table(was, before)
    rows, rows_before = read_rows(content, table.name), read_rows(before, table.name)
    columns = tuple(
        _with_values(each, rows if each.change == "new" else rows_before)
        if each.change in ("new", "gone")
        else each
        for each in _parts_compared(now.columns, then.columns)
    )
    rules = tuple(_parts_compared(now.rules, then.rules))
    shared = [name for name in table.columns if name in was.columns]
    # Where Alembic's bookmark lies is drawn among the revisions.
    lists = RowLists() if _is_bookmark(table) else _row_lists(rows_before, rows, shared, now, then)
    altered = any(each.change for each in (*columns, *rules))
    return msgspec.structs.replace(
        now,
        change="changed" if altered else "",
        columns=columns,
        rules=rules,
        rows_before=then.rows,
        added=lists.added,
        lost=lists.lost,
        changed=lists.changed,
    )


def _with_values(column: ColumnState, rows: Sequence[Row]) -> ColumnState:
    values = [row[column.name] for row in rows]
    filled = sum(value is not None for value in values)
    shown = {show(value) for value in values}
    every = shown.pop() if len(shown) == 1 else ""
    return msgspec.structs.replace(column, filled=filled, every=every)


def _parts_compared(now: Sequence[Any], then: Sequence[Any]) -> Iterator[Any]:
    """The parts of now, then those that are gone, each marked."""
    old: Mapping[str, PartState] = {part.name: part for part in then}
    for part in now:
        was = old.get(part.name)
        if was is None:
            yield msgspec.structs.replace(part, change="new")
        elif was.text != part.text:
            yield msgspec.structs.replace(part, change="changed", was=was.text)
        else:
            yield part
    names = {part.name for part in now}
    yield from (
        msgspec.structs.replace(each, change="gone") for each in then if each.name not in names
    )


class RowLists(msgspec.Struct, frozen=True):
    """The rows that differ between two states."""

    added: tuple[dict[str, Any], ...] = ()
    lost: tuple[dict[str, Any], ...] = ()
    changed: tuple[ChangedRow, ...] = ()


def _row_lists(
    before: Sequence[Row],
    now: Sequence[Row],
    shared: Sequence[str],
    table: TableState,
    was: TableState,
) -> RowLists:
    if table.key and table.key == was.key:
        return _by_key(before, now, shared, table.key)
    return _as_wholes(before, now, shared)


def _by_key(
    before: Sequence[Row], now: Sequence[Row], shared: Sequence[str], key: Sequence[str]
) -> RowLists:
    old = {tuple(map(row.__getitem__, key)): row for row in before}
    new = {tuple(map(row.__getitem__, key)): row for row in now}
    return RowLists(
        tuple(_plain(row) for at, row in new.items() if at not in old),
        tuple(_plain(row) for at, row in old.items() if at not in new),
        tuple(
            ChangedRow(_plain(old[at], shared), _plain(row, shared))
            for at, row in new.items()
            if at in old and _exact(old[at], shared) != _exact(row, shared)
        ),
    )


def _as_wholes(before: Sequence[Row], now: Sequence[Row], shared: Sequence[str]) -> RowLists:
    """Where no key tells which row is which: those that are in one state alone."""
    old = Counter(_exact(row, shared) for row in before)
    new = Counter(_exact(row, shared) for row in now)
    return RowLists(
        tuple(_plain(_row(each, shared)) for each in (new - old).elements()),
        tuple(_plain(_row(each, shared)) for each in (old - new).elements()),
    )


def _exact(row: Row, columns: Sequence[str]) -> tuple[tuple[type, Any], ...]:
    """The values with their types: to Python, 1 is 1.0."""
    return tuple((type(row[name]), row[name]) for name in columns)


def _row(exact: tuple[tuple[type, Any], ...], columns: Sequence[str]) -> Row:
    return {name: value for name, (_, value) in zip(columns, exact, strict=True)}


def _plain(row: Row, columns: Sequence[str] | None = None) -> dict[str, Any]:
    """A row as JSON takes it: bytes as SQL writes them."""
    return {
        name: f"X'{row[name].hex()}'" if isinstance(row[name], bytes) else row[name]
        for name in columns or row
    }
