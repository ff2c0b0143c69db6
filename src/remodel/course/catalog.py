"""Which lessons and exercises exist."""

import difflib
from functools import cached_property
from pathlib import Path

from remodel.course.exercise import Exercise
from remodel.course.layout import EXERCISE_TOML, LESSON_TOML, Layout
from remodel.course.lesson import Lesson
from remodel.course.toml_file import Text, read_struct
from remodel.errors import RemodelError


class Catalog:
    """The lessons and exercises of one checkout of the course."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.layout = Layout(self.root)
        if not self.layout.lessons.is_dir() or not self.layout.exercises.is_dir():
            raise RemodelError(
                f"No course in {root}: it has no lessons/ and exercises/. "
                "Run Remodel from a clone of the course."
            )

    @cached_property
    def lessons(self) -> dict[str, Lesson]:
        """Lessons by folder name, in order."""
        folders = sorted(self.layout.lessons.glob(f"[0-9][0-9]-*/{LESSON_TOML}"))
        return {file.parent.name: Lesson.read(file) for file in folders}

    @cached_property
    def exercises(self) -> dict[str, Exercise]:
        """Exercises by slug: by lesson, the core track first, then by minutes."""
        files = self.layout.exercises.glob(f"[0-9][0-9]-*/*/{EXERCISE_TOML}")
        exercises = [Exercise.read(file, self.lessons) for file in files]
        exercises.sort(key=lambda e: (e.lesson, e.track != "core", e.minutes, e.slug))
        return {exercise.slug: exercise for exercise in exercises}

    def with_exercises(self, exercises: dict[str, Exercise]) -> "Catalog":
        """The same course with these exercises, by slug."""
        other = Catalog(self.root)
        other.exercises = exercises
        return other

    def lesson(self, name: str) -> Lesson:
        """The lesson in the folder `name`, or of that number (5, 05); raises RemodelError."""
        for lesson in self.lessons.values():
            if name == lesson.name or (name.isdecimal() and int(name) == lesson.number):
                return lesson
        known = ", ".join(self.lessons)
        raise RemodelError(f"No lesson is called {name!r}. There are {known}.")

    def core_minutes(self, lesson: str) -> int:
        """How many minutes the core exercises of `lesson` take together."""
        core = (e for e in self.exercises.values() if e.lesson == lesson and e.track == "core")
        return sum(exercise.minutes for exercise in core)

    @property
    def slugs(self) -> list[str]:
        """The names of all exercises, by lesson; no exercise.toml is read for it."""
        files = sorted(self.layout.exercises.glob(f"[0-9][0-9]-*/*/{EXERCISE_TOML}"))
        return [file.parent.name for file in files]

    def exercise(self, named: str) -> Exercise:
        """The exercise called `named`, in any case, or the one of that path.

        Raises RemodelError with the nearest names.
        """
        # The last part that is a slug: of `exercises/01-…/first-model/README.md`, too.
        for part in reversed(named.replace("\\", "/").lower().split("/")):
            if part in self.exercises:
                return self.exercises[part]
        raise RemodelError(f"No exercise is called {named!r}. {self._nearest(named.lower())}")

    def in_variant(self, exercise: Exercise, number: int) -> Exercise:
        """`exercise` in variant `number`; raises RemodelError where it has no variants."""
        if number and not exercise.variants:
            raise RemodelError(
                f"{exercise.slug} has no variants, so there is no variant {number}. "
                f"{self.with_variants}"
            )
        return exercise.in_variant(number)

    @property
    def with_variants(self) -> str:
        """A sentence on the exercises that have variants."""
        each = (
            f"{exercise.slug} (0 to {exercise.wording.numbers[-1]})"
            for exercise in self.exercises.values()
            if exercise.variants
        )
        return f"These have: {', '.join(each) or 'none of this course'}."

    def _nearest(self, slug: str) -> str:
        begun = [each for each in self.exercises if each.startswith(slug) and len(slug) > 2][:3]
        near = begun or difflib.get_close_matches(slug, self.exercises, n=3, cutoff=0.65)
        if near:
            return f"Did you mean {' or '.join(near)}?"
        return "`remodel list` shows them all."

    @cached_property
    def misconceptions(self) -> dict[str, str]:
        """What people believe that is not so: identifier to the sentence that puts it right."""
        return read_struct(self.layout.misconceptions, dict[str, Text])

    def exercise_at(self, folder: Path) -> Exercise | None:
        """The exercise whose folder is `folder`, or None."""
        exercise = self.exercises.get(folder.name)
        return exercise if exercise and exercise.path == folder.resolve() else None


def find_course() -> Catalog:
    """The course this package belongs to, or the one that $REMODEL_COURSE names."""
    return Catalog(Layout.here().root)
