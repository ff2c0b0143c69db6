"""Where in a Python file a statement stands: to tell what a learner wrote from what was given."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """The function or class that a node lies in, and the blocks (`try`, `with`) within it."""

    name: str
    blocks: str = ""

    def inside(self, node: ast.AST) -> "Place":
        """The place of what lies in `node`."""
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            return Place(f"{self.name}.{node.name}" if self.name != "module" else node.name)
        if isinstance(node, ast.Try | ast.If | ast.For | ast.While | ast.ExceptHandler):
            return Place(self.name, f"{self.blocks}/{type(node).__name__}")
        return self

    def of(self, statement: ast.stmt) -> str:
        """Equal for equal statements of the same place."""
        return f"{self.name}{self.blocks} {ast.dump(statement)}"


def statements(tree: ast.Module) -> Iterator[tuple[Place, ast.stmt]]:
    """Every statement of `tree` with its place."""
    found = nodes(tree, set())
    return ((place, node) for place, node in found if isinstance(node, ast.stmt))


#: Where a file begins.
MODULE = Place("module")


def nodes(node: ast.AST, known: set[str], place: Place = MODULE) -> Iterator[tuple[Place, ast.AST]]:
    """Every node below `node` with its place; statements that are known are left out."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt) and place.of(child) in known:
            continue
        if isinstance(child, ast.keyword) and str(child.arg).startswith("existing_"):
            continue  # it tells MySQL what is there; to leave it out is fault enough
        yield place, child
        yield from nodes(child, known, place.inside(child))
