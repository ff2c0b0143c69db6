"""Where a learner's exercises lie: what `remodel` asks of the disk before it grades anything."""

from pathlib import Path

from remodel.course import playground_mark
from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.playground.progress import Progress


def playground_of(catalog: Catalog, exercise: Exercise) -> Path:
    """Where the exercise was laid out with --to, or else playground/SLUG."""
    elsewhere = Progress.read(catalog).places.get(exercise.slug)
    if elsewhere and playground_mark.read(Path(elsewhere)):
        return Path(elsewhere)
    return catalog.layout.playground / exercise.slug


def exercise_here(catalog: Catalog, folder: Path) -> Exercise | None:
    """The exercise whose playground `folder` is, or lies in."""
    for place in (folder, *folder.parents):
        mark = playground_mark.read(place)
        if mark:
            exercise = catalog.exercises.get(mark.exercise)
            return exercise.in_variant(mark.variant) if exercise else None
    return None


def playground_here(folder: Path) -> Path | None:
    """The playground that `folder` is, or lies in."""
    return next((p for p in (folder, *folder.parents) if playground_mark.read(p)), None)
