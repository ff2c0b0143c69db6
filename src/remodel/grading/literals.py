"""The words and numbers that an answer compares with, read from its text: nothing of it runs."""

import ast
import contextlib
import datetime
import re
from collections.abc import Iterator

Literal = str | int | float

#: What SQL in a string of Python has, and other texts seldom.
_SQL = re.compile(r"\b(SELECT|UPDATE|DELETE|INSERT|WHERE|CASE|TRIGGER)\b", re.IGNORECASE)
#: A comment, a text in either quotes, or a number.
_TOKEN = re.compile(
    r"""(?P<comment>--[^\n]*|/\*.*?\*/)|'(?P<text>(?:[^']|'')*)'|"(?P<name>[^"]*)"|"""
    r"""(?<![\w.])(?P<number>\d{1,18}(?:\.\d+)?)(?![\w.])""",
    re.DOTALL,
)
#: Methods of a text, or of a column, that compare with what they are given.
_COMPARING = (  # and those of the module re
    *("match", "fullmatch", "search", "findall", "finditer", "sub", "split", "compile"),
    *("like", "ilike", "in_", "not_in", "notin_", "between", "contains", "startswith", "endswith"),
    *("is_", "find", "index", "count", "get", "replace", "removeprefix", "removesuffix"),
)


def in_sql(text: str) -> Iterator[Literal]:
    """The texts and numbers of SQL; of a pattern for LIKE, what it looks for."""
    for token in _TOKEN.finditer(text):
        if token["number"]:
            number = token["number"]
            yield float(number) if "." in number else int(number)
        elif not token["comment"]:
            yield from _looked_for(token["text"] or token["name"] or "")


def in_python(tree: ast.Module) -> Iterator[Literal]:
    """What the code compares with, keeps in a list or looks up, and what is in its SQL."""
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant):
            yield from _day(node)
            for child in _compared(node):
                yield from _value_of(child)
        elif isinstance(node.value, str) and id(node) not in alone and _SQL.search(node.value):
            yield from in_sql(node.value)


def constants(tree: ast.Module) -> Iterator[object]:
    """Every text and number of the code, whatever it is there for."""
    return (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))


def _compared(node: ast.AST) -> list[ast.expr]:
    """The parts of `node` that something is compared with."""
    if isinstance(node, ast.Compare):
        return [node.left, *node.comparators]
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return node.elts
    if isinstance(node, ast.Dict):
        return [*filter(None, node.keys), *node.values]
    if isinstance(node, ast.MatchValue):
        return [node.value]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.args if node.func.attr in _COMPARING else []
    return []


def _value_of(node: ast.expr) -> Iterator[Literal]:
    value = node.value if isinstance(node, ast.Constant) else None
    if isinstance(value, str) and not _SQL.search(value):
        yield from _looked_for(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield value


def _day(node: ast.AST) -> Iterator[str]:
    """The day that `date(2020, 2, 29)` is, as SQLite keeps it."""
    if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in ("date", "datetime"):
        numbers = [each.value for each in node.args[:3] if isinstance(each, ast.Constant)]
        with contextlib.suppress(TypeError, ValueError):
            yield datetime.date(*numbers).isoformat()  # type: ignore[arg-type]


def _looked_for(pattern: str) -> Iterator[str]:
    """What `pattern` is or looks for, be it plain text or a pattern of one kind or another."""
    plain = pattern.replace("''", "'").strip("%*")
    expression = _matching(pattern)
    ways = (
        (expression,) if "\\" in pattern else (expression or plain.replace("%", " "), _like(plain))
    )
    for text in dict.fromkeys(ways):
        if text and text.isprintable():
            yield text


def _like(pattern: str) -> str:
    """A text that LIKE or GLOB finds by `pattern`."""
    return re.sub(
        r"[%*]", " ", re.sub(r"[_?]", "a", re.sub(r"\[(\^?)([^]])[^]]*]", _one_of, pattern))
    )


def _one_of(found: re.Match[str]) -> str:
    """A character of a class such as [0-9], or one that [^0-9] leaves."""
    return "~" if found[1] else found[2]


#: What shows that a text is a regular expression.
_PATTERN = re.compile(r"\\[dswbADSW]|^\^|\$$|\[.+\]|\(.*\|")
#: A part of a regular expression, and what meets it, in turn; the rest meets itself.
_PARTS = (
    (r"\|[^)]*", ""),
    (r"\\[bBAZ]|\(\?[:i]|[()^$]|(?<!\\)[+]", ""),
    (r"\\d", "7"),
    (r"\\[wS]", "a"),
    (r"\\s", " "),
    (r"(?<!\\)\.[*+]?", "a"),
    (r"(?<=.)[*?]", ""),
    (r"\\(.)", r"\1"),
)


def _matching(pattern: str) -> str:
    """A text that the regular expression `pattern` matches, where it is a plain one.

    It is read and never run: a learner's pattern may take for ever.
    """
    if not _PATTERN.search(pattern):
        return ""
    text = re.sub(r"\[(\^?)(\\?[^]])[^]]*]", _one_of, pattern)
    for part, meets in _PARTS:
        text = re.sub(part, meets, text)
    return re.sub(r"(.)\{(\d{1,2})[^}]*\}", lambda found: found[1] * int(found[2]), text)
