"""Rewrites of how operations are written: batches, arguments, loops, guards and functions."""

import ast
import re

from remodel.authoring.rewrites.operations import (
    Body,
    Operation,
    code,
    operations,
    with_calls,
    with_each,
    with_steps,
    written,
)
from remodel.authoring.rewrites.rewrite import REVISIONS, Files, Solved, rewrite

_LOUD = {name: f"sa.{name.upper()}" for name in ("String", "Integer", "Text", "Date", "Boolean")}
_NAMED = ("ForeignKeyConstraint", "PrimaryKeyConstraint", "UniqueConstraint")


def _drop(call: ast.Call, *names: str) -> None:
    call.keywords = [each for each in call.keywords if each.arg not in names]


# -- batches -------------------------------------------------------------------------------------


@rewrite("Somebody who read that SQLite needs a copy of the table, and asks for it always.")
def batches_that_copy(solved: Solved) -> Files | None:
    """`recreate="always"` for every batch block."""

    def change(call: ast.Call, function: str) -> None:
        if function == "op.batch_alter_table":
            _drop(call, "schema", "recreate")
            call.keywords.append(ast.keyword("recreate", ast.Constant("always")))

    return with_calls(solved, change)


@rewrite("Somebody who writes one batch block for each operation.")
def a_batch_for_each_operation(solved: Solved) -> Files | None:
    """Blocks of one line."""
    return with_steps(solved, lambda steps: written(steps, together=False))


@rewrite("Somebody who needs no batch for what SQLite can do by itself.")
def no_batch_where_none_is_needed(solved: Solved) -> Files | None:
    """`op.add_column`, `op.drop_column` and `op.create_index` on the table."""

    def change(step: Operation) -> Body | None:
        plain = ("add_column", "drop_column", "create_index", "drop_index")
        if (
            not step.table
            or step.name not in plain
            or "nullable=False" in ast.unparse(step.statement)
        ):
            return None
        words = ast.unparse(step.statement).replace("batch_op.f(", "op.f(")
        head, _, rest = words.partition("(")
        name = head.replace("batch_op.", "op.")
        if step.name == "drop_index":
            return code(f"{name}({rest[:-1]}, table_name={step.table!r})")
        if step.name == "create_index":
            index, _, others = rest.partition(", ")
            return code(f"{name}({index}, {step.table!r}, {others}")
        return code(f"{name}({step.table!r}, {rest}")

    return with_each(solved, change)


@rewrite("Somebody who calls the batch block's variable `b`, and `op` something else.")
def other_names(solved: Solved) -> Files | None:
    """`from alembic import op as o`, `import sqlalchemy as sql`, `as b`."""
    names = {"op": "o", "sa": "sql", "batch_op": "b"}

    def change(tree: ast.Module) -> None:
        for node in ast.walk(tree):
            if isinstance(node, ast.Name):
                node.id = names.get(node.id, node.id)
            elif isinstance(node, ast.alias) and (node.asname or node.name) in names:
                node.asname = names[node.asname or node.name]

    return solved.changed_trees(change, REVISIONS)


@rewrite("Somebody who imports modules whole.")
def whole_modules(solved: Solved) -> Files | None:
    """`import alembic.op` and `import sqlalchemy`."""

    def change(text: str) -> str:
        tree = ast.parse(text)
        for node in ast.walk(tree):
            if isinstance(node, ast.Name):
                node.id = {"op": "alembic.op", "sa": "sqlalchemy"}.get(node.id, node.id)
        words = ast.unparse(tree).replace("from alembic import op", "import alembic.op")
        return words.replace("import sqlalchemy as sa", "import sqlalchemy") + "\n"

    return solved.changed(change, REVISIONS)


@rewrite("Somebody whose linter removes what a template imports and nobody uses.")
def no_needless_imports(solved: Solved) -> Files | None:
    """Without `op` or `sa` where they have no use."""

    def change(tree: ast.Module) -> None:
        used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        tree.body = [
            node
            for node in tree.body
            if not isinstance(node, ast.Import | ast.ImportFrom)
            or any((each.asname or each.name) in used for each in node.names)
        ]

    return solved.changed_trees(change, REVISIONS)


# -- arguments -----------------------------------------------------------------------------------


