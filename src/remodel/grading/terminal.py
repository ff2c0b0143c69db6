"""The verdict on the terminal: 80 columns, at most twelve lines, the first failing idea first."""

import re
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, TextIO

from remodel.grading.onlooker import Onlooker
from remodel.grading.results import Check, Verdict
from remodel.wrapping import PassingLine, Screen, columns, cut, harmless, no_command, wrap

if TYPE_CHECKING:
    from remodel.course.catalog import Catalog

MOST_LINES = 12


class TerminalOnlooker(Onlooker):
    """Shows on a terminal how far a grading has come, on one line that goes away again."""

    def __init__(self, screen: Screen, line: PassingLine | None = None) -> None:
        self._line = line or PassingLine(screen)

    def looks_at(self, number: int, total: int) -> None:
        """Count the checks."""
        self._line.show(f"  Checking … {number} of {total}")

    def looks_deeper(self, title: str) -> None:
        """Show `title` instead of what was shown before."""
        self._line.show(f"  Looking deeper … {title}")

    def is_done(self) -> None:
        """Leave the line empty."""
        self._line.clear()


class EarlyOnlooker(TerminalOnlooker):
    """Hands on the first refusal as soon as it is known."""

    def __init__(
        self, screen: Screen, line: PassingLine | None, show: Callable[[list[str]], None]
    ) -> None:
        super().__init__(screen, line)
        self._show = show

    def refused(self, verdict: Verdict) -> None:
        """Show what the first check that failed says."""
        self.is_done()
        body = _body(verdict.failures[0], MOST_LINES - 3)
        self._show([_head(verdict, "✗", "not yet"), *body])


