"""The standard check of an exercise with variants: the answer is to the one that was given out."""

from remodel.grading.project.project import Project
from remodel.grading.refusal import Refused
from remodel.grading.standard.marks import guard, misconception


@guard
@misconception("any-answer-fits")
def test_the_answer_is_to_this_variant(project: Project) -> None:
    """Your answer uses the names of your own variant of the exercise."""
    number = project.answer.from_another_variant
    if number is not None:
        own = project.exercise
        names = ", ".join(sorted(own.wording.names_of(own.variant)))
        raise Refused(
            f"This answers variant {number} of the exercise; you have variant {own.variant}.",
            f"Yours asks for {names}: see your README.md.",
        )
