"""The rules that an exercise's folders must keep, as code."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from remodel.course.exercise import Exercise
from remodel.course.layout import EXERCISE_TOML, PAGE, Layout
from remodel.course.toml_errors import Place
from remodel.course.toml_file import error_at, read_struct
from remodel.errors import CourseError, RemodelError
from remodel.grading import standard
from remodel.grading.answer import shipped, solution
from remodel.grading.answer_toml import ANSWER_TOML, AnswerToml
from remodel.grading.collection import checks_of
from remodel.history import read_history

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
    yield from settings_problems(exercise)
    if not exercise.stake:
        yield "exercise.toml does not say in `stake` what could have been lost"
    if len(exercise.hints) < 2 or not all(hint.strip() for hint in exercise.hints):
        yield "exercise.toml needs hints in two or more steps"
    for name in exercise.hints_for.keys() - checks_of(exercise):
        yield f"exercise.toml has a hint for {name}, which is no check of this exercise"
    longest = 90 if exercise.track == "capstone" else 25
    if not 5 <= exercise.minutes <= longest:
        yield f"{exercise.minutes} minutes is not between 5 and {longest}"
    yield from _readme_problems(exercise.page)
    if not exercise.solution_page.is_file():
        yield "the solution has no README.md that says why it is right"
    unknown = (*exercise.standard.without, *exercise.standard.guards)
    for name in unknown:
        if name not in standard.ALL:
            yield f"exercise.toml names {name}, which is not a standard check"
    yield from _answer_problems(exercise)
    yield from _stray_files(exercise, exercise.solution_path)


def settings_problems(exercise: Exercise) -> Iterator[str]:
    """Names in exercise.toml that nothing has: with one of them, no answer can be graded."""
    try:
        solved = solution(exercise)
    except RemodelError as error:
        yield str(error)
        return
    given = read_history(exercise.given).ids
    toml = exercise.path / EXERCISE_TOML
    for number, revision in enumerate(exercise.deployed):
        if revision not in given:
            yield _no_revision(toml, ("deployed", number), revision, given)
    # The copies of the story are made with the solution, whose revisions they may have, too.
    known = given | solved.history.ids
    for number, deployment in enumerate(exercise.deployments):
        if deployment.revision and deployment.revision not in known:
            place = ("deployment", number, "revision")
            yield _no_revision(toml, place, deployment.revision, known)
    yield from _last_release_problems(exercise, toml)
    yield from _column_problems(exercise, toml, solved.files)


def _no_revision(toml: Path, place: Place, revision: str, known: Iterable[str]) -> str:
    ids = ", ".join(sorted(known)) or "none"
    return str(error_at(toml, place, f"names {revision!r}. The revisions are: {ids}."))


def _last_release_problems(exercise: Exercise, toml: Path) -> Iterator[str]:
    """Files that nobody is given, or none where nothing is migrated: a check that is not made."""
    place = ("standard", "last_release")
    for number, file in enumerate(exercise.standard.last_release or ()):
        if file not in exercise.given:
            yield str(error_at(toml, (*place, number), f"names {file!r}, which is not given."))
    asked = exercise.standard.last_release is not None
    if asked and standard.LAST_RELEASE not in standard.of_exercise(exercise):
        sentence = "asks for a standard check that is made of revisions alone."
        yield str(error_at(toml, place, sentence))


def _column_problems(exercise: Exercise, toml: Path, solved: Mapping[str, bytes]) -> Iterator[str]:
    """Columns in `values` and `free_defaults` that no file of starter or solution speaks of.

    Which schema there is, only the models know once they run, and these rules run nothing. So the
    names must be words of what makes the schema: Python, SQL, and the SQL in exercise.toml.
    """
    files = [*exercise.given.items(), *solved.items()]
    texts = [
        content.decode("utf-8", "replace")
        for file, content in files
        if file.endswith((".py", ".sql"))
    ]
    texts += [exercise.theirs, *(f"{each.tables}\n{each.sql}" for each in exercise.deployments)]
    words = {word for text in texts for word in re.findall(r"\w+", text)}
    # The class OldPiece makes the table old_piece.
    tables = {word.replace("_", "").lower() for word in words}
    places: list[tuple[str, Place, str]] = [
        (name, ("values", name), "") for name in exercise.values
    ]
    for number, name in enumerate(exercise.free_defaults):
        places.append((name, ("free_defaults", number), f"({name!r}) "))
    for name, place, shown in places:
        table, _, column = name.partition(".")
        if column not in words or table.replace("_", "").lower() not in tables:
            sentence = f"{shown}is no table.column of the models and revisions."
            yield str(error_at(toml, place, sentence))


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
