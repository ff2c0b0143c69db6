"""Locks on PostgreSQL's tables: their modes, and what one statement took.

The modes, and what each conflicts with, are those of PostgreSQL's manual, "Explicit Locking",
table 13.2.
"""

from dataclasses import dataclass

#: The modes of a lock on a table from the strongest to the weakest, and who waits for each.
WAITS = {
    "AccessExclusiveLock": "whoever reads or writes it",
    "ExclusiveLock": "whoever writes it",
    "ShareRowExclusiveLock": "whoever writes it",
    "ShareLock": "whoever writes it",
    "ShareUpdateExclusiveLock": "another change of its schema",
    "RowExclusiveLock": "whoever writes the same rows",
    "RowShareLock": "whoever writes the same rows",
    "AccessShareLock": "nobody but a change of its schema",
}
MODES = list(WAITS)


@dataclass(frozen=True)
class LockedStatement:
    """One statement: the locks on tables that it took, strongest first, and what it copied.

    `held` are the locks stronger than those of an UPDATE that were held already while it ran.
    `read` are the tables that it read from the first row to the last. `alone` is whether it was a
    transaction of its own. `line` is the line of a revision that it came from, file:line, or "".
    """

    statement: str
    taken: tuple[tuple[str, str], ...]
    held: tuple[tuple[str, str], ...]
    copied: tuple[str, ...]
    read: tuple[str, ...] = ()
    alone: bool = False
    line: str = ""

    @property
    def waited_for(self) -> tuple[tuple[str, str], ...]:
        """The locks, taken or held meanwhile, for which people wait who read or write the table."""
        return tuple(lock for lock in (*self.taken, *self.held) if is_strong(lock[1]))


def is_strong(mode: str) -> bool:
    """Whether a plain INSERT, UPDATE or SELECT of somebody else has to wait for this mode."""
    return MODES.index(mode) <= MODES.index("ShareLock")


def strongest(locks: set[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Of locks, each a table and a mode: the strongest of each table, the strongest first."""
    ordered = sorted(locks, key=lambda lock: (MODES.index(lock[1]), lock[0]))
    by_table = dict(reversed(ordered))
    return tuple(lock for lock in ordered if by_table[lock[0]] == lock[1])
