"""What `remodel doctor` looks at, and what to do about each thing."""

import importlib.metadata
import importlib.util
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from packaging.requirements import Requirement

from remodel.cli.shell import activation, flask_on_path, own_flask_comes_first, wrapped
from remodel.course.catalog import Catalog
from remodel.servers.installations import installations
from remodel.servers.postgresql import INSTALL, VARIABLE


@dataclass(frozen=True)
class Finding:
    """One thing looked at: `state` is ok, wrong (must be mended) or absent (may be installed)."""

    state: str
    what: str
    said: str
    #: The line to type that mends it.
    type: str = ""


def lines(finding: Finding) -> list[str]:
    """The finding at 80 columns, and what to type on a line of its own, ready to be pasted."""
    colour = {"ok": "green", "wrong": "red"}.get(finding.state)
    mark = click.style(f"{finding.state:<6}", fg=colour)
    first, *rest = wrapped(finding.said, " " * 26).splitlines()
    told = [f"{mark}  {finding.what:<18}{first[26:]}", *rest]
    return [*told, f"{' ' * 26}{finding.type}"] if finding.type else told


def findings(catalog: Catalog) -> list[Finding]:
    """Everything there is to say about this machine."""
    return [
        Finding("ok", "Python", ".".join(map(str, sys.version_info[:3]))),
        *_packages(),
        _flask(),
        _playground(catalog.layout.playground),
        Finding("ok", "SQLite", f"{sqlite3.sqlite_version}: all exercises of today run on it"),
        _postgresql(),
        _mariadb(),
    ]


def _packages() -> Iterator[Finding]:
    for text in importlib.metadata.requires("remodel") or []:
        wanted = Requirement(text)
        if wanted.marker and not wanted.marker.evaluate({"extra": ""}):
            continue
        try:
            found = importlib.metadata.version(wanted.name)
        except importlib.metadata.PackageNotFoundError:
            yield Finding("wrong", wanted.name, "is missing. Type:", "make install")
            continue
        if wanted.specifier.contains(found):
            yield Finding("ok", wanted.name, found)
        else:
            said = f"{found}, but {wanted.specifier} is needed. Type:"
            yield Finding("wrong", wanted.name, said, "make install")


def _flask() -> Finding:
    if own_flask_comes_first():
        return Finding("ok", "flask", "on PATH, from this environment")
    found = flask_on_path()
    if found is None:
        return Finding("wrong", "flask", "is not on PATH. Type:", activation() or "")
    said = f"{found} comes first on PATH and is not this course's. Type:"
    return Finding("wrong", "flask", said, activation() or "")


def _playground(folder: Path) -> Finding:
    place = folder if folder.exists() else folder.parent
    if os.access(place, os.W_OK):
        return Finding("ok", "playground", "can be written")
    return Finding(
        "wrong", "playground", f"{place} cannot be written. Clone into a folder of yours."
    )


def _postgresql() -> Finding:
    if importlib.util.find_spec("psycopg") and (os.environ.get(VARIABLE) or any(installations())):
        return Finding(
            "ok", "PostgreSQL", "is here. `remodel myth 4` uses it; no exercise does yet"
        )
    said = "not needed, but for one half of `remodel myth 4`. Type:"
    return Finding("absent", "PostgreSQL", said, INSTALL)


def _mariadb() -> Finding:
    if shutil.which("mariadbd"):
        return Finding("ok", "MariaDB", "is here; no exercise needs it yet")
    return Finding(
        "absent", "MariaDB", "not needed yet. Later, on Debian:", "apt install mariadb-server-core"
    )
