"""Small faults in Python: a statement dropped or moved, an argument left out, a value changed."""

import ast
import copy
import re
from collections.abc import Callable, Iterator
from typing import Any

from remodel.authoring.mutants.places import Place, nodes, statements

_CONSTRAINT = re.compile(r"^(uq|fk|ck|ix|pk)_")
_CONDITION = re.compile(r"\s*(SELECT|UPDATE|DELETE|INSERT)\s.*\sWHERE\s", re.IGNORECASE | re.DOTALL)
#: To name columns, imports or functions in another order is no fault.
_UNORDERED = (ast.AnnAssign, ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)
_OTHER_TYPE = {"String": "Integer", "Integer": "String", "Date": "String", "Text": "Integer"}

#: One way to spoil a node: its name, and what does it to a copy of the node.
Change = tuple[str, Callable[[Any], None]]


def of_python(text: str, given: str, whole: bool = True) -> Iterator[tuple[str, str]]:
    """The mutants of `text`, each with its name; what also stands in `given` is left alone.

    Where it is not `whole`, statements outside functions and classes are not dropped or moved.
    """
    tree = ast.parse(text)
    known = {place.of(node) for place, node in statements(ast.parse(given))}
    first = [(Place("module"), tree)] if whole else []
    for place, node in [*first, *nodes(tree, known)]:
        for change in _changes(place, node, known):
            if change:
                yield f"{place.inside(node).name}: {change[0]}", _with(tree, node, change[1])


def _with(tree: ast.Module, node: ast.AST, change: Callable[[Any], None]) -> str:
    """The text of `tree` after `change` was made to (a copy of) `node`."""
    memo: dict[int, Any] = {}
    twin = copy.deepcopy(tree, memo)
    change(memo[id(node)])
    return ast.unparse(ast.fix_missing_locations(twin))


def _changes(place: Place, node: ast.AST, known: set[str]) -> Iterator[Change | None]:
    """The ways to spoil `node`; None stands for one that does not fit."""
    for field in ("body", "orelse", "finalbody"):
        block: list[ast.stmt] = getattr(node, field, None) or []
        for n, statement in enumerate(block if isinstance(block, list) else []):
            if place.inside(node).of(statement) not in known:
                yield _dropped(block, field, n)
                yield _swapped(block, field, n)
    if isinstance(node, ast.Call):
        yield from (_without_keyword(node, n) for n in range(len(node.keywords)))
        yield from (_without_argument(node, n) for n in range(len(node.args)))
        yield _without_where(node)
    if isinstance(node, ast.Assign):
        yield from _other_parents(node)
    if isinstance(node, ast.keyword) and isinstance(node.value, ast.Constant):
        yield _other_constant(node.value, f"{node.arg}=")
    if isinstance(node, ast.Constant):
        yield _other_constant(node)
    if isinstance(node, ast.Name | ast.Attribute):
        yield _other_type(node)


def _other_parents(assigned: ast.Assign) -> Iterator[Change]:
    """`down_revision` with one parent less."""
    if ast.unparse(assigned.targets[0]) != "down_revision":
        return
    parents = assigned.value.elts if isinstance(assigned.value, ast.Tuple) else [assigned.value]
    for n, parent in enumerate(parents):
        left: list[ast.expr] = [*parents[:n], *parents[n + 1 :]]

        def change(twin: Any, left: list[ast.expr] = left) -> None:
            twin.value = left[0] if left else ast.Constant(None)

        yield f"no parent {ast.unparse(parent)}", change


def _dropped(block: list[ast.stmt], field: str, n: int) -> Change | None:
    if isinstance(block[n], ast.Pass) or _is_docstring(block[n]):
        return None

    def change(twin: Any) -> None:
        getattr(twin, field)[n] = ast.Pass()

    return f"drop `{_short(block[n])}`", change


def _swapped(block: list[ast.stmt], field: str, n: int) -> Change | None:
    if n + 1 == len(block) or any(isinstance(each, _UNORDERED) for each in block[n : n + 2]):
        return None
    if _is_docstring(block[n]):
        return None

    def change(twin: Any) -> None:
        lines = getattr(twin, field)
        lines[n], lines[n + 1] = lines[n + 1], lines[n]

    return f"swap `{_short(block[n])}` with the next", change


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _without_keyword(call: Any, n: int) -> Change:
    def change(twin: Any) -> None:
        del twin.keywords[n]

    return f"leave out {ast.unparse(call.keywords[n])[:40]} of {_called(call)}", change


def _without_argument(call: Any, n: int) -> Change | None:
    if not isinstance(call.args[n], ast.Call):
        return None

    def change(twin: Any) -> None:
        del twin.args[n]

    return f"leave out {_short(call.args[n])} of {_called(call)}", change


def _without_where(call: Any) -> Change | None:
    if not (isinstance(call.func, ast.Attribute) and call.func.attr in ("where", "filter_by")):
        return None

    def change(twin: Any) -> None:
        # `x.where(a)` becomes `x.where()`, which filters nothing.
        twin.args, twin.keywords = [], []

    return f"leave out the condition {_short(call.args[0]) if call.args else ''}", change


def _other_constant(node: Any, keyword: str = "") -> Change | None:
    value = node.value
    if isinstance(value, bool):
        other: object = not value
    elif isinstance(value, int):
        other = value + 7
    elif isinstance(value, str) and _CONSTRAINT.match(value):
        other = f"{value}_x"
    elif isinstance(value, str) and _CONDITION.match(value):
        other = re.split(r"\sWHERE\s", value, maxsplit=1, flags=re.IGNORECASE)[0]
    else:
        return None

    def change(twin: Any) -> None:
        (twin.value if keyword else twin).value = other

    return f"{keyword}{brief(repr(value))} becomes {brief(repr(other))}", change


def _other_type(node: Any) -> Change | None:
    name = node.id if isinstance(node, ast.Name) else node.attr
    other = _OTHER_TYPE.get(name)
    if other is None:
        return None

    def change(twin: Any) -> None:
        setattr(twin, "id" if isinstance(twin, ast.Name) else "attr", other)

    return f"{name} becomes {other}", change


def _called(call: ast.Call) -> str:
    """The called function, with the name that it is given first, as in `sa.Column('id')`."""
    first = call.args[0] if call.args else None
    named = isinstance(first, ast.Constant) and isinstance(first.value, str)
    return brief(ast.unparse(call.func) + (f"({first.value!r})" if named else ""))  # type: ignore[union-attr]


def _short(node: ast.AST) -> str:
    return brief(ast.unparse(node))


def brief(text: str) -> str:
    """`text` on one line of 60 characters at most."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"
