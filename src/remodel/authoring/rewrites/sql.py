"""Rewrites between operations of Alembic and SQL, and between the ways to send SQL."""

import ast
import re
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import sqlalchemy
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateColumn, CreateTable

from remodel.authoring.rewrites.operations import Body, Operation, code, with_each
from remodel.authoring.rewrites.rewrite import Files, Solved, rewrite

_DIALECT = sqlite.dialect()
_NAMES = {"sa": sqlalchemy, "op": SimpleNamespace(f=str), "batch_op": SimpleNamespace(f=str)}


def _evaluated(node: ast.expr, **names: Any) -> Any:
    """What an expression of our own solution makes; nothing of a learner's is evaluated."""
    return eval(compile(ast.Expression(node), "solution", "eval"), {**_NAMES, **names})


def _tables(solved: Solved) -> dict[str, Any]:
    """The tables that the revisions declare for their data statements, by name."""
    known = dict[str, Any]()
    for node in (node for revision in solved.revisions for node in revision.tree.body):
        # A type that several columns have may have a name of its own above the table.
        if isinstance(node, ast.Assign) and ast.unparse(node.value).startswith("sa."):
            with suppress(NameError):
                known[ast.unparse(node.targets[0])] = _evaluated(node.value, **known)
    return {name: its for name, its in known.items() if isinstance(its, sqlalchemy.TableClause)}


def sql_of(solved: Solved, step: Operation) -> str | None:
    """The statement that does what `step` does on SQLite, where one does it."""
    with suppress(NameError):  # the file has a name of its own for a part of it
        return _sql_of(solved, step)
    return None


def _sql_of(solved: Solved, step: Operation) -> str | None:
    call = step.call
    if call is None:
        return None
    table = step.table
    match step.name:
        case "create_table":
            return _create_table(call)
        case "drop_table":
            return f"DROP TABLE {step.text(0)}"
        case "add_column" if table:
            return _add_column(table, call)
        case "drop_column" if table:
            return f"ALTER TABLE {table} DROP COLUMN {step.text(0)}"
        case "create_index" if table:
            columns = ", ".join(ast.literal_eval(call.args[1]))
            return f"CREATE INDEX {step.text(0)} ON {table} ({columns})"
        case "drop_index":
            return f"DROP INDEX {step.text(0)}"
        case "alter_column" if not table and step.argument("new_column_name"):
            new = ast.literal_eval(step.argument("new_column_name") or ast.Constant(""))
            return f"ALTER TABLE {step.text(0)} RENAME COLUMN {step.text(1)} TO {new}"
        case "execute":
            return data_sql_of(solved, step)
    return None


def _create_table(call: ast.Call) -> str:
    name, *parts = (_evaluated(each) for each in call.args)
    metadata = sqlalchemy.MetaData()
    keys = [part for part in parts if isinstance(part, sqlalchemy.ForeignKeyConstraint)]
    for parent, _, column in (e.target_fullname.partition(".") for k in keys for e in k.elements):
        if parent != name and parent not in metadata.tables:
            sqlalchemy.Table(parent, metadata, sqlalchemy.Column(column, sqlalchemy.Integer))
    table = sqlalchemy.Table(name, metadata, *parts)
    return str(CreateTable(table).compile(dialect=_DIALECT)).strip()


def _add_column(table: str, call: ast.Call) -> str | None:
    column = _evaluated(call.args[0])
    if not column.nullable:
        return None
    sqlalchemy.Table(table, sqlalchemy.MetaData(), column)
    words = str(CreateColumn(column).compile(dialect=_DIALECT))
    return f"ALTER TABLE {table} ADD COLUMN {words}"


def data_sql_of(solved: Solved, step: Operation) -> str | None:
    """The SQL of a statement that is executed."""
    if step.name != "execute" or step.call is None:
        return None
    try:
        statement = _evaluated(step.call.args[0], **_tables(solved))
    except NameError:  # the file has a name of its own for a part of it
        return None
    if isinstance(statement, str):
        return statement
    return str(statement.compile(dialect=_DIALECT, compile_kwargs={"literal_binds": True}))


def _sent(sql: str | None, template: str) -> Body | None:
    return None if sql is None else code(template.replace("SQL", repr(sql)))


@rewrite("Somebody who knows SQL better than Alembic, and writes what SQLite can do in it.")
def own_sql(solved: Solved) -> Files | None:
    """`op.execute("…")` for tables, columns, indexes, renames and updates."""
    return with_each(solved, lambda step: _sent(sql_of(solved, step), "op.execute(SQL)"))


@rewrite("Somebody who writes SQL in several lines, indented, in small letters, with a semicolon.")
def own_sql_in_small_letters(solved: Solved) -> Files | None:
    """As `own-sql`, for what changes the schema."""

    def change(step: Operation) -> Body | None:
        sql = None if step.name == "execute" else sql_of(solved, step)
        return _sent(sql and f"\n        {sql.lower()};\n    ", "op.execute(SQL)")

    return with_each(solved, change)


@rewrite("Somebody who quotes every name in SQL.")
def own_sql_with_quoted_names(solved: Solved) -> Files | None:
    """As `own-sql`; what SQLAlchemy writes in small letters are names."""

    def change(step: Operation) -> Body | None:
        sql = sql_of(solved, step)
        parts = re.split(r"('[^']*')", sql or "")
        quoted = (x if n % 2 else re.sub(r"\b[a-z]\w*", r'"\g<0>"', x) for n, x in enumerate(parts))
        return _sent(sql and "".join(quoted), "op.execute(SQL)")

    return with_each(solved, change)


