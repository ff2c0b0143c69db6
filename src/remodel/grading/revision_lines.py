"""The line of a revision that a failure is about: of its calls, the one that mentions the words."""

import ast
import re
from collections.abc import Iterable, Iterator

from remodel.database.values import WRITES


def find_line(
    code: list[tuple[str, ast.AST]], words: tuple[str, ...]
) -> tuple[str, int, str] | None:
    """Where `code` mentions `words`: (file, line number, source of that call), or None.

    The call that mentions most of them wins, among those with the first word; where none has
    it, among those with the second, and so on. A value was last changed by the last call that
    writes.
    """
    calls = [(file, line, source) for file, body in code for line, source in sorted(_calls(body))]
    if {*WRITES} & {*words}:
        about = [word for word in words if word not in WRITES]
        writing = [c for c in calls if _score(c[2], WRITES) and _score(c[2], about)]
        if writing:
            return max(reversed(writing), key=lambda call: _score(call[2], about))
    for needed in words:
        with_it = [call for call in calls if mentions(call[2], needed)]
        if with_it:
            return max(with_it, key=lambda call: (_score(call[2], words), -len(call[2])))
    return None


def _score(source: str, words: Iterable[str]) -> int:
    """How many of `words` it mentions."""
    return sum(mentions(source, word) for word in words)


def _calls(body: ast.AST) -> Iterator[tuple[int, str]]:
    """The calls that do something: line number and source."""
    calls = [node for node in ast.walk(body) if isinstance(node, ast.Call)]
    # sa.Column(), op.f() and other arguments only name something; the call around them does it.
    arguments = {x for call in calls for each in _arguments(call) for x in ast.walk(each)}
    for call in calls:
        source = ast.unparse(call)
        if call not in arguments and not source.startswith("sa.") and "\n" not in source:
            yield call.lineno, source


def _arguments(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(keyword.value for keyword in call.keywords)]


def mentions(source: str, word: str) -> bool:
    """Whether `source` has `word` as a word of its own."""
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", source) is not None