class ImpatientOnlooker(EarlyOnlooker):
    """Prints the first refusal as soon as it is known; what comes of the others follows."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream, None, lambda lines: _print(lines, stream))
        self._stream, self._is_refused = stream, False

    def refused(self, verdict: Verdict) -> None:
        """Print what the first check that failed says."""
        super().refused(verdict)
        self._is_refused = True

    def print_rest(self, verdict: Verdict, catalog: "Catalog") -> None:
        """Print what of `verdict` is not printed yet: all of it where nothing was refused."""
        lines = verdict_lines(verdict, catalog)
        if self._is_refused and verdict.status == "fail":
            waiting = [_waiting(verdict)] if verdict.count("skipped") else []
            lines = [f"  ({'; '.join([_count(verdict), *waiting])}.)", _next(verdict)]
        _print(lines, self._stream)
        self._is_refused = False


def print_verdict(verdict: Verdict, catalog: "Catalog", every: bool = False) -> None:
    """Print `verdict` in colour where the terminal has it; with `every`, all that failed."""
    lines = _all_failures(verdict) if every and verdict.status == "fail" else []
    _print(lines or verdict_lines(verdict, catalog))


def print_in_colour(verdict: Verdict, catalog: "Catalog", stream: TextIO) -> None:
    """Print `verdict` in colour on a stream that takes it, though it is no terminal."""
    _print(verdict_lines(verdict, catalog), stream, coloured=True)


def _print(lines: list[str], stream: TextIO | None = None, coloured: bool = False) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, highlight=False)
    if coloured:  # the four colours that a notebook has a style for; it is no place for HTML
        console = Console(
            file=stream,
            highlight=False,
            force_terminal=True,
            force_jupyter=False,
            color_system="standard",
        )
    for line in lines:
        style = {"✓": "green", "✗": "red", "?": "yellow"}.get(line[:1], "")
        console.print(Text(no_command(harmless(line)), style=style), soft_wrap=True)


def verdict_lines(verdict: Verdict, catalog: "Catalog") -> list[str]:
    """The verdict as plain lines, none wider than the terminal or 80 columns."""
    if verdict.status == "not handed in":
        return [f"– {verdict.exercise}: not handed in.", *_paragraphs(verdict.ungraded or "")]
    if verdict.status == "error":
        return _ungraded(verdict)
    lines = _passed(verdict, catalog) if verdict.status == "pass" else _failed(verdict)
    return [*lines, *_of_a_server(verdict), *_not_typed(verdict), *_changed(verdict)]


def _head(verdict: Verdict, mark: str, summary: str) -> str:
    return f"{mark} {verdict.exercise}: {summary} ({verdict.seconds:.2f} s, seed {verdict.seed})"


def _ungraded(verdict: Verdict) -> list[str]:
    reason = verdict.ungraded or next(
        (line for c in verdict.checks if c.status == "error" for line in c.message),
        "no check ran.",
    )
    broken = next((c for c in verdict.checks if c.status == "error" and not verdict.ungraded), None)
    rest = list(broken.message[1:]) if broken else []
    return [f"? {verdict.exercise}: not graded.", *_paragraphs(reason), *rest]


def _passed(verdict: Verdict, catalog: "Catalog") -> list[str]:
    exercise = catalog.exercises[verdict.exercise]
    notes = [line for note in verdict.notes for line in _wrapped(f"Note: {note}")]
    return [
        _head(verdict, "✓", f"all {len(verdict.checks)} checks pass{_on(verdict)}"),
        *notes,
        f"  Yours beside ours, and why: remodel solution {verdict.exercise}",
        # Its README.md; with that name the line may be too long.
        f"  ({catalog.layout.relative(exercise.solution_path)})",
    ]


def _on(verdict: Verdict) -> str:
    return "" if verdict.database == "SQLite" else f" on {verdict.database}"


def _of_a_server(verdict: Verdict) -> list[str]:
    if not verdict.elsewhere:
        return []
    if not verdict.fewer_checks:
        return _wrapped(f"A verdict on {verdict.database} is not recorded as progress.")
    return _wrapped(
        f"On {verdict.database}, fewer checks are made than on SQLite, and the verdict is not "
        "recorded as progress."
    )


def _not_typed(verdict: Verdict) -> list[str]:
    if verdict.runner != "inline":
        return []
    return _wrapped(
        "The inline runner starts no programs: what your commands do when they are typed in a "
        "playground was not checked."
    )


def _changed(verdict: Verdict) -> list[str]:
    if not verdict.changed_course:
        return []
    files = ", ".join(verdict.changed_course)
    return _wrapped(f"Graded with a changed course, so it is not recorded as progress: {files}.")


def _failed(verdict: Verdict) -> list[str]:
    first = verdict.failures[0]
    others = len(verdict.failures) - 1
    parts = [f"{others} more failed"] if others else []
    parts += [_waiting(verdict)] if verdict.count("skipped") else []
    rest = [f"  ({'; '.join(parts)}.)"] if parts else []
    body = _body(first, MOST_LINES - 2 - len(rest))
    return [_head(verdict, "✗", _count(verdict)), *body, *rest, _next(verdict)]


def _all_failures(verdict: Verdict) -> list[str]:
    """Each check that failed, in the order in which a learner should hear of them."""
    first, *others = verdict.failures
    unsaid = (
        other if other.misconception else replace(other, explanation=None) for other in others
    )
    bodies = [line for check in (first, *unsaid) for line in ("", *_body(check, MOST_LINES))]
    waiting = ["", f"  ({_waiting(verdict)}.)"] if verdict.count("skipped") else []
    return [_head(verdict, "✗", _count(verdict)), *bodies, *waiting, _next(verdict)]


def _count(verdict: Verdict) -> str:
    return f"{len(verdict.failures)} of {len(verdict.checks)} checks failed{_on(verdict)}"


def _waiting(verdict: Verdict) -> str:
    waiting = verdict.count("skipped")
    return f"{'1 other waits' if waiting == 1 else f'{waiting} others wait'} until this holds"


def _next(verdict: Verdict) -> str:
    return f"  Next: remodel {'hint' if verdict.hints_left else 'solution'} {verdict.exercise}"


def _body(check: Check, room: int) -> list[str]:
    """Title, what happened, where, why: first a statement is cut, then *Why* from its beginning."""
    title = _wrapped(f"Not true yet: {check.title}", "  ", "  ")
    if check.explanation and not check.misconception:  # nothing that somebody believes
        title = [*_wrapped(check.explanation), *title]
    where = [*(_where(check) if check.where else []), *_look_up(check)]
    left = room - len(title) - len(where)
    happened, sentences = list(check.message), _sentences(check)
    if _lines(happened, sentences) > left:
        happened = [line for line in happened if not line.startswith("  [SQL")]
    while sentences and _lines(happened, sentences) > left:
        sentences.pop(0)  # never half a sentence
    return [*title, *_happened(happened)[: max(left, 2)], *where, *_why(sentences)][:room]


def _lines(happened: list[str], sentences: list[str]) -> int:
    return len(_happened(happened)) + len(_why(sentences))


def _happened(message: Iterable[str]) -> list[str]:
    return [line for each in message for line in _message_lines(each)]


def _why(sentences: list[str]) -> list[str]:
    """The last of them says what to do, so the first are the first to go."""
    return _wrapped(" ".join(sentences), "  Why: ", "       ") if sentences else []


def _sentences(check: Check) -> list[str]:
    """What puts the belief right that is behind the failure, if one is."""
    text = check.explanation if check.misconception else None
    return re.split(r"(?<=[.!?]) (?=[A-Z`])", text) if text else []


def _message_lines(line: str) -> list[str]:
    """A sentence is wrapped; a statement or an error, which is indented, is cut to one line."""
    if line.startswith("  ["):
        return [_cut(f"    {line}")]
    return _wrapped(line, "    ", "    ")


def _where(check: Check) -> list[str]:
    """The learner's file and line, and what stands there: on one line where both fit."""
    place, source = f"  At {check.where}", (check.source or "").strip()
    width = columns()
    if not source:
        return [place[:width]]
    together = f"{place}  {source}"
    return [together] if len(together) <= width else [place[:width], _cut(f"    {source}")]


def _look_up(check: Check) -> list[str]:
    """What to type where the course explains the error: as many of its first words as fit."""
    if not check.known_error:
        return []
    quote = "'" if '"' in check.known_error else '"'
    command = f"  To look it up: remodel explain {quote}"
    words = textwrap.shorten(check.known_error, columns() - len(command) - 1, placeholder="")
    return [f"{command}{words}{quote}"]


def _paragraphs(text: str) -> list[str]:
    """Each line wrapped; one that is indented is a list's, or to be pasted, and stays whole."""
    return [
        part
        for line in text.splitlines() or [""]
        for part in ([f"  {line}"] if line.startswith("  ") else _wrapped(line))
    ]


def _cut(line: str) -> str:
    return cut(line, columns())


def _wrapped(text: str, first: str = "  ", rest: str = "  ") -> list[str]:
    return wrap(text, first, rest, breaks_words=True) or [""]
