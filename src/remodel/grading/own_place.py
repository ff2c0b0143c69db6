"""The line of a learner's own code that a failure is about, where no revision is handed in."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from remodel.database.values import DELETES, WRITES
from remodel.grading.answer import Answer


@dataclass(frozen=True)
class OwnLine:
    """A statement or a call: where it stands, and which table's class it stands in."""

    file: str
    number: int
    source: str
    #: The statement.
    text: str
    is_class: bool
    #: What the tables of the class are called that it is, or stands in: it changes no row then.
    tables: str

    def is_about(self, words: Sequence[str]) -> bool:
        """Whether it mentions one of `words`, or is the class of the table."""
        text = self.tables if self.is_class else self.text
        return any(_mentions(text, word) for word in words)

    def score(self, words: Sequence[str]) -> int:
        """How many of `words` it mentions, or stands in the class of."""
        return sum(_mentions(f"{self.tables} {self.text}", word) for word in words)


def own_place(answer: Answer, words: Sequence[str], folder: str = "") -> OwnLine | None:
    """The line that mentions most of `words`, among those that the learner wrote in `folder`."""
    lines = [x for x in own_lines(answer, folder) if x.is_about(words)]
    if {*WRITES, *DELETES} & {*words}:
        lines = [line for line in lines if not line.tables]
    return max(lines, key=lambda x: (x.score(words), x.is_class, -len(x.source)), default=None)


def edited_files(answer: Answer) -> list[str]:
    """The files that are not as they were given, sorted."""
    given = answer.exercise.given
    edited = (f for f, content in answer.files.items() if given.get(f) != content)
    return sorted(f for f in edited if answer.exercise.accepts(f))


def declared(answer: Answer, columns: Sequence[str], tables: Sequence[str]) -> OwnLine | None:
    """Where one of `columns` is declared, in the class of one of `tables`, or else that class.

    In what is handed in, whether it was given so or not.
    """
    every = [*_handed_in(answer)]
    lines = [line for table in tables for line in every if table in line.tables.split()]
    for column in columns:
        for line in lines:
            if not line.is_class and re.match(rf"{column}\b\s*[:=]", line.text):
                return line
    return next((line for line in lines if line.is_class), None)


def command_of(answer: Answer, command: str) -> OwnLine | None:
    """The function that is the command `flask COMMAND`, in what is handed in."""
    for file in filter(answer.exercise.accepts, answer.files):
        code = answer.text(file) if file.endswith(".py") else ""
        for node in ast.walk(_parsed(code)):
            if isinstance(node, ast.FunctionDef) and command in _command_names(node):
                text = f"def {node.name}("
                return OwnLine(file, node.lineno, text, text, is_class=False, tables="")
    return None


def _command_names(node: ast.FunctionDef) -> set[str]:
    """What the command may be called that the function is: as its decorator says, or as it is."""
    decorators = [each for each in node.decorator_list if "command" in ast.unparse(each)]
    words = (x.value for each in decorators for x in ast.walk(each) if isinstance(x, ast.Constant))
    return {*map(str, words), node.name.replace("_", "-")} if decorators else set()


def is_given(answer: Answer, place: str) -> bool:
    """Whether the line at `place` (file:line) stood in that file when it was given."""
    file, _, number = place.partition(":")
    lines = answer.text(file).splitlines()
    at = int(number) - 1 if number.isdecimal() else -1
    return 0 <= at < len(lines) and lines[at].strip() in _given(answer, file)


def _given(answer: Answer, file: str) -> set[str]:
    return {line.strip() for line in _given_text(answer, file).splitlines()}


def _given_text(answer: Answer, file: str) -> str:
    return answer.exercise.given.get(file, b"").decode(errors="replace")


def own_lines(answer: Answer, folder: str = "") -> Iterator[OwnLine]:
    """What the learner wrote in `folder`: every line that was not given so."""
    for file, content in answer.files.items():
        is_code = file.startswith(folder) and file.endswith(".py")
        taken = is_code and answer.exercise.accepts(file)
        if taken and answer.exercise.given.get(file) != content:
            # The same line in another class is another line.
            given = {(x.tables, x.text) for x in _lines_of(file, _given_text(answer, file))}
            lines = _lines_of(file, answer.text(file))
            yield from (line for line in lines if (line.tables, line.text) not in given)


def _handed_in(answer: Answer) -> Iterator[OwnLine]:
    """Every line of the files that the exercise takes, as given or not."""
    for file in answer.files:
        if file.endswith(".py") and answer.exercise.accepts(file):
            yield from _lines_of(file, answer.text(file))


def _parsed(content: str) -> ast.Module:
    """`content` as code; nothing where it is none."""
    try:
        return ast.parse(content)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module(body=[], type_ignores=[])


def _lines_of(file: str, content: str) -> Iterator[OwnLine]:
    tree = _parsed(content)
    lines = content.splitlines()
    for node, names in _nodes(tree, ""):
        own = [line.strip() for line in lines[node.lineno - 1 : _end(node)]]
        is_call = isinstance(node, ast.Call)  # of which there may be several in a line
        text = ast.unparse(node) if is_call else " ".join(own)
        source = text if is_call and len(own) == 1 else own[0]
        yield OwnLine(file, node.lineno, source, text, isinstance(node, ast.ClassDef), names)


def _end(node: ast.stmt | ast.expr) -> int:
    """The last line of `node`; of a class, that of its header."""
    return node.lineno if isinstance(node, ast.ClassDef) else node.end_lineno or node.lineno


def _nodes(tree: ast.AST, names: str) -> Iterator[tuple[ast.stmt | ast.expr, str]]:
    """What does something or declares something, each with the names of the class around it."""
    for node in ast.iter_child_nodes(tree):
        inner = names
        if isinstance(node, ast.ClassDef):
            inner = " ".join(class_names(node))
            yield node, inner
        elif isinstance(node, ast.Call | ast.AnnAssign | ast.Assign):
            yield node, names
        yield from _nodes(node, inner)


def class_names(node: ast.ClassDef) -> list[str]:
    """What the table of a class may be called: as the class is, or as it says itself."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", node.name).lower()
    own = [
        str(each.value.value)
        for each in node.body
        if isinstance(each, ast.Assign | ast.AnnAssign)
        and isinstance(each.value, ast.Constant)
        and "__tablename__" in ast.unparse(each)
    ]
    return own or [snake]


def _mentions(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None
