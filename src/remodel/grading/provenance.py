"""Digests of all that a verdict depends on, besides the answer itself.

Of packages, the versions count: who edits an installed package grades with `--fresh`.
"""

import functools
import sqlite3
import sys
from importlib import metadata
from pathlib import Path

import remodel
from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.course.tree import read_tree
from remodel.grading.answer import digest_of, solution

#: What of the package has no part in a verdict.
APART = {
    "authoring",
    "classroom",
    "cli",
    "experiments",
    "notebook",
    "playground",
    "servers",
    "site",
}


def digest_of_exercise(catalog: Catalog, exercise: Exercise) -> str:
    """A digest of what the course itself brings to a grading: grader, sentences, starter, goal."""
    own = read_tree(exercise.path, sorted(path.name for path in exercise.path.iterdir()))
    # What pytest meets on its way down (settings, a conftest.py), and the sentences.
    above = [_files_in(folder) for folder in (catalog.layout.exercises, exercise.path.parent)]
    return "".join(map(digest_of, (own, *above, exercise.given, solution(exercise).files)))


def _files_in(folder: Path) -> dict[str, bytes]:
    return read_tree(folder, sorted(path.name for path in folder.iterdir() if path.is_file()))


@functools.cache
def digest_of_graders() -> str:
    """A digest of the code of this package that judges."""
    package = Path(remodel.__file__).parent
    names = sorted({path.name for path in package.iterdir()} - APART)
    return digest_of(read_tree(package, names))


@functools.cache
def installed_versions() -> str:
    """Python, the system, SQLite and each installed package, with its version."""
    packages = sorted(f"{each.name}=={each.version}" for each in metadata.distributions())
    return "\0".join((sys.version, sys.platform, sqlite3.sqlite_version, *packages))
