"""Why an answer is refused, as an exception that carries what a message needs."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from remodel.runner.error_lines import error_lines, place_of_error

if TYPE_CHECKING:
    from remodel.database.values import Values
    from remodel.runner import Completed

#: What a line mentions that ends a command, or its transaction, too early.
ENDS = ("commit", "_exit", "exit")
#: The most lines of a learner's own traceback that a message shows.
SHOWN = 4


def called(bind: str, among: Collection[str] = ("",)) -> str:
    """How a sentence names the database of `bind`: the main one needs a name beside others."""
    if bind:
        return f"the {bind} database"
    return "the database" if len(among) == 1 else "the main database"


class Refused(AssertionError):
    """What happened, in sentences; `words` find the learner's line, in `function`.

    Without a `function`, the line is looked for in the one that ran last; without `revisions`, in
    those that made the first of `values` (what is there) differ from the second, or in all. With
    `in_app`, it is looked for in the app's own modules, and in no revision.
    `misconception` names the belief behind it where that is not the check's own.
    """

    def __init__(
        self,
        *lines: str,
        words: tuple[str, ...] = (),
        function: str | None = None,
        where: str | None = None,
        misconception: str | None = None,
        revisions: tuple[str, ...] = (),
        values: "tuple[Values, Values] | None" = None,
        in_app: bool = False,
    ) -> None:
        super().__init__("\n".join(lines))
        self.lines, self.words, self.function, self.where = lines, words, function, where
        self.misconception, self.revisions, self.values = misconception, revisions, values
        self.in_app = in_app


class CommandFailed(Refused):
    """A command of the learner's ended badly, or did less than it said.

    `on` is the database it ran on, where the story has more than one.
    """

    def __init__(
        self, command: str, completed: "Completed", source: str | None = None, on: str = ""
    ) -> None:
        function = "downgrade" if "downgrade" in command else "upgrade"
        typed = f"`{command}`" if command.startswith("flask ") else command
        typed = f"{typed} on {on}" if on else typed
        lines, where = _what_happened(typed, completed)
        in_app = not command.startswith("flask ")
        super().__init__(*lines, function=function, where=where or source, in_app=in_app)
        #: Whether it ran revisions: then the fault may lie in one of them.
        self.migrates = " db upgrade" in command or " db downgrade" in command
        self._source = source
        self.output = completed.stderr or completed.stdout

    def outside(self, files: Collection[str]) -> "CommandFailed":
        """The same, but pointing at the command and not into `files`, which nobody may edit."""
        if self._source and (self.where or "").rpartition(":")[0] in files:
            self.where = self._source
        return self


def not_recorded(
    command: str,
    wanted: tuple[str, ...],
    recorded: tuple[str, ...],
    bind: str = "",
    *,
    there: bool = True,
    left_open: str = "",
) -> Refused:
    """The command said all was well, and the database's version table says otherwise.

    `there` is whether there is a database at all. Where all is as it was before the command,
    `left_open` is the line of env.py that may have opened a transaction for nobody to commit.
    """
    why = (
        "Something ended the command, or its transaction, too early: an exit or a commit, in a "
        "revision or in the app."
    )
    if left_open:
        why = (
            "Nothing that it did is there: a statement before `context.configure()` opens a "
            "transaction, and env.py has to commit it."
        )
    says = f"records {', '.join(recorded) or 'nothing'}" if there else "is no file, or an empty one"
    return Refused(
        f"`{command}` ended without an error, but {called(bind)} {says}.",
        f"It should record {', '.join(wanted) or 'nothing'}. {why}",
        function="downgrade" if "downgrade" in command else "upgrade",
        words=ENDS,
        where=left_open or None,
        misconception="alembic-commits-for-all" if left_open else "exit-0-means-applied",
    )


def id_is_gone(command: str, revision: str, recorded: tuple[str, ...]) -> Refused:
    """The command took another revision for the one that was meant: its id begins alike."""
    return Refused(
        f"No file has the revision {revision} any more, and `{command}` went to "
        f"{', '.join(recorded) or 'nothing'} instead.",
        "A database names its revision by the id. Whoever has the old one there finds no file for "
        "it. Put the id back.",
        misconception="revision-ids-are-only-names",
    )


def goes_on(command: str) -> Refused:
    """The command has ended, and a process that it started has not."""
    return Refused(
        f"`{command}` has ended, and a process that it started goes on.",
        "What that does to the database, it does outside the transaction, and nobody waits for it. "
        "Do all the work in the revision itself.",
        function="downgrade" if "downgrade" in command else "upgrade",
        words=("Popen", "subprocess", "fork", "Process", "system"),
        misconception="exit-0-means-applied",
    )


def wrote_elsewhere(command: str, place: str) -> Refused:
    """The command has left something that no transaction takes back."""
    return Refused(
        f"`{command}` writes outside of the app's folder: to {place}.",
        "That stays when the database is restored, or moved to another machine. What a migration "
        "keeps for later belongs in the database.",
        function="downgrade" if "downgrade" in command else "upgrade",
        words=("open", "write", "connect", "mkdir", "setxattr"),
        misconception="it-works-where-it-is-graded",
    )


def _what_happened(command: str, completed: "Completed") -> tuple[list[str], str | None]:
    if completed.cut_short:
        advice = (
            "Look for an endless loop, a sleep, or a second connection that waits for a lock. A "
            "slow machine may need more time: --limit 60"
        )
        return [f"{command} {completed.cut_short}", *[advice][: completed.stopped == "time"]], None
    errors = error_lines(completed.stderr)
    where = place_of_error(completed.stderr)
    return [f"{command} failed:", *(f"  {line}" for line in errors)], where
