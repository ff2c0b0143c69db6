"""handin.toml, which `remodel pack` puts beside an answer: what was handed in, and by whom.

It can only keep an answer from being graded: what is graded, and how, others decide.
"""

import json
from pathlib import Path

from remodel.course.layout import HANDIN_TOML
from remodel.course.toml_file import Text, TomlStruct, error_at, read_struct

#: Which keys handin.toml has, and what they mean: another number where these change.
FORMAT = 1


class HandIn(TomlStruct, frozen=True):
    """The keys of a handin.toml."""

    format: int
    exercise: Text
    variant: int = 0
    #: The version of the course in which it was packed.
    course: str = ""
    #: Whose it is, where they said it.
    name: str = ""

    def text(self) -> str:
        """The file that says this."""
        keys = ("format", "exercise", "variant", "course", "name")
        values = ((key, getattr(self, key)) for key in keys)
        # A string of JSON is one of TOML.
        lines = (f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in values if v != "")
        return "\n".join(lines) + "\n"


def read(folder: Path) -> HandIn | None:
    """What the handin.toml in `folder` says; None where there is none. Raises CourseError."""
    file = folder / HANDIN_TOML
    if not file.exists():
        return None
    record = read_struct(file, HandIn)
    if record.format != FORMAT:
        sentence = f"is {record.format}, and this version of Remodel reads {FORMAT}. Pack it again."
        raise error_at(file, ("format",), sentence)
    return record
