"""Two graders of notebooks, each in an environment of its own, given the same app to grade.

Their test copies the app, runs `flask db upgrade` on a database with rows, and looks whether every
value is there under its new name: what a teacher would write first. With more commands, it runs as
many as our checks do.
"""

import json
import os
import subprocess
import sys
import venv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

TEST = """\
import os, shutil, sqlite3, subprocess, tempfile
from pathlib import Path

with tempfile.TemporaryDirectory() as folder:
    place = Path(folder)
    shutil.copytree(app, place / "app")
    shutil.copy(os.environ["PEER_ROWS"], place / "rows.db")

    def flask(*words):
        url = {"DATABASE_URL": f"sqlite:///{place / 'rows.db'}"}
        command = [os.environ["PEER_PYTHON"], "-m", "flask", *words]
        subprocess.run(
            command, cwd=place / "app", env={**os.environ, **url}, check=True, capture_output=True
        )

    def values(column):
        with sqlite3.connect(place / "rows.db") as connection:
            return connection.execute(f"SELECT id, {column} FROM furniture ORDER BY id").fetchall()

    before = values("name")
    flask("db", "upgrade")
    assert before == values("label") and before
    for number in range(int(os.environ["PEER_MORE"])):
        flask("db", "upgrade" if number % 2 else "downgrade")
"""
#: What is handed in: it says where the app is.
ANSWER = 'import os\napp = os.environ["PEER_APP"]'
OTTER_TEST = """\
from otter.test_files import test_case

OK_FORMAT = False
name = "q1"
points = 1


@test_case()
def test_upgrade(app):
"""


@dataclass(frozen=True)
class Peer:
    """A grader: how its class is laid out, and what grades it."""

    name: str
    programs: Path
    kind: str
    environment: dict[str, str]
    runs: list[list[str]]

    def prepare(self, folder: Path, answers: int) -> None:
        """Lay out a class of so many in `folder`."""
        folder.mkdir(parents=True)
        self.runs[:] = list(_LAID_OUT[self.kind](self, folder, answers))

    def program(self, *words: str) -> list[str]:
        """A command of its environment."""
        return [str(self.programs / words[0]), *words[1:]]

    def run(self, folder: Path, *words: str) -> None:
        """Run a command of its environment in `folder`."""
        environment = {**os.environ, **self.environment}
        command = self.program(*words)
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)


def otter(environments: Path, app: Path, commands: int) -> Peer:
    """otter-grader: a process for each notebook, without its containers."""
    return _peer("otter", "otter-grader", environments, app, commands)


def nbgrader(environments: Path, app: Path, commands: int) -> Peer:
    """nbgrader: one process for the class, a kernel for each notebook."""
    return _peer("nbgrader", "nbgrader", environments, app, commands)


def _peer(kind: str, package: str, environments: Path, app: Path, commands: int) -> Peer:
    place = environments / kind
    python = str(place / "bin" / "python")
    if not place.exists():
        venv.create(place, with_pip=True)
        pip = [python, "-m", "pip", "install", "-q", package, "ipykernel"]
        subprocess.run(pip, check=True)
    asked = [python, "-c", f"from importlib.metadata import version; print(version('{package}'))"]
    version = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()
    environment = {
        "PATH": f"{place / 'bin'}:{os.environ['PATH']}",
        "PEER_PYTHON": sys.executable,
        "PEER_APP": str(app),
        "PEER_ROWS": str(_rows(app)),
        "PEER_MORE": str(commands - 1),
    }
    name = f"{package} {version}, flask db ×{commands}"
    return Peer(name, place / "bin", kind, environment, [])


def _rows(app: Path) -> Path:
    """A database with rows as it is before the answer, made once beside `app`."""
    rows = app.parent / "rows.db"
    if not rows.exists():
        environment = {**os.environ, "DATABASE_URL": f"sqlite:///{rows}"}
        for words in (["db", "upgrade", "0008"], ["furnish"]):
            command = [sys.executable, "-m", "flask", *words]
            subprocess.run(command, cwd=app, env=environment, check=True, capture_output=True)
    return rows


def _otter_class(peer: Peer, folder: Path, answers: int) -> Iterator[list[str]]:
    body = "".join(f"    {line}\n" if line else "\n" for line in TEST.splitlines())
    (folder / "tests").mkdir()
    (folder / "tests" / "q1.py").write_text(OTTER_TEST + body)
    peer.run(folder, "otter", "generate", "-t", "tests", "--no-environment")
    for number in range(answers):
        (folder / f"out-{number}").mkdir()
        (folder / f"{number}.ipynb").write_text(_notebook([(ANSWER, {})]))
        words = ("otter", "run", "-a", "autograder.zip", "-o", f"out-{number}", f"{number}.ipynb")
        yield peer.program(*words)


def _nbgrader_class(peer: Peer, folder: Path, answers: int) -> Iterator[list[str]]:
    solution = {"grade": False, "solution": True, "locked": False, "grade_id": "app"}
    test = {"grade": True, "solution": False, "locked": True, "grade_id": "test", "points": 1}
    cells = [(ANSWER, solution), (TEST, test)]
    learners = [f"submitted/learner-{number}" for number in range(answers)]
    for each in ("source", *learners):
        (folder / each / "week").mkdir(parents=True)
        (folder / each / "week" / "p.ipynb").write_text(_notebook(cells))
    peer.run(folder, "nbgrader", "generate_assignment", "week", "--course-dir=.")
    yield peer.program("nbgrader", "autograde", "week", "--course-dir=.")


_LAID_OUT = {"otter": _otter_class, "nbgrader": _nbgrader_class}


def _notebook(cells: Sequence[tuple[str, dict[str, object]]]) -> str:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made: list[dict[str, object]] = [
        {
            "cell_type": "code",
            "id": f"cell-{number}",
            "metadata": {"nbgrader": {"schema_version": 3, "task": False, **of}} if of else {},
            "execution_count": None,
            "outputs": [],
            "source": source,
        }
        for number, (source, of) in enumerate(cells)
    ]
    whole = {"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole)
