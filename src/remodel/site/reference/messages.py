"""What the reference pages are made of: messages, commands and terms, read from docs/*.toml."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from remodel.course.catalog import Catalog
from remodel.course.python_source import symbol
from remodel.course.toml_file import Text, TomlStruct, read_struct
from remodel.errors import CourseError


class MessageSettings(TomlStruct):
    """What docs/errors.toml says of a message: its stable part, its text, meaning and cure."""

    heading: Text
    says: Text
    means: Text
    cure: Text
    #: The test that provokes it.
    test: Text
    lesson: int
    exercise: str = ""
    source: str = ""


class Message(MessageSettings, kw_only=True):
    """One error message, and the file whose test provokes it."""

    file: str

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


class MessageGroup(TomlStruct):
    """Messages that are met at the same time of one's work."""

    title: Text
    intro: Text
    #: The file of the tests that provoke them.
    file: Text = msgspec.field(name="folder")
    settings: tuple[MessageSettings, ...] = msgspec.field(name="message")

    @property
    def messages(self) -> list[Message]:
        """The group's messages, each with the file of its test."""
        return [Message(file=self.file, **msgspec.structs.asdict(each)) for each in self.settings]


class MessageFile(TomlStruct):
    """docs/errors.toml."""

    groups: tuple[MessageGroup, ...] = msgspec.field(name="group", default=())


def read_groups(file: Path) -> list[MessageGroup]:
    """The groups of messages in `file`; raises CourseError where a key is missing or unknown."""
    return list(read_struct(file, MessageFile).groups)


def read_messages(file: Path) -> list[Message]:
    """Every message in `file`."""
    return [message for group in read_groups(file) for message in group.messages]


def messages_page(catalog: Catalog, groups: list[MessageGroup]) -> Iterator[str]:
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
