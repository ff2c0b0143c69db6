"""Which lessons and exercises exist: the only module that knows the folder layout."""

import difflib
import fnmatch
import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from remodel.errors import CourseError, RemodelError

APP_TREES = ("hearth", "migrations")
APP_FILES = ("wsgi.py", "rows.sql")
#: Files of an exercise's folder that are about the exercise and not part of the app it lays out.
ABOUT = ("README.md", "exercise.toml", "test_exercise.py", "scenarios")
KINDS = ("files", "commands", "script")
IGNORED = ("__pycache__", "*.pyc", "instance", ".DS_Store", ".pytest_cache")


@dataclass(frozen=True)
class Lesson:
    """One stage of the course: a folder with a whole app in it."""

    name: str
    path: Path
    title: str
    level: str
    minutes: Mapping[str, int]
    changes: tuple[str, ...]
    removes: tuple[str, ...]
    questions: tuple[str, ...]
    objectives: tuple[str, ...]
    key_points: tuple[str, ...]

    @property
    def number(self) -> int:
        """The stage's number, 1 to 7."""
        return int(self.name.split("-")[0])

    def app_files(self) -> dict[str, bytes]:
        """Every file of the stage's app: relative POSIX path to content."""
        return read_tree(self.path, (*APP_TREES, *APP_FILES))


@dataclass(frozen=True)
class Deployment:
    """A copy of the database that the exercise's story knows by name."""

    name: str
    revision: str
    sql: str = ""
    playground: bool = False


@dataclass(frozen=True)
class Exercise:
    """One exercise's folder and what its exercise.toml says."""

    slug: str
    path: Path
    lesson: str
    start: Lesson
    title: str
    hands_in: str
    edits: tuple[str, ...]
    minutes: int
    track: str
    hints: tuple[str, ...]
    deployed: tuple[str, ...]
    binds: tuple[str, ...] = ()
    compare: tuple[str, ...] = ()
    values: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    without: Mapping[str, str] = field(default_factory=dict)
    guards: tuple[str, ...] = ()
    deployments: tuple[Deployment, ...] = ()

    @property
    def playground_revision(self) -> str:
        """The revision at which the learner's own database begins: the newest deployed one."""
        return self.deployed[-1]

    @cached_property
    def given(self) -> dict[str, bytes]:
        """The starter: the lesson's app with the exercise's own files laid over it."""
        own = read_tree(self.path, [p.name for p in self.path.iterdir() if p.name not in ABOUT])
        return {**self.start.app_files(), **own}

    def is_edited(self, file: str) -> bool:
        """Whether `file` (relative POSIX path) is one that the learner hands in."""
        return any(fnmatch.fnmatch(file, pattern) for pattern in self.edits)

    @property
    def solution_path(self) -> Path:
        """The folder of the shipped solution."""
        return self.path.parents[2] / "solutions" / self.lesson / self.slug

    @property
    def answers_path(self) -> Path:
        """The folder whose wrong/ and right/ hold the answers that keep the grader honest."""
        return self.path.parents[2] / "tests" / "answers" / self.lesson / self.slug


class Catalog:
    """The lessons and exercises of one checkout of the course."""

    def __init__(self, root: Path) -> None:
        self.root = root
        if not (root / "lessons").is_dir() or not (root / "exercises").is_dir():
            raise RemodelError(
                f"No course in {root}: it has no lessons/ and exercises/. "
                "Run Remodel from a clone of the course."
            )

    @cached_property
    def lessons(self) -> dict[str, Lesson]:
        """Lessons by folder name, in order."""
        folders = sorted((self.root / "lessons").glob("[0-9][0-9]-*/lesson.toml"))
        return {file.parent.name: _lesson(file) for file in folders}

    @cached_property
    def exercises(self) -> dict[str, Exercise]:
        """Exercises by slug: by lesson, the core track first, then by minutes."""
        files = (self.root / "exercises").glob("[0-9][0-9]-*/*/exercise.toml")
        found = [_exercise(file, self.lessons) for file in files]
        found.sort(key=lambda e: (e.lesson, e.track != "core", e.minutes, e.slug))
        return {exercise.slug: exercise for exercise in found}

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
        file = self.root / "exercises" / "misconceptions.toml"
        return {key: str(text) for key, text in read_toml(file).items()} if file.exists() else {}

    def exercise_at(self, folder: Path) -> Exercise | None:
        """The exercise whose folder is `folder`, or None."""
        found = self.exercises.get(folder.name)
        return found if found and found.path == folder.resolve() else None


