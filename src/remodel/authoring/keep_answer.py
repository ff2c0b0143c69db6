"""Keeps what somebody did in a playground as an answer of the course, as edits of the solution."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from remodel.authoring.edits import as_toml, edits_between
from remodel.course import playground_mark
from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.errors import RemodelError
from remodel.grading.answer import Answer, solution
from remodel.grading.answer_toml import ANSWER_TOML
from remodel.grading.session import load_answer

NAME = re.compile(r"(wrong|right)/[a-z0-9]+(-[a-z0-9]+)*")
#: What the author has to say of it.
TO_SAY = {"wrong": ("what", "test", "misconception"), "right": ("what",)}


def keep_answer(catalog: Catalog, exercise: Exercise, name: str, folder: Path) -> list[Path]:
    """Write the answer `name` from what lies in `folder`; returns the files made.

    Raises RemodelError, and writes nothing, where there is nothing to keep or no place for it.
    """
    place = _free_place(exercise, name)
    if playground_mark.variant_of(folder):
        raise RemodelError(
            f"{folder} holds a variant. Answers are written in the published names: begin "
            f"{exercise.slug} again without --variant."
        )
    files = (file.relative_to(folder).as_posix() for file in folder.rglob("*"))
    if not any(map(exercise.accepts, files)):
        raise RemodelError(f"{folder} holds no file that {exercise.slug} takes from a learner.")
    answer = load_answer(catalog, exercise, str(folder))
    handed, solved = _handed_in(answer, folder), _accepted(exercise, solution(exercise).files)
    if handed in (_accepted(exercise, exercise.given), solved):
        original = "solution" if handed == solved else "starter"
        raise RemodelError(f"Nothing was changed in {folder}: it holds the {original}.")
    toml, whole = _differences(name, solved, handed)
    contents = {ANSWER_TOML: toml.encode(), **whole}
    return [_written(place / file, content) for file, content in contents.items()]


def _free_place(exercise: Exercise, name: str) -> Path:
    if not NAME.fullmatch(name):
        raise RemodelError(
            f"{name!r} is not a valid name. Write wrong/NAME or right/NAME, with lower-case words "
            "and hyphens."
        )
    place = exercise.answers_path / name
    if place.exists():
        raise RemodelError(f"{name} exists already: {place}")
    return place


def _handed_in(answer: Answer, folder: Path) -> dict[str, bytes]:
    """What of the app was handed in; a deployed revision as it came, even where it may not be."""
    files = _accepted(answer.exercise, answer.files)
    files |= {file: (folder / file).read_bytes() for file in answer.tampered}
    return {file: content for file, content in files.items() if file not in answer.missing}


def _accepted(exercise: Exercise, files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {file: content for file, content in files.items() if exercise.accepts(file)}


def _differences(
    name: str, solved: dict[str, bytes], handed: dict[str, bytes]
) -> tuple[str, dict[str, bytes]]:
    """The text of the answer.toml, and the files that are easier to read whole."""
    kind = name.partition("/")[0]
    toml = "".join(f'{key} = ""\n' for key in TO_SAY[kind]) + 'base = "solution"\n'
    if gone := sorted(solved.keys() - handed.keys()):
        toml += f"deletes = {json.dumps(gone)}\n"
    whole = {}
    for file, content in sorted(handed.items()):
        if content == solved.get(file):
            continue
        if edits := _edits(solved.get(file, b""), content):
            toml += as_toml(file, edits)
        else:
            whole[file] = content
    return toml, whole


def _edits(old: bytes, new: bytes) -> list[tuple[str, str]] | None:
    try:
        return edits_between(old.decode("utf-8"), new.decode("utf-8"))
    except UnicodeDecodeError:
        return None


def _written(place: Path, content: bytes) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    return place
