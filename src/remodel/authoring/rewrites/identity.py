"""Rewrites of who a revision is: its id, what it stands on, and the name of its file."""

import ast
import re
from collections.abc import Callable

from remodel.authoring.rewrites.rewrite import REVISIONS, Files, Solved, rewrite
from remodel.history import VERSIONS, Revision

_DOWN = "down_revision"


def _assigned(tree: ast.Module, name: str) -> ast.Assign | None:
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            return node
    return None


def _with_value(solved: Solved, name: str, value: Callable[[ast.expr], ast.expr]) -> Files | None:
    """Every revision with another value of the head's `name`."""

    def change(tree: ast.Module) -> None:
        if node := _assigned(tree, name):
            node.value = value(node.value)

    return solved.changed_trees(change, REVISIONS)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _elements(node: ast.expr) -> list[ast.expr]:
    return list(node.elts) if isinstance(node, ast.Tuple | ast.List) else [node]


@rewrite("Somebody whose template is Alembic's newest: each id has a type.")
def annotated_ids(solved: Solved) -> Files | None:
    """`revision: str = "0002"`, and `Union[str, Sequence[str], None]` for the rest."""
    anything = ast.parse("Union[str, Sequence[str], None]", mode="eval").body
    types: dict[str, ast.expr] = {"revision": ast.Name("str"), _DOWN: anything}

    def change(tree: ast.Module) -> None:
        for place, node in enumerate(tree.body):
            name = ast.unparse(node.targets[0]) if isinstance(node, ast.Assign) else ""
            if isinstance(node, ast.Assign) and name in types:
                target = ast.Name(name, ast.Store())
                tree.body[place] = ast.AnnAssign(target, types[name], node.value, simple=1)
        imports = [ast.alias("Sequence"), ast.alias("Union")]
        place = 1 if ast.get_docstring(tree) is not None else 0
        tree.body.insert(place, ast.ImportFrom("typing", imports, 0))

    return solved.changed_trees(change, REVISIONS)


@rewrite("Somebody who writes both ids on one line.")
def ids_in_one_assignment(solved: Solved) -> Files | None:
    """`revision, down_revision = "0002", "0001"`."""

    def change(tree: ast.Module) -> None:
        own, down = _assigned(tree, "revision"), _assigned(tree, _DOWN)
        if own and down:
            names = ast.Tuple([*own.targets, *down.targets], ast.Store())
            own.targets, own.value = [names], ast.Tuple([own.value, down.value], ast.Load())
            tree.body.remove(down)

    return solved.changed_trees(change, REVISIONS)


@rewrite("Somebody who has written a merge before, and puts what is below in a tuple.")
def parents_in_a_tuple(solved: Solved) -> Files | None:
    """`down_revision = ("0001",)`."""
    return _with_value(
        solved, _DOWN, lambda v: v if _is_none(v) else ast.Tuple(_elements(v), ast.Load())
    )


@rewrite("Somebody who prefers a list to a tuple.")
def parents_in_a_list(solved: Solved) -> Files | None:
    """`down_revision = ["0001"]`."""
    return _with_value(
        solved, _DOWN, lambda v: v if _is_none(v) else ast.List(_elements(v), ast.Load())
    )


@rewrite("Somebody who leaves out the lines at the top that say None.")
def no_empty_lines_at_the_top(solved: Solved) -> Files | None:
    """Without `branch_labels = None` and `depends_on = None`."""

    def change(tree: ast.Module) -> None:
        for name in ("branch_labels", "depends_on"):
            if node := _assigned(tree, name):
                tree.body.remove(node)

    return solved.changed_trees(change, REVISIONS)


@rewrite("Somebody who labels the branch, to name it on the command line.")
def a_branch_label(solved: Solved) -> Files | None:
    """A label on the first of the learner's revisions."""
    if not solved.revisions:
        return None
    first = solved.revisions[0].file
    labels = ast.Tuple([ast.Constant("kept-in-order")], ast.Load())
    made = _with_value(solved, "branch_labels", lambda _value: labels)
    return {**solved.files, first: made[first]} if made else None


@rewrite("Somebody who says twice what a revision needs.")
def depends_on_its_parent(solved: Solved) -> Files | None:
    """`depends_on` names what `down_revision` names."""

    def change(tree: ast.Module) -> None:
        down, needs = _assigned(tree, _DOWN), _assigned(tree, "depends_on")
        if down and needs:
            needs.value = down.value

    return solved.changed_trees(change, REVISIONS)


def _with_ids(solved: Solved, new_id: Callable[[int], str]) -> Files | None:
    """Other ids for those of the learner's revisions whose ids are theirs to choose."""
    free = [each for each in solved.revisions if each.id not in solved.fixed_ids]
    names = {each.id: new_id(number) for number, each in enumerate(free)}
    if not names:
        return None

    def renamed(text: str) -> str:
        for old, new in names.items():
            text = re.sub(rf"\b{re.escape(old)}\b", new, text)
        return text

    return solved.changed(renamed, REVISIONS, "repair.txt")


@rewrite("Somebody who keeps the id that Flask-Migrate made up.")
def ids_made_up_by_alembic(solved: Solved) -> Files | None:
    """Twelve hexadecimal digits."""
    return _with_ids(solved, lambda number: f"9c3{number}e07b41fa")


@rewrite("Somebody whose revision ids are words of their own language.")
def ids_beyond_ascii(solved: Solved) -> Files | None:
    """A word with an umlaut. (Alembic itself refuses a hyphen.)"""
    return _with_ids(solved, lambda number: f"größe_{number}")


def _renamed(solved: Solved, name: Callable[[Revision], str]) -> Files | None:
    names = {each.file: VERSIONS + name(each) for each in solved.revisions}
    return {names.get(f, f): c for f, c in solved.files.items()} if names else None


@rewrite("Somebody who names the file after the ticket.")
def files_renamed(solved: Solved) -> Files | None:
    """A name without the id, with capitals and a blank."""
    return _renamed(solved, lambda each: f"HOUSE-17 ({each.id[::-1]}).py")


@rewrite("Somebody whose file_template begins with the date.")
def files_named_by_date(solved: Solved) -> Files | None:
    """As the comment in alembic.ini proposes."""
    return _renamed(solved, lambda each: f"2026_01_20_1200-{each.id}_as_it_should_be.py")


@rewrite("Somebody who gives a message of their own, in their own language.")
def another_message(solved: Solved) -> Files | None:
    """Another docstring; what it says of the history is not true."""

    def change(tree: ast.Module) -> None:
        if ast.get_docstring(tree) is not None:
            tree.body[0] = ast.Expr(
                ast.Constant("Für größere Häuser: Ä, ß, 家.\n\nRevises: nothing")
            )

    return solved.changed_trees(change, REVISIONS)