@rewrite("Somebody who leaves out what is so anyway: nullable=True, unique=False, schema=None.")
def no_needless_arguments(solved: Solved) -> Files | None:
    """Arguments that have their default."""
    needless = {"nullable": True, "unique": False, "schema": None}

    def change(call: ast.Call, function: str) -> None:
        if function in ("sa.Column", "op.batch_alter_table") or function.endswith("create_index"):
            call.keywords = [
                each
                for each in call.keywords
                if each.arg not in needless
                or not isinstance(each.value, ast.Constant)
                or each.value.value is not needless[each.arg]
            ]

    return with_calls(solved, change)


@rewrite("Somebody who writes types in capitals, and lengths without their name.")
def types_in_capitals(solved: Solved) -> Files | None:
    """`sa.VARCHAR(30)` for `sa.String(length=30)`."""

    def change(call: ast.Call, function: str) -> None:
        short = function.removeprefix("sa.")
        if short in _LOUD:
            name = "sa.VARCHAR" if short == "String" else _LOUD[short]
            call.func = ast.parse(name, mode="eval").body
            call.args, call.keywords = [each.value for each in call.keywords], []

    return with_calls(solved, change)


@rewrite("Somebody who lets the naming convention give the names of a new table's constraints.")
def names_by_convention(solved: Solved) -> Files | None:
    """No `name=` in create_table."""
    if "names" in solved.exercise.compare:
        return None

    def change(call: ast.Call, function: str) -> None:
        if function.removeprefix("sa.") in _NAMED:
            _drop(call, "name")

    return with_calls(solved, change)


@rewrite("Somebody who has not heard of op.f, which only marks a finished name.")
def no_finished_names(solved: Solved) -> Files | None:
    """Plain strings for `op.f("…")`, but for CHECKs: what is not marked there gets a prefix."""
    of_checks = re.compile(r"'(?!(fk|ix|pk|uq)_)")

    class Plain(ast.NodeTransformer):
        def visit_Call(self, node: ast.Call) -> ast.AST:
            self.generic_visit(node)
            marked = ast.unparse(node.func) in ("op.f", "batch_op.f")
            return (
                node.args[0] if marked and not of_checks.match(ast.unparse(node.args[0])) else node
            )

    return solved.changed_trees(lambda tree: Plain().visit(tree), REVISIONS)


@rewrite("Somebody who says for every index and table that it may be there, or gone, already.")
def if_not_exists(solved: Solved) -> Files | None:
    """`if_not_exists=True` and `if_exists=True`, outside of batches."""
    asked = dict.fromkeys(("op.create_table", "op.create_index"), "if_not_exists")
    asked |= dict.fromkeys(("op.drop_table", "op.drop_index"), "if_exists")

    def change(call: ast.Call, function: str) -> None:
        word = asked.get(function)
        if word and word not in {each.arg for each in call.keywords}:
            call.keywords.append(ast.keyword(word, ast.Constant(True)))

    return with_calls(solved, change)


@rewrite("Somebody who says that a column that may be NULL is NULL at first.")
def default_null(solved: Solved) -> Files | None:
    """`server_default=sa.text("NULL")`, which is what SQLite does without it."""

    def change(call: ast.Call, function: str) -> None:
        words = {each.arg: ast.unparse(each.value) for each in call.keywords}
        nullable = words.get("nullable") == "True" and "server_default" not in words
        if function == "sa.Column" and nullable:
            call.keywords.append(_keyword("server_default", "sa.text('NULL')"))

    return with_calls(solved, change)


def _keyword(name: str, words: str) -> ast.keyword:
    return ast.keyword(name, ast.parse(words, mode="eval").body)


def _other_default(solved: Solved, words: str) -> Files | None:
    """Another way to write the default that is false."""

    def change(call: ast.Call, _function: str) -> None:
        for place, each in enumerate(call.keywords):
            if each.arg == "server_default" and ast.unparse(each.value) == "sa.false()":
                call.keywords[place] = _keyword("server_default", words)

    return with_calls(solved, change)


@rewrite("Somebody who writes a default as the manual's first example does, as a string.")
def a_default_as_a_string(solved: Solved) -> Files | None:
    """`server_default="0"`, which SQLAlchemy puts in quotes: a column of numbers stores 0."""
    return _other_default(solved, "'0'")


@rewrite("Somebody who writes a default as an expression, which SQLite wants in brackets.")
def a_default_in_brackets(solved: Solved) -> Files | None:
    """`DEFAULT (1 = 0)`, which stores 0."""
    return _other_default(solved, "sa.text('(1 = 0)')")


