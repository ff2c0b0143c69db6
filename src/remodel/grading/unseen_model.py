"""Why the app knows no table of a model that stands in its files: read from the text, not run."""

import ast
import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from remodel.course.layout import FACTORY
from remodel.grading.answer import Answer
from remodel.grading.own_place import class_names

#: From where Python comes to the app's modules.
_BEGINNINGS = ("wsgi.py", FACTORY)
#: What imports a module without naming it where we would see it.
_IMPORTERS = {"import_module", "__import__", "walk_packages", "iter_modules", "find_modules"}


@dataclass(frozen=True)
class Unseen:
    """What keeps a model from the app, the place, and what people believe who did it."""

    sentence: str
    where: str
    belief: str


def unseen_model(answer: Answer, table: str) -> Unseen | None:
    """Why the app has no `table`, where a class of its own is there for it; None where none is."""
    modules = dict(_modules(answer))
    loaded = _loaded(modules)
    for file, tree in modules.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and table in class_names(node):
                return _why(modules, loaded, file, node)
    return None


def _why(
    modules: Mapping[str, ast.Module], loaded: set[str], file: str, node: ast.ClassDef
) -> Unseen | None:
    here = f"{file}:{node.lineno}"
    if file not in loaded:
        if any(_IMPORTERS & _names(modules[each]) for each in loaded):
            return None
        sentence = f"The class {node.name} is in {file}, and nothing that the app loads imports it."
        return Unseen(sentence, here, "a-module-is-loaded-by-itself")
    made = [f"{each}:{line}" for each in sorted(loaded) for line in _objects(modules[each])]
    if len(made) > 1:
        own = next((place for place in made if place.startswith(f"{file}:")), made[-1])
        sentence = (
            f"There are {len(made)} SQLAlchemy objects ({', '.join(made)}), and the class "
            f"{node.name} belongs to another one than the app."
        )
        return Unseen(sentence, own, "one-db-is-as-good-as-another")
    bases = [ast.unparse(base) for base in node.bases]
    if not any(base.endswith(".Model") for base in bases):
        parents = " and ".join(bases) or "nothing"
        sentence = f"The class {node.name} inherits from {parents}, and not from db.Model."
        return Unseen(sentence, here, "every-class-is-a-table")
    return None


def _modules(answer: Answer) -> Iterator[tuple[str, ast.Module]]:
    """The app's Python files, but for migrations."""
    for file, content in sorted(answer.files.items()):
        if file.endswith(".py") and not file.startswith("migrations/"):
            with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
                yield file, ast.parse(content)


def _loaded(modules: Mapping[str, ast.Module]) -> set[str]:
    """The files that Python comes to, from import to import."""
    loaded, waiting = set[str](), [file for file in _BEGINNINGS if file in modules]
    while waiting:
        file = waiting.pop()
        if file not in loaded:
            loaded.add(file)
            waiting += [each for each in _imported(file, modules[file]) if each in modules]
    return loaded


def _imported(file: str, tree: ast.Module) -> Iterator[str]:
    """The files that the imports in `file` may mean, in functions too."""
    package = file.split("/")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            names = [module, *(f"{module}.{alias.name}" for alias in node.names)]
        else:
            continue
        for name in names:
            parts = name.split(".")
            for count in range(1, len(parts) + 1):
                path = "/".join(parts[:count])
                yield from (f"{path}.py", f"{path}/__init__.py")


def _objects(tree: ast.Module) -> list[int]:
    """The lines that make a SQLAlchemy object."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "SQLAlchemy"
    ]


def _names(tree: ast.Module) -> set[str]:
    nodes = [*ast.walk(tree)]
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    return attributes | {node.id for node in nodes if isinstance(node, ast.Name)}
