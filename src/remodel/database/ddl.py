"""Takes from a CREATE TABLE text what no PRAGMA tells: checks, names, collations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"""\s+ | --[^\n]* | /\*.*?\*/
      | (?P<text>'(?:[^']|'')*') | (?P<name>"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\])
      | (?P<word>[A-Za-z_\u0080-\U0010ffff][\w$\u0080-\U0010ffff]*)
      | (?P<number>[0-9][0-9A-Za-z_.]*) | (?P<sign><=|>=|<>|!=|==|\|\||[^\s])""",
    re.VERBOSE | re.DOTALL,
)
#: Words that begin a table constraint: the definition is then not a column's.
_CONSTRAINTS = {"constraint", "primary", "unique", "check", "foreign"}
#: Words that mean something here. A name that is one of them has quotes, and keeps them.
_KEYWORDS = _CONSTRAINTS | {"autoincrement", "collate", "where"}


@dataclass
class TableText:
    """What the text of one CREATE TABLE says."""

    checks: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    collations: dict[str, str] = field(default_factory=dict)
    autoincrement: bool = False


def tokens(sql: str) -> list[str]:
    """The words of `sql`: names lower-cased and without needless quotes, strings as they are."""
    words = []
    for match in _TOKEN.finditer(sql):
        if match["text"]:
            words.append(match["text"])
        elif match["name"]:
            words.append(_plain_name(match["name"]))
        elif match["word"] or match["number"] or match["sign"]:
            words.append(match[0].lower())
    return words


def _plain_name(quoted: str) -> str:
    """A name in the quotes that it needs: none for `price`, these for `"first name"`."""
    closing = quoted[-1]
    name = quoted[1:-1].replace(closing * 2, closing).lower()
    match = _TOKEN.fullmatch(name)
    if match and match["word"] and name not in _KEYWORDS:
        return name
    return '"' + name.replace('"', '""') + '"'


def _name(token: str) -> str:
    return token[1:-1].replace('""', '"') if token.startswith('"') else token


def plain(sql: str) -> str:
    """`sql` without differences that mean nothing: space, case, quotes round names."""
    return " ".join(tokens(sql))


def inner(sql: str) -> str:
    """What stands between the first parenthesis of `sql` and the one that closes it, plain."""
    words = tokens(sql)
    return " ".join(words[words.index("(") + 1 : _closing(words, words.index("("))])


def condition(sql: str) -> str:
    """What stands after the WHERE of a CREATE INDEX, plain; "" where it has none."""
    words = tokens(sql)
    return " ".join(words[words.index("where") + 1 :]) if "where" in words else ""


def parse_create_table(sql: str) -> TableText:
    """Read the definitions between the outer parentheses of a CREATE TABLE."""
    text = TableText()
    words = tokens(sql)
    text.autoincrement = "autoincrement" in words
    if "(" not in words:
        return text
    for definition in _split(words[words.index("(") + 1 : _closing(words, words.index("("))]):
        column = None if definition[0] in _CONSTRAINTS else _name(definition[0])
        depth = 0
        for place, word in enumerate(definition):
            depth += (word == "(") - (word == ")")
            after = definition[place + 1] if place + 1 < len(definition) else ""
            if word == "check" and after == "(":
                end = _closing(definition, place + 1)
                text.checks.append(_unwrapped(definition[place + 2 : end]))
            elif word == "constraint" and after:
                text.names.add(_name(after))
            elif word == "collate" and column and depth == 0:  # deeper, it is a condition's
                text.collations[column] = _name(after)
    return text


def _closing(words: list[str], opening: int) -> int:
    depth = 0
    for place in range(opening, len(words)):
        depth += (words[place] == "(") - (words[place] == ")")
        if depth == 0:
            return place
    return len(words)


def _split(words: list[str]) -> Iterator[list[str]]:
    depth = 0
    current: list[str] = []
    for word in words:
        depth += (word == "(") - (word == ")")
        if word == "," and depth == 0:
            yield current
            current = []
        else:
            current.append(word)
    if current:
        yield current


def _unwrapped(words: list[str]) -> str:
    while words and words[0] == "(" and _closing(words, 0) == len(words) - 1:
        words = words[1:-1]
    return " ".join(words)
