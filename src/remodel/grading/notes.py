"""What a right answer may want to know: it passes here, and elsewhere it would not run."""

import ast
import functools
import re
from collections.abc import Callable, Iterator

from remodel.grading.answer import Answer
from remodel.grading.own_place import class_names
from remodel.history import Revision

#: What Alembic's table has room for.
LONGEST_ID = 32
_STRING = re.compile(r"'(?:[^']|'')*'")
#: A name in double quotes where a value may stand.
_QUOTED = re.compile(r'(?:=|<>|\b(?:THEN|ELSE|LIKE|IN|VALUES)\b|[(,])\s*"([^"]+)"', re.IGNORECASE)
_SENDS = {"execute", "exec_driver_sql", "text"}


def notes_on(answer: Answer) -> list[str]:
    """A sentence or two for each thing that SQLite takes and another database refuses."""
    own = [r for r in answer.history.revisions if r.id not in answer.exercise.deployed]
    # Few answers quote anything, and to read all files for their names takes a while.
    known = functools.cache(lambda: _names(answer))
    return [note for revision in own for note in _notes(revision, known)]


def _notes(revision: Revision, known: Callable[[], set[str]]) -> Iterator[str]:
    if len(revision.id) > LONGEST_ID:
        yield (
            f"Revision {revision.id} has {len(revision.id)} characters. SQLite takes it. Alembic's "
            f"table has room for {LONGEST_ID}, and PostgreSQL holds it to that."
        )
    for line, sql in _sent(revision):
        for word in _QUOTED.findall(_STRING.sub("''", sql)):
            if word not in known():
                yield (
                    f'{revision.file}:{line} has "{word}" in double quotes. SQLite takes it for a '
                    "text, where no column is called so. PostgreSQL looks for a column and fails: "
                    "put texts between single quotes."
                )


def _sent(revision: Revision) -> Iterator[tuple[int, str]]:
    """The SQL in the file, as far as it is written out, with its line."""
    for node in ast.walk(revision.tree):
        if isinstance(node, ast.Call) and _name_of(node) in _SENDS:
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield node.lineno, argument.value


def _names(answer: Answer) -> set[str]:
    """What models and revisions call by a name: tables, columns, rules."""
    names = set[str]()
    for file in answer.files:
        if not file.endswith(".py"):
            continue
        try:
            tree = ast.parse(answer.files[file])
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                names.update(class_names(node))
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                names.add(node.target.id)
            elif isinstance(node, ast.Call) and _name_of(node) not in _SENDS:
                names |= {str(a.value) for a in node.args if isinstance(a, ast.Constant)}
    return names


def _name_of(call: ast.Call) -> str:
    """What is called, without what it is called on."""
    return ast.unparse(call.func).rpartition(".")[2]
