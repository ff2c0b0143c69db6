"""Standard checks of the days between two commands: what people write there is theirs."""

import contextlib
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from remodel.database.differences import differences
from remodel.database.schema import Column, Table
from remodel.database.values import Row, Rows
from remodel.grading.project.life import Life
from remodel.grading.project.project import Project
from remodel.grading.project.stages import Recorded, downgraded_to, stages, upgraded_to
from remodel.grading.project.state import Snapshot
from remodel.grading.refusal import CommandFailed, Refused
from remodel.grading.standard.marks import deep, guard, misconception, needs
from remodel.grading.standard.way import Way, same

STEPS_DOWN = "test_each_step_down_restores_what_was_there"
SURVIVES = "test_what_was_written_since_survives_the_way_back"


#: A value of one column that becomes another: (bind, table, column, before, after).
ValueChange = tuple[str, str, str, Any, Any]


@dataclass(frozen=True)
class WayBack:
    """What the solution's ways down and up again made of what was done at the head."""

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
    life = _life_at_head(project, begun)
    head = project.lived(life).snapshot()
    after = _down(project, begun)
    _refuse_another_schema(begun, after, project.exercise.compare)
    wanted = _solved(project, begun).wanted
    refuse_rows_unlike(Way("downgrade", "after the upgrade", life, begun, head), wanted, after)


@deep
@guard
@needs(SURVIVES)
@misconception("down-and-up-changes-nothing")
def test_down_up_and_down_again_keeps_every_row(project: Project) -> None:
    """Down, up and down again: each way there and back leaves the same rows."""
    begun = _begun(project)
    if not begun:
        return
    project.lived(_life_at_head(project, begun))
    down = _down(project, begun)
    again = project.upgrade().snapshot()
    way = Way("second upgrade", "", {}, begun, down)
    refuse_rows_unlike(way, _solved(project, begun).again, again)
    after = _down(project, begun)
    _refuse_another_schema(begun, after, project.exercise.compare)
    refuse_rows_unlike(Way("second downgrade", "", {}, begun, down), down, after)


@deep
@guard
@needs("test_a_database_with_rows_reaches_head")
@misconception("nobody-writes-between-two-revisions")
def test_what_is_written_between_two_revisions_stays(project: Project) -> None:
    """What people write between two of your revisions stays as it is."""
    begun = project.populated().on_one_machine().snapshot()
    changes = _changes(begun, _solution_at_head(project).snapshot())
    for stage in _lived_between(project, begun):
        at = " and ".join(stage.recorded)
        with _mentioning(f"Rows were written at {at}, between two of your revisions."):
            after = stage.there.copy().upgrade().snapshot()
        way = Way(f"upgrade from {at}", f"at {at}", stage.life, begun, stage.before)
        _refuse_overwritten(way, after, changes)


@dataclass(frozen=True)
class _Stage:
    """What people did where some of the new revisions were there, and what there was then."""

    recorded: Recorded
    next: Recorded
    there: Project
    life: Mapping[str, Life]
    before: Snapshot


def _lived_between(project: Project, begun: Snapshot) -> Iterator[_Stage]:
    """Each stage below the head, upgraded to from what `project` has, and lived at."""
    head = project.copy().upgrade()
    for recorded, above in pairwise(stages(project)):
        there = upgraded_to(project, recorded).copy()
        life = there.life(begun, head.databases)
        before = there.lived(life).snapshot()
        if not there.copy().flask("db", "upgrade", "head").ok:
            # A table that is half made by then may well have no rows yet.
            there = project.copy()
            life = there.life(begun, head.databases, new_tables=False)
            before = there.lived(life).snapshot()
        yield _Stage(recorded, above, there, life, before)


@deep
@guard
@needs(STEPS_DOWN)
@misconception("rows-may-go-so-that-the-downgrade-fits")
def test_what_is_written_on_the_way_down_stays(project: Project) -> None:
    """What people write between two steps down stays as it is after the next."""
    one_by_one = stages(project)
    if len(one_by_one) < 2:
        return
    start = project.populated().on_one_machine().copy()
    begun = start.snapshot()
    for recorded in one_by_one:
        upgraded_to(project, recorded)
    changes = _solved(project, begun).down
    for recorded in reversed(one_by_one[:-1]):
        at = " and ".join(recorded)
        there = downgraded_to(project, recorded).copy()
        life = there.life(begun, start.databases)
        before = there.lived(life).snapshot()
        after = _down(there, begun, f"Rows were written at {at}, between two steps down.")
        way = Way(f"downgrade from {at}", f"at {at}", life, begun, before)
        _refuse_overwritten(way, after, changes)


