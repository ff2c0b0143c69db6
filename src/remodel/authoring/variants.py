"""The rule that a variant of an exercise must keep: its own solution passes, a pasted one fails."""

from collections.abc import Iterator

from remodel.authoring.verdict_cache import VerdictCache
from remodel.course.exercise import Exercise
from remodel.grading.results import Verdict
from remodel.grading.session import Unit


def variant_problems(exercise: Exercise, cache: VerdictCache) -> Iterator[str]:
    """Where a variant's own solution is refused, or the published one is not refused for that."""
    for number in exercise.wording.numbers[1:]:
        variant = exercise.in_variant(number)
        named = ["starter", "solution", str(exercise.solution_path)]
        units = [Unit(variant, name, 1) for name in named]
        starter, own, pasted = verdicts = cache.verdicts(units)
        problems = list(_problems_of(number, starter, own, pasted))
        if not problems:
            cache.keep(units, verdicts)
        yield from problems


def _problems_of(number: int, starter: Verdict, own: Verdict, pasted: Verdict) -> Iterator[str]:
    if starter.status != "fail":
        yield f"variant {number}: the starter's verdict is {starter.status}"
    if own.status != "pass":
        first = own.failures[:1] or own.checks[-1:]
        message = " ".join(first[0].message)[:300] if first else str(own.ungraded)
        yield f"variant {number}: the solution in its words is not accepted: {message}"
    if pasted.status != "fail" or pasted.failures[0].misconception != "any-answer-fits":
        yield f"variant {number}: the published solution is not refused for its words"
