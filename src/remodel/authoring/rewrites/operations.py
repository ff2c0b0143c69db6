"""What a revision does, operation by operation, and how it is written down again."""

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from remodel.authoring.rewrites.rewrite import REVISIONS, Files, Solved

Body = list[ast.stmt]


@dataclass(frozen=True)
class Operation:
    """One statement of a revision: a call of `op`, or of a batch block, or something else."""

    statement: ast.stmt
    #: The table of the batch block that it stands in, or "".
    table: str = ""
    #: The batch block's own call, with its arguments.
    batch: ast.Call | None = None

    @property
    def call(self) -> ast.Call | None:
        """What is called, where the statement is a call of `op` or of a batch block."""
        node = self.statement
        if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
            return None
        function = ast.unparse(node.value.func)
        return node.value if function.startswith(("op.", "batch_op.")) else None

    @property
    def name(self) -> str:
        """The operation's name: `add_column`, `execute`, or "" for what is no operation."""
        return ast.unparse(self.call.func).partition(".")[2] if self.call else ""

    def argument(self, name: str) -> ast.expr | None:
        """The value of the keyword `name`."""
        keywords = self.call.keywords if self.call else []
        return next((each.value for each in keywords if each.arg == name), None)

    def text(self, position: int) -> str:
        """The string at `position` among the arguments, also within `op.f(…)`."""
        node = self.call.args[position] if self.call else ast.Constant("")
        if isinstance(node, ast.Call):
            node = node.args[0]
        return str(ast.literal_eval(node))


def operations(body: Iterable[ast.stmt]) -> list[Operation]:
    """Every statement of `body`, those of batch blocks one by one."""
    made = list[Operation]()
    for node in body:
        if isinstance(node, ast.With) and "batch_alter_table" in ast.unparse(node.items[0]):
            call = node.items[0].context_expr
            assert isinstance(call, ast.Call)
            table = str(ast.literal_eval(call.args[0]))
            made += [Operation(inner, table, call) for inner in node.body]
        elif not isinstance(node, ast.Pass):
            made.append(Operation(node))
    return made


def written(steps: Iterable[Operation], together: bool = True) -> Body:
    """Statements that do `steps`: neighbours of one table share a batch block if `together`."""
    made, block_of = Body(), ""
    for step in steps:
        if not step.batch:
            made.append(step.statement)
        elif together and step.table == block_of and isinstance(made[-1], ast.With):
            made[-1].body.append(step.statement)
        else:
            made.append(
                ast.With(
                    [ast.withitem(step.batch, ast.Name("batch_op", ast.Store()))], [step.statement]
                )
            )
        block_of = step.table
    return made or [ast.Pass()]


def code(text: str) -> Body:
    """The statements of `text`."""
    return ast.parse(text).body


def is_step(function: ast.stmt) -> bool:
    """Whether `function` holds operations: upgrade, downgrade, or that of one bind."""
    return (
        isinstance(function, ast.FunctionDef)
        and function.name.startswith(("upgrade", "downgrade"))
        and not function.args.args
    )


def with_steps(solved: Solved, change: Callable[[list[Operation]], Body]) -> Files | None:
    """Every upgrade and downgrade with the statements that `change` makes of its operations."""

    def changed(tree: ast.Module) -> None:
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and is_step(node) and operations(node.body):
                node.body = change(operations(node.body)) or [ast.Pass()]

    return solved.changed_trees(changed, REVISIONS)


def with_each(solved: Solved, change: Callable[[Operation], Body | None]) -> Files | None:
    """Every operation that `change` has other statements for, written so, outside of batches."""

    def changed(steps: list[Operation]) -> Body:
        made = list[Operation]()
        for step in steps:
            others = change(step)
            made += [step] if others is None else [Operation(node) for node in others]
        return written(made)

    return with_steps(solved, changed)


def with_calls(solved: Solved, change: Callable[[ast.Call, str], object]) -> Files | None:
    """Every call in a revision as `change` leaves it; it is given the call and what it calls."""

    def changed(tree: ast.Module) -> None:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                change(node, ast.unparse(node.func))

    return solved.changed_trees(changed, REVISIONS)
