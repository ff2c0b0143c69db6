"""Seven whole apps that cannot drift: what a stage may change, and what is carried forward."""

import fnmatch
from collections.abc import Iterator, Mapping
from itertools import pairwise

from remodel.course.catalog import Catalog
from remodel.course.lesson import Lesson
from remodel.history import VERSIONS

Files = Mapping[str, bytes]
REPAIR = "Run `remodel dev refresh`, or declare it in lesson.toml under `changes`."


def stages(catalog: Catalog) -> Iterator[tuple[Lesson | None, Lesson]]:
    """Each lesson with the one before it, which the first lacks."""
    lessons = list(catalog.lessons.values())
    if lessons:
        yield None, lessons[0]
    yield from pairwise(lessons)


def stage_before(catalog: Catalog, lesson: Lesson) -> Lesson | None:
    """The lesson that `lesson` builds on."""
    return next(before for before, each in stages(catalog) if each.name == lesson.name)


def is_declared(lesson: Lesson, file: str) -> bool:
    """Whether lesson.toml says that this stage adds or edits `file`."""
    return any(fnmatch.fnmatch(file, pattern) for pattern in lesson.changes)


def changed_files(before: Lesson | None, lesson: Lesson) -> dict[str, str]:
    """Files of the app that differ from the stage before: path to added, edited or removed."""
    old: Files = before.app_files() if before else {}
    new = lesson.app_files()
    changes = {file: "removed" for file in old if file not in new}
    changes |= {file: "edited" for file in old if file in new and new[file] != old[file]}
    changes |= {file: "added" for file in new if file not in old}
    return dict(sorted(changes.items()))


def drift(catalog: Catalog) -> list[str]:
    """What breaks the rule that a stage changes only what it declares; empty when all is well."""
    problems: list[str] = []
    for before, lesson in stages(catalog):
        changed = changed_files(before, lesson)
        problems += _undeclared(lesson, changed)
        problems += _declared_in_vain(lesson, changed)
        problems += _not_removed(before, lesson)
        problems += _edited_history(changed, lesson)
    return problems


def _undeclared(lesson: Lesson, changed: Mapping[str, str]) -> Iterator[str]:
    for file, how in changed.items():
        allowed = file in lesson.removes if how == "removed" else is_declared(lesson, file)
        if not allowed:
            was = {"added": "is new", "edited": "differs", "removed": "is missing"}[how]
            yield f"lessons/{lesson.name}/{file} {was} and is not declared. {REPAIR}"


def _declared_in_vain(lesson: Lesson, changed: Mapping[str, str]) -> Iterator[str]:
    there = [file for file, how in changed.items() if how != "removed"]
    for pattern in lesson.changes:
        if not fnmatch.filter(there, pattern):
            yield (
                f"lessons/{lesson.name}/lesson.toml declares {pattern!r} as changed, and no such "
                "file differs from the stage before. Take it out of `changes`."
            )


def _not_removed(before: Lesson | None, lesson: Lesson) -> Iterator[str]:
    old: Files = before.app_files() if before else {}
    new = lesson.app_files()
    for file in lesson.removes:
        if file in new:
            yield f"lessons/{lesson.name}/{file} should be gone: lesson.toml `removes` it."
        elif file not in old:
            yield f"lessons/{lesson.name}/lesson.toml removes {file!r}, which never was there."


def _edited_history(changed: Mapping[str, str], lesson: Lesson) -> Iterator[str]:
    for file, how in changed.items():
        if file.startswith(VERSIONS) and how != "added":
            yield (
                f"lessons/{lesson.name}/{file} was {how}, and it is a revision of an earlier "
                "stage. Some database has it already: write a new revision instead."
            )


def carry_forward(catalog: Catalog) -> list[str]:
    """Copy what a stage does not declare from the stage before; names the files it wrote."""
    written: list[str] = []
    for before, lesson in stages(catalog):
        for file, content in due(before, lesson).items():
            place = lesson.path / file
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
            written.append(f"lessons/{lesson.name}/{file}")
    return written


def due(before: Lesson | None, lesson: Lesson) -> dict[str, bytes]:
    """Files of the stage before that this stage should hold as they are, and does not."""
    old: Files = before.app_files() if before else {}
    new = lesson.app_files()
    return {
        file: content
        for file, content in old.items()
        if file not in lesson.removes and not is_declared(lesson, file) and new.get(file) != content
    }
