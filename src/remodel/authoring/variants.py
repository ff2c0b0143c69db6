"""The rule that a variant of an exercise must keep: its own solution passes, a pasted one fails."""

from collections.abc import Iterator
from contextlib import closing

from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.grading.run import grade
from remodel.grading.session import FIRST_REFUSAL, Grading, Unit
from remodel.grading.workspace.workspace import Workspace
from remodel.runner import Runner


def variant_problems(catalog: Catalog, exercise: Exercise, runner: Runner) -> Iterator[str]:
    """Where a variant's own solution is refused, or the published one is not refused for that."""
    for number in exercise.variant_numbers[1:]:
        variant = exercise.in_variant(number)
        named = ["starter", "solution", str(exercise.solution_path)]
        units = [Unit(variant, name, 1) for name in named]
        grading = Grading(catalog, {exercise.slug: units}, Workspace(runner), FIRST_REFUSAL)
        with closing(grading.workspace):
            starter, own, pasted = grade(grading, [exercise])
        if starter.status != "fail":
            yield f"variant {number}: the starter's verdict is {starter.status}"
        if own.status != "pass":
            first = own.failures[:1] or own.checks[-1:]
            told = " ".join(first[0].message)[:300] if first else str(own.ungraded)
            yield f"variant {number}: the solution in its words is not accepted: {told}"
        if pasted.status != "fail" or pasted.failures[0].misconception != "any-answer-fits":
            yield f"variant {number}: the published solution is not refused for its words"
