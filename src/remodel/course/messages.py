"""The error messages that docs/errors.toml explains, and which of them a text holds."""

import re
from collections import Counter
from functools import cached_property
from pathlib import Path

import msgspec

from remodel.course.proof import Proof, proof_of
from remodel.course.toml_file import Text, TomlStruct, read_struct
from remodel.errors import CourseError

#: A text with fewer letters is part of too many messages.
_FEWEST_LETTERS = 6


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
    #: Those words of the heading in whose place somebody else's app has others.
    names: tuple[Text, ...] = ()
    #: Whether it also explains a command that fails without a word.
    silent: bool = False


class Message(MessageSettings, kw_only=True, dict=True):
    """One error message, and the file whose test provokes it."""

    file: str

    @property
    def lines(self) -> list[str]:
        """What is printed, line by line."""
        return self.says.strip().splitlines()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds it in a text, whatever the names in it are."""
        if not self.names:
            return re.compile(re.escape(self.heading), re.IGNORECASE)
        names = sorted(self.names, key=len, reverse=True)
        parts = re.split("|".join(map(re.escape, names)), self.heading)
        return re.compile(r"[^\s()]+".join(map(re.escape, parts)), re.IGNORECASE)

    @property
    def experiment(self) -> str:
        """The test that provokes it: `tests/experiments/test_x.py::test_y`."""
        return f"{self.file}::{self.test}"

    def proof(self, root: Path) -> Proof:
        """That test, and what it showed; raises CourseError where there is none."""
        try:
            return proof_of(root, self.experiment, self.lines)
        except CourseError as error:
            raise CourseError(f"{self.heading}: {error}") from error


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


def held_messages(text: str, messages: list[Message]) -> list[Message]:
    """Those of `messages` that `text` holds, or that hold it; the one that says most first."""
    held = [message for message, _words in _held(text, messages)]
    return list(dict.fromkeys(held)) or _parts(_plain(text), messages)


def held_words(text: str, messages: list[Message]) -> str:
    """The words of `text` that one of `messages` explains, the one that says most; or ""."""
    return next((words for each, words in _held(text, messages) if not each.silent), "")


def _held(text: str, messages: list[Message]) -> list[tuple[Message, str]]:
    """What `text` holds of `messages`, with the words.

    What Alembic logs of its progress is no error: it counts where nothing else does.
    """
    lines = _plain(text).splitlines()
    errors = "\n".join(line for line in lines if not line.startswith("INFO"))
    for part in (errors, "\n".join(lines)):
        found = [(each, match) for each in messages for match in each.pattern.finditer(part)]
        # Of two that say as much, the later: the last line of a traceback counts.
        found.sort(key=lambda pair: (_weight(pair[0]), pair[1].end()), reverse=True)
        if found:
            return [(each, match[0]) for each, match in found]
    return []


def _weight(message: Message) -> int:
    return sum(map(str.isalpha, message.heading))


def _parts(text: str, messages: list[Message]) -> list[Message]:
    """The messages of which `text` is a part, such as its first words."""
    part = text.strip(" .…").lower()
    if sum(map(str.isalpha, part)) < _FEWEST_LETTERS:
        return []
    return [each for each in messages if part in _plain(f"{each.heading} {each.says}").lower()]


def like_messages(text: str, messages: list[Message], most: int = 3) -> list[Message]:
    """Those of `messages` that share most of their rarer words with `text`; none where none do."""
    words = {each: _words(f"{each.heading} {each.says}") for each in messages}
    common = Counter(word for each in words.values() for word in each)
    asked = _words(text)

    def weight(among: set[str]) -> float:
        return sum(1 / common[word] for word in among if word in common)

    known = weight(asked)
    near = [(weight(asked & own), each) for each, own in words.items()]
    near = [(shared, each) for shared, each in near if shared >= max(known / 2, 0.4)]
    return [each for _, each in sorted(near, key=lambda pair: -pair[0])[:most]]


def silent_messages(messages: list[Message]) -> list[Message]:
    """Those that explain a command that fails without a word."""
    return [each for each in messages if each.silent]


def _plain(text: str) -> str:
    """`text` with the quotes of a keyboard, and each line with single blanks."""
    text = text.translate(str.maketrans("‘’“”`", "''\"\"'"))
    return "\n".join(" ".join(line.split()) for line in text.splitlines())


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{2,}", _plain(text).lower()))
