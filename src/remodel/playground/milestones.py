"""What is said after a pass: what was at stake, how far the learner has come, what is next."""

from collections.abc import Iterator, Sequence

from remodel.course import playground_mark
from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.course.lesson import Lesson
from remodel.course.myths import read_myths
from remodel.playground.places import playground_of
from remodel.playground.progress import Progress, missing_server, next_exercise, passed_over


def after_a_pass(
    catalog: Catalog, exercise: Exercise, progress: Progress, first: bool, key: str = ""
) -> Iterator[str]:
    """Lines for somebody whose answer to `exercise` passes, for the first time or again.

    `progress` knows of the pass. Where a key goes on to the next exercise, it is named.
    """
    if exercise.stake:
        yield f"At stake: {exercise.stake}"
    lesson = catalog.lessons[exercise.lesson]
    if first and exercise.track == "core" and not core_left(catalog, lesson, progress):
        yield from _end_of(catalog, lesson)
    following = next_exercise(catalog, progress)
    if following is None:
        over = passed_over(catalog, progress)
        yield f"You have passed {progress.count(catalog)}: that is all{'' if over else ' of them'}."
        yield from words_on_passed_over(over)
        return
    begun = playground_mark.read(playground_of(catalog, following)) is not None
    way = f"{key} for" if key else "remodel check" if begun else "remodel start"
    yield f"You have passed {progress.count(catalog)}. Next: {way} {following.slug}"


def words_on_passed_over(over: Sequence[Exercise]) -> Iterator[str]:
    """One line on exercises that need a server that is not here; none where there are none."""
    if over:
        kinds = dict.fromkeys(kind.name for each in over if (kind := missing_server(each)))
        slugs = ", ".join(each.slug for each in over)
        yield (
            f"Passed over: {slugs} ({' and '.join(kinds)} is not here). What to install: "
            f"remodel start {over[0].slug}"
        )


def core_left(catalog: Catalog, lesson: Lesson, progress: Progress) -> list[str]:
    """The core exercises of `lesson` that are not passed yet."""
    own = (e for e in catalog.exercises.values() if e.lesson == lesson.name)
    return [e.slug for e in own if e.track == "core" and e.slug not in progress.passed]


def _end_of(catalog: Catalog, lesson: Lesson) -> Iterator[str]:
    """The end of a lesson, in three lines that name what makes it stay."""
    number = lesson.number
    yield f"★ Lesson {number} is done: {lesson.title}."
    yield f"  Do you still know it? remodel quiz {number}   To keep it: remodel cards {number}"
    if lesson.myths:
        ids = [question.id for question, _myth in read_myths(catalog)]
        myths = (f"remodel myth {ids.index(each) + 1}" for each in lesson.myths)
        yield f"  Settled now: {', '.join(myths)}"
