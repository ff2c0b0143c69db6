"""The checks that hold for every exercise, collected beside each exercise's own.

Each is a guard ("must stay true") unless it says otherwise; an exercise.toml may leave one out
and must say why. The order here is the order in which a learner should hear of them.
"""

import ast
import functools
from collections.abc import Callable

import pytest

from remodel.answer import deployed_files
from remodel.history import Revision
from remodel.project import Project, Snapshot, same_rows
from remodel.refusal import CommandFailed, Refused, called
from remodel.schema import Difference, differences
from remodel.values import explain

guard = pytest.mark.guard
needs = pytest.mark.needs
misconception = pytest.mark.misconception

#: These come before the exercise's own checks; the others follow them.
FIRST = (
    "test_the_revision_files_can_be_read",
    "test_deployed_revisions_are_untouched",
    "test_there_is_one_head",
    "test_creating_the_app_changes_no_database",
    "test_a_database_with_rows_reaches_head",
    "test_the_schema_is_the_goal",
)
#: Checks that need revisions and a database; without them there is nothing to look at.
READABLE = "test_the_revision_files_can_be_read"
ONE_HEAD = "test_there_is_one_head"
UPGRADED = "test_a_database_with_rows_reaches_head"
SCHEMA = "test_the_schema_is_the_goal"


@guard
@misconception("a-file-that-was-never-run")
def test_the_revision_files_can_be_read(project: Project) -> None:
    """The revision files can be read and form one chain."""
    if project.history.problems:
        raise Refused(*project.history.problems[:3])


@guard
@misconception("deployed-history-can-be-edited")
def test_deployed_revisions_are_untouched(project: Project) -> None:
    """The revisions that databases already have are as they were."""
    for file in project.answer.tampered:
        verb = "is edited" if file in deployed_files(project.exercise) else "is gone"
        raise Refused(
            f"{file} {verb}, and databases that have it never run it again.",
            "Put it back, and write what is new in a new revision.",
            where=file,
        )


@guard
@needs(READABLE)
@misconception("two-heads-are-one-history")
def test_there_is_one_head(project: Project) -> None:
    """The history has one head, so `flask db upgrade` knows where to go."""
    heads = project.history.heads
    if len(heads) != 1:
        raise Refused(
            f"The history has {len(heads)} heads: {', '.join(heads) or 'none'}.",
            "`flask db upgrade` cannot tell which one you mean.",
            where=_file_of(project, heads[-1]) if heads else None,
        )


def _file_of(project: Project, revision: str) -> str | None:
    found = project.history.get(revision)
    return found.file if found else None


