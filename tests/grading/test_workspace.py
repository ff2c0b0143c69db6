"""What is worked out beside pytest: dropped when nobody waits for it, and made once for all."""

import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import closing

import pytest

from remodel.course.catalog import find_course
from remodel.grading.answer import Answer, solution
from remodel.grading.workspace.workspace import Workspace
from remodel.runner import open_runner
from tests.grading.test_hostile_hand_ins import ENDLESS

#: SQLite has one for all databases of a process.
HEAP_LIMIT = (
    "print(op.get_bind().execute(sa.text(''.join(['PRAGMA soft_hea', 'p_limit']))).scalar())"
)
ANSWER = solution(find_course().exercise("add-a-column"))


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    """One with a second thread."""
    with closing(open_runner("forkserver")) as runner, closing(Workspace(runner)) as opened:
        yield opened


def test_work_that_is_dropped_begins_no_other_command(workspace: Workspace) -> None:
    """The command that runs is its last, so nobody has to wait for the rest."""
    begun, dropped = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        dropped.wait()
        workspace.run(ANSWER, ("create-all",), {"": b""})

    future = workspace.foresee(work)
    begun.wait()
    workspace.drop_foreseen()
    dropped.set()
    assert future is not None
    assert isinstance(future.exception(), CancelledError)


def test_what_was_dropped_half_made_is_made_by_whoever_waits(workspace: Workspace) -> None:
    """No check is refused because another answer's work came to an end."""
    begun, dropped = threading.Event(), threading.Event()

    def half() -> str:
        begun.set()
        dropped.wait()
        workspace.run(ANSWER, ("create-all",), {"": b""})
        return "by the other"

    workspace.foresee(lambda: workspace.once(("it",), half))
    begun.wait()
    workspace.drop_foreseen()
    threading.Thread(target=dropped.set).start()
    assert workspace.once(("it",), lambda: "by me") == "by me"


def test_two_threads_that_ask_for_one_thing_make_it_once(workspace: Workspace) -> None:
    """The second waits for the first."""
    made = list[int]()
    begun = threading.Event()

    def make() -> str:
        made.append(len(made))
        begun.set()
        return "it"

    future = workspace.foresee(lambda: workspace.once(("it",), make))
    begun.wait()
    assert future is not None
    assert (workspace.once(("it",), make), future.result(), made) == ("it", "it", [0])


#: A row for the way back: what the upgrade does for it, and what the downgrade does.
MEMORIES = (
    ("op.name = 'a row'", "print(op.name)"),
    (
        "class Row(int):\n        def __repr__(self):\n            return 'a row'\n    "
        "Optional[Row(5)]",
        "print(Optional[5])",
    ),
    ("op.execute(''.join(['PRAGMA soft_hea', 'p_limit = 7654321']))", HEAP_LIMIT),
)


@pytest.mark.parametrize(("kept", "asked"), MEMORIES)
def test_what_an_answer_keeps_in_a_library_its_next_command_does_not_find(
    workspace: Workspace, kept: str, asked: str
) -> None:
    """A downgrade cannot take from memory what its upgrade threw away."""
    exercise = find_course().exercise("add-a-column")
    file = "migrations/versions/0002_furniture_has_a_colour.py"
    keeps = ANSWER.text(file).replace("def upgrade():\n", f"def upgrade():\n    {kept}\n")
    keeps = keeps.replace("def downgrade():\n", f"def downgrade():\n    {asked}\n")
    keeps = keeps.replace("import sqlalchemy", "from typing import Optional\nimport sqlalchemy")
    answer = Answer(exercise, "keeps", {**ANSWER.files, file: keeps.encode()})
    made = workspace.run(answer, ("flask", "db", "upgrade"), {"": b""})
    back = workspace.run(answer, ("flask", "db", "downgrade"), made.databases)
    assert made.completed.ok
    printed = back.completed.stdout + back.completed.stderr
    assert "a row" not in printed
    assert "7654321" not in printed


def test_a_command_whose_process_stays_ends_with_it_at_its_limit(workspace: Workspace) -> None:
    """And the next one of the same answer is run as if nothing had been."""
    exercise = find_course().exercise("add-a-column")
    file = "migrations/versions/0002_furniture_has_a_colour.py"
    endless = f"def upgrade():\n    op.execute('{ENDLESS}')\n"
    hangs = ANSWER.text(file).replace("def upgrade():\n", endless)
    answer = Answer(exercise, "hangs", {**ANSWER.files, file: hangs.encode()})
    workspace.limit = 0.5
    first, second, third = (
        workspace.run(answer, ("flask", "db", *words), {"": b""}).completed
        for words in (("current",), ("upgrade",), ("heads",))
    )
    assert (first.ok, second.stopped, third.ok) == (True, "time", True)
