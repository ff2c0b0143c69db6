"""Where a learner's exercises lie: what `remodel` asks of the disk before it grades anything."""

from pathlib import Path

from remodel.course import playground_mark
from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.course.layout import MIGRATIONS, is_app
from remodel.course.lesson import Lesson
from remodel.playground.progress import Progress


def playground_of(catalog: Catalog, exercise: Exercise) -> Path:
    """Where the exercise was laid out with --to, or else playground/SLUG."""
    elsewhere = Progress.read(catalog).places.get(exercise.slug)
    if elsewhere and playground_mark.read(Path(elsewhere)):
        return Path(elsewhere)
    return catalog.layout.playground / exercise.slug


def course_folder_here(catalog: Catalog, folder: Path) -> Exercise | Lesson | None:
    """Whose own files lie in `folder` or around it: those of an exercise, a solution, a lesson."""
    for place in (folder, *folder.parents):
        for exercise in catalog.exercises.values():
            if place in (exercise.path, exercise.solution_path):
                return exercise
        for lesson in catalog.lessons.values():
            if place == lesson.path:
                return lesson
    return None


def project_here(catalog: Catalog, folder: Path) -> Path | None:
    """The folder with migrations, or an app, that `folder` is or lies in, and that is no exercise.

    What lies around the course itself is nobody's business.
    """
    for place in (folder, *folder.parents):
        if place == catalog.root:
            return None
        if is_app(place) or (place / MIGRATIONS / "env.py").is_file():
            return place
    return None


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
