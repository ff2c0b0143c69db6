"""What `remodel doctor` looks at, and what to do about each thing."""

import importlib.metadata
import importlib.util
import os
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from packaging.requirements import Requirement

from remodel.cli.environment import line_to_unset, misleading
from remodel.cli.shell import activation, flask_on_path, own_flask_comes_first, wrapped
from remodel.course.catalog import Catalog
from remodel.course.manifest import changed_files, way_back_line
from remodel.servers.kinds import INSTALL, MARIADB, POSTGRESQL


@dataclass(frozen=True)
class Observation:
    """One thing looked at: `state` is ok, wrong (has to be put right) or absent (is optional)."""

    state: str
    what: str
    sentence: str
    #: The line to type that puts it right.
    type: str = ""

    def as_json(self) -> dict[str, str]:
        """The same for a program."""
        return {
            "state": self.state,
            "what": self.what,
            "sentence": self.sentence,
            "type": self.type,
        }


def lines(observation: Observation) -> list[str]:
    """The observation at 80 columns, and what to type on a line of its own, ready to be pasted."""
    colour = {"ok": "green", "wrong": "red"}.get(observation.state)
    mark = click.style(f"{observation.state:<6}", fg=colour)
    first, *rest = wrapped(observation.sentence, " " * 26).splitlines()
    shown = [f"{mark}  {observation.what:<18}{first[26:]}", *rest]
    return [*shown, f"{' ' * 26}{observation.type}"] if observation.type else shown


def observe(catalog: Catalog) -> list[Observation]:
    """Everything there is to say about this machine."""
    return [
        Observation("ok", "Python", ".".join(map(str, sys.version_info[:3]))),
        *_packages(),
        _flask(),
        *_variables(catalog),
        _playground(catalog.layout.playground),
        _course(catalog),
        Observation("ok", "SQLite", f"{sqlite3.sqlite_version}: all exercises of today run on it"),
        _postgresql(),
        _mariadb(),
    ]


def _packages() -> Iterator[Observation]:
    for text in importlib.metadata.requires("remodel") or []:
        requirement = Requirement(text)
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            version = importlib.metadata.version(requirement.name)
        except importlib.metadata.PackageNotFoundError:
            yield Observation("wrong", requirement.name, "is missing. Type:", "make install")
            continue
        if requirement.specifier.contains(version):
            yield Observation("ok", requirement.name, version)
        else:
            sentence = f"{version}, but {requirement.specifier} is needed. Type:"
            yield Observation("wrong", requirement.name, sentence, "make install")


def _flask() -> Observation:
    if own_flask_comes_first():
        return Observation("ok", "flask", "on PATH, from this environment")
    first = flask_on_path()
    if first is None:
        return Observation("wrong", "flask", "is not on PATH. Type:", activation() or "")
    sentence = f"{first} comes first on PATH and is not this course's. Type:"
    return Observation("wrong", "flask", sentence, activation() or "")


def _variables(catalog: Catalog) -> Iterator[Observation]:
    binds = {bind for exercise in catalog.exercises.values() for bind in exercise.binds}
    found = misleading(binds)
    for each in found:
        sentence = f"{each.name} is set: {each.effect}. Type:"
        yield Observation("wrong", "environment", sentence, line_to_unset([each.name]))
    if not found:
        yield Observation("ok", "environment", "no variable misleads `flask` or `pytest`")


def _playground(folder: Path) -> Observation:
    place = folder if folder.exists() else folder.parent
    if os.access(place, os.W_OK):
        return Observation("ok", "playground", "can be written")
    return Observation(
        "wrong", "playground", f"{place} cannot be written. Clone into a folder of yours."
    )


def _course(catalog: Catalog) -> Observation:
    changed = sorted(
        {
            each
            for exercise in catalog.exercises.values()
            for each in changed_files(catalog.layout, exercise)
        }
    )
    if not changed:
        return Observation("ok", "course", "its files are as shipped")
    more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
    sentence = f"not as shipped: {', '.join(map(str, changed[:3]))}{more}. Nothing is graded so."
    return Observation("wrong", "course", sentence, way_back_line(catalog.layout))


def _postgresql() -> Observation:
    if POSTGRESQL.is_here:
        return Observation("ok", "PostgreSQL", "is here, for `remodel myth 4` and some exercises")
    sentence = "not needed, but for some exercises and `remodel myth 4`. Type:"
    return Observation("absent", "PostgreSQL", sentence, INSTALL)


def _mariadb() -> Observation:
    if MARIADB.is_here:
        return Observation("ok", "MariaDB", "is here; no exercise needs it yet")
    return Observation(
        "absent", "MariaDB", "not needed yet. Later, on Debian:", "apt install mariadb-server-core"
    )
