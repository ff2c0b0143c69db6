"""Reads the course's TOML files; what is wrong with one is said with its file and its line."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, TypeVar, dataclass_transform

import msgspec

from remodel.course.toml_errors import Place, Problem, in_words, line_of
from remodel.errors import CourseError

T = TypeVar("T")
#: A text that says something.
Text = Annotated[str, msgspec.Meta(pattern=r"\S")]


@dataclass_transform(frozen_default=True, field_specifiers=(msgspec.field,))
class TomlStruct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a file, or a table in one, may say: its fields are the keys, their types the rules."""


def read_struct(file: Path, kind: type[T]) -> T:
    """What `file` says, as a `kind`; raises CourseError with the line, the key and what to do.

    A rule that no type can say is a ValueError of the struct's `__post_init__`.
    """
    text = _read(file)
    table = _parse(file, text)
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError as error:
        problem = Problem.of(error, table, kind)
        line = line_of(text, problem.place)
        raise CourseError(f"{file}:{line}: {problem.sentence}") from error


def error_at(file: Path, place: Place, sentence: str) -> CourseError:
    """The error to raise where a file breaks a rule that its struct cannot know."""
    text = _read(file)
    where = in_words(place, _parse(file, text))
    return CourseError(f"{file}:{line_of(text, place)}: {where}{' ' if where else ''}{sentence}")


def refuse_twins(file: Path, table: str, ids: Iterable[str]) -> None:
    """Raise CourseError where two of the tables [[`table`]] of `file` have one id."""
    seen = set[str]()
    for number, each in enumerate(ids):
        if each in seen:
            raise error_at(file, (table, number, "id"), "is another's id, too. Choose a new one.")
        seen.add(each)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CourseError(f"{file}: {error}. Save it as UTF-8.") from error
    except FileNotFoundError as error:
        raise CourseError(f"{file} is missing.") from error
    except IsADirectoryError as error:
        raise CourseError(f"{file} is a folder. Put a file there.") from error


def _parse(file: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        position = re.search(r" \(at line (\d+), column \d+\)", str(error))
        line = position[1] if position else len(text.splitlines())
        reason = str(error).partition(" (at ")[0]
        raise CourseError(f"{file}:{line}: {reason}. Correct the TOML there.") from error
    except (ValueError, RecursionError) as error:  # a number without end, a table in a table in …
        raise CourseError(f"{file} is more than TOML can hold. Make it smaller.") from error
