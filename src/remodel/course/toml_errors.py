"""What is wrong with a TOML file, in the words of TOML: msgspec speaks of JSON paths."""

import difflib
import re
import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec

#: The way to a value: keys of tables, and numbers of items.
Place = tuple[str | int, ...]
#: How msgspec calls a type, and how an author does.
TYPES = {
    "int": "a whole number",
    "float": "a number",
    "str": "a text in quotes",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
}
MESSAGE = re.compile(r"(?P<reason>.*?)(?: - at `\$(?P<path>[^`]*)`)?", re.DOTALL)
WRONG_TYPE = re.compile(r"Expected `([\w |]+)`, got `\w+`")
MISSING = re.compile(r"Object missing required field `(.+)`")
UNKNOWN = re.compile(r"Object contains unknown field `(.+)`")
EMPTY = "Expected `str` matching regex"
NOT_AMONG = "Invalid enum value"


@dataclass(frozen=True)
class Problem:
    """One sentence on what is wrong, and the place that it is about."""

    sentence: str
    place: Place

    @classmethod
    def of(cls, error: msgspec.ValidationError, table: Mapping[str, Any], kind: type) -> "Problem":
        """What `error` means, which msgspec raised when it read `table` as a `kind`."""
        message = MESSAGE.fullmatch(str(error))
        assert message  # the pattern takes every text
        place, kind, value = _walk(message["path"] or "", table, kind)
        where, reason = in_words(place, table), message["reason"]
        if missing := MISSING.fullmatch(reason):
            return cls(_joined(where, f"the key {missing[1]!r} is missing."), place)
        if unknown := UNKNOWN.fullmatch(reason):
            sentence = f"unknown key {unknown[1]!r}. {_known(unknown[1], kind)}"
            return cls(_joined(where, sentence), (*place, unknown[1]))
        if wrong := WRONG_TYPE.fullmatch(reason):
            if wrong[1] == "array" and _is_struct(get_args(kind)[0]):
                heading = ".".join(step for step in place if isinstance(step, str))
                return cls(f"{where} must be tables, each under [[{heading}]].", place)
            names = [TYPES.get(each, each) for each in wrong[1].split(" | ") if each != "null"]
            subject = where or "it"  # the whole file: TOML is always a table, JSON is not
            return cls(f"{subject} must be {' or '.join(names)}, not {_shown(value)}.", place)
        if reason.startswith(NOT_AMONG):
            return cls(f"{where} must be one of {_choices(kind)}, not {_shown(value)}.", place)
        if reason.startswith(EMPTY):
            return cls(f"{where} must not be empty.", place)
        return cls(_joined(where, reason), place)


def _joined(where: str, sentence: str) -> str:
    return f"{where}: {sentence}" if where else sentence


def _walk(path: str, value: Any, kind: Any) -> tuple[Place, Any, Any]:
    """The place that msgspec calls `path`, the type that was expected there, and what is there."""
    place: list[str | int] = []
    for key, number in re.findall(r"\.([^.\[]+)|\[(\d+|\.\.\.)\]", path):
        step: str | int = key
        kind = _bare(kind)
        if number == "...":  # some value of a table whose keys are free
            kind = get_args(kind)[1]
            step = next(each for each in value if not _fits(value[each], kind))
        elif number:
            step, kind = int(number), get_args(kind)[0]
        else:
            kind = next(f.type for f in msgspec.structs.fields(kind) if f.encode_name == key)
        place.append(step)
        value = value[step]
    return tuple(place), _bare(kind), value


def _fits(value: Any, kind: Any) -> bool:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return False
    return True


def _bare(kind: Any) -> Any:
    """The type itself, without what is annotated, and without None."""
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if get_origin(kind) in (Union, types.UnionType):
        return _bare(next(each for each in get_args(kind) if each is not types.NoneType))
    return kind


def in_words(place: Place, table: Any) -> str:
    """The place as TOML writes it: `[[question]] number 3, 'ask'`."""
    words: list[str] = []
    names: list[str] = []
    for depth, step in enumerate(place):
        table = table[step]
        following = place[depth + 1] if depth + 1 < len(place) else None
        if isinstance(step, str):
            names.append(step)
            tables = isinstance(following, int) and isinstance(table[following], dict)
            if isinstance(table, dict):
                words.append(f"[{'.'.join(names)}]")
            elif not tables:
                words.append(repr(step))
        elif isinstance(table, dict):
            name = table.get("id") or table.get("name")
            called = f" ({name})" if isinstance(name, str) else ""
            words.append(f"[[{'.'.join(names)}]] number {step + 1}{called}")
        else:
            words.append(f"item {step + 1}")
    return ", ".join(words)


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _known(unknown: str, kind: Any) -> str:
    keys = [field.encode_name for field in msgspec.structs.fields(kind)]
    return did_you_mean(unknown, keys) or f"The keys are {', '.join(keys)}."


def did_you_mean(name: str, choices: Iterable[str], cutoff: float = 0.6) -> str:
    """The question that offers the nearest of `choices`, or "" where none is near `name`."""
    near = difflib.get_close_matches(name, list(choices), n=1, cutoff=cutoff)
    return f"Did you mean {near[0]!r}?" if near else ""


def _choices(kind: Any) -> str:
    choices: Iterable[object] = get_args(kind) if get_origin(kind) is Literal else ()
    return ", ".join(str(choice) for choice in choices)


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "a table"
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def line_of(text: str, place: Place) -> int:
    """The line of `text` on which `place` stands, or at least the table that it is in."""
    lines = text.splitlines()
    begin, end, line = 0, len(lines), 1
    names: list[str] = []
    for step in place:
        if isinstance(step, str):
            names.append(step)
            offset = _key(lines[begin:end], step, ".".join(names))
            line = line if offset is None else begin + offset + 1
            if offset is not None and re.match(r"\s*\[[^\[]", lines[line - 1]):
                begin = line
            continue
        heading = re.compile(rf"\s*\[\[\s*{re.escape('.'.join(names))}\s*\]\]")
        heads = [n for n in range(begin, end) if heading.match(lines[n])]
        if step < len(heads):
            line = heads[step] + 1
            begin, end = line, heads[step + 1] if step + 1 < len(heads) else end
    return line


def _key(lines: list[str], key: str, table: str) -> int | None:
    """Where the key, or the heading of the table, stands in `lines`, which begin in a table."""
    assigned = re.compile(rf"\s*(?:\"{re.escape(key)}\"|{re.escape(key)})\s*[=.]")
    heading = re.compile(rf"\s*\[\[?\s*{re.escape(table)}\s*\]")
    inside = True
    for number, line in enumerate(lines):
        if heading.match(line) or (inside and assigned.match(line)):
            return number
        inside = inside and not re.match(r"\s*\[[\w\[]", line)
    return None
