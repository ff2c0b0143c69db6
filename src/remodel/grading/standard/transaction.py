"""The standard check of the transaction: a revision that fails at its end leaves nothing behind."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from remodel.grading.project.project import Project
from remodel.grading.refusal import Refused
from remodel.grading.standard.changes import first_change
from remodel.grading.standard.marks import UPGRADED, deep, guard, misconception, needs
from remodel.history import Revision
from remodel.runner import Completed
from remodel.runner.interface import INJECTED

#: After which statements a failure is injected, where a revision commits by itself: of a few after
#: each, and then ever more seldom, so that a long loop is stopped too.
INSTANTS = (*range(1, 30), *(2**n for n in range(5, 12)))


@dataclass(frozen=True)
class Leg:
    """One leg of a migration: its `upgrade` or its `downgrade`, and the command for it."""

    revision: Revision
    function: str
    target: tuple[str, ...]

    @property
    def command(self) -> tuple[str, ...]:
        """What is typed after `flask`."""
        return "db", self.function, *self.target

    def __str__(self) -> str:
        return f"the {self.function} of {self.revision.id}"


@deep
@guard
@needs(UPGRADED)
@misconception("exit-0-means-applied")
def test_a_revision_that_fails_leaves_nothing_behind(project: Project) -> None:
    """A revision that fails after its last line leaves the database as it was."""
    start = project.where_revisions_run().copy()
    for revision in project.own_revisions:
        below = start.copy()
        for down in (*revision.down, *revision.depends):
            if down not in below.version:
                below.flask("db", "upgrade", down)
        head = "head" if (revision.id,) == project.history.heads else revision.id
        above = _refuse_what_is_left(below, Leg(revision, "upgrade", (head,)))
        if len(revision.down) < 2:  # from a merge, two ways lead down
            _refuse_what_is_left(above, Leg(revision, "downgrade", ("--", "-1")))


def _refuse_what_is_left(before: Project, way: Leg) -> Project:
    """Refuse where `way` fails and leaves something behind; what it makes when it does not."""
    after = before.copy()
    if not after.flask(*way.command).ok:
        return after  # another check says so, or it refuses to go back
    if commits_by_itself(way.revision):
        _refuse_a_dead_end(before, way, after)
        return after
    failed, completed = _failing(before, way)
    change = first_change(before, before.databases, failed.databases)
    if change:
        raise _refused(
            way,
            f"A failure after the last line of {way} left something behind: {change.sentence}.",
            f"The database still records {', '.join(before.version) or 'nothing'}, "
            f"so the next `flask db {way.function}` does the same again.",
        )
    if completed.exit_code not in (0, INJECTED):
        raise _refused(
            way,
            f"In one transaction with the rest of the command, {way} fails:",
            *(f"  {line}" for line in completed.error_lines),
        )
    return after


def _failing(before: Project, way: Leg, statement: int | None = None) -> tuple[Project, Completed]:
    where = {
        "revision": way.revision.id,
        "databases": len(before.binds),
        "statement": statement,
    }
    failed = before.copy()
    return failed, failed.perform("failing", json.dumps(where), *way.command)


def _refuse_a_dead_end(before: Project, way: Leg, after: Project) -> None:
    """Refuse where a failure, after a statement or at the end, keeps `way` from its end later."""
    for number in INSTANTS:
        if not _fails_and_goes_on(before, way, after, number):
            break
    _fails_and_goes_on(before, way, after, None)


def _fails_and_goes_on(before: Project, way: Leg, after: Project, number: int | None) -> bool:
    """Fail after the statement `number`, or at the end, and run again; False without such a one."""
    again, completed = _failing(before, way, number)
    if completed.exit_code == 0:
        return False
    stopped = f"Stopped after its {f'statement {number}' if number else 'last line'}"
    completed = again.flask(*way.command)
    if not completed.ok:
        raise _refused(
            way,
            f"{stopped}, {way} cannot be run again:",
            *(f"  {line}" for line in completed.error_lines),
            "What an autocommit_block does must bear to be done twice.",
        )
    change = first_change(before, after.databases, again.databases)
    if change:
        raise _refused(way, f"{stopped} and run again, {way} ends otherwise: {change.sentence}.")
    return True


def _refused(way: Leg, *lines: str) -> Refused:
    """A refusal that points at the line of `way` that ends the transaction, where one is seen."""
    for line, advice in _endings(way):
        return Refused(*lines, advice, where=f"{way.revision.file}:{line}")
    return Refused(
        *lines,
        "The transaction is Alembic's: nothing in a revision may end it.",
        where=way.revision.file,
    )


def commits_by_itself(revision: Revision) -> bool:
    """Whether it uses Alembic's autocommit_block, which is there to leave the transaction."""
    return any(
        isinstance(node, ast.Attribute) and node.attr == "autocommit_block"
        for node in ast.walk(revision.tree)
    )


_COMMIT = (
    "A commit belongs to Alembic, not into a revision: what is committed before the end "
    "stays without its version. Leave it out."
)
_ELSEWHERE = "Another connection has a transaction of its own: use op.execute, or op.get_bind()."
_SCRIPT = "executescript commits before it begins. Give op.execute one statement at a time."
_ENDING = re.compile(r"\s*(COMMIT|END|ROLLBACK|BEGIN)\b", re.IGNORECASE)
#: How code ends a transaction or goes round it, and what to say of it.
_CALLS = {
    "commit": _COMMIT,
    "rollback": _COMMIT,
    "executescript": _SCRIPT,
    "begin": _ELSEWHERE,
    "connect": _ELSEWHERE,
}


def _endings(way: Leg) -> Iterator[tuple[int, str]]:
    """The lines that look as if they end the transaction, those of the way's function first."""
    bodies: list[ast.AST] = [*way.revision.functions(way.function), way.revision.tree]
    for node in (each for body in bodies for each in ast.walk(body)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in _CALLS:
                yield node.lineno, _CALLS[node.func.attr]
        elif isinstance(node, ast.Constant) and _ENDING.match(str(node.value)):
            yield node.lineno, _COMMIT
