"""Whether what lies in a folder can be an answer to an exercise: what cannot is not graded."""

from collections.abc import Collection, Iterator
from pathlib import Path

from remodel.course import handin, playground_mark
from remodel.course.exercise import Exercise
from remodel.course.handin import HandIn
from remodel.course.playground_mark import Mark
from remodel.errors import NotGraded, NotHandedIn
from remodel.grading.answer_toml import ANSWER_TOML

#: How many folders deeper an answer is looked for, to name the place.
_DEEPEST = 3


def refuse_other_hand_ins(exercise: Exercise, folder: Path, slugs: Collection[str]) -> None:
    """Raise NotGraded where nothing in `folder` belongs to `exercise`, or where it says so itself.

    `slugs` are the names of all exercises: where others lie there, this one was not handed in.
    """
    says = handin.read(folder) or playground_mark.read(folder)
    others = {name for name in slugs if name != exercise.slug}
    if says:
        _refuse_another(exercise, folder, says)
    elif folder.resolve().name in others:
        raise _another(exercise, folder, folder.resolve().name)
    if says or (folder / ANSWER_TOML).exists() or any(_taken(exercise, folder)):
        return
    if not any(folder.iterdir()):
        raise NotGraded(f"{folder} is empty. {_expected(exercise)}")
    deeper = _answer_below(exercise, folder, others)
    if deeper:
        raise NotGraded(
            f"{folder} holds nothing that belongs to {exercise.slug}, and\n  {deeper}\ndoes. "
            "Name that folder."
        )
    handed_in = sorted(name for name in others if (folder / name).is_dir())
    if handed_in:
        raise NotHandedIn(f"{folder} holds {_some(handed_in)}, and no {exercise.slug}.")
    raise NotGraded(
        f"{folder} holds nothing that belongs to {exercise.slug}. {_expected(exercise)} "
        f"There is {_some(sorted(_files(folder))) or 'no file'}."
    )


def _refuse_another(exercise: Exercise, folder: Path, says: HandIn | Mark) -> None:
    """What a folder says of itself: `remodel pack` wrote it there, or `remodel start`."""
    if says.exercise != exercise.slug:
        raise _another(exercise, folder, says.exercise)
    if says.variant != exercise.variant:
        raise NotGraded(
            f"{folder} is an answer to variant {says.variant} of {exercise.slug}, and is graded "
            f"as one to variant {exercise.variant}. Where {says.variant} was given out, grade it "
            f"with --variant {says.variant}."
        )


def _another(exercise: Exercise, folder: Path, slug: str) -> NotGraded:
    return NotGraded(
        f"{folder} is an answer to {slug}, and is graded as one to {exercise.slug}. "
        "Name the folder of the other."
    )


def _taken(exercise: Exercise, folder: Path) -> Iterator[str]:
    return (file for file in _files(folder) if exercise.accepts(file))


def _answer_below(exercise: Exercise, folder: Path, others: Collection[str]) -> Path | None:
    """The folder below `folder` in which something belongs to `exercise`: one too deep."""
    for depth in range(1, _DEEPEST + 1):
        for place in sorted(folder.glob("/".join("*" * depth))):
            inside = place.relative_to(folder).parts
            if place.is_dir() and not {*inside} & {*others} and any(_taken(exercise, place)):
                return place
    return None


def _files(folder: Path) -> Iterator[str]:
    return (p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def _expected(exercise: Exercise) -> str:
    return f"An answer to {exercise.slug} is {' or '.join(exercise.edits)}, at its place there."


def _some(names: list[str]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more
