"""Whether what was handed in is the starter as it was given out: then nothing was handed in."""

import io
import tokenize
import tomllib
from collections.abc import Mapping

import msgspec

from remodel.course.decoding import as_text
from remodel.course.exercise import Exercise
from remodel.course.layout import HANDIN_TOML, PAGE
from remodel.course.playground_mark import FILE as MARK
from remodel.course.playground_mark import Mark
from remodel.grading.answer_toml import ANSWER_TOML
from remodel.history import same_revision

_ABOUT = {ANSWER_TOML, HANDIN_TOML, MARK, PAGE}
_DATABASES = (".db", ".sqlite3")


def is_untouched(exercise: Exercise, files: Mapping[str, bytes]) -> bool:
    """Whether `files` leave the starter of `exercise` as it is, however an editor lays them out.

    Files that are not there are the starter's own, as in every answer that is graded; but where
    the mark of a playground is among them, the learner has deleted them.
    """
    mark = _mark(files.get(MARK))
    theirs = {f: c for f, c in files.items() if f not in _ABOUT and not _is_no_answer(f)}
    if any(not _is_as_given(exercise, f, c, mark) for f, c in theirs.items()):
        return False
    gone = {f for f in mark.starter if exercise.accepts(f)} - theirs.keys() if mark else set()
    return bool(files) and not gone and not _deletes(files.get(ANSWER_TOML))


def _is_as_given(exercise: Exercise, file: str, content: bytes, mark: Mark | None) -> bool:
    given = exercise.given.get(file)
    if mark and mark.is_as_begun(file, content):
        return True  # of a course that has changed since
    if given is None:
        return False
    if content == given or _lines(content) == _lines(given):
        return True
    # Whoever takes the generator's remarks away says that they have read the file.
    is_same = file.endswith(".py") and same_revision(content, given)
    return is_same and _comments(content) == _comments(given)


def _lines(content: bytes) -> list[str]:
    return [line.rstrip() for line in as_text(content).splitlines() if line.strip()]


def _comments(content: bytes) -> list[str]:
    tokens = tokenize.generate_tokens(io.StringIO(as_text(content)).readline)
    return [word for t in tokens if t.type == tokenize.COMMENT for word in t.string[1:].split()]


def _is_no_answer(file: str) -> bool:
    """Whether nobody reads it: what programs leave, and the database, which is not handed in."""
    return file.endswith(_DATABASES) or any(part[0] == "." for part in file.split("/"))


def _mark(content: bytes | None) -> Mark | None:
    try:
        return msgspec.json.decode(content or b"", type=Mark)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _deletes(content: bytes | None) -> bool:
    """Whether an answer.toml says anything but that nothing was deleted."""
    try:
        says = tomllib.loads((content or b"").decode("utf-8"))
    except (ValueError, RecursionError):
        return True
    return says not in ({}, {"deletes": []})
