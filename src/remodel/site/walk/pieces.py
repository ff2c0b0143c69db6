"""A piece of a file as a page shows it, put where it belongs in the file."""

import ast
import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from remodel.errors import CourseError


@dataclass(frozen=True)
class _Statement:
    """A statement of a module with the comments above it: its name, and its lines from 0."""

    name: str
    first: int
    end: int


def put_in(file: Path, typed: str) -> None:
    """Write `typed` into `file`: the statements of a .py file each in its place, or else all of it.

    A statement takes the place of the one that has its name; for an import, that is its module.
    One that is new goes behind the one that stands before it in `typed`. Raises CourseError where
    there is none.
    """
    before = read(file)
    after = _merged(before, typed, file.name) if before and file.suffix == ".py" else typed
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(after.rstrip("\n") + "\n", encoding="utf-8", newline="\n")


def read(file: Path) -> str:
    """The text of `file`; "" where there is none."""
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def new_lines(before: str, typed: str) -> list[int]:
    """The lines of `typed`, counted from 1, that `before` does not have; none of a new file."""
    if not before:
        return []
    old, new = before.splitlines(), typed.splitlines()
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    kept = {at + each for _, at, size in matcher.get_matching_blocks() for each in range(size)}
    return [number + 1 for number, line in enumerate(new) if number not in kept and line.strip()]


def _merged(before: str, typed: str, name: str) -> str:
    lines, shown = before.splitlines(), typed.splitlines()
    statements = list(_statements(typed, name))
    for number, statement in enumerate(statements):
        piece = shown[statement.first : statement.end]
        places = {each.name: each for each in _statements("\n".join(lines), name)}
        if statement.name in places:
            place = places[statement.name]
            lines[place.first : place.end] = piece
        elif number:
            above, below = statements[number - 1], statements[number + 1 : number + 2]
            at = end = places[above.name].end
            while end < len(lines) and not lines[end].strip():
                end += 1
            gap = shown[statement.end : below[0].first] if below else lines[at:end]
            lines[at:end] = [*shown[above.end : statement.first], *piece, *gap]
        else:
            raise CourseError(f"{name}: begin with a line that the file has, before {piece[0]!r}.")
    return "\n".join(lines)


def _statements(text: str, name: str) -> Iterator[_Statement]:
    try:
        body = ast.parse(text).body
    except SyntaxError as error:
        raise CourseError(f"{name}: what is typed is no Python ({error}).") from error
    lines = text.splitlines()
    for node in body:
        decorators: list[ast.expr] = getattr(node, "decorator_list", [])
        first = min([node.lineno, *(each.lineno for each in decorators)]) - 1
        while first and lines[first - 1].startswith("#"):
            first -= 1
        yield _Statement(_name(node), first, _end(lines, node.end_lineno or node.lineno))


def _end(lines: list[str], end: int) -> int:
    """Where a statement ends whose last line of code is line `end`: its own comments follow."""
    for number, line in enumerate(lines[end:], end + 1):
        if line[:1].strip():
            break
        end = number if line.strip() else end
    return end


def _name(node: ast.stmt) -> str:
    match node:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
            return name
        case ast.ImportFrom(module=module):
            return f"from {module}"
        case ast.Assign(targets=[target, *_]) | ast.AnnAssign(target=target):
            return ast.unparse(target)
        case ast.Expr(value=ast.Constant(value=str())):
            return "docstring"
        case _:
            return ast.unparse(node)
