"""What a gradebook remembers of its last run, and which marks another run has changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from remodel.classroom.book import Gradebook
from remodel.classroom.results_store import write_whole
from remodel.errors import RemodelError

_FILE = "last-run"


class KeptMark(msgspec.Struct, frozen=True):
    """The status and the points of one learner for one exercise."""

    status: str
    points: float


class Run(msgspec.Struct, frozen=True):
    """What was graded: where it lay, what was asked for, and what came of it."""

    submissions: tuple[str, ...]
    exercises: tuple[str, ...]
    assignment: str | None = None
    #: The folder of the learners' records, where there is one.
    records: str | None = None
    #: By the id of the learner and the exercise.
    marks: Mapping[str, Mapping[str, KeptMark]] = {}


def remember(run: Run, results: Path) -> None:
    """Keep `run` among the results of its gradebook."""
    write_whole(results / _FILE, msgspec.json.encode(run))


def last_run(results: Path) -> Run:
    """The run that was kept last; raises RemodelError where there is none."""
    file = results / _FILE
    try:
        return msgspec.json.decode(file.read_bytes(), type=Run)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise RemodelError(
            f"{file} is not there, or damaged. Grade first: remodel class grade SUBMISSIONS"
        ) from error


def marks_of(book: Gradebook) -> dict[str, dict[str, KeptMark]]:
    """The marks in a gradebook."""
    return {
        row.person.id: {slug: KeptMark(c.status, c.points) for slug, c in row.cells.items()}
        for row in book.rows
    }


@dataclass(frozen=True)
class ChangedMark:
    """A mark that is another than before."""

    id: str
    slug: str
    before: KeptMark | None
    now: KeptMark


def changed_marks(
    before: Mapping[str, Mapping[str, KeptMark]], now: Mapping[str, Mapping[str, KeptMark]]
) -> list[ChangedMark]:
    """The marks that differ, by learner and exercise."""
    return [
        ChangedMark(person, slug, before.get(person, {}).get(slug), mark)
        for person, marks in sorted(now.items())
        for slug, mark in marks.items()
        if before.get(person, {}).get(slug) != mark
    ]
