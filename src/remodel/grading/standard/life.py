"""Standard checks of the days between two commands: what people write there is theirs."""

import contextlib
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

from remodel.database.differences import differences
from remodel.database.schema import Column
from remodel.database.values import WRITES, Key, Row, Rows, show, show_key, telling
from remodel.grading.project.life import Life
from remodel.grading.project.project import Project
from remodel.grading.project.state import Snapshot
from remodel.grading.refusal import CommandFailed, Refused
from remodel.grading.standard.downgrade import steps
from remodel.grading.standard.marks import deep, guard, misconception, needs

STEPS_DOWN = "test_each_step_down_restores_what_was_there"
SURVIVES = "test_what_was_written_since_survives_the_way_back"


#: A value of one column that becomes another: (bind, table, column, before, after).
ValueChange = tuple[str, str, str, Any, Any]


@dataclass(frozen=True)
class WayBack:
    """What was done at the head, and what the solution's ways down and up again made of it."""

    life: Mapping[str, Life]
    wanted: Snapshot
    again: Snapshot
    #: The values that the solution changes on the way up, and on the way down.
    up: frozenset[ValueChange]
    down: frozenset[ValueChange]


@deep
@guard
@needs(STEPS_DOWN)
@misconception("rows-may-go-so-that-the-downgrade-fits")
def test_what_was_written_since_survives_the_way_back(project: Project) -> None:
    """What people add, change and delete after the upgrade stays so after the downgrade."""
    begun = _begun(project)
    if not begun:
        return
    solved = _solved(project, begun)
    head = project.lived(solved.life).snapshot()
    after = _down(project, begun)
    _refuse_another_schema(begun, after, project.exercise.compare)
    _refuse_other_rows(
        Way("downgrade", "after the upgrade", solved.life, begun, head), solved.wanted, after
    )


@deep
@guard
@needs(SURVIVES)
@misconception("down-and-up-changes-nothing")
def test_down_up_and_down_again_keeps_every_row(project: Project) -> None:
    """Down, up and down again: each way there and back leaves the same rows."""
    begun = _begun(project)
    if not begun:
        return
    solved = _solved(project, begun)
    project.lived(solved.life)
    down = _down(project, begun)
    way = Way("second upgrade", "", {}, begun, down)
    _refuse_other_rows(way, solved.again, project.upgrade().snapshot())
    after = _down(project, begun)
    _refuse_another_schema(begun, after, project.exercise.compare)
    _refuse_other_rows(Way("second downgrade", "", {}, begun, down), down, after)


@deep
@guard
@needs("test_a_database_with_rows_reaches_head")
@misconception("nobody-writes-between-two-revisions")
def test_what_is_written_between_two_revisions_stays(project: Project) -> None:
    """What people write between two of your revisions stays as it is."""
    between = steps(project)[:-1]
    if not between:
        return
    begun = project.populated().on_one_machine().snapshot()
    head = project.copy().upgrade()
    changes = _changes(begun, _solution_at_head(project).snapshot())
    for revision in between:
        there = project.upgrade(revision).copy()
        life = there.life(begun, head.databases)
        before = there.lived(life).snapshot()
        ahead = there.copy()
        if not ahead.flask("db", "upgrade", "head").ok:
            # A table that is half made by then may well have no rows yet.
            there = project.copy()
            life = there.life(begun, head.databases, new_tables=False)
            before = there.lived(life).snapshot()
        with _mentioning(f"Rows were written at {revision}, between two of your revisions."):
            after = there.upgrade().snapshot()
        way = Way(f"upgrade from {revision}", f"at {revision}", life, begun, before)
        _refuse_overwritten(way, after, changes)


@deep
@guard
@needs(STEPS_DOWN)
@misconception("rows-may-go-so-that-the-downgrade-fits")
def test_what_is_written_on_the_way_down_stays(project: Project) -> None:
    """What people write between two steps down stays as it is after the next."""
    one_by_one = steps(project)
    if len(one_by_one) < 2:
        return
    start = project.populated().on_one_machine().copy()
    begun = start.snapshot()
    for revision in one_by_one:
        project.upgrade(revision)
    changes = _solved(project, begun).down
    for revision in reversed(one_by_one[:-1]):
        there = project.downgrade(revision).copy()
        life = there.life(begun, start.databases)
        before = there.lived(life).snapshot()
        after = _down(there, begun, f"Rows were written at {revision}, between two steps down.")
        way = Way(f"downgrade from {revision}", f"at {revision}", life, begun, before)
        _refuse_overwritten(way, after, changes)


def _begun(project: Project) -> Snapshot | None:
    """What there is before the upgrade, where there is one; leaves `project` at the head."""
    begun = project.big().on_one_machine().snapshot()
    return begun if project.upgrade().version != begun.version else None


def _down(
    project: Project, begun: Snapshot, since: str = "Rows were written after the upgrade."
) -> Snapshot:
    """What there is after the way down to where it began."""
    with _mentioning(since):
        return project.downgrade(begun.version[0] if begun.version else "base").snapshot()


