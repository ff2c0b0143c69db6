"""Peer 1: the grader that most people would write first, a pytest that shells out to flask.

It runs the commands that our checks of add-a-column run, each once, in an interpreter of its own.
"""

import os
import subprocess
import sys
from pathlib import Path

FLASK = [sys.executable, "-m", "flask"]


def flask(app: Path, database: Path, *arguments: str) -> None:
    """Run one command on one database."""
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}"}
    subprocess.run([*FLASK, *arguments], cwd=app, env=environment, check=True, capture_output=True)


def test_add_a_column(tmp_path: Path) -> None:
    """Eight commands: from empty, to the start and on, again, check, down, up, and the pages."""
    app = Path(os.environ["NAIVE_APP"])
    empty, rows = tmp_path / "empty.db", tmp_path / "rows.db"
    flask(app, empty, "routes")
    flask(app, empty, "db", "upgrade")
    flask(app, rows, "db", "upgrade", "0001")
    flask(app, rows, "furnish")
    flask(app, rows, "db", "upgrade")
    flask(app, rows, "db", "check")
    flask(app, rows, "db", "upgrade")
    flask(app, rows, "db", "downgrade")
    flask(app, rows, "db", "upgrade")
