"""Standard checks of the upgrade: from where databases are, to head, and there it stays."""

from remodel.database.differences import differences
from remodel.grading.project.project import Project
from remodel.grading.project.state import Snapshot
from remodel.grading.refusal import CommandFailed, Refused
from remodel.grading.standard.marks import ONE_HEAD, READABLE, UPGRADED, guard, misconception, needs
from remodel.grading.standard.rows import refuse_lost_values


@guard
@needs(READABLE)
@misconception("create-all-belongs-with-migrations")
def test_creating_the_app_changes_no_database(project: Project) -> None:
    """Starting the app makes no table."""
    project.empty().start()
    made = [table for bind in project.binds for table in project.schema_of(bind).tables]
    if not made:
        return
    sentence = f"Creating the app made the table {made[0]} in an empty database."
    if project.exercise.changes_by == "models":
        raise Refused(
            sentence,
            "Tables are made when somebody asks for them: leave that to `flask init-db`.",
            misconception="starting-is-asking",
        )
    raise Refused(
        sentence,
        "A migration that creates it will then fail. Leave tables to `flask db upgrade`.",
        words=("create_all",),
    )


@guard
@needs(READABLE, ONE_HEAD)
@misconception("it-worked-on-my-empty-database")
def test_a_database_with_rows_reaches_head(project: Project) -> None:
    """`flask db upgrade` brings a database that has rows in it to head."""
    try:
        project.populated().upgrade()
    except CommandFailed as failure:
        if not project.copy().empty().flask("db", "upgrade", "head").ok:
            # Rows have nothing to do with it: it runs nowhere.
            failure.misconception = "a-file-that-was-never-run"
        raise


@guard
@needs(UPGRADED)
@misconception("only-my-database-counts")
def test_an_empty_database_reaches_head(project: Project) -> None:
    """`flask db upgrade` brings an empty database to head."""
    project.empty().upgrade()


@guard
@needs(UPGRADED)
@misconception("a-second-upgrade-runs-again")
def test_a_second_upgrade_changes_nothing(project: Project) -> None:
    """Running `flask db upgrade` once more changes nothing."""
    first = project.populated().upgrade().snapshot()
    second = project.upgrade().snapshot()
    _refuse_change(first, second, "The second `flask db upgrade` changed something: ", "upgrade")


def _refuse_change(before: Snapshot, after: Snapshot, prefix: str, function: str) -> None:
    for bind in before.schemas:
        differing = differences(before.schemas[bind], after.schemas[bind], ("names", "defaults"))
        if differing:
            first = differing[0]
            raise Refused(f"{prefix}{first.sentence}.", words=first.words, function=function)
    refuse_lost_values(before, after, function)