@rewrite("Somebody who writes the names of tables in capitals, which SQL takes for the same.")
def table_names_in_capitals(solved: Solved) -> Files | None:
    """`ALTER TABLE FURNITURE`, in the SQL for tables that are there already."""

    def change(step: Operation) -> Body | None:
        sql = sql_of(solved, step)
        if sql is None or sql.startswith("CREATE TABLE") or step.name == "execute":
            return None
        return _sent(
            re.sub(r"\b(furniture|room)\b", lambda x: x[0].upper(), sql), "op.execute(SQL)"
        )

    return with_each(solved, change)


@rewrite("Somebody whose team wraps every piece of SQL in text().")
def sql_in_text(solved: Solved) -> Files | None:
    """`op.execute(sa.text("…"))`."""
    return with_each(solved, lambda step: _sent(sql_of(solved, step), "op.execute(sa.text(SQL))"))


@rewrite("Somebody who writes data statements as plain SQL, and all else as operations.")
def data_as_sql(solved: Solved) -> Files | None:
    """`op.execute("UPDATE …")` for SQLAlchemy's update()."""
    return with_each(solved, lambda step: _sent(data_sql_of(solved, step), "op.execute(SQL)"))


@rewrite("Somebody who asks for the connection, as in a script.")
def on_the_bind(solved: Solved) -> Files | None:
    """`op.get_bind().execute(…)` for `op.execute(…)`."""
    template = "connection = op.get_bind()\nconnection.execute(sa.text(SQL))"
    return with_each(solved, lambda step: _sent(data_sql_of(solved, step), template))


@rewrite("Somebody who hands SQL to the driver.")
def by_the_driver(solved: Solved) -> Files | None:
    """`exec_driver_sql`, for every operation that SQL can say."""
    template = "op.get_bind().exec_driver_sql(SQL)"
    return with_each(solved, lambda step: _sent(sql_of(solved, step), template))


@rewrite("Somebody who wraps what touches rows in a savepoint.")
def in_a_savepoint(solved: Solved) -> Files | None:
    """`begin_nested()` around a data statement."""
    template = "with op.get_bind().begin_nested():\n    op.execute(SQL)"
    return with_each(solved, lambda step: _sent(data_sql_of(solved, step), template))


@rewrite("Somebody who uses the ORM's session for data, on the connection of the migration.")
def by_a_session(solved: Solved) -> Files | None:
    """A session on the given bind, flushed and closed."""
    template = "session = sa.orm.Session(bind=op.get_bind())\nsession.execute(sa.text(SQL))\n"
    template += "session.flush()"
    return with_each(solved, lambda step: _sent(data_sql_of(solved, step), template))


@rewrite("Somebody who ends a session as they always do, on the connection of the migration.")
def by_a_session_with_commit(solved: Solved) -> Files | None:
    """Such a commit does not end the transaction that Alembic has begun."""
    template = "with sa.orm.Session(bind=op.get_bind()) as session:\n"
    template += "    session.execute(sa.text(SQL))\n    session.commit()"
    return with_each(solved, lambda step: _sent(data_sql_of(solved, step), template))


@rewrite("Somebody who changes rows one by one, as programs do that compute each value.")
def row_by_row(solved: Solved) -> Files | None:
    """A SELECT of the ids, then an UPDATE for each."""

    def change(step: Operation) -> Body | None:
        sql = data_sql_of(solved, step)
        if sql is None or not sql.startswith("UPDATE "):
            return None
        head, condition = _at_its_where(sql)
        table = head.split()[1]
        ids = f"SELECT id FROM {table} WHERE {condition or 'id IS NOT NULL'}"
        return code(
            "connection = op.get_bind()\n"
            f"for row in connection.execute(sa.text({ids!r})).fetchall():\n"
            f"    connection.execute(sa.text({head + ' WHERE id = :id'!r}), {{'id': row.id}})"
        )

    return with_each(solved, change)


def _at_its_where(sql: str) -> tuple[str, str]:
    """What stands before and after the WHERE of `sql` itself, not that of a query in it."""
    for found in re.finditer(" WHERE ", sql):
        before = sql[: found.start()]
        if before.count("(") == before.count(")"):
            return before, sql[found.end() :]
    return sql, ""


@rewrite("Somebody who reads the table from the database, to change its rows.")
def reflected_table(solved: Solved) -> Files | None:
    """`sa.Table(…, autoload_with=…)` for `sa.table(…)`."""
    tables = _tables(solved)

    def change(step: Operation) -> Body | None:
        # A statement with parts of the file's own names its tables there, too; it stays.
        if data_sql_of(solved, step) is None:
            return None
        named = {node.id for node in ast.walk(step.statement) if isinstance(node, ast.Name)}
        made = Body()
        for name in sorted(named & tables.keys()):
            read = f"sa.Table({tables[name].name!r}, sa.MetaData(), autoload_with=op.get_bind())"
            made += code(f"{name}_there = {read}")
        renamed = _Renamed({name: f"{name}_there" for name in tables})
        return [*made, renamed.visit(step.statement)] if made else None

    return with_each(solved, change)


class _Renamed(ast.NodeTransformer):
    """Gives the names of a statement other ones."""

    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Name(self.names.get(node.id, node.id), node.ctx)
