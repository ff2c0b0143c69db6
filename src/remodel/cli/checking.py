"""One check, or one at every save, in a process that stays warm."""

import contextlib
import os
import sys
from dataclasses import replace
from pathlib import Path

import click

from remodel.cli.output import print_json, say_of_damage
from remodel.cli.shell import wrapped
from remodel.course import playground_mark
from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.errors import NotGraded, NotHandedIn
from remodel.grading.answer import Answer
from remodel.grading.engine import SQLITE
from remodel.grading.lock_lines import database_of_xray, lock_lines
from remodel.grading.onlooker import Onlooker
from remodel.grading.results import Verdict, write_results
from remodel.grading.session import LEARNER, Grading, Unit, load_answer, new_seed
from remodel.grading.terminal import ImpatientOnlooker, TerminalOnlooker, print_verdict
from remodel.playground.milestones import after_a_pass
from remodel.playground.own_database import word_on_own_database
from remodel.playground.progress import Progress
from remodel.playground.update import changes_since_the_start
from remodel.runner import LIMIT
from remodel.wrapping import PassingLine

EXIT_CODES = {"pass": 0, "fail": 1, "error": 2, "not handed in": 2}


class Checking:
    """Grades one exercise again and again; the runner and its memory stay warm."""

    def __init__(
        self,
        catalog: Catalog,
        exercise: Exercise,
        folder: Path,
        answers: str | None,
        seed: int | None,
        runner: str,
        changed_course: bool = False,
        limit: float = LIMIT,
        variant: int | None = None,
        database: str = SQLITE,
        x_ray: bool = False,
    ) -> None:
        self.x_ray, database = x_ray, database_of_xray(database) if x_ray else database
        # Only the learner's own folder counts for progress and gets a word on its database.
        self.own = answers is None and "REMODEL_ANSWERS" not in os.environ
        if not self.own or variant is not None:
            exercise = catalog.in_variant(exercise, variant or 0)
        self.catalog, self.exercise, self.folder = catalog, exercise, folder
        named = answers or os.environ.get("REMODEL_ANSWERS") or str(folder)
        if self.own:
            _refuse_other_folders(exercise, folder)
        with contextlib.suppress(NotHandedIn):  # of which there is a verdict
            load_answer(catalog, exercise, named)  # bad input is an error before anything starts
        self.seed = new_seed() if seed is None else seed
        self.grading = Grading.of(
            catalog,
            [named],
            [self.seed],
            runner,
            limit,
            variant=exercise.variant,
            policy=replace(LEARNER, only_as_shipped=not changed_course),
            database=database,
        )
        # What another kind of database shows is no progress.
        self.own &= self.grading.engine.is_of(exercise)
        self.unit = Unit(exercise, named, self.seed)

    def close(self) -> None:
        """End the runner's processes, a command that is still running too."""
        self.grading.runner.close()
        self.grading.close()

    def grade(self, onlooker: Onlooker) -> Verdict:
        """One verdict."""
        from remodel.grading.run import grade

        (verdict,) = grade(self.grading, [self.exercise], onlooker)
        if self.own and verdict.status == "fail":
            progress = Progress.read(self.catalog)
            progress.failed[self.exercise.slug] = verdict.failures[0].name
            verdict.hints_left = progress.has_hints(self.exercise)
        return verdict

    def once(self, results: Path | None, as_json: bool, every: bool, line: PassingLine) -> int:
        """Grade, say what came of it, and return the exit code."""
        if self.x_ray and as_json:
            raise NotGraded("--x-ray prints words, and --json nothing but results. Leave out one.")
        verdict = self.grade(Onlooker() if as_json else TerminalOnlooker(sys.stdout, line))
        if as_json:
            print_json(verdict.as_json())
        else:
            print_verdict(verdict, self.catalog, every)
            self._say_more(verdict)
            if len(verdict.failures) > 1 and not every:
                click.echo(f"  All that failed: remodel check {self.exercise.slug} --all")
            if self.x_ray and verdict.handed_in:
                self._show_locks()
        return self._conclude(verdict, results, as_json)

    def at_a_save(self) -> int:
        """The same for somebody who edits: the first refusal is printed as soon as it is known."""
        onlooker = ImpatientOnlooker(sys.stdout)
        verdict = self.grade(onlooker)
        onlooker.print_rest(verdict, self.catalog)
        self._say_more(verdict)
        return self._conclude(verdict, None, False)

    def _conclude(self, verdict: Verdict, results: Path | None, as_json: bool) -> int:
        # After the words: a disk that cannot be written must not keep the verdict back.
        if results:
            write_results(results, [verdict])
        for line in self.remember(verdict):
            if not as_json:
                click.echo(wrapped(line))
        return EXIT_CODES[verdict.status]

    def _show_locks(self) -> None:
        seen = self.grading.project(self.unit).populated().x_ray()
        click.echo("\n".join(lock_lines(*seen)))

    def remember(self, verdict: Verdict, key: str = "") -> list[str]:
        """Record what came of the learner's own; returns what is to be said of a pass."""
        if not self.own or verdict.changed_course:
            return []
        progress = Progress.read(self.catalog)
        if verdict.status == "fail":
            with contextlib.suppress(OSError):  # then a hint may be one that fits less well
                progress.fails(self.exercise.slug, verdict.failures[0].name)
        if verdict.status != "pass":
            return []
        first = self.exercise.slug not in progress.passed
        unsaid = []
        try:
            progress.passes(self.exercise.slug)
        except OSError as error:  # the verdict stands, wherever it can be remembered
            unsaid = [f"The pass could not be recorded in {progress.path} ({error.strerror})."]
        say_of_damage(progress)
        return [*after_a_pass(self.catalog, self.exercise, progress, first, key), *unsaid]

    def _say_more(self, verdict: Verdict) -> None:
        for note in self.notes(verdict):
            click.echo(wrapped(note))

    def notes(self, verdict: Verdict) -> list[str]:
        """What the learner should know besides the verdict."""
        if not verdict.handed_in:
            return []
        loaded = load_answer(self.catalog, self.exercise, self.unit.answers)
        return self._notes(loaded, verdict.status == "pass")

    def _notes(self, loaded: Answer, passes: bool) -> list[str]:
        notes = []
        if loaded.not_taken:
            notes.append(
                f"Not taken from you: {_some(loaded.not_taken)}. "
                f"This exercise takes {', '.join(self.exercise.edits)}."
            )
        if self.own:
            own = word_on_own_database(self.grading.project(self.unit), self.folder, passes)
            notes += [own] if own else []
            changed = changes_since_the_start(self.exercise, self.folder)
            if changed:
                notes.append(
                    f"The course has changed since you began: {_some(changed)}. "
                    f"`remodel update {self.exercise.slug}` takes that over and keeps your work."
                )
        return notes


def _refuse_other_folders(exercise: Exercise, folder: Path) -> None:
    if playground_mark.read(folder) is None:
        raise NotGraded(f"You have not started {exercise.slug}. Run: remodel start {exercise.slug}")


def _some(files: tuple[str, ...]) -> str:
    more = f" and {len(files) - 3} more" if len(files) > 3 else ""
    return ", ".join(files[:3]) + more
