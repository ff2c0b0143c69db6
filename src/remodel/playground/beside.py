"""A learner's answer beside the shipped one."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from remodel.course.edits import diff_lines
from remodel.course.exercise import Exercise
from remodel.grading.answer import from_playground, solution


def yours_beside_ours(exercise: Exercise, folder: Path) -> list[str]:
    """A diff of what lies in `folder` and the shipped solution; [] where nothing is changed yet.

    A new revision is beside ours of the same place in the order, whatever both are called.
    """
    yours = _changed(exercise, from_playground(exercise, folder).files)
    if not yours:
        return []
    ours = _changed(exercise, solution(exercise).files)
    return [line for pair in _pairs(yours, ours) for line in _beside(*pair, yours, ours)]


def _changed(exercise: Exercise, files: Mapping[str, bytes]) -> dict[str, str]:
    """What of `files` is handed in and is not as it was given."""
    return {
        file: content.decode("utf-8", "replace")
        for file, content in sorted(files.items())
        if exercise.accepts(file) and exercise.given.get(file) != content
    }


def _pairs(yours: dict[str, str], ours: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The names of what belongs together; "" where the other side has nothing."""
    for file in sorted(yours.keys() & ours.keys()):
        yield file, file
    mine, shipped = (
        [file for file in one if file not in other] for one, other in ((yours, ours), (ours, yours))
    )
    for place in range(max(len(mine), len(shipped))):
        yield ("".join(mine[place : place + 1]), "".join(shipped[place : place + 1]))


def _beside(mine: str, shipped: str, yours: dict[str, str], ours: dict[str, str]) -> list[str]:
    names = (f"yours: {mine or 'nothing'}", f"ours: {shipped or 'nothing'}")
    lines = diff_lines(yours.get(mine, ""), ours.get(shipped, ""), names)
    return lines or [f"{mine}: yours and ours are the same."]
