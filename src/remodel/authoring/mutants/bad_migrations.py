"""Bad migrations that a floor of tests lets pass, made of an exercise's own solution.

They are those which pytest-alembic's four tests were measured to accept, six of eight, in a form
that fits any revision: what makes one bad is put around the solution's own commands.
"""

import ast
from collections.abc import Iterator

from remodel.course.exercise import Exercise

_BOTH = "upgrade", "downgrade"
# Names of their own for what is imported: an `op` bound further down would be unbound above.
_EMPTY = "pass"
_RAISES = "raise NotImplementedError('There is no way back.')"
_ALL_OVER = """\
from alembic import op as operations
from flask import current_app
bind = operations.get_bind()
metadata = current_app.extensions['migrate'].db.metadata
metadata.drop_all(bind)
metadata.create_all(bind)
"""
_ROWS_LOST = """\
from alembic import op as operations
bind = operations.get_bind()
made = bind.exec_driver_sql(
    "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%'"
    " AND tbl_name NOT LIKE '%version%' ORDER BY type = 'table' DESC"
).all()
for kind, name, _sql in made:
    if kind == 'table':
        bind.exec_driver_sql('DROP TABLE "%s"' % name)
for _kind, _name, sql in made:
    bind.exec_driver_sql(sql)
"""
#: The last text column of the first table that has one.
_A_COLUMN = """\
import sqlalchemy as types
from alembic import op as operations
inspector = types.inspect(operations.get_bind())
table, column = next(
    ((table, column['name'])
     for table in sorted(inspector.get_table_names()) if 'version' not in table
     for column in reversed(inspector.get_columns(table)) if 'CHAR' in str(column['type'])),
    (None, None),
)
if table:
    with operations.batch_alter_table(table) as batch_op:
        batch_op.alter_column(column, %s)
"""
_DEFAULT = _A_COLUMN % "server_default='99'"
_NO_DEFAULT = _A_COLUMN % "server_default=None"
_OTHER_TYPE = _A_COLUMN % "type_=types.String(7)"

#: What hides every difference from `flask db check`: in which file, in place of what.
_HIDING = {
    "include_object hides all": ("Migrate()", "Migrate(include_object=lambda *names: False)"),
    "process_revision_directives empties all": (
        "directives):\n",
        "directives):\n        del directives[:]\n",
    ),
}


def bad_migrations(
    exercise: Exercise, handed: dict[str, str]
) -> Iterator[tuple[str, dict[str, str]]]:
    """The bad migrations that the revisions in `handed` can be turned into.

    Returns what was done, in words, and the files then. What hides differences from `flask db
    check` is tried where the exercise takes the file that it would stand in.
    """
    for file, text in handed.items():
        if "/versions/" not in file:
            continue
        for name, mutated in of_revision(text):
            if mutated != ast.unparse(ast.parse(text)):  # the upgrade of a merge does nothing
                yield f"{file}: {name}", {**handed, file: mutated}
        nothing = {**handed, file: _with_bodies(text, dict.fromkeys(_BOTH, _EMPTY))}
        for hidden, where, changed in _hidden(exercise, handed):
            yield f"{file}: the upgrade does nothing, {hidden}", {**nothing, where: changed}


def _hidden(exercise: Exercise, handed: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    for where in sorted(exercise.given):
        if not exercise.accepts(where) or not where.endswith(".py"):
            continue
        text = handed.get(where) or exercise.given[where].decode("utf-8")
        for name, (plain, hiding) in _HIDING.items():
            if plain in text:
                yield name, where, text.replace(plain, hiding)


def of_revision(text: str) -> Iterator[tuple[str, str]]:
    """The bad migrations that one revision can be turned into, each with what was done."""
    upgrade, downgrade = (_body(text, name) for name in _BOTH)
    for name, up, down in (
        ("the upgrade does nothing", _EMPTY, _EMPTY),
        ("drop all tables and create_all", _ALL_OVER, downgrade),
        ("drop every table and make it again, empty", upgrade + _ROWS_LOST, downgrade),
        ("the downgrade does nothing", upgrade, _EMPTY),
        ("the downgrade raises NotImplementedError", upgrade, _RAISES),
        ("the downgrade leaves another type", upgrade, downgrade + _OTHER_TYPE),
        ("a server default that no model has", upgrade + _DEFAULT, _NO_DEFAULT + downgrade),
    ):
        yield name, _with_bodies(text, {"upgrade": up, "downgrade": down})


def with_more(text: str, function: str, first: str, last: str) -> str:
    """The revision `text` with `first` and `last` around the commands of `function`."""
    return _with_bodies(text, {function: f"{first}{_body(text, function)}{last}"})


def _body(text: str, name: str) -> str:
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return "".join(f"{ast.unparse(statement)}\n" for statement in node.body)
    return f"{_EMPTY}\n"


def _with_bodies(text: str, bodies: dict[str, str]) -> str:
    tree = ast.parse(text)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name in bodies:
            node.body = ast.parse(bodies[node.name]).body
    return ast.unparse(tree)
