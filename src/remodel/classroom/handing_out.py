"""What a class is given: an assignment.toml for the teacher, and starters for the learners."""

import csv
import io
import json
import re
import secrets
import tomllib
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from remodel import __version__
from remodel.classroom.assignment import FORMAT, Learner
from remodel.classroom.results_store import write_whole
from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.course.manifest import digest_of_files
from remodel.errors import RemodelError
from remodel.playground.folder import start
from remodel.scratch import scratch

#: In the folder of an assignment: what is the teacher's alone, and what the class gets.
ASSIGNMENT_TOML = "assignment.toml"
STARTERS = "starters"
#: Where editors look for the environment that a folder wants.
DEVCONTAINER = ".devcontainer/devcontainer.json"
#: What an app of the course needs.
_PACKAGES = ("flask", "flask-sqlalchemy", "flask-migrate", "alembic", "sqlalchemy")


def read_roster(file: Path) -> list[Learner]:
    """The learners in a text or CSV file: one a line, an id and perhaps a name."""
    try:
        rows = list(csv.reader(io.StringIO(file.read_text("utf-8-sig"))))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RemodelError(f"{file} cannot be read ({error}). Save it as text in UTF-8.") from error
    cells = [[cell.strip() for cell in row] for row in rows]
    learners = [Learner(row[0], row[1] if len(row) > 1 else "") for row in cells if any(row)]
    ids = [each.id for each in learners]
    if not all(ids) or len({each.casefold() for each in ids}) < len(ids):
        raise RemodelError(f"{file}: each line begins with an id, and no two are the same.")
    return learners


def hand_out(
    catalog: Catalog,
    folder: Path,
    exercises: list[Exercise],
    title: str = "",
    due: datetime | None = None,
    learners: Iterable[Learner] = (),
) -> list[Path]:
    """Write the assignment and its starters into `folder`; returns what was written.

    Raises RemodelError where an assignment is there already: it holds the secret of its grading.
    """
    file = folder / ASSIGNMENT_TOML
    if file.exists():
        raise RemodelError(f"{file} is there already, with its secret. Name another folder.")
    with_variants = any(exercise.variants for exercise in exercises)
    listed = [_with_variant(each, number, with_variants) for number, each in enumerate(learners)]
    text = assignment_text(catalog, exercises, title, due, listed)
    tomllib.loads(text)
    starters = list(_starters(catalog, exercises, listed if with_variants else []))
    write_whole(file, text.encode())
    for name, content in starters:
        write_whole(folder / STARTERS / name, content)
    return [file, *(folder / STARTERS / name for name, _ in starters)]


def _with_variant(learner: Learner, number: int, with_variants: bool) -> Learner:
    return Learner(learner.id, learner.name, number if with_variants else None)


def assignment_text(
    catalog: Catalog,
    exercises: Iterable[Exercise],
    title: str,
    due: datetime | None,
    learners: Iterable[Learner],
) -> str:
    """The file, with a word on each key that it leaves to the teacher."""
    digests = {each.slug: digest_of_files(catalog.layout, each) for each in exercises}
    slugs = list(digests)
    lines = [
        f"format = {FORMAT}",
        f"title = {_quoted(title or 'Assignment')}",
        f"exercises = {_quoted(slugs)}",
        f"due = {due.isoformat()}" if due else "# due = 2030-10-01T23:59:00",
        "# Whoever knows it knows the rows that the class is graded with. Give it to nobody.",
        f"secret = {_quoted(secrets.token_hex(16))}",
        f"course = {_quoted(__version__)}",
        "",
        "# Per cent of the points that each day begun takes, and after how many days all are gone.",
        "[late]",
        "per_day = 0",
        "days = 365",
        "",
        "# What each exercise is worth; without a line, what its checks are worth.",
        "[points]",
        *(f"{slug} = 10" for slug in slugs),
        "",
        "# What of the course each was given out with: when that changes, grading says so.",
        "[manifest]",
        *(f"{slug} = {_quoted(digest)}" for slug, digest in digests.items()),
    ]
    for learner in learners:
        lines += ["", "[[learner]]", f"id = {_quoted(learner.id)}"]
        lines += [f"name = {_quoted(learner.name)}"] if learner.name else []
        lines += [f"variant = {learner.variant}"] if learner.variant is not None else []
    return "\n".join(lines) + "\n"


def _quoted(value: str | list[str]) -> str:
    # A string of JSON is one of TOML, and so is a list of them.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _starters(
    catalog: Catalog, exercises: list[Exercise], learners: list[Learner]
) -> Iterator[tuple[str, bytes]]:
    """A zip for each learner with a variant of their own, or one for everybody."""
    laid_out: dict[tuple[str, int], dict[str, bytes]] = {}
    everybody: list[Learner | None] = [*learners] or [None]
    for learner in everybody:
        files: dict[str, bytes] = {}
        for exercise in exercises:
            number = (learner.variant or 0) if learner and exercise.variants else 0
            own = exercise.in_variant(number)
            key = (own.slug, own.variant)
            if key not in laid_out:
                laid_out[key] = _laid_out(catalog, own)
            files |= {f"{own.slug}/{file}": c for file, c in laid_out[key].items()}
        files[DEVCONTAINER] = _devcontainer()
        yield f"{_file_name(learner)}.zip", _zip(files)


def _laid_out(catalog: Catalog, exercise: Exercise) -> dict[str, bytes]:
    with scratch() as place:
        folder = place / exercise.slug
        start(catalog, exercise, folder)
        files = (path for path in sorted(folder.rglob("*")) if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _devcontainer() -> bytes:
    """For editors that open a folder in a container; none was there to try it with."""
    packages = " ".join(f"{name}=={version(name)}" for name in _PACKAGES)
    says = {
        "name": "Migrations with Flask-Migrate",
        "image": "mcr.microsoft.com/devcontainers/python:3.11",
        "postCreateCommand": f"pip install {packages}",
    }
    return json.dumps(says, indent=2).encode() + b"\n"


def _file_name(learner: Learner | None) -> str:
    return re.sub(r"[^\w .@+-]+", "-", learner.id) if learner else "starter"


def _zip(files: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)
    return written.getvalue()
