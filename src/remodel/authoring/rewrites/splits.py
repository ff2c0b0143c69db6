"""Rewrites of one history into another: two revisions for one, an empty one, a merge."""

import ast
from collections.abc import Callable

from remodel.authoring.rewrites.operations import Body, Operation, is_step, operations, written
from remodel.authoring.rewrites.rewrite import Files, Solved, rewrite
from remodel.history import VERSIONS, Revision

_EMPTY = '''"""{message}"""
revision = {id!r}
down_revision = {down!r}


def upgrade({argument}):
    pass


def downgrade({argument}):
    pass
'''


def _empty(solved: Solved, name: str, down: tuple[str, ...], message: str) -> Files:
    argument = "engine_name" if solved.exercise.binds else ""
    below = down[0] if len(down) == 1 else down or None
    text = _EMPTY.format(message=message, id=name, down=below, argument=argument)
    return {f"{VERSIONS}{name}.py": text.encode()}


def _head(solved: Solved) -> Revision | None:
    """The last revision; where the learner changed one below it, it is the exercise's own."""
    head = solved.revisions[-1] if solved.revisions else None
    while above := [each for each in solved.history.revisions if head and head.id in each.down]:
        head = above[0]
    return head


@rewrite("Somebody who made an empty revision first, by leaving out a word, and kept it.")
def an_empty_revision_on_top(solved: Solved) -> Files | None:
    """A revision that does nothing, above the learner's last one."""
    if not (head := _head(solved)):
        return None
    return {**solved.files, **_empty(solved, "e0", (head.id,), "nothing yet")}


@rewrite("Somebody who worked on two branches and merged them.")
def a_branch_and_a_merge(solved: Solved) -> Files | None:
    """An empty revision beside the learner's last one, and a merge above both."""
    if not (head := _head(solved)) or not head.down:
        return None
    beside = _empty(solved, "b0", head.down, "nothing yet")
    return {**solved.files, **beside, **_empty(solved, "m0", (head.id, "b0"), "merge")}


@rewrite("Somebody who takes one step at a time: two revisions for one.")
def two_revisions(solved: Solved) -> Files | None:
    """The first operation in a revision of its own, where the last one down undoes it."""
    return _split(solved, lambda count: 1)


@rewrite("Somebody who splits off what comes last.")
def the_last_step_in_a_revision_of_its_own(solved: Solved) -> Files | None:
    """As `two-revisions`, at the other end."""
    return _split(solved, lambda count: count - 1)


def _split(solved: Solved, after: Callable[[int], int]) -> Files | None:
    for revision in reversed(solved.revisions):
        up, down = _steps(revision, "upgrade"), _steps(revision, "downgrade")
        if len(up) != len(down) or len(up) < 2 or len(revision.down) > 1:
            continue
        count = after(len(up))
        if count in (0, len(up)) or not _undone(up, down):
            continue
        first = f"{revision.id}a"
        parent = revision.down[0] if revision.down else None
        lower = _with(revision, up[:count], down[len(down) - count :], first, parent)
        upper = _with(revision, up[count:], down[: len(down) - count], revision.id, first)
        return {**solved.files, revision.file: upper, f"{VERSIONS}{first}_first.py": lower}
    return None


def _steps(revision: Revision, name: str) -> list[Operation]:
    return [
        step
        for function in revision.functions(name)
        if is_step(function)
        for step in operations(function.body)
    ]


def _undone(up: list[Operation], down: list[Operation]) -> bool:
    """Whether each operation down is about the same thing as the one up that it undoes."""
    return all(_subject(one) == _subject(x) for one, x in zip(up, reversed(down), strict=True))


def _subject(step: Operation) -> tuple[str, str]:
    """The table of a batch block, and the column, constraint, index or table that is changed."""
    if step.call is None or step.name == "execute":
        return step.table, ""
    first = step.call.args[0]
    return step.table, ast.unparse(first.args[0] if isinstance(first, ast.Call) else first)


def _with(
    revision: Revision, up: list[Operation], down: list[Operation], name: str, parent: str | None
) -> bytes:
    tree = ast.parse(ast.unparse(revision.tree))
    values: dict[str, str | None] = {"revision": name, "down_revision": parent}
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in values:
            node.value = ast.Constant(values[ast.unparse(node.targets[0])])
        elif isinstance(node, ast.FunctionDef) and is_step(node) and operations(node.body):
            body: Body = written(up if node.name.startswith("upgrade") else down)
            node.body = body
    return (ast.unparse(ast.fix_missing_locations(tree)) + "\n").encode()
