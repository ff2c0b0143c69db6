"""The file that `remodel start` leaves in a playground: which exercise it is, in which variant."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from remodel import __version__
from remodel.course.exercise import Exercise

FILE = ".remodel.json"


class Mark(msgspec.Struct, frozen=True):
    """What a playground records about itself."""

    exercise: str
    variant: int = 0
    #: The version of the course that laid it out.
    course: str = ""
    #: A digest of each file that it began with.
    starter: Mapping[str, str] = {}
    #: The same of the course's files about the exercise as they were then: page, grader, settings.
    about: Mapping[str, str] = {}

    def is_as_begun(self, file: str, content: bytes) -> bool:
        """Whether `content` is what `file` held at first, however an editor ends the lines."""
        known = self.starter.get(file)
        return known is not None and known in (
            fingerprint(content),
            fingerprint(content.replace(b"\r\n", b"\n")),
        )


def fingerprint(content: bytes) -> str:
    """A digest of one file."""
    return hashlib.sha256(content).hexdigest()[:16]


def fingerprints(files: Mapping[str, bytes]) -> dict[str, str]:
    """A digest of each file, to tell later whether it is another."""
    return {file: fingerprint(content) for file, content in sorted(files.items())}


def read(folder: Path) -> Mark | None:
    """The mark in `folder`; None where there is none, or none that can be read."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Mark)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def write(folder: Path, mark: Mark) -> None:
    """Make `folder` a playground."""
    text = msgspec.json.format(msgspec.json.encode(mark), indent=2)
    (folder / FILE).write_bytes(text + b"\n")


def mark_of(exercise: Exercise) -> Mark:
    """What a playground records that is as the course has it today."""
    starter, about = fingerprints(exercise.given), fingerprints(exercise.about)
    return Mark(exercise.slug, exercise.variant, __version__, starter, about)


def is_marked(folder: Path) -> bool:
    """Whether there is a mark in `folder`, readable or not."""
    return (folder / FILE).exists()


def variant_of(folder: Path) -> int:
    """The variant that was laid out in `folder`; 0 where there is none."""
    mark = read(folder)
    return mark.variant if mark else 0