@guard
@needs(READABLE)
@misconception("create-all-belongs-with-migrations")
def test_creating_the_app_changes_no_database(project: Project) -> None:
    """Starting the app makes no table: only migrations do."""
    project.empty().flask("routes")
    made = [table for bind in project.binds for table in project.schema_of(bind).tables]
    if made:
        raise Refused(
            f"Creating the app made the table {made[0]} in an empty database.",
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


@needs(UPGRADED)
@misconception("the-command-ran-so-the-schema-is-right")
def test_the_schema_is_the_goal(project: Project) -> None:
    """The migrated schema is the one that the exercise asks for."""
    before = project.populated().snapshot()
    idle = project.upgrade().snapshot().schemas == before.schemas
    _refuse_the_wrong_database(project)
    for bind in project.binds:
        found = differences(project.goal(bind), project.schema_of(bind), project.exercise.compare)
        if found and not project.new_revisions:
            raise Refused(
                f"In {_migrated(project, bind)}, {found[0].sentence}.",
                "There is no new revision in migrations/versions/: nothing was asked of the "
                "database.",
                misconception="changing-the-model-changes-the-database",
            )
        said = ["The upgrade left every table as it was. What does it do?"] if idle else []
        _refuse_differences(found, f"In {_migrated(project, bind)}, ", *said)


def _migrated(project: Project, bind: str) -> str:
    return called(bind, project.binds).replace("the ", "the migrated ", 1)


def _refuse_the_wrong_database(project: Project) -> None:
    """Say of a table that lies in another bind's database where it belongs."""
    for bind in project.binds:
        elsewhere = {t: b for b in project.binds if b != bind for t in project.goal(b).tables}
        for table in project.schema_of(bind).tables:
            if table in elsewhere and table not in project.goal(bind):
                raise Refused(
                    f"The table {table} was made in {called(bind, project.binds)}.",
                    f"It belongs in {called(elsewhere[table], project.binds)} alone.",
                    words=(table,),
                    misconception="every-migration-runs-in-one-database",
                )


@guard
@needs("test_an_empty_database_reaches_head", SCHEMA)
@misconception("it-worked-on-my-empty-database")
def test_empty_and_full_databases_end_alike(project: Project) -> None:
    """A database with rows and an empty one end with the same schema."""
    full = project.populated().upgrade().snapshot()
    empty = project.empty().upgrade().snapshot()
    for bind in project.binds:
        _refuse_differences(
            differences(full.schemas[bind], empty.schemas[bind]),
            "In a database migrated from empty, ",
        )


@guard
@needs(UPGRADED, SCHEMA)
@misconception("the-migration-is-enough-without-the-model")
def test_the_models_make_the_same_schema(project: Project) -> None:
    """Your models describe the migrated schema, so the next `flask db migrate` is empty."""
    project.populated().upgrade()
    for bind in project.binds:
        found = differences(
            project.model_schema(bind), project.schema_of(bind), project.exercise.compare
        )
        _refuse_a_table_without_a_model(project, bind)
        _refuse_differences(found, "Compared with your models: ")


def _refuse_a_table_without_a_model(project: Project, bind: str) -> None:
    for table in project.schema_of(bind).tables:
        if table not in project.model_schema(bind) and not table.startswith("_alembic_tmp_"):
            raise Refused(
                f"The migrated schema has a table {table}, and the app loads no model for it.",
                "The next `flask db migrate` would drop the table. "
                "Is there a model, in a module that is imported when the app is made?",
            )


@guard
@needs(UPGRADED, SCHEMA, "test_the_models_make_the_same_schema")
@misconception("the-migration-is-enough-without-the-model")
def test_flask_db_check_finds_nothing_left(project: Project) -> None:
    """`flask db check` sees no difference between models and database."""
    completed = project.populated().upgrade().flask("db", "check")
    if not completed.ok:
        told = [x for x in completed.stderr.splitlines() if x.startswith(("Error:", "ERROR"))]
        raise Refused("`flask db check` is not clean:", *(f"  {x[:200]}" for x in told[-1:]))


def _refuse_differences(found: list[Difference], prefix: str, *said: str) -> None:
    if found:
        sentences = [difference.sentence for difference in found]
        more = [f"(and {len(found) - 3} more differences)"] if len(found) > 3 else []
        first = prefix + sentences[0] + "."
        rest = [f"{each[0].upper()}{each[1:]}." for each in sentences[1:3]]
        raise Refused(first, *rest, *more, *said, words=found[0].words)


@guard
@needs(UPGRADED)
@misconception("autogenerate-keeps-the-rows")
def test_no_other_row_or_value_is_lost(project: Project) -> None:
    """Every row is still there, and every value in the columns that stay."""
    before = project.populated().snapshot()
    after = project.upgrade().snapshot()
    _refuse_lost_values(before, after, "upgrade")


def _refuse_lost_values(before: Snapshot, after: Snapshot, function: str) -> None:
    for place, rows in before.rows.items():
        if place not in after.rows:
            continue
        found = same_rows(rows, after.rows[place])
        if found:
            now, then = found
            raise Refused(*explain(now, then), words=(then.column, then.table), function=function)


@guard
@needs(UPGRADED)
@misconception("batch-mode-is-harmless")
def test_no_row_loses_its_parent(project: Project) -> None:
    """No row points at a parent that is gone."""
    orphans = project.populated().upgrade().orphans()
    if orphans:
        table, row, parent = orphans[0]
        raise Refused(
            f"{table} row {row} points at a row of {parent} that is not there.",
            f"{len(orphans)} rows have lost their parent.",
            words=(parent, table),
        )


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
        found = differences(before.schemas[bind], after.schemas[bind], ("names", "defaults"))
        if found:
            raise Refused(f"{prefix}{found[0].sentence}.", words=found[0].words, function=function)
    _refuse_lost_values(before, after, function)


@guard
@needs(UPGRADED, SCHEMA)
@misconception("nobody-runs-the-downgrade")
def test_each_step_down_restores_what_was_there(project: Project) -> None:
    """Each of your revisions can be stepped down, and restores the schema before it."""
    start = project.populated().snapshot()
    steps = _steps(project)
    snapshots = [start]
    for revision in steps:
        snapshots.append(project.upgrade(revision).snapshot())
    for revision, before in zip(
        reversed([*start.version, *steps][:-1]), reversed(snapshots[:-1]), strict=True
    ):
        project.downgrade(revision)
        _refuse_restored(before, project.snapshot(), revision)
    _refuse_lost_values(start, project.snapshot(), "downgrade")


def _refuse_restored(before: Snapshot, after: Snapshot, revision: str) -> None:
    for bind in before.schemas:
        found = differences(before.schemas[bind], after.schemas[bind])
        if found:
            raise Refused(
                f"After stepping down to {revision}, {found[0].sentence}.",
                words=found[0].words,
                function="downgrade",
            )


def _steps(project: Project) -> list[str]:
    """The new revisions one by one, or only the head where they do not form a line."""
    new = project.new_revisions
    line = [*project.exercise.deployed[-1:], *(r.id for r in new)]
    straight = all(r.down == (line[n],) for n, r in enumerate(new))
    return [r.id for r in new] if straight else list(project.history.heads)


@guard
@needs("test_each_step_down_restores_what_was_there")
@misconception("nobody-runs-the-downgrade")
def test_down_and_up_again_ends_the_same(project: Project) -> None:
    """Down to where you began and up again gives the same schema and the same rows."""
    project.populated()
    start = project.version
    first = project.upgrade().snapshot()
    if first.version == start:
        return
    again = project.downgrade(start[0]).upgrade().snapshot()
    for bind in first.schemas:
        found = differences(first.schemas[bind], again.schemas[bind], ("names", "defaults"))
        _refuse_differences(found, "After going down and up again, ")
    for place, rows in first.rows.items():
        if len(again.rows[place]) != len(rows):
            raise Refused(
                f"{place[1]} had {len(rows)} rows; after down and up it has "
                f"{len(again.rows[place])}.",
                words=(place[1],),
                function="downgrade",
            )


@guard
@needs(UPGRADED, SCHEMA)
@misconception("the-app-needs-no-change")
def test_every_page_of_the_app_answers(project: Project) -> None:
    """Every page of the app opens on the migrated database."""
    broken = {p: s for p, s in project.populated().upgrade().pages().items() if s >= 400}
    if broken:
        path, status = next(iter(broken.items()))
        raise Refused(
            f"The page {path} answers {status}.",
            f"{len(broken)} pages are broken. Does hearth/ still use the old names?",
            words=(),
        )


@guard
@needs(READABLE)
@misconception("a-migration-may-import-the-app")
def test_revisions_stand_on_their_own(project: Project) -> None:
    """A revision imports nothing of the app, and neither commits nor calls create_all."""
    for revision in project.new_revisions:
        for line, sentence in _entanglements(revision):
            raise Refused(sentence, where=f"{revision.file}:{line}")


_IMPORT = (
    "The revision imports {}: it will break when the app has moved on. "
    "Describe the table inside the revision."
)
_FORBIDDEN_CALLS = {
    "commit": "A commit inside a revision ends Alembic's own transaction: its version is not kept.",
    "create_all": "create_all makes today's models, not what this revision meant.",
    "drop_all": "drop_all drops today's models, not what this revision meant.",
}


def _app_modules(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.Import):
        modules = [alias.name for alias in node.names]
    else:
        modules = [node.module or ""]
    return [m for m in modules if m.split(".")[0] in ("hearth", "wsgi", "flask")]


def _entanglements(revision: Revision) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for node in ast.walk(revision.tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            found += [(node.lineno, _IMPORT.format(module)) for module in _app_modules(node)]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            sentence = _FORBIDDEN_CALLS.get(node.func.attr)
            if sentence:
                found.append((node.lineno, sentence))
    return found


def foreseen(make: Callable[[], Project]) -> list[Callable[[], object]]:
    """What the checks above will ask for, as work that can begin early on another core."""
    full = functools.cache(lambda: make().populated().upgrade())
    return [
        lambda: make().empty().flask("db", "upgrade", "head"),
        lambda: make().model_schema(),
        lambda: full().copy().flask("db", "check"),
        lambda: full().copy().pages(),
        lambda: full().copy().upgrade(),
    ]


ALL = tuple(name for name in list(globals()) if name.startswith("test_"))
