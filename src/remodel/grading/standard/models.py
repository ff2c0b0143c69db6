"""The standard check of what the given models do beside making tables."""

from remodel.grading.answer import starter
from remodel.grading.project.project import Project
from remodel.grading.refusal import Refused
from remodel.grading.standard.marks import SCHEMA, deep, guard, misconception, needs
from remodel.runner.mappers import Mapped


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
