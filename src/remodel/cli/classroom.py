"""`remodel class`: grade what a class handed in."""

import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from remodel.cli.output import print_json
from remodel.cli.seconds import Seconds
from remodel.cli.shell import shown_path, wrapped
from remodel.course.catalog import find_course
from remodel.errors import RemodelError
from remodel.runner import LIMIT
from remodel.wrapping import PassingLine, columns, cut, harmless

if TYPE_CHECKING:
    from datetime import datetime

    from remodel.classroom.assignment import Assignment
    from remodel.classroom.book import Gradebook
    from remodel.classroom.grading_run import Count, Options
    from remodel.classroom.regrading import ChangedMark
    from remodel.classroom.submissions import Submission
    from remodel.course.catalog import Catalog


@click.group("class")
def class_() -> None:
    """For teachers: grade a class, and see what it did not understand."""


JOBS = click.option(
    "--jobs", type=click.IntRange(min=1), show_default="one more than there are cores"
)
SCHEDULER = click.option(
    "--scheduler", metavar="ADDRESS", help="Grade on this Dask cluster, such as tcp://host:8786."
)
LIMIT_OPTION = click.option(
    "--limit", type=Seconds(), default=LIMIT, show_default=True, help="Seconds for each command."
)
OUT = click.option("--out", type=click.Path(path_type=Path), default="gradebook", show_default=True)
CHANGED = click.option(
    "--changed-course", is_flag=True, help="Grade with files that are not as shipped."
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print a summary for a program.")


@class_.command()
@click.argument("submissions", nargs=-1, required=True, type=click.Path(path_type=Path))
@OUT
@click.option("--assignment", type=click.Path(path_type=Path), help="The assignment.toml.")
@click.option("--exercise", "slugs", multiple=True, help="Grade this one; can be given again.")
@JOBS
@SCHEDULER
@LIMIT_OPTION
@CHANGED
@click.option(
    "--records",
    type=click.Path(file_okay=False, path_type=Path),
    help="A folder of what learners wrote with `remodel progress --export`.",
)
@click.option("--unsafe", is_flag=True, help="You know that no jail holds what is graded.")
@JSON
def grade(
    submissions: tuple[Path, ...],
    out: Path,
    assignment: Path | None,
    slugs: tuple[str, ...],
    jobs: int | None,
    scheduler: str | None,
    limit: float,
    changed_course: bool,
    records: Path | None,
    unsafe: bool,
    as_json: bool,
) -> None:
    """Grade what a class handed in: folders and zips, as they come.

    Stopped and started again, it goes on where it was.
    """
    from remodel.classroom.grading_run import result_folder
    from remodel.classroom.regrading import Run, marks_of, remember

    catalog = find_course()
    asked, handed_in = _collected(catalog, submissions, assignment, slugs)
    _agree(out, unsafe, as_json)
    _say_drift(catalog, asked)
    options = _options(catalog, jobs, scheduler, limit, changed_course)
    book = _graded(catalog, asked, handed_in, out, options, as_json)
    run = Run(
        tuple(str(path.resolve()) for path in submissions),
        asked.exercises,
        str(assignment.resolve()) if assignment else None,
        str(records.resolve()) if records else None,
        marks_of(book),
    )
    remember(run, result_folder(out))
    _write_and_say(catalog, book, out, records, as_json)


@class_.command()
@OUT
@JOBS
@SCHEDULER
@LIMIT_OPTION
@CHANGED
@JSON
def regrade(
    out: Path,
    jobs: int | None,
    scheduler: str | None,
    limit: float,
    changed_course: bool,
    as_json: bool,
) -> None:
    """Grade again what a change of the course or of the assignment makes different.

    Prints which marks are others than before.
    """
    from remodel.classroom.grading_run import result_folder
    from remodel.classroom.regrading import changed_marks, last_run, marks_of, remember

    catalog = find_course()
    before = last_run(result_folder(out))
    file = Path(before.assignment) if before.assignment else None
    slugs = () if file else before.exercises
    submissions = tuple(_from_here(Path(path)) for path in before.submissions)
    asked, handed_in = _collected(catalog, submissions, file, slugs)
    options = _options(catalog, jobs, scheduler, limit, changed_course)
    book = _graded(catalog, asked, handed_in, out, options, as_json)
    now = marks_of(book)
    remember(
        msgspec.structs.replace(before, exercises=asked.exercises, marks=now), result_folder(out)
    )
    _say_drift(catalog, asked)
    if not as_json:
        _say_changes(changed_marks(before.marks, now))
    records = Path(before.records) if before.records else None
    _write_and_say(catalog, book, out, records, as_json)


def _from_here(path: Path) -> Path:
    """`path` as it was typed, where it lies below the current folder: it is printed."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _options(
    catalog: "Catalog",
    jobs: int | None,
    scheduler: str | None,
    limit: float,
    changed_course: bool,
) -> "Options":
    from remodel.classroom.grading_run import Options

    if scheduler is None:
        return Options(jobs, limit, changed_course)
    from remodel.classroom.cluster import cluster_at

    if jobs is not None:
        raise RemodelError("A cluster has as many processes as it has. Leave --jobs out.")
    make = cluster_at(scheduler, catalog.root)
    return Options(limit=limit, changed_course=changed_course, make=make)


def _graded(
    catalog: "Catalog",
    asked: "Assignment",
    handed_in: "list[Submission]",
    out: Path,
    options: "Options",
    quiet: bool,
) -> "Gradebook":
    from remodel.classroom.grading_run import grade_class, result_folder
    from remodel.classroom.results_store import ResultStore

    line = PassingLine(sys.stdout)

    def show(count: "Count") -> None:
        line.show("" if quiet else f"  {_progress(count)}")

    store = ResultStore(result_folder(out))
    with line:
        return grade_class(catalog, asked, handed_in, store, options, show)


def _say_drift(catalog: "Catalog", asked: "Assignment") -> None:
    """Name the exercises that the class was given in another form than they have here."""
    if slugs := asked.given_out_otherwise(catalog):
        version = f" (course {asked.course})" if asked.course else ""
        click.echo(
            wrapped(
                f"Not as they were given out{version}: {', '.join(slugs)}. They are graded as the "
                "course has them now. To have both alike, check out the course of that day.",
                "",
            ),
            err=True,
        )


def _say_changes(changes: "list[ChangedMark]") -> None:
    for each in changes:
        was = f"{each.before.status}, {each.before.points:g}" if each.before else "not there"
        now = f"{each.now.status}, {each.now.points:g}"
        click.echo(harmless(f"  {each.id}: {each.slug}: {was} → {now}"))
    click.echo(f"{len(changes)} marks are others than before.")


def _write_and_say(
    catalog: "Catalog", book: "Gradebook", out: Path, records: Path | None, as_json: bool
) -> None:
    from remodel.classroom.gained import read_gains
    from remodel.classroom.writing import write_gradebook

    gains = read_gains(records, catalog) if records else []
    written = write_gradebook(book, out, catalog, gains)
    if as_json:
        print_json(_summary(book))
    else:
        _say(book, [out / name for name in written])


def _collected(
    catalog: "Catalog", paths: tuple[Path, ...], file: Path | None, slugs: tuple[str, ...]
) -> "tuple[Assignment, list[Submission]]":
    """What was asked for, and what was handed in; raises RemodelError where that is nothing."""
    from remodel.classroom.assignment import Assignment, read_assignment
    from remodel.classroom.submissions import collect

    given = read_assignment(file, catalog) if file else None
    named = tuple(catalog.exercise(slug).slug for slug in slugs)
    wanted = named or (given.exercises if given else ()) or tuple(catalog.exercises)
    handed_in = collect(paths, catalog.exercises, wanted, given.due if given else None)
    if not handed_in:
        raise RemodelError(
            "Nothing was handed in there: no folder and no zip. Name the folder that holds a "
            "folder or a zip for each learner."
        )
    if not named and given is None:
        there = {slug for each in handed_in for slug in each.answers}
        wanted = tuple(slug for slug in catalog.exercises if slug in there)
        if not wanted:
            raise RemodelError(f"Nothing of it can be graded. {_first_problem(handed_in)}")
    base = given or Assignment(exercises=wanted)
    return msgspec.structs.replace(base, exercises=wanted), handed_in


def _first_problem(handed_in: "list[Submission]") -> str:
    first = next(each for each in handed_in if each.problem)
    return f"{first.place}: {first.problem}"


def _agree(out: Path, unsafe: bool, quiet: bool) -> None:
    """Say what holds the answers, and have the teacher agree, once for a gradebook."""
    from remodel.classroom.file_trees import AGREED

    mark = out.joinpath(*AGREED)
    if not quiet:
        click.echo(
            wrapped(
                "Each answer runs in processes of its own, with limits of time and output. "
                "Nothing on this machine keeps it from your files or from the network.",
                "",
            )
        )
    if mark.exists():
        return
    if not unsafe:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise RemodelError(
                "Grade on a machine that you can lose, or in a container. To grade here all the "
                "same, add --unsafe; this gradebook does not ask again."
            )
        click.confirm("Grade here all the same?", abort=True)
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()


def _progress(count: "Count") -> str:
    words = {"pass": "passing", "fail": "failing", "error": "not graded"}
    parts = [f"{count.by_status.get(s, 0)} {word}" for s, word in words.items()]
    left = count.seconds_left
    time_left = f", {_duration(left)} left" if left is not None else ""
    return f"{count.done} of {count.total} graded: {', '.join(parts)}{time_left}"


def _duration(seconds: float) -> str:
    return f"about {round(seconds / 60)} min" if seconds >= 90 else f"about {round(seconds)} s"


def _summary(book: "Gradebook") -> dict[str, object]:
    return {
        "exercises": list(book.slugs),
        "most": book.most,
        "learners": [
            {
                "id": row.person.id,
                "name": row.person.name,
                "points": row.total,
                "status": {slug: row.cells[slug].status for slug in book.slugs},
            }
            for row in book.rows
        ],
    }


def _width(name: str) -> int:
    """How many columns of a terminal it takes: wide letters take two, marks on letters none."""
    return sum(
        0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1
        for each in name
    )


_MARKS = {"pass": "✓", "fail": "✗", "error": "?", "not handed in": "–"}


def _say(book: "Gradebook", written: list[Path]) -> None:
    _say_marks(book)
    _say_strangers(book)
    statuses = [("pass", "passed"), ("fail", "failed"), ("error", "not graded")]
    counts = ", ".join(f"{book.count(status)} {word}" for status, word in statuses)
    click.echo(f"{counts}, {book.count('not handed in')} not handed in.")
    for path in written:
        click.echo(f"  {shown_path(path)}")


def _say_strangers(book: "Gradebook") -> None:
    """Name who handed in and is on no list: most often, an id there is written otherwise."""
    from remodel.classroom.book import NOT_ON_LIST

    strangers = [row for row in book.rows if NOT_ON_LIST in row.notes]
    if not strangers:
        return
    named = ", ".join(book.label(row) for row in strangers[:3])
    more = f" and {len(strangers) - 3} more" if len(strangers) > 3 else ""
    known = strangers[0].person.number or strangers[0].person.id
    sentence = f"{NOT_ON_LIST[:-1]}: {named}{more}. There, the first would have the id {known}."
    click.echo(wrapped(harmless(sentence)))


def _say_marks(book: "Gradebook") -> None:
    names = {row.person.id: cut(harmless(book.label(row)), 30) for row in book.rows}
    width = max(map(_width, names.values()))
    for row in book.rows:
        name = names[row.person.id]
        name += " " * (width - _width(name))
        marks = " ".join(_MARKS[row.cells[slug].status] for slug in book.slugs)
        points = f"{row.total:g} of {book.most:g}" if row.has_mark else "not yet"
        points = points if row.handed_in else ""
        click.echo(cut(f"  {name}  {marks}  {points}".rstrip(), columns()))
    for row in book.rows:
        for reason in dict.fromkeys(c.reason for c in row.cells.values() if c.reason):
            click.echo(wrapped(harmless(f"{row.place or row.person.id}: {reason}")))


@class_.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--exercise", "slugs", multiple=True, required=True, help="Give it out; can be given again."
)
@click.option("--title", default="", help="What the class calls it.")
@click.option("--due", type=click.DateTime(), help="Until when: 2030-10-01T23:59:00.")
@click.option(
    "--roster", type=click.Path(path_type=Path), help="A file with a line for each: ID or ID,NAME."
)
def init(
    folder: Path, slugs: tuple[str, ...], title: str, due: "datetime | None", roster: Path | None
) -> None:
    """Begin an assignment in FOLDER: its settings, and the starters to give out."""
    from remodel.classroom.handing_out import hand_out, read_roster

    catalog = find_course()
    exercises = [catalog.exercise(slug) for slug in dict.fromkeys(slugs)]
    learners = read_roster(roster) if roster else []
    due = due.astimezone() if due else None
    written = hand_out(catalog, folder, exercises, title, due, learners)
    click.echo("For you alone, since it holds the secret of the grading:")
    click.echo(f"  {shown_path(written[0])}")
    click.echo("To give out:")
    for path in written[1:]:
        click.echo(f"  {shown_path(path)}")


@class_.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--assignment", type=click.Path(path_type=Path), required=True)
@click.option("--gradescope", "kind", flag_value="gradescope", help="autograder.zip.")
@click.option("--classroom50", "kind", flag_value="classroom50", help="The autograder's folder.")
def export(folder: Path, assignment: Path, kind: str | None) -> None:
    """Write into FOLDER what Gradescope or Classroom 50 grades the assignment with."""
    from remodel.classroom.assignment import read_assignment
    from remodel.classroom.exporting import export_classroom50, export_gradescope

    catalog = find_course()
    read_assignment(assignment, catalog)
    if kind is None:
        raise RemodelError("For which platform? Add --gradescope or --classroom50.")
    write = export_gradescope if kind == "gradescope" else export_classroom50
    click.echo(f"  {shown_path(write(catalog, assignment, folder))}")


@class_.command()
@click.argument("lesson")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default="slides.html")
def slides(lesson: str, out: Path) -> None:
    """Write the questions of LESSON as slides: vote, talk, vote again."""
    from remodel.classroom.results_store import write_whole
    from remodel.classroom.slides import slides as as_slides
    from remodel.course.quiz import read_quiz

    chosen = find_course().lesson(lesson)
    questions = read_quiz(chosen.quiz)
    write_whole(out, as_slides(chosen, questions).encode())
    click.echo(f"{len(questions)} questions:\n  {shown_path(out)}")


COMMANDS = (class_,)
