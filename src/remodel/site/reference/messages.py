"""What the reference pages are made of: messages, commands and terms, read from docs/*.toml."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from remodel.course.catalog import Catalog
from remodel.course.python_source import symbol
from remodel.course.toml_file import Table, read_toml
from remodel.errors import CourseError


@dataclass(frozen=True)
class Message:
    """One error message: its stable part, what is printed, what it means and what cures it."""

    heading: str
    says: str
    means: str
    cure: str
    file: str
    test: str
    lesson: int
    exercise: str
    source: str

    @property
    def lines(self) -> list[str]:
        """What is printed, line by line."""
        return self.says.strip().splitlines()

    def experiment(self, root: Path) -> str:
        """The text of the test that provokes it; raises CourseError where there is none."""
        place = root / self.file
        if not place.is_file():
            raise CourseError(f"{self.heading}: no experiment {self.file}. Write it.")
        return symbol(place.read_text(encoding="utf-8"), self.test, self.file)


@dataclass(frozen=True)
class Group:
    """Messages that are met at the same time of one's work."""

    title: str
    intro: str
    messages: list[Message] = field(default_factory=list)


def read_groups(file: Path) -> Iterator[Group]:
    """The groups of messages in `file`; raises CourseError where a key is missing or unknown."""
    for told in read_toml(file).get("group", []):
        table = Table(file, told)
        group = Group(table.take("title", str), table.take("intro", str))
        source = table.take("folder", str)
        for each in table.take("message", list):
            group.messages.append(_message(Table(file, each), source))
        table.done()
        yield group


def read_messages(file: Path) -> list[Message]:
    """Every message in `file`."""
    return [message for group in read_groups(file) for message in group.messages]


def _message(table: Table, file: str) -> Message:
    message = Message(
        heading=table.take("heading", str),
        says=table.take("says", str),
        means=table.take("means", str),
        cure=table.take("cure", str),
        file=file,
        test=table.take("test", str),
        lesson=table.take("lesson", int),
        exercise=table.take("exercise", str, ""),
        source=table.take("source", str, ""),
    )
    table.done()
    return message


def messages_page(catalog: Catalog, groups: list[Group]) -> Iterator[str]:
    """Every message under its group: what it says, what it means, the cure, and where to go on."""
    for group in groups:
        yield from (f"## {group.title}", "", group.intro, "")
        for each in group.messages:
            yield from (f"### `{each.heading}`", "", "```text", *each.lines, "```", "")
            yield from (f"**What it means.** {each.means}", "", f"**Cure.** {each.cure}", "")
            yield from (" · ".join(_onwards(catalog, each)), "")
            yield from _proof(catalog, each)


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


def _proof(catalog: Catalog, message: Message) -> Iterator[str]:
    yield from ('<details markdown="1">', "<summary>See it happen</summary>", "")
    yield f'```python title="{Path(message.file).name}"'
    yield from (message.experiment(catalog.root), "```", "", "</details>", "")
