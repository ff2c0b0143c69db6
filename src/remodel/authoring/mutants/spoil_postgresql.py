"""Spoils a PostgreSQL database of which a migration is under way."""

from collections.abc import Collection, Iterator

import sqlalchemy as sa

from remodel.authoring.mutants.statements import ColumnSeen, filled
from remodel.database.schema import Column
from remodel.database.server_statements import name_of
from remodel.database.server_store import plain_value
from remodel.database.value_changes import ValueChange
from remodel.database.value_changes.change import kind_of


def spoil(bind: sa.Connection, what: ValueChange | str, but: Collection[str]) -> None:
    """Make a change of values, or a statement, in each table of the app that is not in `but`.

    What a rule of the table refuses is left as it is.
    """
    for table in sa.inspect(bind).get_table_names():
        if table in but or "version" in table:
            continue
        columns = _columns(bind, table)
        if isinstance(what, ValueChange):
            for column in columns:
                if column.takes(what):
                    _change_column(bind, table, column, what)
            continue
        for sql in filled(table, columns, what):
            _tried(bind, sql)


def _columns(bind: sa.Connection, table: str) -> list[ColumnSeen]:
    seen = sa.inspect(bind)
    key = seen.get_pk_constraint(table)["constrained_columns"]
    points = {name for each in seen.get_foreign_keys(table) for name in each["constrained_columns"]}
    return [
        ColumnSeen(
            each["name"],
            kind_of(Column(each["name"], str(each["type"]), True, None, 0)),
            each["name"] in key or each["name"] in points,
        )
        for each in seen.get_columns(table)
    ]


def _change_column(
    bind: sa.Connection, table: str, column: ColumnSeen, change: ValueChange
) -> None:
    place, name = name_of(table), name_of(column.name)
    rows = bind.exec_driver_sql(f"SELECT ctid::text, {name} FROM {place}").fetchall()
    changed = list(_changed(((place, plain_value(value)) for place, value in rows), change))
    # A text that is cast is cut to its length; anything else has no other way in.
    value = "%s" if column.kind == "text" else f"CAST(%s::text AS {_type_of(bind, table, column)})"
    update = f"UPDATE {place} SET {name} = {value} WHERE ctid = %s::tid"
    if changed and not _tried(bind, update, changed):
        for each in changed:
            _tried(bind, update, [each])


def _changed(
    rows: Iterator[tuple[str, object]], change: ValueChange
) -> Iterator[tuple[object, str]]:
    for place, value in rows:
        after = change.change(value)
        if after != value or type(after) is not type(value):
            yield after, place


def _type_of(bind: sa.Connection, table: str, column: ColumnSeen) -> str:
    where = (f"{name_of(table)}", column.name)
    return str(
        bind.exec_driver_sql(
            "SELECT format_type(atttypid, atttypmod) FROM pg_attribute "
            "WHERE attrelid = %s::regclass AND attname = %s",
            where,
        ).scalar_one()
    )


def _tried(bind: sa.Connection, sql: str, values: list[tuple[object, str]] | None = None) -> bool:
    """Whether the server took it; what it refuses is as if it had not been asked for."""
    try:
        with bind.begin_nested():
            bind.exec_driver_sql(sql, values) if values else bind.exec_driver_sql(sql)
    except sa.exc.DBAPIError:
        return False
    return True
