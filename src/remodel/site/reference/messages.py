"""The page of error messages, and the proof of each."""

from collections.abc import Iterator

from remodel.course.catalog import Catalog
from remodel.course.messages import Message, MessageGroup
from remodel.errors import CourseError


def messages_page(catalog: Catalog, groups: list[MessageGroup]) -> Iterator[str]:
    """Every message under its group: what it says, what it means, the cure, and where to go on."""
    for group in groups:
        yield from (f"## {group.title}", "", group.intro, "")
        for each in group.messages:
            yield from (f"### `{each.heading}`", "", "```text", *each.lines, "```", "")
            yield from (f"**What it means.** {each.means}", "", f"**Cure.** {each.cure}", "")
            yield from (" · ".join(_onwards(catalog, each)), "")
            yield from each.proof(catalog.root).as_markdown()


def _onwards(catalog: Catalog, message: Message) -> Iterator[str]:
    yield lesson_link(catalog, message.lesson)
    if message.exercise:
        exercise = catalog.exercise(message.exercise)
        yield f"Practise: [`{exercise.slug}`]({catalog.layout.relative(exercise.page)})"
    if message.source:
        yield f"[Read more]({message.source})"


def lesson_link(catalog: Catalog, number: int) -> str:
    """A link from a page in docs/ to the lesson of that number."""
    lesson = next((each for each in catalog.lessons.values() if each.number == number), None)
    if lesson is None:
        raise CourseError(f"There is no lesson {number}.")
    return f"[Lesson {number}: {lesson.title}](lessons/{lesson.name}/README.md)"
