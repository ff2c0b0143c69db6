"""What a learner has done so far: a plain file that survives updates of the course."""

import itertools
import json
import os
from datetime import date, datetime
from pathlib import Path

import msgspec

from remodel.course.catalog import Catalog
from remodel.course.drawn import DrawnOption, DrawnQuestion
from remodel.course.exercise import Exercise
from remodel.course.inventory import InventoryAnswers, When
from remodel.course.quiz import Question
from remodel.course.toml_errors import Problem
from remodel.playground.believing import BeliefMemory, FamilyMemory, after_answer
from remodel.playground.recall import NEW, CardMemory
from remodel.servers.kinds import KINDS, ServerKind


class ProgressFile(msgspec.Struct):
    """playground/progress.json: what was passed (with the day), hints shown, what was begun."""

    passed: dict[str, str] = {}
    hints: dict[str, int] = {}
    #: Slug to the check that was first to refuse the last answer, and to those whose own hint was
    #: shown.
    failed: dict[str, str] = {}
    hinted: dict[str, list[str]] = {}
    #: The exercise begun last.
    last: str | None = None
    #: Slug to folder, for what was laid out with --to.
    places: dict[str, str] = {}
    #: Lesson to the questions of its quiz that were answered wrongly last.
    missed: dict[str, list[str]] = {}
    #: The cards that were asked for, by their ids.
    cards: dict[str, CardMemory] = {}
    #: Question to the day on which it was first answered rightly, or predicted.
    questions: dict[str, str] = {}
    #: Stepper of the site to the day on which its last step was first seen.
    films: dict[str, str] = {}
    #: What the learner seems to believe, by the ids of docs/questions/beliefs.toml.
    beliefs: dict[str, BeliefMemory] = {}
    #: The families of questions that were asked.
    families: dict[str, FamilyMemory] = {}
    #: The answers to the inventory, before the course and after it.
    inventory: dict[When, InventoryAnswers] = {}