def find_course() -> Catalog:
    """The course this package belongs to, or the one that $REMODEL_COURSE names."""
    named = os.environ.get("REMODEL_COURSE")
    return Catalog(Path(named).resolve() if named else Path(__file__).resolve().parents[2])


def read_tree(root: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Every regular file under `root` that is, or lies in, one of `names`."""
    files: dict[str, bytes] = {}
    for name in names:
        for path in _walk(root / name):
            files[path.relative_to(root).as_posix()] = path.read_bytes()
    return files


def _walk(path: Path) -> Iterator[Path]:
    if any(fnmatch.fnmatch(path.name, pattern) for pattern in IGNORED) or path.is_symlink():
        return
    if path.is_dir():
        for child in sorted(path.iterdir()):
            yield from _walk(child)
    elif path.is_file():
        yield path


def read_toml(file: Path) -> dict[str, Any]:
    """The table in `file`; raises CourseError naming the file and the place."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CourseError(f"{file}: {error}. Mend the TOML there.") from error
    except FileNotFoundError as error:
        raise CourseError(f"{file} is missing.") from error


class _Table:
    """Reads keys of one TOML table and complains with the file and the key."""

    def __init__(self, file: Path, table: dict[str, Any]) -> None:
        self.file, self.left = file, dict(table)

    def take(self, key: str, kind: type, default: Any = None) -> Any:
        value = self.left.pop(key, default)
        if value is None:
            raise CourseError(f"{self.file}: the key {key!r} is missing.")
        if not isinstance(value, kind):
            raise CourseError(
                f"{self.file}: {key!r} must be of type {kind.__name__}, not {value!r}."
            )
        return value

    def strings(self, key: str, default: list[str] | None = None) -> tuple[str, ...]:
        values = self.take(key, list, default)
        if not all(isinstance(value, str) for value in values):
            raise CourseError(f"{self.file}: {key!r} must be a list of strings, not {values!r}.")
        return tuple(values)

    def choice(self, key: str, among: Iterable[str], default: str | None = None) -> str:
        value = str(self.take(key, str, default))
        if value not in among:
            raise CourseError(f"{self.file}: {key!r} must be one of {', '.join(among)}.")
        return value

    def done(self) -> None:
        if self.left:
            raise CourseError(f"{self.file}: unknown key {sorted(self.left)[0]!r}.")


def _lesson(file: Path) -> Lesson:
    table = _Table(file, read_toml(file))
    lesson = Lesson(
        name=file.parent.name,
        path=file.parent.resolve(),
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
    table = _Table(file, read_toml(file))
    start = table.choice("start", tuple(lessons))
    standard = table.take("standard", dict, {})
    values = table.take("values", dict, {})
    exercise = Exercise(
        slug=file.parent.name,
        path=file.parent.resolve(),
        lesson=file.parent.parent.name,
        start=lessons[start],
        title=table.take("title", str),
        hands_in=table.choice("hands_in", KINDS),
        edits=table.strings("edits"),
        minutes=table.take("minutes", int),
        track=table.choice("track", ("core", "more")),
        hints=table.strings("hints"),
        deployed=table.strings("deployed"),
        binds=table.strings("binds", []),
        compare=table.strings("compare", []),
        values={name: tuple(among) for name, among in values.items()},
        without=standard.get("without", {}),
        guards=tuple(standard.get("guards", ())),
        deployments=tuple(_deployment(file, each) for each in table.take("deployment", list, [])),
    )
    table.done()
    if not exercise.deployed:
        raise CourseError(f"{file}: 'deployed' must name a revision: where the learner begins.")
    return exercise


def _deployment(file: Path, given: dict[str, Any]) -> Deployment:
    table = _Table(file, given)
    deployment = Deployment(
        name=table.take("name", str),
        revision=table.take("revision", str),
        sql=table.take("sql", str, ""),
        playground=table.take("playground", bool, False),
    )
    table.done()
    return deployment
