"""The first ten minutes as they are typed: a fresh bash, a wrong answer, its message, the mend."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import BIN, ROOT, SYSTEM, Remodel, Terminal, current

MODEL = '    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))\n'
REQUIRED = "    colour: Mapped[str] = mapped_column(String(30))\n"
TOO_SHORT = "    colour: Mapped[str | None] = mapped_column(String(3))\n"
RIGHT = "    colour: Mapped[str | None] = mapped_column(String(30))\n"


@pytest.fixture
def shell(remodel: Remodel) -> Iterator[Terminal]:
    """A bash in the clone that knows no environment yet; `remodel` is typed with its path."""
    env = remodel.environment(PATH=SYSTEM)
    terminal = Terminal.opened(remodel.course, env)
    yield terminal
    terminal.close()


def begin(shell: Terminal) -> None:
    """Open the course, start an exercise as it says, and paste the lines that `start` prints."""
    code, said = shell.type(f"{BIN}/remodel")
    assert code == 0
    begins = next(line for line in said.splitlines() if "remodel start" in line)
    assert begins.split()[-1] == "first-model"
    slug = "add-a-column"  # who knows Flask begins with lesson 4
    # In each new terminal, first: the line below it.
    lines = said.splitlines()
    first = lines[lines.index("In each new terminal, first:") + 1].strip()
    assert shell.type(first) == (0, "")
    code, said = shell.type(f"remodel start {slug}")
    assert code == 0, said
    paste = said.partition("Type, or paste:\n")[2].partition("Then read")[0]
    for line in paste.splitlines():
        assert shell.type(line.strip()) == (0, "")
    assert "Add a column" in shell.type("head -n 1 README.md")[1]


def with_colour(folder: Path, line: str) -> None:
    """What the learner's editor does: `line` is the colour of furniture in the model."""
    models = folder / "hearth" / "models.py"
    text = models.read_text(encoding="utf-8")
    for old in (REQUIRED, TOO_SHORT):
        text = text.replace(old, "")
    head, found, tail = text.partition(MODEL)
    assert found
    models.write_text(head + MODEL + line + tail, encoding="utf-8")


def test_forgetting_that_rows_exist(remodel: Remodel, shell: Terminal) -> None:
    """A column that must not be empty: the upgrade fails on real rows; the check says why."""
    begin(shell)
    with_colour(remodel.begun, REQUIRED)
    assert shell.type('flask db migrate -m "furniture has a colour"')[0] == 0
    code, said = shell.type("flask db upgrade")
    assert code != 0
    assert "NOT NULL" in said
    code, said = shell.type("remodel check")
    assert code == 1
    assert "colour" in said
    assert "Next: remodel hint add-a-column" in said
    assert "asks for one that may be NULL" in " ".join(shell.type("remodel hint")[1].split())
    assert "Hint 1 of" in shell.type("remodel hint add-a-column")[1]
    mend_and_pass(remodel, shell)


def test_a_wrong_length_and_no_upgrade(remodel: Remodel, shell: Terminal) -> None:
    """The check says which column differs; after the mend it names the database that lags."""
    begin(shell)
    with_colour(remodel.begun, TOO_SHORT)
    assert shell.type('flask db migrate -m "furniture has a colour"')[0] == 0
    code, said = shell.type("remodel check add-a-column")
    assert code == 1
    assert "colour" in said
    assert "30" in said
    mend_and_pass(remodel, shell)


def mend_and_pass(remodel: Remodel, shell: Terminal) -> None:
    """Take the draft away, mend the model, migrate, read, check, bring the database along."""
    assert (
        shell.type("ls migrations/versions/*colour.py && rm migrations/versions/*colour.py")[0] == 0
    )
    with_colour(remodel.begun, RIGHT)
    assert shell.type('flask db migrate -m "furniture has a colour"')[0] == 0
    code, said = shell.type("remodel check")
    assert code == 0, said
    assert "flask db upgrade" in said
    assert shell.type("flask db upgrade")[0] == 0
    assert current(remodel.begun) != "0001"
    assert "Your own database" not in shell.type("remodel check")[1]
    assert "✓ add-a-column" in shell.type("remodel list")[1]
    assert "You have passed 1 of" in shell.type("remodel")[1]


@pytest.mark.slow
def test_make_learn_in_a_fresh_clone(tmp_path: Path) -> None:
    """What README says first: it makes the environment, installs, and opens the course."""
    clone = tmp_path / "clone"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, clone / name)
    # Not this test's own environment, nor its course.
    import os

    env = {k: v for k, v in os.environ.items() if k not in ("REMODEL_COURSE", "VIRTUAL_ENV")}
    path = ":".join(p for p in env["PATH"].split(":") if not Path(p, "remodel").exists())
    env |= {"PATH": path, "COLUMNS": "80", "SHELL": "/bin/bash"}
    terminal = Terminal.opened(clone, env)
    try:
        code, said = terminal.type("make learn")
        assert code == 0, said
        assert "✗ Ann: " in said
        assert "✓ Ben: " in said
        assert "remodel start first-model" in said
        code, again = terminal.type("make learn")
        assert code == 0
        assert "Welcome" not in again
        assert terminal.type(f"source {clone}/.venv/bin/activate") == (0, "")
        assert terminal.type("command -v flask")[1] == f"{clone}/.venv/bin/flask"
        assert terminal.type("remodel doctor")[0] == 0
        code, said = terminal.type("remodel check add-a-column --answers solution")
        assert code == 0, said
    finally:
        terminal.close()
    size = subprocess.run(["du", "-sm", str(clone / ".venv")], capture_output=True, text=True)
    assert int(size.stdout.split()[0]) <= 150