class Progress(ProgressFile, kw_only=True):
    """The same, and where it is kept."""

    path: Path
    #: What is wrong with the file; "" for nothing. It is set aside when a new one is written.
    damage: str = ""
    aside: Path | None = None

    @classmethod
    def read(cls, catalog: Catalog) -> "Progress":
        """The learner's progress; an empty one with its `damage` where the file is damaged."""
        path = catalog.layout.progress
        if not path.exists():
            return cls(path=path)
        try:
            record = _decode(path.read_bytes())
        except ValueError as error:
            return cls(path=path, damage=str(error))
        return cls(path=path, **msgspec.structs.asdict(record))

    @property
    def about_damage(self) -> str:
        """What to say of a damaged file; "" where there is nothing wrong."""
        if not self.damage:
            return ""
        if not self.aside:
            return (
                f"{self.path}\nis damaged: {self.damage} What you passed is not known. Correct the "
                "file, or go on: the next pass begins a new one, and keeps this one beside it."
            )
        return (
            f"{self.path}\nwas damaged: {self.damage} It is kept beside it as {self.aside.name}, "
            "and a new one is begun. Your exercises are not touched."
        )

    def write(self) -> None:
        """Replace the file in one step, so that Ctrl-C cannot leave half of it."""
        record = {name: getattr(self, name) for name in ProgressFile.__struct_fields__}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if self.damage and not self.aside:
            self._set_aside()
        new = self.path.with_suffix(f".{os.getpid()}.new")
        text = json.dumps(msgspec.to_builtins(record), indent=2) + "\n"
        try:
            new.write_text(text, encoding="utf-8")
            new.replace(self.path)
        except OSError:
            new.unlink(missing_ok=True)
            raise

    def _set_aside(self) -> None:
        now = f"{datetime.now():%Y%m%d-%H%M%S-%f}"
        self.aside = self.path.replace(self.path.with_name(f"progress-damaged-{now}.json"))

    def begin(self, slug: str, folder: Path) -> None:
        """Remember `slug` as the exercise that the learner is at, and where it lies."""
        self.last = slug
        self.places.pop(slug, None)
        if folder != self.path.parent / slug:
            self.places[slug] = str(folder)
        self.write()

    def passes(self, slug: str) -> None:
        """Remember that `slug` passed, the first time."""
        self.passed.setdefault(slug, date.today().isoformat())
        self.failed.pop(slug, None)
        self.write()

    def fails(self, slug: str, check: str) -> None:
        """Remember that `check` was the first to refuse the last answer to `slug`."""
        if self.failed.get(slug) != check:
            self.failed[slug] = check
            self.write()

    def passed_in(self, catalog: Catalog) -> list[str]:
        """What was passed and is still in the course, in the order in which it was passed."""
        return [slug for slug in self.passed if slug in catalog.exercises]

    def last_lesson(self, catalog: Catalog) -> str | None:
        """The lesson in which the learner last passed an exercise for the first time."""
        passed = self.passed_in(catalog)
        return catalog.exercises[passed[-1]].lesson if passed else None

    def numbers(self, catalog: Catalog) -> tuple[int, int]:
        """How many exercises are passed, and of how many."""
        return len(self.passed_in(catalog)), len(catalog.exercises)

    def count(self, catalog: Catalog) -> str:
        """The same in words."""
        return "{} of {}".format(*self.numbers(catalog))

    def hint_for_failure(self, exercise: Exercise) -> str | None:
        """The hint for the check that refused the last answer; None where there is none unread."""
        check = self.failed.get(exercise.slug, "")
        if check in self.hinted.get(exercise.slug, []):
            return None
        return exercise.hints_for.get(check)

    def shows_hint_for_failure(self, exercise: Exercise) -> None:
        """Remember that this hint was shown."""
        self.hinted.setdefault(exercise.slug, []).append(self.failed[exercise.slug])
        self.write()

    def has_hints(self, exercise: Exercise) -> bool:
        """Whether there is a hint that was not shown yet."""
        left = self.hints.get(exercise.slug, 0) < len(exercise.hints)
        return left or self.hint_for_failure(exercise) is not None

    def card(self, name: str) -> CardMemory:
        """How well the card of that id is known."""
        return self.cards.get(name, NEW)

    def remember_card(self, name: str, memory: CardMemory) -> None:
        """Remember how well the card of that id is known now."""
        self.cards[name] = memory
        self.write()

    def answer(self, lesson: str, question: Question, right: bool) -> None:
        """Remember whether the question was answered rightly."""
        missed = self.missed.setdefault(lesson, [])
        if right == (question.id in missed):
            (missed.remove if right else missed.append)(question.id)
        self.does_question(question, right)

    def does_question(self, question: Question, right: bool) -> None:
        """Remember that it was answered rightly; for a prediction, that there was one is enough."""
        if right or question.kind == "predict":
            self.questions.setdefault(question.id, date.today().isoformat())
        self.write()

    def answer_drawn(self, question: DrawnQuestion, chosen: DrawnOption, today: date) -> None:
        """Remember what the answer to a drawn question shows."""
        held = () if chosen.right else (chosen.belief,)
        self.beliefs = after_answer(self.beliefs, question.beliefs, held, today)
        asked = self.families[question.family].asked if question.family in self.families else 0
        self.families[question.family] = FamilyMemory(asked + 1, today)
        self.write()

    def take_stock(self, when: When, answers: InventoryAnswers) -> None:
        """Remember the answers to the inventory, and what they show."""
        self.inventory[when] = answers
        shown = {belief for belief in answers.answers.values() if belief}
        self.beliefs = after_answer(self.beliefs, shown, shown, answers.day)
        self.write()

    def next_hint(self, exercise: Exercise) -> int:
        """How many hints to show now: one more than last time, until there are no more."""
        count = min(self.hints.get(exercise.slug, 0) + 1, len(exercise.hints))
        self.hints[exercise.slug] = count
        self.write()
        return count


def _decode(content: bytes) -> ProgressFile:
    """What the file says; raises ValueError with a sentence on what is wrong with it."""
    try:
        record = json.loads(content)
    except UnicodeDecodeError as error:
        raise ValueError("it is not UTF-8.") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno} is not JSON.") from error
    try:
        return msgspec.convert(record, ProgressFile)
    except msgspec.ValidationError as error:
        raise ValueError(Problem.of(error, record, ProgressFile).sentence) from error


def next_exercise(catalog: Catalog, progress: Progress) -> Exercise | None:
    """The one begun and not passed; else of the core, in the lesson of the last pass; else more.

    Whoever has passed the core of that lesson goes on with the first of the core that is left. The
    capstone comes when all else is passed.
    What needs a server that is not here is passed over.
    """
    return next((e for e in _left(catalog, progress) if not missing_server(e)), None)


def passed_over(catalog: Catalog, progress: Progress) -> list[Exercise]:
    """What would come before the next exercise, did it not need a server that is not here."""
    return [*itertools.takewhile(missing_server, _left(catalog, progress))]


def missing_server(exercise: Exercise) -> ServerKind | None:
    """The kind of server that `exercise` is graded on, where there is none on this machine."""
    kind = KINDS.get(exercise.database)
    return kind if kind and not kind.is_here else None


def _left(catalog: Catalog, progress: Progress) -> list[Exercise]:
    left = [e for e in catalog.exercises.values() if e.slug not in progress.passed]
    at = progress.last_lesson(catalog)
    order = ("core", "more", "capstone").index
    left.sort(key=lambda e: (e.slug != progress.last, order(e.track), e.lesson != at))
    return left
