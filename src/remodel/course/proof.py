"""What proves a claim of a page: a test, and what a run of it showed."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from remodel.course.layout import Layout
from remodel.course.python_source import with_constants
from remodel.errors import CourseError

#: A shorter text tells only where it is the whole line.
_FEWEST_SIGNS = 4
#: What an experiment shows of a query that finds nothing.
NO_ROWS = "(no rows)"
#: What somebody typed or edited is no answer.
_TYPED = re.compile(r"\$ |>>> |\.\.\. |sql> |edit |[+-]|GET ")


@dataclass(frozen=True)
class Proof:
    """A test, `tests/experiments/test_x.py::test_y`, with its text and what it showed."""

    test: str
    source: str
    shown: str
    #: The numbers of the lines of `shown` that tell, from 1.
    telling: tuple[int, ...]

    @property
    def file(self) -> str:
        """Where the test stands."""
        return self.test.partition("::")[0]

    @property
    def telling_steps(self) -> str:
        """Of what was shown, the steps in which a line tells."""
        steps, first = [], 1
        for step in self.shown.split("\n\n"):
            last = first + step.count("\n")
            if any(first <= number <= last for number in self.telling):
                steps.append(step)
            first = last + 2
        return "\n\n".join(steps)

    def as_markdown(self) -> Iterator[str]:
        """For a page: what happens, and behind it the test; the test alone where it shows none."""
        yield from ('<details markdown="1">', "<summary>See it happen</summary>", "")
        if self.shown:
            marked = f' hl_lines="{" ".join(map(str, self.telling))}"' if self.telling else ""
            yield from (f'```console title="Shown"{marked}', self.shown, "```", "")
            yield from ('<details markdown="1">', "<summary>The test behind it</summary>", "")
        yield from (f'```python title="{self.file}"', self.source, "```", "", "</details>", "")
        if self.shown:
            yield from ("</details>", "")


def proof_of(root: Path, test: str, says: Iterable[str] = ()) -> Proof:
    """The proof by `test`; `says` is what tells, or else what the test asserts.

    Raises CourseError where there is no such test, and where no run of it was kept.
    """
    file, _, name = test.partition("::")
    place = root / file
    if not place.is_file() or not name:
        raise CourseError(f"There is no experiment {test!r}. Write that test.")
    source = with_constants(place.read_text(encoding="utf-8"), name, file)
    shown = read_shown(Layout(root).experiments).get(test)
    if shown is None:
        raise CourseError(f"No run of {test} is kept. Run `remodel dev experiments --write`.")
    patterns = [_somewhere(text) for text in says] or asserted(source)
    return Proof(test, source, shown, telling_lines(shown, patterns))


def read_shown(file: Path) -> dict[str, str]:
    """What each experiment showed when it was last kept; raises CourseError."""
    if not file.exists():
        return {}
    try:
        kept = msgspec.json.decode(file.read_bytes(), type=dict[str, list[str]])
    except msgspec.MsgspecError as error:
        raise CourseError(f"{file}: {error}. Run `remodel dev experiments --write`.") from error
    return {test: "\n".join(lines) for test, lines in kept.items()}


def shown_text(shown: Mapping[str, str]) -> str:
    """The same as text for the file: one line of it for each line that was shown."""
    lines = {test: text.split("\n") for test, text in sorted(shown.items())}
    return msgspec.json.format(msgspec.json.encode(lines), indent=1).decode() + "\n"


def telling_lines(shown: str, patterns: Iterable[str]) -> tuple[int, ...]:
    """The numbers, from 1, of the lines in which one of `patterns` matches.

    Where none does, it is the last line: an experiment ends with what it is about.
    """
    lines = shown.split("\n")
    numbers = {
        shown.count("\n", 0, place) + 1
        for pattern in patterns
        for match in re.finditer(pattern, shown, re.MULTILINE)
        for place in range(match.start(), match.end())
    }
    numbers = {number for number in numbers if not _TYPED.match(lines[number - 1])}
    return tuple(sorted(numbers)) or ((len(lines),) if shown else ())


def _somewhere(text: str) -> str:
    """What matches `text`, over line breaks as well."""
    pattern = r"\s+".join(map(re.escape, text.split()))
    return pattern if len(text) >= _FEWEST_SIGNS else f"^{pattern}$"


def row_shown(row: Sequence[object]) -> str:
    """One row of a query's answer."""
    return " | ".join("NULL" if cell is None else str(cell) for cell in row)


def asserted(source: str) -> list[str]:
    """Patterns of what a test asserts to be there: texts, numbers, and rows as they are shown."""
    return [
        pattern
        for statement in ast.walk(ast.parse(source))
        if isinstance(statement, ast.Assert)
        for node in ast.walk(statement.test)
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.In)
        for part in (node.left, *node.comparators)
        for pattern in _as_shown(part)
    ]


def _as_shown(expected: ast.expr) -> list[str]:
    """Patterns of how an experiment shows what is expected; none where that is not written."""
    if isinstance(expected, ast.BinOp):  # [(None,)] * 5
        expected = expected.left
    try:
        value = ast.literal_eval(expected)
    except ValueError:
        return []
    if isinstance(value, list | set) and all(isinstance(row, tuple) for row in value):
        rows = [row_shown(row) for row in value] or [NO_ROWS]
        return [f"^{re.escape(row)}$" for row in rows]
    if isinstance(value, bool) or not isinstance(value, str | int):
        return []
    return [_somewhere(line) for line in str(value).split("\n") if line.strip()]
