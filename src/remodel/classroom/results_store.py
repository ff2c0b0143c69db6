"""What was graded: a file for each result, written whole, so that no run repeats another."""

import contextlib
import hashlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.grading.answer import digest_of
from remodel.grading.provenance import digest_of_exercise, digest_of_graders, installed_versions


class GradedCheck(msgspec.Struct, frozen=True):
    """One check, as results.json has it."""

    name: str
    title: str
    status: str
    message: str = ""
    where: str | None = None
    source: str | None = None
    misconception: str | None = None
    hint: str | None = None
    output: str = ""
    points: int = 0
    #: Whether it is the teacher's own, and no learner is shown what it looks at.
    hidden: bool = False


class Graded(msgspec.Struct, frozen=True):
    """The verdict on one answer, as results.json has it; what nobody reads here is left out."""

    status: str
    exercise: str
    points: int
    max_points: int
    seed: int
    seconds: float = 0.0
    ungraded: str | None = None
    tests: tuple[GradedCheck, ...] = ()

    @property
    def failures(self) -> list[GradedCheck]:
        """The failed checks, in the order in which a learner should hear of them."""
        return [check for check in self.tests if check.status == "fail"]


class ResultStore:
    """The results in a folder, by what they depend on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, key: str) -> Graded | None:
        """The result of that key; None where there is none, or a damaged one."""
        try:
            return msgspec.json.decode(self._file(key).read_bytes(), type=Graded)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return None

    def write(self, key: str, result: Mapping[str, Any]) -> None:
        """Keep a result: it is there whole or not at all."""
        write_whole(self._file(key), msgspec.json.encode(result))

    def _file(self, key: str) -> Path:
        return self.folder / f"{key}.json"


def write_whole(file: Path, content: bytes) -> None:
    """Put `content` in the place of `file`, whole; what is there stays until then."""
    file.parent.mkdir(parents=True, exist_ok=True)
    written = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        written.write_bytes(content)
        written.replace(file)
    finally:
        with contextlib.suppress(OSError):
            written.unlink(missing_ok=True)


class Keys:
    """Tells for each hand-in what its result is kept by: the hand-in, the course, the grader."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._of_exercises: dict[tuple[str, int], str] = {}

    def key(
        self, exercise: Exercise, seed: int, files: Mapping[str, bytes], hidden: bytes = b""
    ) -> str:
        """The key of the result of these `files` as an answer to `exercise`."""
        which = (exercise.slug, exercise.variant)
        if which not in self._of_exercises:
            self._of_exercises[which] = digest_of_exercise(self._catalog, exercise)
        parts = (digest_of_graders(), installed_versions(), self._of_exercises[which])
        own = [exercise.slug, str(exercise.variant), str(seed), digest_of(files)]
        own += [digest_of({"hidden": hidden})] if hidden else []
        return hashlib.sha256("\0".join((*parts, *own)).encode()).hexdigest()[:32]
