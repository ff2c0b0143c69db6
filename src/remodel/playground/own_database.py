"""A word on the learner's own database, which the check never touches and may look different."""

from pathlib import Path

from remodel.course.layout import database_file
from remodel.database.copy_out import copy_out
from remodel.database.differences import differences
from remodel.database.sqlite import UnreadableDatabase
from remodel.grading.project.project import Project
from remodel.grading.refusal import Refused

_FRESH = "(The check used fresh copies.)"
_DELETE = f"To recreate it: delete {database_file(Path()).as_posix()}"
_RECREATE = f"{_DELETE}, then flask db upgrade"


def word_on_own_database(project: Project, folder: Path, passes: bool) -> str | None:
    """A sentence where the learner's own database is not what was graded, or None.

    What it says to type was tried on a copy first, or is said of an answer that passes.
    """
    if project.exercise.database != "sqlite":
        return None  # what lies there is no database of the exercise
    databases = {bind: copy_out(database_file(folder, bind)) for bind in project.binds}
    by = project.exercise.changes_by
    if not databases[""] or by not in ("revisions", "models"):
        return None
    own = project.copy().starting_from(databases)
    try:
        if by == "models":
            return _unlike_the_models(project, own) if passes else None
        return _word(project, own, passes)
    except UnreadableDatabase:
        return "Your own database cannot be read. `remodel reset` restores it, with a backup."


def _unlike_the_models(project: Project, own: Project) -> str | None:
    """A table of an earlier draft of the model, which create_all leaves as it is."""
    made = project.copy().populated().finish()
    for unlike in differences(made.own_schema(), own.own_schema(), ("defaults",)):
        if unlike.kind == "no table":
            return f"In your own database, {unlike.sentence}. {_FRESH} To make it: flask init-db"
        return (
            f"In your own database, {unlike.sentence}. {_FRESH} create_all changes no table that "
            f"is there. {_DELETE}, then flask init-db, then flask furnish"
        )
    return None


def _word(project: Project, own: Project, passes: bool) -> str | None:
    heads = project.history.heads
    at = ", ".join(own.version) or "no revision"
    if not set(own.version) <= set(project.history.ids):
        if own.version == project.copy().laid_out().version:
            return None  # it was given out so: to be ahead of the files is what it is about
        return (
            f"Your own database is at {at}, and no file of yours has that revision. {_FRESH} "
            "A file that a database has applied has to stay: put it back. To look at both: "
            "remodel show"
        )
    if len(heads) != 1 or (own.version == heads and not passes):
        return None
    if own.version == heads:
        return _unlike_the_graded(project, own)
    behind = f"Your own database is at {at}, not at {heads[0]}. {_FRESH}"
    return f"{behind} {_way_along(project, own)}" if passes else behind


def _way_along(project: Project, own: Project) -> str:
    before = own.copy()
    if own.flask("db", "upgrade").ok and own.version == own.history.heads:
        return "To bring it along: flask db upgrade"
    if own.exercise.hands_in == "commands":
        return "It needs what your repair.txt says, not `flask db upgrade` alone."
    laid = project.copy().laid_out()
    if before.version == laid.version and not _first_unlike(laid, before):
        return (
            "Its tables are as you were given them, and `flask db upgrade` alone fails on it. "
            "It needs what else you hand in, line by line."
        )
    return f"`flask db upgrade` fails on it: a try has left something there. {_RECREATE}"


def _unlike_the_graded(project: Project, own: Project) -> str | None:
    """A bookmark at the head, and a schema that is not: stamped, or made by an earlier draft."""
    try:
        graded = project.copy().populated().upgrade()
    except Refused:
        return None
    unlike = _first_unlike(graded, own)
    if not unlike:
        return None
    return (
        f"Your own database says that it is at {own.version[0]}, and {unlike}. A stamp "
        f"does that, or an earlier draft of the revision. {_FRESH} {_RECREATE}"
    )


def _first_unlike(wanted: Project, own: Project) -> str:
    """What the tables of `own` have otherwise than `wanted`, in words; "" where nothing."""
    unlike = differences(wanted.own_schema(), own.own_schema(), ("names", "defaults"))
    return unlike[0].sentence if unlike else ""
