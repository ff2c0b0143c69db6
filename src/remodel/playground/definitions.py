"""Puts classes, functions and names into a file of Python, in place of those it has."""

import ast
from collections.abc import Sequence


def merged(text: str, cell: str) -> str:
    """`text` with what `cell` defines in place of what has that name.

    What is new comes before what follows it in the cell, or at the end; an import, before the
    others. Raises SyntaxError.
    """
    lines, nodes = cell.splitlines(), ast.parse(cell).body
    for place, node in enumerate(nodes):
        part = lines[_first(node) - 1 : node.end_lineno]
        text = _with_part(text, node, part, [_name(each) for each in nodes[place + 1 :]])
    return text


def _with_part(text: str, node: ast.stmt, part: list[str], following: Sequence[str]) -> str:
    lines, body = text.splitlines(), ast.parse(text).body
    named = {name: each for each in body if (name := _name(each))}
    if old := named.get(_name(node)):
        lines[_first(old) - 1 : old.end_lineno] = _joined(old, node) or part
        return "\n".join(lines)
    is_import = isinstance(node, ast.Import | ast.ImportFrom)
    after = [named[name] for name in following if name in named]
    before = next((each for each in body if isinstance(each, type(node))), None)
    if not is_import:
        before = after[0] if after else None
    gap = [] if is_import or isinstance(node, ast.Assign) else ["", ""]
    at = _first(before) - 1 if before else len(lines)
    lines[at:at] = [*part, *gap] if before else [*gap, *part]
    return "\n".join(lines)


def _joined(old: ast.stmt, new: ast.stmt) -> list[str]:
    """Two imports from one module as one; nothing for what is no import."""
    if not isinstance(old, ast.ImportFrom) or not isinstance(new, ast.ImportFrom):
        return []
    names = {alias.name: alias for alias in (*old.names, *new.names)}
    return ast.unparse(ast.ImportFrom(old.module, [*names.values()], old.level)).splitlines()


def _first(node: ast.stmt) -> int:
    if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.decorator_list:
        return node.decorator_list[0].lineno
    return node.lineno


def _name(node: ast.stmt) -> str:
    """What a statement defines, or what it imports from; "" for any other."""
    if isinstance(node, ast.ClassDef | ast.FunctionDef):
        return node.name
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        return ast.unparse(node.targets[0])
    if isinstance(node, ast.Import):
        return ast.unparse(node)
    return f"from {node.module}" if isinstance(node, ast.ImportFrom) else ""
