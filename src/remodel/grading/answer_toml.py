"""What an answer.toml says: what an answer is, and how it differs from what it lies over."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Literal

from remodel.course.toml_errors import line_of
from remodel.course.toml_file import Text, TomlStruct, read_struct
from remodel.errors import CourseError

ANSWER_TOML = "answer.toml"


class Edit(TomlStruct, frozen=True):
    """A passage of a file, which must occur in it exactly once, and what stands there instead."""

    file: Text
    old: Text
    new: str


class AnswerToml(TomlStruct, frozen=True):
    """The keys of an answer.toml. Without one, an answer lies over the starter."""

    what: str = ""
    test: str = ""
    misconception: str = ""
    #: A regular expression, or a text, that the first refusal's message must hold.
    first: str = ""
    message: str = ""
    base: Literal["starter", "solution"] = "starter"
    deletes: tuple[str, ...] = ()
    edit: tuple[Edit, ...] = ()


def read_answer_toml(folder: Path) -> AnswerToml:
    """What the answer.toml in `folder` says, or what it says by not being there."""
    file = folder / ANSWER_TOML
    return read_struct(file, AnswerToml) if file.exists() else AnswerToml()


def edited_files(
    toml: Path,
    edits: Iterable[Edit],
    files: Mapping[str, bytes],
    translate: Callable[[str], str],
) -> dict[str, bytes]:
    """Those of `files` that `edits` change, as they are after all of them, one after the other.

    Raises CourseError, with the place in `toml`, where an edit does not fit.
    """
    changed: dict[str, bytes] = {}
    for number, edit in enumerate(edits):
        if edit.file not in files:
            raise _misfit(toml, number, f"there is no file {edit.file!r} to edit.")
        text = changed.get(edit.file, files[edit.file]).decode("utf-8")
        old, new = translate(edit.old), translate(edit.new)
        if (times := text.count(old)) != 1:
            times_in_words = {0: "does not occur"}.get(times, f"occurs {times} times")
            sentence = f"its 'old' {times_in_words} in {edit.file}. It must occur exactly once."
            raise _misfit(toml, number, sentence)
        changed[edit.file] = text.replace(old, new).encode()
    return changed


def _misfit(toml: Path, number: int, sentence: str) -> CourseError:
    line = line_of(toml.read_text(encoding="utf-8"), ("edit", number))
    return CourseError(f"{toml}:{line}: [[edit]] number {number + 1}: {sentence}")
