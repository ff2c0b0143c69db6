"""Standard checks of the days between two commands: what people write there is theirs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from remodel.database.differences import differences
from remodel.database.values import Key, Rows, show, show_key, telling
from remodel.grading.project.life import Life
from remodel.grading.project.project import Project
from remodel.grading.project.state import Snapshot
from remodel.grading.refusal import CommandFailed, Refused
from remodel.grading.standard.marks import deep, guard, misconception, needs

STEPS_DOWN = "test_each_step_down_restores_what_was_there"
SURVIVES = "test_what_was_written_since_survives_the_way_back"


@dataclass(frozen=True)
class WayBack:
    """What was done at the head, what there was then, and what the solution's way back left."""

    life: Mapping[str, Life]
    wanted: Snapshot


@deep
@guard
@needs(STEPS_DOWN)
@misconception("rows-may-go-so-that-the-downgrade-fits")
def test_what_was_written_since_survives_the_way_back(project: Project) -> None:
    """What people add, change and delete after the upgrade stays so after the downgrade."""
    begun = _begun(project)
    if not begun:
        return
    below, solved = _below(begun), _solved(project, begun)
    head = project.lived(solved.life).snapshot()
    try:
        after = project.downgrade(below).snapshot()
    except CommandFailed as failure:
        failure.lines += ("Rows were written after the upgrade. The downgrade has to take them.",)
        raise
    _refuse_another_schema(begun, after, project.exercise.compare)
    _refuse_other_rows(solved.life, begun, head, solved.wanted, after)


def _begun(project: Project) -> Snapshot | None:
    """What there is before the upgrade, where there is one; leaves `project` at the head."""
    begun = project.populated().snapshot()
    return begun if project.upgrade().version != begun.version else None


def _below(begun: Snapshot) -> str:
    return begun.version[0] if begun.version else "base"


def _solved(project: Project, begun: Snapshot) -> WayBack:
    """The same way with the solution, which is the course's own: gone once for all answers."""

    def go() -> WayBack:
        own = project.copy()
        own.answer = project.solution
        life = own.populated().upgrade().life(begun)
        return WayBack(life, own.lived(life).downgrade(_below(begun)).snapshot())

    return project.deployments.once("the way back", go)


def _refuse_another_schema(wanted: Snapshot, actual: Snapshot, compare: tuple[str, ...]) -> None:
    for bind, schema in wanted.schemas.items():
        for difference in differences(schema, actual.schemas[bind], compare)[:1]:
            raise Refused(
                "After the upgrade, rows were added, changed and deleted.",
                f"After the downgrade that followed, {difference.sentence}.",
                words=difference.words,
                function="downgrade",
            )


def _refuse_other_rows(
    life: Mapping[str, Life], begun: Snapshot, head: Snapshot, wanted: Snapshot, actual: Snapshot
) -> None:
    for bind, contents in wanted.binds.items():
        for table, rows in contents.rows.items():
            now, then = actual.binds[bind].rows[table], rows
            if now.rows != then.rows:
                held, was = (x.binds[bind].rows.get(table) for x in (head, begun))
                _Way(life[bind], was, held, then, now).refuse_what_differs()


@dataclass(frozen=True)
class _Way:
    """One table on the way back: at the beginning, at the head, as it should be, and as it is."""

    life: Life
    begun: Rows | None
    head: Rows | None
    wanted: Rows
    actual: Rows

    def refuse_what_differs(self) -> None:
        """Refuse with the row that proves it best: one that is gone rather than one that came."""
        now, then = self.actual.by_key, self.wanted.by_key
        gone = [key for key in then if key not in now]
        changed = [key for key in then if key in now and not _same(then[key], now[key])]
        came = [key for key in now if key not in then]
        count = len(gone) + len(changed) + len(came)
        if not count:
            return
        for keys, tell in (
            (gone, self._refuse_a_loss),
            (changed, self._refuse_a_change),
            (came, self._refuse_a_row_too_many),
        ):
            if keys:
                rows = then if keys is not came else now
                tell(
                    max(keys, key=lambda key: max(map(_ordinary, rows[key].values()))),
                    f"{count} of {len(now.keys() | then.keys())} rows of {self.table} differ.",
                )

    @property
    def table(self) -> str:
        return self.wanted.table

    def _refuse_a_loss(self, key: Key, count: str) -> None:
        row = self.wanted.by_key[key]
        name = max(row, key=lambda each: (each not in self.wanted.key, _ordinary(row[each])))
        raise Refused(
            f"After the downgrade, {self.table} row {show_key(key)} is gone; "
            f"its {name} was {show(row[name])}.",
            *self._history(key),
            count,
            words=(self.table, "DELETE", "delete"),
            function="downgrade",
        )

    def _history(self, key: Key) -> list[str]:
        """What people had done to the row since the upgrade, and what else it held at the head."""
        verb = self.life.verb(self.table, key)
        row = self.head.by_key.get(key, {}) if self.head else {}
        more = {n: v for n, v in row.items() if n not in self.wanted.columns and v is not None}
        held = next((f"{name} = {show(value)}" for name, value in more.items()), "")
        if verb and held:
            return [f"It was {verb} after the upgrade, and had {held}."]
        return [f"It was {verb} after the upgrade."] if verb else []

    def _refuse_a_change(self, key: Key, count: str) -> None:
        then, now = self.wanted.by_key[key], self.actual.by_key[key]
        differing = [name for name in then if not _same({0: then[name]}, {0: now.get(name)})]
        name = max(differing, key=lambda each: _ordinary(then[each]))
        old = self.begun.by_key.get(key, {}) if self.begun else {}
        stale = name in old and old[name] == now.get(name)
        since = ["That is what it was before the upgrade. It was changed since."]
        since = since if stale else self._history(key)
        raise Refused(
            f"After the downgrade, {self.table} row {show_key(key)} has "
            f"{name} = {show(now.get(name))}.",
            f"It should have {show(then[name])}.",
            *since,
            count,
            words=(name, self.table),
            function="downgrade",
            misconception="a-copy-from-then-is-a-way-back" if stale else None,
        )

    def _refuse_a_row_too_many(self, key: Key, count: str) -> None:
        deleted = self.life.verb(self.table, key) == "deleted"
        sentence = (
            f"{self.table} row {show_key(key)} was deleted after the upgrade, "
            "and the downgrade brings it back."
            if deleted
            else f"After the downgrade, {self.table} has a row {show_key(key)} that nobody wrote."
        )
        raise Refused(
            sentence,
            count,
            words=(self.table, "INSERT", "insert"),
            function="downgrade",
            misconception="a-copy-from-then-is-a-way-back" if deleted else None,
        )


def _ordinary(value: Any) -> tuple[bool, int]:
    """How well a value tells which row is meant: a text rather than a number."""
    return isinstance(value, str), telling(value)


def _same(one: Mapping[Any, Any], other: Mapping[Any, Any]) -> bool:
    """Whether the two hold the same values, of the same types."""
    return {n: (type(v), v) for n, v in one.items()} == {
        n: (type(v), v) for n, v in other.items() if n in one
    }
