"""The block of cog that shows what people do wrong, and where that differs from the solution."""

import difflib
import html
import re
from collections.abc import Iterator, Mapping

from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.course.lesson import Lesson
from remodel.grading.answer import shipped, solution
from remodel.grading.answer_toml import AnswerToml, read_answer_toml

#: A longer difference shows no mistake: who wants it reads the answer itself.
MOST_LINES = 32


def mistakes(catalog: Catalog, lesson: Lesson, folder: str) -> Iterator[str]:
    """A section for each exercise of `lesson`, a fold in it for each wrong answer.

    `folder` is where the exercises lie, seen from the page.
    """
    for exercise in catalog.exercises.values():
        if exercise.lesson != lesson.name:
            continue
        page = f"{folder}/{exercise.lesson}/{exercise.slug}/README.md"
        yield from (f"## `{exercise.slug}`", "", f"The exercise: [{exercise.title}]({page}).", "")
        for place in sorted((exercise.answers_path / "wrong").iterdir()):
            answer = shipped(exercise, place, place.name)
            yield from _mistake(catalog, read_answer_toml(place))
            yield from _differences(exercise, place.name, answer.files)
            yield from ("</details>", "")


def _mistake(catalog: Catalog, settings: AnswerToml) -> Iterator[str]:
    what = re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(settings.what, quote=False))
    yield from ('<details class="waits" markdown="1">', f"<summary>{what}</summary>", "")
    yield from (
        f"Refused by `{settings.test}`. {catalog.misconceptions[settings.misconception]}",
        "",
    )


def _differences(exercise: Exercise, name: str, files: Mapping[str, bytes]) -> Iterator[str]:
    """What the answer has instead of what the solution has, file by file, while that is short."""
    solved = solution(exercise).files
    lines: list[str] = []
    for file in sorted(solved.keys() | files.keys()):
        if solved.get(file) != files.get(file):
            lines += _difference(file, solved.get(file, b""), files.get(file, b""))
    place = f"tests/answers/{exercise.lesson}/{exercise.slug}/wrong/{name}"
    if len(lines) > MOST_LINES:
        lines = [f"It differs from the solution in {len(lines)} lines: see `{place}`.", ""]
    elif not lines:  # what it changes is given, and is never taken from an answer
        lines = [f"It differs from the solution in a file that is given: see `{place}`.", ""]
    yield from lines


def _difference(file: str, old: bytes, new: bytes) -> Iterator[str]:
    before, after = (content.decode("utf-8").splitlines() for content in (old, new))
    _, _, *lines = difflib.unified_diff(before, after, n=1, lineterm="")
    yield from (f'```diff title="{file}"', *(line.rstrip() for line in lines), "```", "")
