"""Who handed something in, read from the names that learning platforms give to files."""

import re
from dataclasses import dataclass

#: "Zoe Example_1234567_assignsubmission_file_", with or without the file's name behind it.
_MOODLE = re.compile(
    r"^(?P<name>.+?)_(?P<number>\d+)_assignsubmission_(?:file|onlinetext)(?:_.*)?$"
)
#: "examplezoe_LATE_123_4567_handin-2.zip": the user, the attachment, the attempt.
_CANVAS = re.compile(
    r"^(?P<name>[^_]+)(?P<late>_LATE)?_(?P<number>\d+)_\d+_(?P<file>.+?)(?:-(?P<attempt>\d+))?$"
)
#: What everybody's file is called says nothing of its owner.
_NAMELESS = {"handin", "hand-in", "submission", "homework", "answers"}


@dataclass(frozen=True)
class Person:
    """Whoever handed something in: `id` tells two of one name apart."""

    id: str
    name: str
    #: The number that the platform knows them by; "" where it is none.
    number: str = ""
    #: Which platform wrote the name: "moodle", "canvas" or "".
    platform: str = ""
    #: Whether the platform has marked it as late.
    late: bool = False
    attempt: int = 0


def person_of(label: str, parent: str = "") -> Person:
    """The person whose hand-in is called `label`, in a folder called `parent`."""
    stem = label[:-4] if label.lower().endswith(".zip") else label
    if match := _MOODLE.match(stem):
        name, number = match["name"].strip(), match["number"]
        return Person(f"{name} ({number})", name, number, "moodle")
    if match := _CANVAS.match(stem):
        name, number = match["name"], match["number"]
        late, attempt = bool(match["late"]), int(match["attempt"] or 0)
        return Person(f"{name} ({number})", name, number, "canvas", late, attempt)
    if stem.lower() in _NAMELESS and parent:
        stem = parent
    return Person(stem, stem)
