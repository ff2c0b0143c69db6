"""Which lessons and exercises exist."""

import difflib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from remodel.course.exercise import KINDS, Deployment, Exercise, Lesson
from remodel.course.layout import EXERCISE_TOML, LESSON_TOML, Layout
from remodel.course.toml_file import Table, read_toml
from remodel.errors import CourseError, RemodelError


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
        return {file.parent.name: _lesson(file) for file in folders}

    @cached_property
    def exercises(self) -> dict[str, Exercise]:
        """Exercises by slug: by lesson, the core track first, then by minutes."""
        files = self.layout.exercises.glob(f"[0-9][0-9]-*/*/{EXERCISE_TOML}")
        found = [_exercise(file, self.lessons) for file in files]
        found.sort(key=lambda e: (e.lesson, e.track != "core", e.minutes, e.slug))
        return {exercise.slug: exercise for exercise in found}

    def lesson(self, name: str) -> Lesson:
        """The lesson in the folder `name`, or of that number; raises RemodelError."""
        for lesson in self.lessons.values():
            if name in (lesson.name, str(lesson.number)):
                return lesson
        known = ", ".join(self.lessons)
        raise RemodelError(f"No lesson is called {name!r}. There are {known}.")

    def core_minutes(self, lesson: str) -> int:
        """How many minutes the core exercises of `lesson` take together."""
        found = (e for e in self.exercises.values() if e.lesson == lesson and e.track == "core")
        return sum(exercise.minutes for exercise in found)

    def exercise(self, slug: str) -> Exercise:
        """The exercise called `slug`; raises RemodelError with the nearest names."""
        if slug in self.exercises:
            return self.exercises[slug]
        raise RemodelError(f"No exercise is called {slug!r}. {self._nearest(slug)}")

    def _nearest(self, slug: str) -> str:
        near = difflib.get_close_matches(slug, self.exercises, n=3, cutoff=0.4)
        if near:
            return f"Did you mean {' or '.join(near)}?"
        return "`remodel list` shows them all."

    @cached_property
    def misconceptions(self) -> dict[str, str]:
        """What people believe that is not so: identifier to the sentence that puts it right."""
        file = self.layout.misconceptions
        return {key: str(text) for key, text in read_toml(file).items()} if file.exists() else {}

    def exercise_at(self, folder: Path) -> Exercise | None:
        """The exercise whose folder is `folder`, or None."""
        found = self.exercises.get(folder.name)
        return found if found and found.path == folder.resolve() else None


def find_course() -> Catalog:
    """The course this package belongs to, or the one that $REMODEL_COURSE names."""
    return Catalog(Layout.here().root)


def _lesson(file: Path) -> Lesson:
    table = Table(file, read_toml(file))
    lesson = Lesson(
        name=file.parent.name,
        path=file.parent,
        title=table.take("title", str),
        level=table.choice("level", ("Foundation", "Intermediate", "Advanced", "Expert")),
        minutes=table.take("minutes", dict),
        changes=table.strings("changes"),
        removes=table.strings("removes", []),
        questions=table.strings("questions"),
        objectives=table.strings("objectives"),
        key_points=table.strings("key_points"),
    )
    table.done()
    return lesson


def _exercise(file: Path, lessons: Mapping[str, Lesson]) -> Exercise:
    table = Table(file, read_toml(file))
    start = table.choice("start", tuple(lessons))
    standard = table.take("standard", dict, {})
    values = table.take("values", dict, {})
    exercise = Exercise(
        slug=file.parent.name,
        path=file.parent,
        lesson=file.parent.parent.name,
        start=lessons[start],
        title=table.take("title", str),
        hands_in=table.choice("hands_in", KINDS),
        edits=table.strings("edits"),
        minutes=table.take("minutes", int),
        track=table.choice("track", ("core", "more")),
        hints=table.strings("hints"),
        deployed=table.strings("deployed"),
        drill=table.take("drill", bool, False),
        binds=table.strings("binds", []),
        compare=table.strings("compare", []),
        free_defaults=table.strings("free_defaults", []),
        values={name: tuple(among) for name, among in values.items()},
        without=standard.get("without", {}),
        guards=tuple(standard.get("guards", ())),
        deployments=tuple(_deployment(file, each) for each in table.take("deployment", list, [])),
        version_table=table.take("version_table", str, "alembic_version"),
        theirs=table.take("theirs", str, ""),
        variants=_variants(file, table.take("variants", dict, {})),
    )
    table.done()
    return exercise


def _deployment(file: Path, given: dict[str, Any]) -> Deployment:
    table = Table(file, given)
    deployment = Deployment(
        name=table.take("name", str),
        revision=table.take("revision", str, ""),
        tables=table.take("tables", str, ""),
        sql=table.take("sql", str, ""),
        playground=table.take("playground", bool, False),
    )
    table.done()
    if deployment.revision and deployment.tables:
        raise CourseError(
            f"{file}: deployment {deployment.name!r} has a revision and tables. Keep one of them."
        )
    return deployment


def _variants(file: Path, given: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    table = Table(file, given)
    found = {word: table.strings(word) for word in given}
    if len({len(others) for others in found.values()}) > 1:
        raise CourseError(f"{file}: every word in [variants] needs as many others as the next.")
    return found
