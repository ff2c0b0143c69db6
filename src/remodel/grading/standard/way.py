"""One command, what people did before it, and the refusal where a row is not as it should be."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from remodel.database.values import WRITES, Key, Row, Rows, show, show_key, telling
from remodel.grading.project.life import Life
from remodel.grading.project.state import Snapshot
from remodel.grading.refusal import Refused


@dataclass(frozen=True)
class Way:
    """A command, what people did before it, and what there was: at the beginning, and then."""

    command: str
    #: When people wrote, as a part of a sentence.
    since: str
    life: Mapping[str, Life]
    begun: Snapshot
    head: Snapshot
    #: The revisions that the command ran, where it did not run all of them.
    revisions: tuple[str, ...] = ()

    def of(self, bind: str, table: str, wanted: Rows, actual: Rows) -> "_TablesWay":
        """The way of one table."""
        begun, head = (x.binds[bind].rows.get(table) for x in (self.begun, self.head))
        return _TablesWay(self, self.life.get(bind, Life()), begun, head, wanted, actual)

    @property
    def function(self) -> str:
        """The function of a revision that the command runs."""
        return "downgrade" if "downgrade" in self.command else "upgrade"


@dataclass(frozen=True)
class _TablesWay:
    """One table on its way: at the beginning, at the head, as it should be, and as it is."""

    way: Way
    life: Life
    begun: Rows | None
    head: Rows | None
    wanted: Rows
    actual: Rows

    def refuse_what_differs(self) -> None:
        """Refuse with the row that proves it best: one that is gone rather than one that came."""
        now, then = self.actual.by_key, self.wanted.by_key
        gone = [key for key in then if key not in now]
        changed = [key for key in then if key in now and self._differing(key)]
        came = [key for key in now if key not in then]
        count = len(gone) + len(changed) + len(came)
        for keys, refuse, rows in (
            (gone, self._refuse_a_loss, then),
            (changed, self._refuse_a_change, then),
            (came, self._refuse_a_row_too_many, now),
        ):
            if keys:
                key = max(keys, key=lambda each: _ordinary(rows[each][self._telling(rows[each])]))
                among = len(now.keys() | then.keys())
                refuse(key, f"{count} of {among} rows of {self.wanted.table} differ.")

    def _differing(self, key: Key) -> list[str]:
        then, now = self.wanted.by_key[key], self.actual.by_key[key]
        return [name for name in then if name in now and not same(then[name], now[name])]

    def _telling(self, row: Row) -> str:
        """The column by which people know a row: the first that holds a text, beside the key."""
        more = [name for name in row if name not in self.wanted.key] or [*row]
        return next((name for name in more if isinstance(row[name], str) and row[name]), more[0])

    def _row(self, key: Key) -> str:
        return f"{self.wanted.table} row {show_key(key)}"

    def _refuse_a_loss(self, key: Key, count: str) -> None:
        row = self.wanted.by_key[key]
        name = self._telling(row)
        raise Refused(
            f"After the {self.way.command}, {self._row(key)} is gone; "
            f"its {name} was {show(row[name])}.",
            *self._history(key),
            count,
            words=(self.wanted.table, "DELETE", "delete"),
            function=self.way.function,
            revisions=self.way.revisions,
        )

    def _history(self, key: Key) -> list[str]:
        """What people had done to the row since the upgrade, and what else it held at the head."""
        verb = self.life.verb(self.wanted.table, key)
        row = self.head.by_key.get(key, {}) if self.head else {}
        left = self.actual.columns or self.wanted.columns
        more = {n: v for n, v in row.items() if n not in left and v is not None}
        held = next((f", and had {name} = {show(value)}" for name, value in more.items()), "")
        return [f"It was {verb} {self.way.since}{held}."] if verb else []

    def _refuse_a_change(self, key: Key, count: str) -> None:
        then, now = self.wanted.by_key[key], self.actual.by_key[key]
        name = max(self._differing(key), key=lambda each: _ordinary(then[each]))
        old = self.begun.by_key.get(key, {}) if self.begun else {}
        stale = name in old and same(old[name], now[name])
        raise Refused(
            f"After the {self.way.command}, {self._row(key)} has {name} = {show(now[name])}.",
            f"It should have {show(then[name])}.",
            *(["That is what it was at the beginning."] if stale else []),
            *self._history(key),
            count,
            words=(name, self.wanted.table, *WRITES),
            function=self.way.function,
            revisions=self.way.revisions,
            misconception=_COPY if stale and self.way.command == "downgrade" else None,
        )

    def _refuse_a_row_too_many(self, key: Key, count: str) -> None:
        deleted = self.life.verb(self.wanted.table, key) == "deleted"
        back = f"{self._row(key)} was deleted {self.way.since}, and the {self.way.command} "
        new = f"After the {self.way.command}, {self.wanted.table} has a row {show_key(key)} "
        raise Refused(
            f"{back}brings it back." if deleted else f"{new}that nobody wrote.",
            count,
            words=(self.wanted.table, "INSERT", "insert"),
            function=self.way.function,
            revisions=self.way.revisions,
            misconception=_COPY if deleted and self.way.command == "downgrade" else None,
        )


_COPY = "a-copy-from-then-is-a-way-back"


def _ordinary(value: Any) -> tuple[bool, int]:
    """How well a value tells which row is meant: a text rather than a number."""
    return isinstance(value, str), telling(value)


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal and of one type."""
    return type(one) is type(other) and one == other
