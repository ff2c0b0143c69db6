"""The gradebook as data: who handed what in, what came of it, and what it is worth."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property

from remodel.classroom.assignment import Assignment, Learner
from remodel.classroom.people import Person
from remodel.classroom.results_store import Graded
from remodel.classroom.submissions import Submission
from remodel.course.layout import HANDIN_TOML
from remodel.course.playground_mark import FILE as MARK
from remodel.grading.answer import digest_of

NOT_HANDED_IN = "not handed in"
NOT_ON_LIST = "Not on the list of the assignment."
#: What programs put beside an answer.
_ADDED = {HANDIN_TOML, MARK}


@dataclass(frozen=True)
class Cell:
    """What came of one exercise of one learner."""

    slug: str
    #: pass, fail, error (not graded) or not handed in.
    status: str
    worth: float
    #: What it earns before the late rule.
    points: float = 0.0
    result: Graded | None = None
    #: Why it was not graded, or why it counts as not handed in.
    reason: str = ""
    #: The same for answers of equal words; "" where nothing was handed in.
    digest: str = ""

    @property
    def has_mark(self) -> bool:
        """Whether its points say something: who has not handed in has not got 0."""
        return self.status not in ("error", NOT_HANDED_IN)

    @property
    def is_untouched(self) -> bool:
        """Whether something lay there, and it was the starter."""
        return self.status == NOT_HANDED_IN and bool(self.reason)

    @property
    def beliefs(self) -> list[str]:
        """The misconceptions behind what failed, the first that a learner hears of first."""
        failed = self.result.failures if self.result and self.status == "fail" else []
        return list(dict.fromkeys(c.misconception for c in failed if c.misconception))


@dataclass(frozen=True)
class Row:
    """One learner."""

    person: Person
    cells: Mapping[str, Cell]
    late_by: timedelta = timedelta()
    #: What the late rule leaves of the points, from 0 to 1.
    share: float = 1.0
    notes: tuple[str, ...] = ()
    place: str = ""

    @property
    def total(self) -> float:
        """The points, after the late rule."""
        return round(sum(cell.points for cell in self.cells.values()) * self.share, 2)

    @property
    def is_whole(self) -> bool:
        """Whether all of it was graded; where not, somebody has to look before it is a mark."""
        return all(cell.status != "error" for cell in self.cells.values())

    @property
    def handed_in(self) -> bool:
        """Whether there is anything of theirs."""
        return any(cell.status != NOT_HANDED_IN for cell in self.cells.values())

    @property
    def has_mark(self) -> bool:
        """Whether the points say something: not where nothing is there, or not all was graded."""
        return self.handed_in and self.is_whole


@dataclass(frozen=True)
class Gradebook:
    """A class and an assignment."""

    title: str
    slugs: tuple[str, ...]
    worth: Mapping[str, float]
    rows: tuple[Row, ...]

    @property
    def most(self) -> float:
        """What there was to earn."""
        return round(sum(self.worth.values()), 2)

    def label(self, row: Row) -> str:
        """How `row` is called here: by name, and by more where two have that name."""
        return row.person.name if self._names[row.person.name] < 2 else row.person.id

    @cached_property
    def _names(self) -> Counter[str]:
        """How many have each name."""
        return Counter(row.person.name for row in self.rows)

    def count(self, status: str) -> int:
        """How many cells have that status."""
        return sum(c.status == status for row in self.rows for c in row.cells.values())


def gradebook(
    assignment: Assignment,
    submissions: Iterable[Submission],
    results: Mapping[tuple[str, str], Graded],
) -> Gradebook:
    """The gradebook of `submissions`; `results` are by the id of the person and the exercise.

    What was handed in and has no result is the starter, untouched: nobody graded it.
    """
    worth = _worth(assignment, results)
    rows, known = [], set[str]()
    for submission in submissions:
        learner = assignment.learner(submission.person)
        known |= {learner.id} if learner else set()
        rows.append(_row(assignment, submission, learner, results, worth))
    for learner in assignment.learners:
        if learner.id not in known:
            person = Person(learner.id, learner.name or learner.id)
            cells = {slug: Cell(slug, NOT_HANDED_IN, worth[slug]) for slug in worth}
            rows.append(Row(person, cells))
    rows.sort(key=lambda row: (row.person.name.casefold(), row.person.id))
    return Gradebook(assignment.title, assignment.exercises, worth, tuple(rows))


def _worth(assignment: Assignment, results: Mapping[tuple[str, str], Graded]) -> dict[str, float]:
    """What each exercise is worth: as the assignment says, or what its checks are worth."""
    most = dict.fromkeys(assignment.exercises, 1.0)
    for (_, slug), result in results.items():
        if result.status in ("pass", "fail"):
            most[slug] = float(result.max_points)
    return {slug: assignment.points.get(slug, most[slug]) for slug in assignment.exercises}


def _row(
    assignment: Assignment,
    submission: Submission,
    learner: Learner | None,
    results: Mapping[tuple[str, str], Graded],
    worth: Mapping[str, float],
) -> Row:
    person = submission.person
    if learner and learner.name and not person.platform:
        # A folder is called by the id; a platform's own name is what it imports by.
        person = replace(person, name=learner.name)
    cells = {
        slug: _cell(slug, submission, results.get((person.id, slug)), worth[slug]) for slug in worth
    }
    due = assignment.due_for(learner)
    at = (learner.handed_in if learner else None) or submission.at
    late_by = at.astimezone() - due if due and at else timedelta()
    if person.late and late_by <= timedelta():
        late_by = timedelta(seconds=1)  # the platform says so, and not by how much
    notes = list(submission.notes)
    if assignment.learners and learner is None:
        notes.append(NOT_ON_LIST)
    share = assignment.late.share(late_by)
    row = Row(person, cells, max(late_by, timedelta()), share, tuple(notes), place=submission.place)
    # What is not there is not late, either.
    return row if row.handed_in else replace(row, late_by=timedelta(), share=1.0)


def _cell(slug: str, submission: Submission, result: Graded | None, worth: float) -> Cell:
    if submission.problem:
        return Cell(slug, "error", worth, reason=submission.problem)
    if result is None:
        reason = f"Nothing was changed in the starter of {slug}."
        return Cell(slug, NOT_HANDED_IN, worth, reason=reason * (slug in submission.answers))
    points = worth * result.points / result.max_points if result.max_points else 0.0
    if result.status == "pass":
        points = worth
    return Cell(
        slug,
        result.status,
        worth,
        round(points, 2),
        result,
        result.ungraded or "",
        digest_of_words(submission.answers[slug]),
    )


def digest_of_words(files: Mapping[str, bytes]) -> str:
    """A digest of the words of an answer: blanks, and what `remodel pack` adds, do not count."""
    words = {
        f: b" ".join(c.split()) for f, c in files.items() if f.rpartition("/")[2] not in _ADDED
    }
    return digest_of(words)
