"""The rules that an exercise's folders must keep, as code."""

from collections.abc import Iterator
from pathlib import Path

from remodel.course.exercise import Exercise
from remodel.course.layout import PAGE, Layout
from remodel.course.toml_file import read_struct
from remodel.errors import CourseError
from remodel.grading import standard
from remodel.grading.answer import shipped
from remodel.grading.answer_toml import ANSWER_TOML, AnswerToml

HEADINGS = ("Goal", "Why it matters", "Steps", "Done when", "Minutes", "Out of scope")


def shipped_answers(exercise: Exercise) -> list[str]:
    """The names of every answer that the course ships for `exercise`."""
    kinds = ("wrong", "right")
    named = [
        f"{kind}/{folder.name}"
        for kind in kinds
        for folder in sorted((exercise.answers_path / kind).glob("*"))
        if folder.is_dir()
    ]
    return ["starter", "solution", *named]


def content_problems(exercise: Exercise) -> Iterator[str]:
    """Missing or empty parts, files where none may be, answers that do not say what they are."""
    if len(exercise.hints) < 2 or not all(hint.strip() for hint in exercise.hints):
        yield "exercise.toml needs hints in two or more steps"
    if not 5 <= exercise.minutes <= 25:
        yield f"{exercise.minutes} minutes is not between 5 and 25"
    yield from _readme_problems(exercise.page)
    if not exercise.solution_page.is_file():
        yield "the solution has no README.md that says why it is right"
    unknown = (*exercise.standard.without, *exercise.standard.guards)
    for name in unknown:
        if name not in standard.ALL:
            yield f"exercise.toml names {name}, which is not a standard check"
    yield from _answer_problems(exercise)
    yield from _stray_files(exercise, exercise.solution_path)


def _readme_problems(file: Path) -> Iterator[str]:
    if not file.is_file():
        yield "README.md is missing"
        return
    lines = file.read_text(encoding="utf-8").splitlines()
    for heading in HEADINGS:
        if f"## {heading}" not in lines:
            yield f"README.md has no heading '## {heading}'"


def _answer_problems(exercise: Exercise) -> Iterator[str]:
    names = shipped_answers(exercise)
    if sum(n.startswith("wrong/") for n in names) < 6:
        yield "there are fewer than six wrong answers"
    if sum(n.startswith("right/") for n in names) < 2 and exercise.hands_in != "findings":
        yield "there are fewer than two other right answers"
    for name in names[2:]:
        folder = exercise.answers_path / name
        try:
            settings = about(exercise, name)
            shipped(exercise, folder, name)
        except CourseError as error:
            yield str(error)
            continue
        wanted = ("what", "test", "misconception") if name.startswith("wrong/") else ("what",)
        for key in wanted:
            if not getattr(settings, key):
                yield f"{name}/answer.toml does not say `{key}`"
        for edit in settings.edit:
            if not exercise.accepts(edit.file):
                yield f"{name}/answer.toml edits {edit.file}, which is not among the edits"
        yield from _stray_files(exercise, folder)


def _stray_files(exercise: Exercise, folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        known = name in (PAGE, ANSWER_TOML) or "__pycache__" in path.parts
        if path.is_file() and not known and not exercise.accepts(name):
            yield f"{path.relative_to(Layout.around(exercise.path).root)} is not among the edits"


def about(exercise: Exercise, name: str) -> AnswerToml:
    """What the answer.toml of one shipped answer says of it."""
    return read_struct(exercise.answers_path / name / ANSWER_TOML, AnswerToml)
