"""What follows the task of an exercise: hints, a verdict, related errors, and the solution."""

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.course.fences import outside_fences
from remodel.course.messages import read_messages
from remodel.course.published import published_verdicts
from remodel.errors import CourseError
from remodel.site.markup.about import FROM_EXERCISE
from remodel.site.reference.messages import page_name

#: How a verdict counts the rows that are not as they were.
DIFFER = re.compile(r"(\d+) of (\d+) rows differ")


def answers(catalog: Catalog, slug: str) -> Iterator[str]:
    """The sections for one exercise; what gives something away is folded."""
    exercise = catalog.exercise(slug)
    yield from ("## Hints", "", "`remodel hint` gives the same ones, a step at a time.", "")
    for number, hint in enumerate(exercise.hints, 1):
        yield from _fold(f"Hint {number} of {len(exercise.hints)}", [hint])
    yield from _verdict(catalog, exercise)
    yield from _errors(catalog, exercise)
    yield from _solution(catalog, exercise)


def _fold(summary: str, lines: Iterable[str]) -> Iterator[str]:
    words = re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(summary, quote=False))
    yield from ('<details class="spoiler" markdown="1">', f"<summary>{words}</summary>", "")
    yield from (*lines, "", "</details>", "")


def _verdict(catalog: Catalog, exercise: Exercise) -> Iterator[str]:
    """One wrong answer of the shipped ones, and what `remodel check` says to it."""
    try:
        wrong = published_verdicts(catalog.layout, exercise.slug)["wrong"]
    except CourseError:
        return  # its author has not published any yet
    if wrong:
        answer = _telling(wrong.values())
        mistakes = f"{FROM_EXERCISE}docs/mistakes/{exercise.lesson}.md#{exercise.slug}"
        yield from ("## What the check says", "", f"To one wrong answer of {len(wrong)}. Somebody:")
        yield from ("", f"> {answer['what']}", "", "```text", *answer["message"], "```", "")
        yield f"[Every one, and the check that refuses it]({mistakes}): that page gives the"
        yield from ("solution away.", "")


def _telling(wrong: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Of those whose verdict shows most, the one that makes the commonest mistake."""
    answers = list(wrong)
    common = Counter(each["misconception"] for each in answers)

    def weight(answer: dict[str, Any]) -> tuple[int, int, float]:
        message = "\n".join(answer["message"])
        rows = DIFFER.search(message)
        shows = bool(rows) + ("\n  At " in message)
        lost = int(rows[1]) / int(rows[2]) if rows else 0
        return shows, common[answer["misconception"]], lost

    return max(answers, key=weight)


def _errors(catalog: Catalog, exercise: Exercise) -> Iterator[str]:
    file = catalog.layout.error_messages
    messages = read_messages(file) if file.exists() else []
    met = [each for each in messages if each.exercise == exercise.slug]
    if met:
        folder = f"{FROM_EXERCISE}{catalog.layout.relative(catalog.layout.error_pages)}"
        yield from ("## Error messages that you may meet", "")
        yield from (f"- [`{each.heading}`]({folder}/{page_name(each)})" for each in met)
        yield ""


def _solution(catalog: Catalog, exercise: Exercise) -> Iterator[str]:
    """The solution's page, a fold for each of its sections."""
    page = catalog.layout.solution_page(exercise.lesson, exercise.slug)
    if page.exists():
        text = page.read_text(encoding="utf-8").partition("\n")[2]
        yield from (
            "## The solution",
            "",
            "Try it yourself first: the way there is what stays.",
            "",
        )
        for title, lines in _sections(text.splitlines()):
            yield from _fold(title, lines)


def _sections(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    title, inside = "The solution", list[str]()
    for line, prose in outside_fences(lines):
        if prose and line.startswith("## "):
            if any(each.strip() for each in inside):
                yield title, inside
            title, inside = line.removeprefix("## "), []
        else:
            inside.append(line)
    yield title, inside
