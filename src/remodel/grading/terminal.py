"""The verdict on the terminal: 80 columns, at most twelve lines, the first failing idea first."""

import re
from typing import TYPE_CHECKING

from remodel.grading.results import Check, Verdict
from remodel.wrapping import WIDTH, wrap

if TYPE_CHECKING:
    from remodel.course.catalog import Catalog

MOST_LINES = 12


def print_verdict(verdict: Verdict, catalog: "Catalog") -> None:
    """Print `verdict` in colour where the terminal has it."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for line in verdict_lines(verdict, catalog):
        style = {"✓": "green", "✗": "red", "?": "yellow"}.get(line[:1], "")
        console.print(Text(line, style=style), soft_wrap=True)


def verdict_lines(verdict: Verdict, catalog: "Catalog") -> list[str]:
    """The verdict as plain lines of at most 80 columns."""
    if verdict.status == "error":
        return _ungraded(verdict)
    if verdict.status == "pass":
        return _passed(verdict, catalog)
    return _failed(verdict)


def _head(verdict: Verdict, mark: str, summary: str) -> str:
    return f"{mark} {verdict.exercise}: {summary} ({verdict.seconds:.2f} s, seed {verdict.seed})"


def _ungraded(verdict: Verdict) -> list[str]:
    reason = verdict.ungraded or next(
        (line for c in verdict.checks if c.status == "error" for line in c.message),
        "no check ran.",
    )
    broken = next((c for c in verdict.checks if c.status == "error" and not verdict.ungraded), None)
    rest = list(broken.message[1:]) if broken else []
    return [f"? {verdict.exercise}: not graded.", *_wrapped(reason), *rest]


def _passed(verdict: Verdict, catalog: "Catalog") -> list[str]:
    exercise = catalog.exercises[verdict.exercise]
    return [
        _head(verdict, "✓", f"all {len(verdict.checks)} checks pass"),
        f"  What else is right, and why: remodel solution {verdict.exercise}",
        # Its README.md; with that name the line may be too long.
        f"  ({catalog.layout.relative(exercise.solution_path)})",
    ]


def _failed(verdict: Verdict) -> list[str]:
    first = verdict.failures[0]
    others = len(verdict.failures) - 1
    count = f"{len(verdict.failures)} of {len(verdict.checks)} checks failed"
    tail = [f"  Next: remodel hint {verdict.exercise}"]
    rest = []
    if others or verdict.count("skipped"):
        parts = [f"{others} more failed"] if others else []
        waiting = verdict.count("skipped")
        wait = "1 other waits" if waiting == 1 else f"{waiting} others wait"
        parts += [f"{wait} until this holds"] if waiting else []
        rest = [f"  ({'; '.join(parts)}.)"]
    body = _body(first, MOST_LINES - 1 - len(tail) - len(rest))
    return [_head(verdict, "✗", count), *body, *rest, *tail]


def _body(check: Check, room: int) -> list[str]:
    """Title, what happened, where, why. Where there is no room for all, the last is cut first."""
    title = _wrapped(f"Not true yet: {check.title}", "  ", "  ")
    where = _where(check) if check.where else []
    why = _wrapped(check.explanation, "  Why: ", "       ") if check.explanation else []
    happened = [line for each in check.message for line in _message_lines(each)]
    while why and len(title) + len(happened) + len(where) + len(why) > room:
        why = _shorter(why)  # what happened comes before what people believe
    kept = max(room - len(title) - len(where), 2)
    return [*title, *happened[:kept], *where, *why][:room]


def _shorter(why: list[str]) -> list[str]:
    """The explanation with one sentence less, or nothing: never half a sentence."""
    text = " ".join(line.strip() for line in why)
    sentences = re.split(r"(?<=[.!?]) (?=[A-Z`])", text)[:-1]
    return _wrapped(" ".join(sentences), "  ", "       ") if sentences else []


def _message_lines(line: str) -> list[str]:
    """A sentence is wrapped; a statement or an error, which is indented, is cut to one line."""
    if line.startswith("  ["):
        return [_cut(f"    {line}")]
    return _wrapped(line, "    ", "    ")


def _where(check: Check) -> list[str]:
    """The learner's file and line, and what stands there: on one line where both fit."""
    place, source = f"  At {check.where}", (check.source or "").strip()
    if not source:
        return [place[:WIDTH]]
    together = f"{place}  {source}"
    return [together] if len(together) <= WIDTH else [place[:WIDTH], _cut(f"    {source}")]


def _cut(line: str) -> str:
    return line if len(line) <= WIDTH else f"{line[: WIDTH - 1]}…"


def _wrapped(text: str, first: str = "  ", rest: str = "  ") -> list[str]:
    return wrap(text, first, rest, breaks_words=True) or [""]
