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
#: Two ways to write one sign.
_ALIKE = {"!=": "<>", "==": "="}
#: Comparisons, and what each is with its sides exchanged.
_FACED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "<>": "<>"}
#: What each comparison is with a NOT before it.
_DENIED = {"<": ">=", ">": "<=", "<=": ">", ">=": "<", "=": "<>", "<>": "="}
#: What binds less than a comparison does, and the beginning and the end.
_LOOSE = {"", "and", "or", "not", "(", ")"}
#: Words that begin a table constraint: the definition is then not a column's.
_CONSTRAINTS = {"constraint", "primary", "unique", "check", "foreign"}
#: Words that mean something here. A name that is one of them has quotes, and keeps them.
_KEYWORDS = _CONSTRAINTS | {
    *("as", "autoincrement", "collate", "default", "deferrable", "not", "null", "on"),
    *("references", "where"),
}


@dataclass
class Rule:
    """One constraint as its text has it; the columns have lower case.

    `condition` is a check's. `on_conflict` is "" where a row that breaks the rule is refused.
    """

    kind: str
    columns: tuple[str, ...] = ()
    name: str = ""
    condition: str = ""
    on_conflict: str = ""
    deferred: bool = False

    def __str__(self) -> str:
        return f"{self.kind} {self.condition or '(' + ', '.join(self.columns) + ')'}"


@dataclass
class TableText:
    """What the text of one CREATE TABLE says."""

    rules: list[Rule] = field(default_factory=list)
    collations: dict[str, str] = field(default_factory=dict)
    generated: dict[str, str] = field(default_factory=dict)
    options: frozenset[str] = frozenset()
    autoincrement: bool = False

    def of_kind(self, *kinds: str) -> Iterator[Rule]:
        """The rules of some kinds: "unique", "check", "primary key", "foreign key", …"""
        return (rule for rule in self.rules if rule.kind in kinds)


def tokens(sql: str) -> list[str]:
    """The words of `sql`: names lower-cased and without needless quotes, strings as they are."""
    words = []
    for match in _TOKEN.finditer(sql):
        if match["text"]:
            words.append(match["text"])
        elif match["name"]:
            words.append(_plain_name(match["name"]))
        elif match["word"] or match["number"] or match["sign"]:
            words.append(_ALIKE.get(match[0], match[0].lower()))
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
    return token[1:-1].replace(token[0] * 2, token[0]) if token[:1] in ('"', "'") else token.lower()


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
    if "virtual" in words[:2]:
        text.options = frozenset({" ".join(words[words.index("using") :])})
        return text
    if "(" not in words:
        return text
    end = _closing(words, words.index("("))
    text.options = frozenset(" ".join(each) for each in _split(words[end + 1 :]))
    for definition in _split(words[words.index("(") + 1 : end]):
        if definition:
            _Definition(definition, text).read()
    return text


