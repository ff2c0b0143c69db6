"""Where in what was handed in each answer lies, however the folders are laid."""

import json
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from remodel.classroom.file_trees import FileTree
from remodel.course.exercise import Exercise
from remodel.course.layout import HANDIN_TOML
from remodel.course.playground_mark import FILE as MARK
from remodel.grading.answer_toml import ANSWER_TOML

#: Below these, a clone of the course has its own files, and not the learner's.
_OF_THE_COURSE = re.compile(r"(^|/)(exercises|solutions|answers)/\d\d-[^/]*(/|$)")
#: Where one of these lies, the folder is an answer, whatever else it holds.
_SIGNS = (HANDIN_TOML, MARK, ANSWER_TOML)


def answer_folders(tree: FileTree, exercises: Mapping[str, Exercise]) -> dict[str, list[str]]:
    """For each exercise, the folders of `tree` that hold an answer to it, the shallowest first."""
    found: dict[str, set[str]] = {}
    for name in tree.entries:
        folder, slug = _slug_folder(name, exercises)
        inside = name[len(folder) + 1 :]
        if slug and (inside in _SIGNS or exercises[slug].accepts(inside)):
            found.setdefault(slug, set()).add(folder)
    for folder, slug in _that_say_so(tree):
        if slug in exercises and not _OF_THE_COURSE.search(folder):
            for folders in found.values():
                folders.discard(folder)
            found.setdefault(slug, set()).add(folder)
    return {s: sorted(f, key=lambda p: (p.count("/"), p)) for s, f in sorted(found.items()) if f}


def _slug_folder(name: str, slugs: Collection[str]) -> tuple[str, str]:
    """The first folder on the way to `name` that is called like an exercise, and that exercise."""
    parts = name.split("/")[:-1]
    for number, part in enumerate(parts):
        if part in slugs and not _OF_THE_COURSE.search(name):
            return "/".join(parts[: number + 1]), part
    return "", ""


def _that_say_so(tree: FileTree) -> Iterator[tuple[str, str]]:
    for name, entry in tree.entries.items():
        folder, _, file = name.rpartition("/")
        if file in (HANDIN_TOML, MARK) and entry.size < 1024 * 1024:
            slug = says(file, entry.read()).get("exercise")
            if isinstance(slug, str):
                yield folder, slug


def says(file: str, content: bytes) -> Mapping[str, Any]:
    """What a handin.toml or the mark of a playground says; nothing where it cannot be read."""
    try:
        read = json.loads(content) if file == MARK else tomllib.loads(content.decode("utf-8"))
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def bare_answer(tree: FileTree, exercise: Exercise) -> str | None:
    """The folder whose files are an answer to `exercise` without saying so; None for none."""
    for name in sorted(tree.entries, key=lambda each: (each.count("/"), each)):
        parts = name.split("/")
        for depth in range(min(len(parts), 5)):
            if exercise.accepts("/".join(parts[depth:])):
                return "/".join(parts[:depth])
    return None


def is_one_hand_in(tree: FileTree, exercises: Mapping[str, Exercise]) -> bool:
    """Whether `tree` is what one learner handed in, and no folder of many."""
    folders = [f for found in answer_folders(tree, exercises).values() for f in found]
    if any(f == "" or f in exercises or f.startswith("playground/") for f in folders):
        return True
    # A learner's zip with one folder around everything; zips in it are of several.
    return tree.packed and len({f.partition("/")[0] for f in folders}) == 1 and not zips(tree)


def zips(tree: FileTree) -> list[str]:
    """The zips that lie in `tree`."""
    return sorted(name for name in tree.entries if name.lower().endswith(".zip"))