@deep
@guard
@needs(STEPS_DOWN, "test_what_is_written_between_two_revisions_stays")
@misconception("the-next-step-drops-it-anyway")
def test_one_step_down_spoils_nothing_that_stays(project: Project) -> None:
    """One step down, and up again, leaves everything that is not its own as people left it."""
    begun = project.populated().on_one_machine().snapshot()
    for stage in _lived_between(project, begun):
        _refuse_a_spoiling_step(project, begun, stage)


def _refuse_a_spoiling_step(project: Project, begun: Snapshot, stage: _Stage) -> None:
    """Refuse where the step down to `stage`, or the one up that follows, leaves other rows."""
    below, above = (" and ".join(each) for each in (stage.recorded, stage.next))
    there = upgraded_to(stage.there.copy(), stage.next)
    later, up = there.copy(), there.snapshot()
    step = _Step(stage.before, up, _solved(project.copy(), begun).down)
    down = downgraded_to(there, stage.recorded).snapshot()
    command = f"downgrade from {above} to {below}"
    step.refuse_spoiled(Way(command, f"at {below}", stage.life, begun, up, stage.next), down)
    again = upgraded_to(there, stage.next).snapshot()
    way = Way(f"second upgrade to {above}", "", {}, begun, down, stage.next)
    refuse_rows_unlike(way, up, again)
    life = later.life(stage.before, project.databases)
    since = later.lived(life).snapshot()
    with _mentioning(f"Rows were written at {above}, before that step."):
        down = downgraded_to(later, stage.recorded).snapshot()
    step.refuse_spoiled(Way(command, f"at {above}", life, begun, since, stage.next), down)


@dataclass(frozen=True)
class _Step:
    """One step: what people left below it, what it makes of that, and what the way down may."""

    below: Snapshot
    up: Snapshot
    may: Set[ValueChange]

    def refuse_spoiled(self, way: Way, down: Snapshot) -> None:
        """Refuse where a row was lost or changed on the way down, or came, and not by undoing."""
        for bind, table, then, now in _tables_of_both(way.head, down):
            if table not in self.below.binds[bind].rows:
                continue
            below, up = (x.binds[bind].rows[table].by_key for x in (self.below, self.up))
            columns = self._columns_to_keep(bind, down.schemas[bind][table])
            may, left = self._may(bind, table), now.by_key
            rows = [
                _kept(row, left.get(key, row), columns, may)
                for key, row in then.by_key.items()
                if key in left or key in below or key not in up
            ]
            rows += [left[key] for key in below.keys() - up.keys() if key in left]
            way.of(bind, table, Rows(table, then.key, tuple(rows)), now).refuse_what_differs()

    @cached_property
    def _changes(self) -> Set[ValueChange]:
        return _changes(self.below, self.up)

    def _columns_to_keep(self, bind: str, table: Table) -> dict[str, Column]:
        """The columns but for those that the step writes over on the way up: they are its own."""
        own = {
            name
            for b, t, name, was, _ in self._changes
            if (b, t) == (bind, table.name) and was is not None
        }
        return {name: column for name, column in table.columns.items() if name not in own}

    def _may(self, bind: str, table: str) -> set[tuple[Any, ...]]:
        """The values that the way down may change: what the step filled, it may empty again."""
        filled = {(*place, now, was) for *place, was, now in self._changes if was is None}
        return {change[2:] for change in self.may | filled if change[:2] == (bind, table)}


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
        head = own.lived(_life_at_head(project, begun)).snapshot()
        wanted = _down(own, begun)
        again = own.upgrade().snapshot()
        return WayBack(wanted, again, up, _changes(head, wanted))

    return project.deployments.once("the way back", go)


def _life_at_head(project: Project, begun: Snapshot) -> Mapping[str, Life]:
    """What people do to the big databases once they are at the head; they do it to all alike."""

    def lead() -> Mapping[str, Life]:
        life = _solution_at_head(project.copy().big()).life(begun)
        # The solution's way needs no answer: it is gone beside the answer's.
        project.runs.foresee(lambda: _solved(project.copy(), begun))
        return life

    return project.deployments.once("the life at the head", lead)


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
        if not same(row[name], now[name])
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


def refuse_rows_unlike(way: Way, wanted: Snapshot, actual: Snapshot) -> None:
    """Refuse where a table holds other rows after `way` than it should."""
    for bind, table, then, now in _tables_of_both(wanted, actual):
        if then.rows != now.rows:
            way.of(bind, table, then, now).refuse_what_differs()


def _refuse_overwritten(way: Way, actual: Snapshot, changes: frozenset[ValueChange]) -> None:
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
        or any(same(value, now[name]) for value in gone)
        or (row[name] is None and not columns[name].nullable)
        else row[name]
        for name in row
        if name in columns and name in now
    }