class _Definition:
    """Reads what stands between two commas: one column with its constraints, or a constraint."""

    def __init__(self, words: list[str], text: TableText) -> None:
        self._words, self._text, self._place = words, text, 0
        self._column = "" if words[0] in _CONSTRAINTS else _name(words[0])
        self._place = 1 if self._column else 0
        self._called = ""
        self._rule: Rule | None = None

    def read(self) -> None:
        """Put all that the words say into the text."""
        while self._place < len(self._words):
            self._step(self._words[self._place])

    def _step(self, word: str) -> None:
        after = self._after(1)
        if word == "constraint":
            self._called, self._place = _name(after), self._place + 2
        elif word == "check" and after == "(":
            self._place += 1
            self._add(Rule("check", condition=_unwrapped(self._group())))
        elif word in ("primary", "foreign"):
            self._place += 2
            self._add(Rule(f"{word} key", self._columns()))
        elif word == "unique":
            self._place += 1
            self._add(Rule("unique", self._columns()))
        elif word == "references":
            if self._column:
                self._add(Rule("foreign key", (self._column,)))
            self._place += 2  # the parent's name may be any word
        elif word == "not" and after == "null":
            self._place += 2
            self._add(Rule("not null", (self._column,)))
        else:
            self._qualify(word, after)

    def _qualify(self, word: str, after: str) -> None:
        """Read what says more of a rule, or of the column."""
        if word == "on" and after == "conflict" and self._rule:
            action = self._after(2)
            self._rule.on_conflict = "" if action == "abort" else action
        elif word == "initially" and after == "deferred" and self._rule:
            # NOT DEFERRABLE INITIALLY DEFERRED is checked at once (sqlite.org/foreignkeys.html).
            self._rule.deferred = self._words[self._place - 2 : self._place - 1] != ["not"]
        elif word == "collate":
            self._text.collations[self._column] = _name(after)
        elif word == "set":
            self._place += 1  # what follows is an action's DEFAULT or NULL
        elif word in ("default", "null"):
            self._called = ""  # a name of these belongs to no rule
        elif word == "as" and after == "(":
            self._place += 1
            expression = " ".join(self._group())
            stored = "stored" if self._words[self._place :][:1] == ["stored"] else "virtual"
            self._text.generated[self._column] = f"({expression}) {stored}"
            return
        self._place = _closing(self._words, self._place) if word == "(" else self._place
        # A default may be any word, and is one here: what it is, the database says.
        self._place += 2 if word in ("default", "collate") and after != "(" else 1

    def _add(self, rule: Rule) -> None:
        rule.name, self._called = self._called, ""
        self._rule = rule
        self._text.rules.append(rule)

    def _after(self, count: int) -> str:
        return next(iter(self._words[self._place + count :]), "")

    def _group(self) -> list[str]:
        """The words in the parentheses that open here; goes on behind them."""
        start, end = self._place + 1, _closing(self._words, self._place)
        self._place = end + 1
        return self._words[start:end]

    def _columns(self) -> tuple[str, ...]:
        """The columns in the parentheses that open here, or the one that is being defined."""
        if self._after(0) != "(":
            return (self._column,)
        return tuple(_name(part[0]) for part in _split(self._group()))


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
    """A condition without needless parentheses, and with each comparison as `column > 0`."""
    while words and words[0] == "(" and _closing(words, 0) == len(words) - 1:
        words = words[1:-1]
    return " ".join(_without_null(_facing(_bare(words))))


def _bare(words: list[str]) -> list[str]:
    """The words of a condition without parentheses round one value or one comparison."""
    for place, word in enumerate(words):
        if word != "(":
            continue
        end = _closing(words, place)
        within, before = words[place + 1 : end], words[place - 1] if place else ""
        after = next(iter(words[end + 1 :]), "")
        around = _LOOSE | _FACED.keys() if len(within) == 1 else _LOOSE
        if (len(within) == 1 or _compares(within)) and {before, after} <= around:
            return _bare([*words[:place], *within, *words[end + 1 :]])
    return words


def _facing(words: list[str]) -> list[str]:
    """The words of a condition where no comparison begins with a literal, or is denied.

    `0 < x` is `x > 0`, and so is `NOT x <= 0`, for NULL too.
    """
    for place, word in enumerate(words):
        if word in ("and", "or") and "between" not in words[:place]:
            return [*_facing(words[:place]), word, *_facing(words[place + 1 :])]
    if words[:1] == ["not"] and _compares(words[1:]):
        return _facing([words[1], _DENIED[words[2]], words[3]])
    if _compares(words) and _literal(words[0]) and not _literal(words[2]):
        return [words[2], _FACED[words[1]], words[0]]
    return words


def _without_null(words: list[str]) -> list[str]:
    """A check without `x IS NULL OR` before `x > 0`: it takes NULL without these words."""
    for null, rest in ((words[:3], words[4:]), (words[4:], words[:3])):
        joined = words[3:4] == ["or"] and null[1:] == ["is", "null"] and _compares(rest)
        if joined and rest[0] == null[0] and _literal(rest[2]):
            return rest
    return words


def _compares(words: list[str]) -> bool:
    """Whether these are a comparison of two values, and no more."""
    return len(words) == 3 and words[1] in _FACED and not {"(", ")"} & set(words)


def _literal(token: str) -> bool:
    return token[0].isdigit() or token[0] == "'"
