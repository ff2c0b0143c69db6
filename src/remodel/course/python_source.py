"""Pieces of the sample apps for the page: a symbol by its name, a diff by its file."""

import ast
from collections.abc import Iterator

from remodel.errors import CourseError


def symbol(text: str, name: str, file: str = "the file") -> str:
    """The source of a class, function or variable, with its decorators; `Room.name` looks inside.

    A comment that stands right above belongs to it.
    """
    node: ast.AST = ast.parse(text)
    for part in name.split("."):
        matches = [each for each in getattr(node, "body", []) if part in _names(each)]
        if not matches:
            raise CourseError(f"{file} has no {name!r}. Name a class, function or variable in it.")
        node = matches[0]
    assert isinstance(node, ast.stmt)  # a name has at least one part
    return _lines_of(text.splitlines(), node)


def with_constants(text: str, name: str, file: str = "the file") -> str:
    """The source of a function, below the module's constants that it uses."""
    tree = ast.parse(text)
    source = symbol(text, name, file)
    used = {each.id for each in ast.walk(ast.parse(source)) if isinstance(each, ast.Name)}
    constants = [
        _lines_of(text.splitlines(), node)
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and used & set(_names(node))
    ]
    return "\n\n".join([*constants, source])


def _names(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        yield node.name
    targets = node.targets if isinstance(node, ast.Assign) else []
    if isinstance(node, ast.AnnAssign):
        targets = [node.target]
    yield from (target.id for target in targets if isinstance(target, ast.Name))


def _lines_of(lines: list[str], node: ast.stmt) -> str:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(each.lineno for each in decorators)]) - 1
    while first and lines[first - 1].lstrip().startswith("# ") and lines[first - 1].strip():
        first -= 1
    taken = lines[first : node.end_lineno]
    margin = len(taken[0]) - len(taken[0].lstrip())
    return "\n".join(line[margin:].rstrip() for line in taken)
