"""What a terminal shows of the lock X-ray."""

from collections.abc import Iterable, Iterator

from remodel.errors import NotGraded
from remodel.runner import Completed
from remodel.runner.locks import WAITS, LockedStatement, is_strong
from remodel.wrapping import harmless, wrap

TITLE = "What each statement of your upgrade locks on PostgreSQL:"
NOTHING = "Your upgrade locks nothing on PostgreSQL that anybody waits for."
FAILED = "Your upgrade failed, so what it would lock is not known:"
TITLE_UNTIL = "What it locked until then:"
#: The most of a statement that is shown.
LONGEST = 400


def database_of_xray(database: str) -> str:
    """The database to grade on with --x-ray; raises NotGraded where it has no such locks."""
    if database == "sqlite":  # whoever asks for locks has not asked for that
        return "postgresql"
    if database.startswith("postgres"):
        return database
    raise NotGraded("--x-ray shows the locks of PostgreSQL. Leave --database, or name one.")


def lock_lines(statements: Iterable[LockedStatement], completed: Completed) -> list[str]:
    """The statements that lock or copy something, or run meanwhile, as lines of 80 columns.

    Where the upgrade failed, `completed` says how: nothing was locked by what it did not reach.
    """
    shown = [line for each in statements if _matters(each) for line in _statement_lines(each)]
    if completed.ok:
        return ["", TITLE, *shown] if shown else ["", *wrap(NOTHING)]
    stopped = wrap(harmless(f"{FAILED} {completed.error_line}"))
    return ["", *stopped, *([TITLE_UNTIL, *shown] if shown else [])]


def _matters(entry: LockedStatement) -> bool:
    return entry.alone or bool(entry.held or entry.copied) or any(map(_writes, entry.taken))


def _writes(lock: tuple[str, str]) -> bool:
    return lock[1] != "AccessShareLock"


def _statement_lines(entry: LockedStatement) -> Iterator[str]:
    yield from wrap(harmless(entry.statement[:LONGEST]), "  ", "    ")
    if entry.alone:
        yield "      commits by itself: what it locked is free again"
    for table, mode in filter(_writes, entry.taken):
        yield from wrap(f"takes {mode} on {table}: {WAITS[mode]} waits", "      ", "        ")
    for table, mode in entry.held:
        if is_strong(mode) and (table, mode) not in entry.taken:
            yield from wrap(f"meanwhile {mode} on {table} is held", "      ", "        ")
    for table in entry.copied:
        yield f"      copies all rows of {table}"
    for table in entry.read if entry.waited_for else ():
        if table not in entry.copied:
            yield f"      reads all rows of {table}, while they wait"
