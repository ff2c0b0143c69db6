"""Standard checks of the schema: the goal, the models, and the migrated database agree."""

import re

from remodel.course.decoding import as_text
from remodel.course.layout import MODELS
from remodel.database.differences import Difference, differences, lost_names
from remodel.database.schema import Schema
from remodel.grading.project.project import Project
from remodel.grading.refusal import CommandFailed, Refused, called
from remodel.grading.standard.marks import SCHEMA, UPGRADED, guard, misconception, needs
from remodel.grading.unseen_model import unseen_model
from remodel.history import VERSIONS


@needs(UPGRADED)
@misconception("the-command-ran-so-the-schema-is-right")
def test_the_schema_is_the_goal(project: Project) -> None:
    """The schema is the one that the exercise asks for."""
    before = project.populated().snapshot()
    idle = _finished(project).snapshot().schemas == before.schemas
    _refuse_the_wrong_database(project)
    for bind in project.binds:
        differing = differences(
            project.goal(bind), project.own_schema(bind), project.exercise.compare
        )
        if differing:
            _refuse_what_is_not_loaded(project, differing[0], bind)
            _refuse_what_was_never_asked(project, differing[0], bind)
        refuse_differences(
            differing,
            f"In {_changed(project, bind)}, ",
            *_idle(project, idle),
            *_gone(project, differing),
            misconception=project.believed(differing),
        )


def _finished(project: Project) -> Project:
    try:
        return project.finish()
    except CommandFailed as failure:
        if project.exercise.changes_by == "models":
            failure.misconception = "models-need-no-trial"
        raise


def _changed(project: Project, bind: str) -> str:
    """The database in the words of what changed it."""
    name = called(bind, project.binds)
    if project.exercise.changes_by == "models":
        return f"{name} that `flask init-db` makes"
    word = "migrated" if project.exercise.changes_by == "revisions" else "changed"
    return name.replace("the ", f"the {word} ", 1)


def _refuse_what_is_not_loaded(project: Project, differing: Difference, bind: str) -> None:
    """Say why a table is missing whose model stands in the files, where the app has none of it."""
    if differing.kind != "no table" or project.exercise.changes_by not in ("models", "revisions"):
        return
    if differing.table in project.model_schema(bind):
        return
    unseen = unseen_model(project.answer, differing.table)
    if unseen:
        raise Refused(
            f"In {_changed(project, bind)}, {differing.sentence}.",
            unseen.sentence,
            where=unseen.where,
            misconception=unseen.belief,
        )


def _refuse_what_was_never_asked(project: Project, differing: Difference, bind: str) -> None:
    if project.exercise.changes_by == "revisions" and not project.new_revisions:
        raise Refused(
            f"In {_changed(project, bind)}, {differing.sentence}.",
            "There is no new revision in migrations/versions/: nothing was asked of the database.",
            misconception="changing-the-model-changes-the-database",
        )


def _idle(project: Project, idle: bool) -> list[str]:
    doer = {"revisions": "upgrade", "sql": "script"}.get(project.exercise.changes_by)
    return [f"The {doer} left every table as it was. What does it do?"] if idle and doer else []


def _gone(project: Project, differing: list[Difference]) -> list[str]:
    """A sentence on each draft that was given, is no longer there, and has what is missing."""
    exercise = project.exercise
    drafts = {
        file: as_text(content)
        for file, content in exercise.given.items()
        if file.startswith(VERSIONS) and file not in project.answer.files
    }
    missing = {each.words[0] for each in differing if each.kind in ("no table", "no column")}
    return [
        f"{file} had it, and you have deleted that file."
        for file, text in drafts.items()
        if any(re.search(rf"\b{re.escape(word)}\b", text) for word in missing)
    ]


def _refuse_the_wrong_database(project: Project) -> None:
    """Say of a table that lies in another bind's database where it belongs."""
    for bind in project.binds:
        elsewhere = {t: b for b in project.binds if b != bind for t in project.goal(b).tables}
        for table in project.own_schema(bind).tables:
            if table in elsewhere and table not in project.goal(bind):
                raise Refused(
                    f"The table {table} was made in {called(bind, project.binds)}.",
                    f"It belongs in {called(elsewhere[table], project.binds)} alone.",
                    words=(table,),
                    misconception="every-migration-runs-in-one-database",
                )


