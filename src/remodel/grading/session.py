"""One grading session: which answers with which seeds, the runner, and the verdicts so far."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from remodel.course import playground_mark
from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.course.manifest import ChangedFile, changed_files, way_back
from remodel.errors import NotGraded, RemodelError
from remodel.grading import answer as answers
from remodel.grading.answer import Answer
from remodel.grading.engine import SQLITE, Engine, leaving_out
from remodel.grading.handed_in import refuse_other_hand_ins
from remodel.grading.notes import notes_on
from remodel.grading.own_code import changed_code, own_code
from remodel.grading.project.project import Project
from remodel.grading.results import Verdict
from remodel.grading.workspace.workspace import Workspace
from remodel.runner import LIMIT, Runner, open_runner


@dataclass(frozen=True)
class Policy:
    """Which checks of an answer are made, and how early its commands begin."""

    #: Skip a check where one that it needs has failed.
    skip_dependants: bool = True
    #: Make no further check of an answer that one has refused.
    stop_at_first: bool = False
    #: Begin on the second core what the later checks of an answer will need.
    prefetch: bool = False
    #: Grade only where the course's own files are as shipped.
    only_as_shipped: bool = False


#: For somebody who waits.
LEARNER = Policy(prefetch=True, only_as_shipped=True)
#: For the kill matrix: every check, those too whose base has failed.
AUDIT = Policy(skip_dependants=False)
#: For those who ask only whether an answer is refused, and by what first.
FIRST_REFUSAL = Policy(stop_at_first=True)


@dataclass(frozen=True)
class Unit:
    """One answer to be graded with one seed."""

    exercise: Exercise
    answers: str
    seed: int
    #: What its tests are called by, where `answers` is a place of no account. Pytest puts the name
    #: of each test into the environment, and glibc keeps every text that was ever there.
    label: str = ""

    @property
    def key(self) -> tuple[str, str, int]:
        """What tells this unit from the others of its session."""
        return self.exercise.slug, self.answers, self.seed

    def load(self, catalog: Catalog) -> Answer:
        """What was handed in; raises NotGraded where there is nothing."""
        return load_answer(catalog, self.exercise, self.answers)

    def __str__(self) -> str:
        return self.label or f"{self.answers}-{self.seed}"


def load_answer(catalog: Catalog, exercise: Exercise, named: str) -> Answer:
    """The answer that `named` means: starter, solution, playground, wrong/…, right/… or a path."""
    if named == "starter":
        return answers.starter(exercise)
    if named == "solution":
        return answers.solution(exercise)
    if named.startswith(("wrong/", "right/")) and not Path(named).exists():
        return answers.shipped(exercise, exercise.answers_path / named, named)
    folder = _folder(catalog, exercise, named)
    if named == "playground":
        return answers.from_playground(exercise, folder)
    if folder.resolve().is_relative_to(catalog.layout.answers.resolve()):
        return answers.shipped(exercise, folder, named)
    if folder.is_dir():
        refuse_other_hand_ins(exercise, folder, catalog.exercises)
    if playground_mark.is_marked(folder):
        return answers.from_playground(exercise, folder)
    return answers.from_folder(exercise, folder, named)


def _folder(catalog: Catalog, exercise: Exercise, named: str) -> Path:
    """The folder that `named` means, if it means one."""
    if named == "playground":
        return catalog.layout.playground / exercise.slug
    nested = Path(named) / exercise.slug
    return nested if nested.is_dir() else Path(named)


def _variant(catalog: Catalog, exercise: Exercise, named: str, asked: int | None) -> Exercise:
    """The variant that was asked for, or the one that the learner works in, or the published one.

    A folder that is handed in has no say in it.
    """
    if asked is not None:
        # Where there are no variants, whoever asked has heard of it: see Catalog.in_variant.
        return exercise.in_variant(asked)
    if named != "playground":
        return exercise.in_variant(0)
    return exercise.in_variant(playground_mark.variant_of(_folder(catalog, exercise, named)))


def new_seed() -> int:
    """A seed nobody knew before; it is printed, so that a failure can be repeated."""
    return secrets.randbelow(90_000) + 10_000


@dataclass
class Grading:
    """What a pytest run grades, shared by its tests and kept warm by `remodel watch`."""

    catalog: Catalog
    units: dict[str, list[Unit]]
    workspace: Workspace
    policy: Policy = LEARNER
    engine: Engine = field(default_factory=Engine)
    verdicts: dict[tuple[str, str, int], Verdict] = field(default_factory=dict)
    _loaded: dict[tuple[str, str], Answer | RemodelError] = field(default_factory=dict)
    #: A teacher's own graders, each with the slug of the exercise that it is about.
    more_graders: Mapping[Path, str] = field(default_factory=dict)
    #: By slug: what of the course was not as shipped when the grading began.
    _changed: dict[str, tuple[ChangedFile, ...]] = field(default_factory=dict)
    #: The grader's own files when the grading began.
    _own_code: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Leave out what cannot be asked where no program can be started."""
        if self.runner.name == "inline":
            from remodel.grading.standard import OF_PROCESSES

            reason = "It starts programs, and this runner has no processes."
            self.catalog = leaving_out(self.catalog, OF_PROCESSES, reason)

    @classmethod
    def of(
        cls,
        catalog: Catalog,
        named: list[str],
        seeds: list[int],
        runner: str = "auto",
        limit: float = LIMIT,
        variant: int | None = None,
        policy: Policy = LEARNER,
        database: str = SQLITE,
    ) -> "Grading":
        """A grading of the same answers for every exercise that is collected.

        On another `database` than SQLite, its server runs until the grading is closed; raises
        NoServer where there is none.
        """
        engine = Engine.opened(database)
        catalog = engine.catalog(catalog)
        units = {
            slug: [
                Unit(_variant(catalog, exercise, name, variant), name, seed)
                for name in named
                for seed in seeds
            ]
            for slug, exercise in catalog.exercises.items()
        }
        workspace = Workspace(open_runner(runner), limit, engine.store)
        return cls(catalog, units, workspace, policy, engine)

    @property
    def runner(self) -> Runner:
        """What runs the session's commands."""
        return self.workspace.runner

    def restart(self) -> None:
        """Forget the verdicts and the answers: the files may have changed since."""
        self.verdicts.clear()
        self._loaded.clear()
        self._changed.clear()
        self._own_code = {}

    def project(self, unit: Unit) -> Project:
        """A fresh project for one test; raises NotGraded where nothing was handed in."""
        key = (unit.exercise.slug, unit.answers)
        if key not in self._loaded:
            try:
                self._refuse_changed_course(unit.exercise)
                self.engine.refuse(unit.exercise)
                self._loaded[key] = unit.load(self.catalog)
            except RemodelError as reason:
                self._loaded[key] = reason
        loaded = self._loaded[key]
        if isinstance(loaded, RemodelError):
            raise loaded
        return Project(loaded, self.workspace, str(unit.seed))

    def verdict(self, unit: Unit) -> Verdict:
        """The verdict on `unit`, begun empty."""
        if unit.key not in self.verdicts:
            changed = tuple(map(str, self._changed.get(unit.exercise.slug, ())))
            loaded = self._loaded.get((unit.exercise.slug, unit.answers))
            notes = notes_on(loaded) if isinstance(loaded, Answer) else []
            self.verdicts[unit.key] = Verdict(
                *unit.key,
                self.runner.name,
                changed_course=changed,
                notes=tuple(notes),
                database=self.engine.name_for(unit.exercise),
                elsewhere=not self.engine.is_of(unit.exercise),
                fewer_checks=self.engine.makes_fewer_checks(unit.exercise),
            )
        return self.verdicts[unit.key]

    def conclude(self) -> None:
        """Take back each verdict during which a file of the course, or of ours, has changed."""
        own = changed_code(self._own_code) if self._own_code else []
        for verdict in self.verdicts.values() if own else ():
            verdict.ungraded = (
                f"The grader's own files changed while this was graded:\n  {own[0]}\n"
                "Look at what is there before anything else is graded."
            )
        for verdict in self.verdicts.values():
            exercise = self.catalog.exercises[verdict.exercise]
            before = self._changed.get(exercise.slug)
            after = changed_files(self.catalog.layout, exercise)
            if before is not None and after != before:
                verdict.ungraded = (
                    "The course's own files changed while this was graded.\n"
                    + way_back(self.catalog.layout, after)
                )

    def _refuse_changed_course(self, exercise: Exercise) -> None:
        if exercise.slug not in self._changed:
            self._changed[exercise.slug] = changed_files(self.catalog.layout, exercise)
        changed = self._changed[exercise.slug]
        if self.policy.only_as_shipped and not self._own_code:
            self._own_code = own_code()
        if changed and self.policy.only_as_shipped:
            raise NotGraded(
                f"{exercise.slug} is graded with files of the course that are not as shipped:\n"
                f"{way_back(self.catalog.layout, changed)}\n"
                "To grade it with the changed course, add --changed-course."
            )

    def begin(self, unit: Unit) -> None:
        """Forget what was remembered of other answers: a long session must stay small."""
        self.workspace.drop_foreseen()
        loaded = self._loaded.get((unit.exercise.slug, unit.answers))
        self.workspace.forget({loaded.key} if isinstance(loaded, Answer) else set())

    def close(self) -> None:
        """End the runner's processes."""
        self.workspace.close()
        self.runner.close()
        self.engine.close()