@rewrite("Somebody who names the collation that every column has anyway.")
def collate_binary(solved: Solved) -> Files | None:
    """`sa.String(30, collation="BINARY")` for columns that are made; PostgreSQL says "default"."""
    name = "'BINARY'" if solved.exercise.database == "sqlite" else "'default'"

    def change(call: ast.Call, function: str) -> None:
        kind = call.args[1] if function == "sa.Column" and len(call.args) > 1 else None
        if isinstance(kind, ast.Call) and ast.unparse(kind.func) in ("sa.String", "sa.Text"):
            kind.keywords.append(_keyword("collation", name))

    return with_calls(solved, change)


# -- create_table --------------------------------------------------------------------------------


def _of_create_table(call: ast.Call, function: str) -> tuple[list[ast.expr], list[ast.expr]]:
    """The columns and the constraints of a call of create_table; none of any other call."""
    if function != "op.create_table":
        return [], []
    columns = [each for each in call.args[1:] if ast.unparse(each).startswith("sa.Column(")]
    return columns, [each for each in call.args[1:] if each not in columns]


@rewrite("Somebody who writes the columns of a new table in another order.")
def columns_in_another_order(solved: Solved) -> Files | None:
    """From the last to the first, in create_table."""

    def change(call: ast.Call, function: str) -> None:
        columns, constraints = _of_create_table(call, function)
        if columns:
            call.args = [call.args[0], *reversed(columns), *constraints]

    return with_calls(solved, change)


@rewrite("Somebody who writes constraints before the columns, and in another order.")
def constraints_first(solved: Solved) -> Files | None:
    """From the last to the first, in create_table."""

    def change(call: ast.Call, function: str) -> None:
        columns, constraints = _of_create_table(call, function)
        if columns:
            call.args = [call.args[0], *reversed(constraints), *columns]

    return with_calls(solved, change)


@rewrite("Somebody who names the columns of a unique pair the other way round.")
def unique_pairs_the_other_way_round(solved: Solved) -> Files | None:
    """`UNIQUE (file_name, room_id)`: the same rows are refused."""

    def change(call: ast.Call, function: str) -> None:
        if function == "sa.UniqueConstraint":
            call.args = call.args[::-1]

    return with_calls(solved, change)


@rewrite("Somebody who writes keys with their column, as in a model.")
def keys_at_their_columns(solved: Solved) -> Files | None:
    """`primary_key=True` and `sa.ForeignKey(…)` in the column, in create_table."""

    def change(call: ast.Call, function: str) -> None:
        columns, constraints = _of_create_table(call, function)
        by_name = {ast.literal_eval(x.args[0]): x for x in columns if isinstance(x, ast.Call)}
        kept = list[ast.expr]()
        for each in constraints:
            if not isinstance(each, ast.Call) or not _moved(each, by_name):
                kept.append(each)
        if columns:
            call.args = [call.args[0], *columns, *kept]

    return with_calls(solved, change)


def _moved(constraint: ast.Call, columns: dict[str, ast.Call]) -> bool:
    kind = ast.unparse(constraint.func).removeprefix("sa.")
    if kind == "PrimaryKeyConstraint" and len(constraint.args) == 1:
        column = columns[ast.literal_eval(constraint.args[0])]
        _drop(column, "nullable")
        column.keywords.append(ast.keyword("primary_key", ast.Constant(True)))
        return True
    if kind == "ForeignKeyConstraint":
        (name,), (target,) = (ast.literal_eval(each) for each in constraint.args[:2])
        key = ast.Call(ast.parse("sa.ForeignKey", mode="eval").body, [ast.Constant(target)], [])
        key.keywords = constraint.keywords
        columns[name].args.append(key)
        return True
    return False


# -- control flow --------------------------------------------------------------------------------


@rewrite("Somebody who gives each function of a revision a function of its own below it.")
def helper_functions(solved: Solved) -> Files | None:
    """`upgrade()` calls `_upgrade_tables()`, which does the work."""

    def change(tree: ast.Module) -> None:
        for node in list(tree.body):
            if isinstance(node, ast.FunctionDef) and not node.args.args and operations(node.body):
                name = f"_{node.name}_tables"
                tree.body.append(ast.FunctionDef(name, node.args, node.body, [], None))
                node.body = code(f"{name}()")

    return solved.changed_trees(change, REVISIONS)