@contextlib.contextmanager
def _mentioning(sentence: str) -> Iterator[None]:
    """Where a command fails on rows that were written since, say that they were."""
    try:
        yield
    except CommandFailed as failure:
        failure.lines += (sentence,)
        raise


def _solved(project: Project, begun: Snapshot) -> WayBack:
    """The same way with the solution, which is the course's own: gone once for all answers."""

    def go() -> WayBack:
        own = _solution_at_head(project.copy().big())
        up = _changes(begun, own.snapshot())
        life = own.life(begun)
        head = own.lived(life).snapshot()
        wanted = _down(own, begun)
        again = own.upgrade().snapshot()
        return WayBack(life, wanted, again, up, _changes(head, wanted))

    return project.deployments.once("the way back", go)


def _solution_at_head(project: Project) -> Project:
    """The solution with the databases of `project`, upgraded."""
    own = project.copy().on_one_machine()  # of its own: nothing of the answer lies there
    own.answer = project.solution
    return own.upgrade()


def _changes(before: Snapshot, after: Snapshot) -> frozenset[ValueChange]:
    """The values that became others, in columns that both have."""
    return frozenset(
        (bind, table, name, row[name], now[name])
        for bind, table, was, its in _tables_of_both(before, after)
        for key, row in was.by_key.items()
        if (now := its.by_key.get(key))
        for name in row.keys() & now.keys()
        if not _same(row[name], now[name])
    )


def _tables_of_both(before: Snapshot, after: Snapshot) -> Iterator[tuple[str, str, Rows, Rows]]:
    for bind, contents in before.binds.items():
        for table, rows in contents.rows.items():
            if table in after.binds[bind].rows:
                yield bind, table, rows, after.binds[bind].rows[table]


def _refuse_another_schema(wanted: Snapshot, actual: Snapshot, compare: tuple[str, ...]) -> None:
    for bind, schema in wanted.schemas.items():
        for difference in differences(schema, actual.schemas[bind], compare)[:1]:
            raise Refused(
                "After the upgrade, rows were added, changed and deleted.",
                f"After the downgrade that followed, {difference.sentence}.",
                words=difference.words,
                function="downgrade",
            )


def _refuse_other_rows(way: "Way", wanted: Snapshot, actual: Snapshot) -> None:
    for bind, table, then, now in _tables_of_both(wanted, actual):
        if then.rows != now.rows:
            way.of(bind, table, then, now).refuse_what_differs()


def _refuse_overwritten(way: "Way", actual: Snapshot, changes: frozenset[ValueChange]) -> None:
    """Refuse where a value is not as it was, but for a change that is the revision's to make."""
    for bind, table, then, now in _tables_of_both(way.head, actual):
        columns = actual.schemas[bind][table].columns
        may = {change[2:] for change in changes if change[:2] == (bind, table)}
        there = now.by_key
        rows = (_kept(row, there.get(key, row), columns, may) for key, row in then.by_key.items())
        way.of(bind, table, Rows(table, then.key, tuple(rows)), now).refuse_what_differs()


def _kept(row: Row, now: Row, columns: Mapping[str, Column], may: Set[tuple[Any, ...]]) -> Row:
    """What should be left of `row` in `columns`, where it is `now` something else.

    A value may change as the solution changes it; or into that of a column which is gone, for it
    was copied; and NULL may become a value where NULL is not allowed any more.
    """
    gone = [row[name] for name in row if name not in columns]
    return {
        name: now[name]
        if (name, row[name], now[name]) in may
        or any(_same(value, now[name]) for value in gone)
        or (row[name] is None and not columns[name].nullable)
        else row[name]
        for name in row
        if name in columns and name in now
    }


@dataclass(frozen=True)
class Way:
    """A command, what people did before it, and what there was: at the beginning, and then."""

    command: str
    #: When people wrote, as a part of a sentence.
    since: str
    life: Mapping[str, Life]
    begun: Snapshot
    head: Snapshot

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
        return [name for name in then if name in now and not _same(then[name], now[name])]

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
        stale = name in old and _same(old[name], now[name])
        raise Refused(
            f"After the {self.way.command}, {self._row(key)} has {name} = {show(now[name])}.",
            f"It should have {show(then[name])}.",
            *(["That is what it was at the beginning."] if stale else []),
            *self._history(key),
            count,
            words=(name, self.wanted.table, *WRITES),
            function=self.way.function,
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
            misconception=_COPY if deleted and self.way.command == "downgrade" else None,
        )


_COPY = "a-copy-from-then-is-a-way-back"


def _ordinary(value: Any) -> tuple[bool, int]:
    """How well a value tells which row is meant: a text rather than a number."""
    return isinstance(value, str), telling(value)


def _same(one: Any, other: Any) -> bool:
    """Whether two values are equal and of one type."""
    return type(one) is type(other) and one == other
