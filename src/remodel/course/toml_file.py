"""Reads the course's TOML files; what is wrong with one is said with its file and its line."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec

from remodel.course import toml_errors
from remodel.course.toml_errors import Problem
from remodel.errors import CourseError

T = TypeVar("T")
#: A text that says something.
Text = Annotated[str, msgspec.Meta(pattern=r"\S")]


class TomlStruct(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
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
        line = toml_errors.line_of(text, problem.place)
        raise CourseError(f"{file}:{line}: {problem.sentence}") from error


def read_toml(file: Path) -> dict[str, Any]:
    """The table in `file`; raises CourseError naming the file and the place."""
    return _parse(file, _read(file))


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CourseError(f"{file}: {error}. Save it as UTF-8.") from error
    except FileNotFoundError as error:
        raise CourseError(f"{file} is missing.") from error


def _parse(file: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        position = re.search(r" \(at line (\d+), column \d+\)", str(error))
        line = position[1] if position else len(text.splitlines())
        reason = str(error).partition(" (at ")[0]
        raise CourseError(f"{file}:{line}: {reason}. Correct the TOML there.") from error


def line_of(text: str, table: str, number: int) -> int:
    """The line on which the table [[`table`]] with that number has its id, or at least begins."""
    lines = text.splitlines()
    heading = re.compile(rf"\s*\[\[\s*{table}\s*\]\]")
    begins = [n for n, line in enumerate(lines, 1) if heading.match(line)]
    if number >= len(begins):
        return 1
    for n, line in enumerate(lines[begins[number] :], begins[number] + 1):
        if re.match(r"\s*\[\[", line):
            break
        if re.match(r"\s*id\s*=", line):
            return n
    return begins[number]


class Table:
    """Reads keys of one TOML table and complains with the file and the key."""

    def __init__(self, file: Path, table: dict[str, Any]) -> None:
        self.file, self.left = file, dict(table)

    def take(self, key: str, kind: type, default: Any = None) -> Any:
        value = self.left.pop(key, default)
        if value is None:
            raise CourseError(f"{self.file}: the key {key!r} is missing.")
        if not isinstance(value, kind):
            raise CourseError(
                f"{self.file}: {key!r} must be of type {kind.__name__}, not {value!r}."
            )
        return value

    def strings(self, key: str, default: list[str] | None = None) -> tuple[str, ...]:
        values = self.take(key, list, default)
        if not all(isinstance(value, str) for value in values):
            raise CourseError(f"{self.file}: {key!r} must be a list of strings, not {values!r}.")
        return tuple(values)

    def choice(self, key: str, among: Iterable[str], default: str | None = None) -> str:
        value = str(self.take(key, str, default))
        if value not in among:
            raise CourseError(f"{self.file}: {key!r} must be one of {', '.join(among)}.")
        return value

    def done(self) -> None:
        if self.left:
            raise CourseError(f"{self.file}: unknown key {sorted(self.left)[0]!r}.")
