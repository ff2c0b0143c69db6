"""Remembers verdicts between runs, by a digest of all that they depend on.

Of packages, the versions count: who edits an installed package grades with `--fresh`.
For authors and the gate alone: what a learner hands in is always graded. The files lie in .cache/,
which git ignores. They can be deleted at any time.
"""

import contextlib
import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import msgspec

from remodel.course.catalog import Catalog
from remodel.errors import RemodelError
from remodel.grading.provenance import (
    digest_of_exercise,
    digest_of_graders,
    installed_versions,
)
from remodel.grading.results import Verdict
from remodel.grading.run import grade
from remodel.grading.session import Grading, Policy, Unit
from remodel.grading.workspace.workspace import Workspace


class VerdictCache:
    """Verdicts under one policy: remembered ones, and those that `workspace` has to give.

    `known` counts those that were remembered. With `fresh`, none is.
    """

    def __init__(
        self, catalog: Catalog, workspace: Workspace, policy: Policy, fresh: bool = False
    ) -> None:
        self.known = 0
        self._catalog, self._workspace, self._policy = catalog, workspace, policy
        self._fresh = fresh
        self._remembered: set[Path] = set()
        self._course: dict[tuple[str, int], str] = {}

    def verdicts(self, units: list[Unit]) -> list[Verdict]:
        """The verdict on each of `units`, all of one exercise. Raises what `grade` raises."""
        verdicts: dict[tuple[str, str, int], Verdict] = {}
        for unit in units:
            if not self._fresh and (verdict := self._read(unit)):
                verdicts[unit.key] = verdict
                self._remembered.add(self._file(unit))
        unknown = [unit for unit in units if unit.key not in verdicts]
        self.known += len(verdicts)
        if unknown:
            exercise = unknown[0].exercise
            grading = Grading(
                self._catalog, {exercise.slug: unknown}, self._workspace, self._policy
            )
            graded = grade(grading, [exercise])
            verdicts |= {(v.exercise, v.answer, v.seed): v for v in graded}
        return [verdicts[unit.key] for unit in units]

    def keep(self, units: Iterable[Unit], verdicts: Iterable[Verdict]) -> None:
        """Remember the verdict on each unit. Give it what was expected: a surprise is graded again.

        It may be the machine's fault, such as a command that ran out of time.
        """
        for unit, verdict in zip(units, verdicts, strict=True):
            if (file := self._file(unit)) not in self._remembered:
                # A cache that cannot be written costs time, and no verdict.
                with contextlib.suppress(OSError):
                    self._write(file, verdict)

    @staticmethod
    def _write(file: Path, verdict: Verdict) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        # Two processes may write the same file: each puts a whole one in its place.
        whole = file.with_suffix(f".{os.getpid()}")
        whole.write_bytes(msgspec.json.encode(verdict))
        whole.replace(file)

    def _read(self, unit: Unit) -> Verdict | None:
        try:
            verdict = msgspec.json.decode(self._file(unit).read_bytes(), type=Verdict)
        except (OSError, msgspec.MsgspecError, RemodelError):
            return None
        return replace(verdict, answer=unit.answers)

    def _file(self, unit: Unit) -> Path:
        digest = hashlib.sha256("\0".join(self._depends_on(unit)).encode()).hexdigest()
        return self._catalog.layout.verdict_cache / digest[:2] / f"{digest[2:]}.json"

    def _depends_on(self, unit: Unit) -> Iterator[str]:
        exercise, answer = unit.exercise, unit.load(self._catalog)
        of_exercise = (exercise.slug, exercise.variant)
        if of_exercise not in self._course:
            self._course[of_exercise] = digest_of_exercise(self._catalog, exercise)
        yield from (digest_of_graders(), installed_versions(), self._course[of_exercise])
        yield from (self._workspace.runner.name, str(self._workspace.limit), repr(self._policy))
        yield from (
            answer.key,
            repr((answer.tampered, answer.missing, answer.renumbered, answer.not_taken)),
        )
        yield from (str(exercise.variant), str(unit.seed))