@rewrite("Somebody who puts the operations in a list and goes through it in a loop.")
def a_loop_of_operations(solved: Solved) -> Files | None:
    """A list of functions, each of which is one operation or batch block."""

    def change(steps: list[Operation]) -> Body:
        made, names = Body(), list[str]()
        for number, statement in enumerate(written(steps)):
            function = code(f"def step_{number}(): pass")[0]
            assert isinstance(function, ast.FunctionDef)
            # What one step assigns, a later one reads.
            function.body = [*_as_globals(statement), statement]
            made.append(function)
            names.append(f"step_{number}")
        return [*made, *code(f"for step in [{', '.join(names)}]:\n    step()")]

    return with_steps(solved, change)


def _as_globals(statement: ast.stmt) -> list[ast.stmt]:
    """The line that makes what `statement` assigns global, where it assigns something."""
    names = [each for each in ast.walk(statement) if isinstance(each, ast.Name)]
    assigned = sorted({each.id for each in names if isinstance(each.ctx, ast.Store)})
    return [ast.Global(assigned)] if assigned else []


@rewrite("Somebody who asks for the engine first, though there is one only.")
def asks_for_the_engine(solved: Solved) -> Files | None:
    """All operations under `if … in ("sqlite", "postgresql")`."""

    def change(steps: list[Operation]) -> Body:
        asked = code("if op.get_bind().dialect.name in ('sqlite', 'postgresql', 'mysql'): pass")[0]
        assert isinstance(asked, ast.If)
        asked.body = written(steps)
        return [asked]

    return with_steps(solved, change)


@rewrite("Somebody who asks what is there before adding or dropping a column.")
def asks_before_a_column(solved: Solved) -> Files | None:
    """The inspector's columns, so that a revision can be run again after a failure."""
    return with_each(solved, _asked)


def _asked(step: Operation) -> Body | None:
    if not step.table or step.name not in ("add_column", "drop_column") or not step.call:
        return None
    column = step.call.args[0]
    name = ast.unparse(column.args[0] if isinstance(column, ast.Call) else column)
    word = "not in" if step.name == "add_column" else "in"
    there = f"sa.inspect(op.get_bind()).get_columns({step.table!r})"
    asked = code(f"if {name} {word} [column['name'] for column in {there}]: pass")[0]
    assert isinstance(asked, ast.If)
    asked.body = written([step])
    return [asked]


@rewrite("Somebody who switches SQLite's foreign keys off before a step, and on again after it.")
def foreign_keys_off_and_on(solved: Solved) -> Files | None:
    """`PRAGMA foreign_keys`, which does nothing within a transaction, and is SQLite's alone."""
    if solved.exercise.database != "sqlite":
        return None

    def change(steps: list[Operation]) -> Body:
        off, on = (code(f"op.execute('PRAGMA foreign_keys = {x}')") for x in ("OFF", "ON"))
        return [*off, *written(steps), *on]

    return with_steps(solved, change)


@rewrite("Somebody who prints and logs what a revision is about to do.")
def says_what_it_does(solved: Solved) -> Files | None:
    """A line before each operation; one of them says ERROR."""

    def change(steps: list[Operation]) -> Body:
        made = list[Operation]()
        for step in steps:
            words = code(f"print('now: {step.name}; there should be no ERROR')")[0]
            made += [Operation(words, step.table, step.batch), step]
        return written(made)

    return with_steps(solved, change)


@rewrite("Somebody who imports what a function needs in the function.")
def imports_in_functions(solved: Solved) -> Files | None:
    """`from alembic import op` in upgrade and in downgrade."""

    def change(tree: ast.Module) -> None:
        imports = [node for node in tree.body if "import op" in ast.unparse(node)]
        tree.body = [node for node in tree.body if node not in imports]
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                node.body = [*imports, *node.body]

    return solved.changed_trees(change, REVISIONS)


@rewrite("Somebody who writes the way back first.")
def downgrade_first(solved: Solved) -> Files | None:
    """The functions of a revision from the last to the first."""

    def change(tree: ast.Module) -> None:
        functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
        places = [tree.body.index(node) for node in functions]
        for place, node in zip(places, reversed(functions), strict=True):
            tree.body[place] = node

    return solved.changed_trees(change, REVISIONS)


@rewrite("Somebody who wraps everything so that a failure is printed in words and raised again.")
def try_and_raise(solved: Solved) -> Files | None:
    """`try:` … `except Exception: print(…); raise`."""

    def change(steps: list[Operation]) -> Body:
        tried = code("try: pass\nexcept Exception:\n    print('It failed.')\n    raise")[0]
        assert isinstance(tried, ast.Try)
        tried.body = written(steps)
        return [tried]

    return with_steps(solved, change)
