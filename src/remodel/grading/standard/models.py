"""The standard checks of what models do beside making tables."""

import json

from remodel.course.layout import APP
from remodel.database.values import Rows, lost_values, show, show_key
from remodel.grading.answer import starter
from remodel.grading.project.project import Project
from remodel.grading.refusal import CommandFailed, Refused
from remodel.grading.standard.marks import SCHEMA, deep, guard, misconception, needs
from remodel.runner.mappers import Mapped
from remodel.runner.visitor import AWKWARD


@deep
@guard
@needs(SCHEMA)
@misconception("a-model-is-its-columns")
def test_the_given_models_do_what_they_did(project: Project) -> None:
    """What your models did before you came, they still do: relationships, validators, types."""
    given = project.copy()
    given.answer = starter(project.exercise)
    before, solved, own = (
        each.mapped_attributes() for each in (given, project.copy().solved(), project)
    )
    for attribute in before:
        for aspect, value in solved.get(attribute, {}).items():
            _refuse_another(own, attribute, aspect, value)


@deep
@guard
@needs(SCHEMA)
@misconception("a-model-may-tidy-up")
def test_the_models_write_what_they_are_given(project: Project) -> None:
    """What somebody writes through your models is what the database then holds, to the letter."""
    if not any(map(project.exercise.accepts, _models(project))):
        return
    solved = project.copy().solved()
    solved.starting_from(solved.deployments.filled(solved.populated().finish().databases))
    own = project.starting_from(solved.databases)
    for each in (solved, own):
        completed = each.perform("write", json.dumps(AWKWARD))
        if not completed.ok:
            raise CommandFailed("Writing through the models", completed)
    for bind in own.binds:
        for table in solved.schema_of(bind).tables:
            _refuse_other_texts(solved.rows(table, bind=bind), own.rows(table, bind=bind))


def _models(project: Project) -> list[str]:
    return [f for f in project.answer.files if f.startswith(f"{APP}/") and f.endswith(".py")]


def _refuse_other_texts(wanted: Rows, actual: Rows) -> None:
    lost = lost_values(wanted, actual)
    if lost:
        now, then = lost
        key = next(key for key, value in then.by_key.items() if now.by_key.get(key) != value)
        raise Refused(
            f"Through the models, {show(then.by_key[key])} was written as {now.column} "
            f"of {now.table} row {show_key(key)}.",
            f"The database holds {show(now.by_key.get(key))}.",
            words=(now.column, now.table),
        )


def _refuse_another(own: Mapped, attribute: str, aspect: str, value: str) -> None:
    name = attribute.rpartition(".")[2]
    if attribute not in own:
        raise Refused(
            f"The models have no attribute {attribute} any more, and the app still uses it.",
            words=(name,),
        )
    if own[attribute][aspect] != value:
        raise Refused(
            f"In the models, {attribute} does not do what it did: its {aspect} is "
            f"{own[attribute][aspect] or 'empty'}; it should be {value or 'empty'}.",
            words=(name,),
        )
