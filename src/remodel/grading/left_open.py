"""A transaction that env.py opens before Alembic does: Alembic then leaves its commit to env.py."""

import ast
import re
from collections.abc import Iterator

from remodel.course.layout import ENV
from remodel.grading.answer import Answer
from remodel.grading.own_place import own_lines, own_place
from remodel.grading.refusal import ENDS
from remodel.history import VERSIONS

_BEGINS = r"\b{}\.(execute|exec_driver_sql|scalars?)\("
_COMMITS = r"\b{}\.(commit|rollback)\("


def left_open(answer: Answer) -> str:
    """Where env.py runs a statement of the learner's before Alembic begins and no commit; or "".

    "", too, where a revision of the learner's own may have ended its transaction.
    """
    place = ""
    lines = sorted(own_lines(answer, ENV), key=lambda line: line.number)
    for connection, ours in _alembics(answer.text(ENV)):
        for line in lines if not own_place(answer, ENDS, VERSIONS) else ():
            if re.search(_COMMITS.format(connection), line.text):
                place = ""
            elif line.number not in ours and re.search(_BEGINS.format(connection), line.text):
                place = place or f"{ENV}:{line.number}"
    return place


def _alembics(code: str) -> Iterator[tuple[str, range]]:
    """The name of each connection that Alembic gets, and the lines in which it has that already."""
    for function in ast.walk(ast.parse(code)):
        if isinstance(function, ast.FunctionDef):
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and ast.unparse(call.func) == "context.configure":
                    ours = range(call.lineno, (function.end_lineno or call.lineno) + 1)
                    yield from ((n, ours) for n in _connections(call))


def _connections(call: ast.Call) -> Iterator[str]:
    for keyword in call.keywords:
        if keyword.arg == "connection" and isinstance(keyword.value, ast.Name):
            yield keyword.value.id