@guard
@needs(UPGRADED, SCHEMA)
@misconception("a-name-does-not-matter")
def test_every_rule_keeps_its_name(project: Project) -> None:
    """A constraint or an index that had a name, and is still there, has the same name."""
    before = project.populated().snapshot()
    after = project.finish().snapshot()
    for bind, schema in before.schemas.items():
        goal = lost_names(schema, project.goal(bind))
        lost = [each for each in lost_names(schema, after.schemas[bind]) if each not in goal]
        refuse_differences(lost, f"In {_changed(project, bind)}, ")


@guard
@needs("test_an_empty_database_reaches_head", SCHEMA)
@misconception("it-worked-on-my-empty-database")
def test_empty_and_full_databases_end_alike(project: Project) -> None:
    """A database with rows and an empty one end with the same schema."""
    project.populated().upgrade()
    full = {bind: project.own_schema(bind) for bind in project.binds}
    project.empty().upgrade()
    for bind in project.binds:
        refuse_differences(
            differences(full[bind], project.own_schema(bind)),
            "In a database migrated from empty, ",
        )


@guard
@needs(UPGRADED, SCHEMA)
@misconception("the-migration-is-enough-without-the-model")
def test_the_models_make_the_same_schema(project: Project) -> None:
    """Your models describe the migrated schema, so the next `flask db migrate` is empty."""
    project.populated().upgrade()
    for bind in project.binds:
        models, database = project.model_schema(bind), project.own_schema(bind)
        differing = differences(models, database, project.exercise.compare)
        _refuse_a_table_without_a_model(project, bind)
        prefix = "The database is not as your models say: "
        refuse_differences(differing, prefix, where=_models_if_theirs(project))
        _refuse_other_defaults(
            models.without_defaults(project.exercise.free_defaults),
            database.without_defaults(project.exercise.free_defaults),
            prefix,
        )


def _refuse_other_defaults(models: Schema, database: Schema, prefix: str) -> None:
    """Whatever the exercise compares: such a default fills rows, and Alembic does not see it."""
    differing = differences(models, database, ("defaults",))
    refuse_differences(differing, prefix, misconception="check-compares-defaults")


def _models_if_theirs(project: Project) -> str | None:
    """Where to look: not in models that the learner was given and cannot hand in."""
    return MODELS if project.exercise.accepts(MODELS) else None


def _refuse_a_table_without_a_model(project: Project, bind: str) -> None:
    for table in project.own_schema(bind).tables:
        if table not in project.model_schema(bind) and not table.startswith("_alembic_tmp_"):
            unseen = unseen_model(project.answer, table)
            asked = "Is there a model, in a module that is imported when the app is made?"
            raise Refused(
                f"The migrated schema has a table {table}, and the app loads no model for it: "
                "the next `flask db migrate` would drop the table.",
                unseen.sentence if unseen else asked,
                where=unseen.where if unseen else None,
                misconception=unseen.belief if unseen else None,
            )


@guard
@needs(UPGRADED, SCHEMA, "test_the_models_make_the_same_schema")
@misconception("the-migration-is-enough-without-the-model")
def test_flask_db_check_finds_nothing_left(project: Project) -> None:
    """`flask db check` sees no difference between models and database."""
    completed = project.populated().upgrade().flask("db", "check")
    if not completed.ok:
        failure = completed.stderr.rpartition("Error: ")[2].strip().splitlines()[:1]
        detected = re.findall(r"Detected .*", completed.stderr)
        lines = [f"  {line[:140]}" for line in detected[:3] or failure]
        raise Refused("`flask db check` is not clean:", *lines)


def refuse_differences(
    differing: list[Difference],
    prefix: str,
    *advice: str,
    where: str | None = None,
    misconception: str | None = None,
) -> None:
    if differing:
        sentences = [difference.sentence for difference in differing]
        left = len(differing) - 3
        more = [f"(and {left} more difference{'s' * (left > 1)})"] if left > 0 else []
        first = prefix + sentences[0] + "."
        rest = [f"And {each}." for each in sentences[1:3]]
        raise Refused(
            first,
            *rest,
            *more,
            *advice,
            words=differing[0].words,
            where=where,
            misconception=misconception,
        )
