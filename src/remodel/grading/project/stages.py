"""The revisions of an answer one step at a time: to go there, and to see which did something."""

from collections.abc import Iterator
from itertools import pairwise

from remodel.database.sqlite import UnreadableDatabase
from remodel.database.values import Key, Values, differing_key
from remodel.grading.project.project import Project
from remodel.grading.refusal import Refused, not_recorded

#: The revisions that a database says it is at, sorted.
Recorded = tuple[str, ...]


def stages(project: Project) -> list[Recorded]:
    """What a database may record on its way up, such that one command down leads to the last.

    Below a merge are all its parents, and below those the revision that they fork from.
    """
    history, new = project.history, {r.id for r in project.new_revisions}
    found: list[Recorded] = []
    here = history.heads
    while here and new.issuperset(here):
        found.insert(0, here)
        one = history.get(here[0]) if len(here) == 1 else None
        below = tuple(sorted(one.down)) if one else history.fork_of(here)
        here = history.recorded(below)
    return found


def upgraded_to(project: Project, recorded: Recorded) -> Project:
    """`project`, upgraded until `recorded` is what its database says."""
    if len(recorded) == 1:
        return project.upgrade(*recorded)
    for revision in recorded:
        project.must("flask", "db", "upgrade", revision)
    return _refuse_unless_recorded(project, recorded, f"flask db upgrade {recorded[-1]}")


def downgraded_to(project: Project, recorded: Recorded) -> Project:
    """`project`, one command down, where its database should say `recorded`."""
    # Down to one parent of a merge, what the other parents did stays.
    target = recorded[0] if recorded else "base"
    command = f"flask db downgrade {target}"
    return _refuse_unless_recorded(project.downgrade(target), recorded, command)


def _refuse_unless_recorded(project: Project, recorded: Recorded, command: str) -> Project:
    if project.version != recorded:
        raise not_recorded(command, recorded, project.version)
    return project


def who_made(project: Project, now: Values, then: Values) -> Recorded:
    """The stage at which the last migration made a value what it is `now`, not as it was `then`.

    The migration is gone again, step by step. () where there was but one step, or none did it.
    """
    key = differing_key(now, then)
    if project.migrated is None or key is None:
        return ()
    try:
        for ran, there in _steps_of_the_last(project):
            if _is_as_now(there, now, key):
                return ran
    except (Refused, UnreadableDatabase):
        pass  # where its steps cannot be gone one by one, nobody is to blame more than others
    return ()


def _steps_of_the_last(project: Project) -> Iterator[tuple[Recorded, Project]]:
    """What each step of the last migration ran, and what there was after it."""
    here, order = project.copy(), stages(project)
    here.starting_from(project.migrated or project.databases)
    place = order.index(here.version) + 1 if here.version in order else 0
    if project.direction == "upgrade":
        for recorded in order[place:]:
            yield recorded, upgraded_to(here, recorded).copy()
    else:
        down = [*reversed(order[:place]), project.version]
        for recorded, below in pairwise(down):
            yield recorded, downgraded_to(here, below).copy()


def holds(there: Project, now: Values, then: Values) -> bool:
    """Whether the row in which `now` differs from `then` is already as it is now."""
    key = differing_key(now, then)
    return key is not None and _is_as_now(there, now, key)


def _is_as_now(there: Project, now: Values, key: Key) -> bool:
    """Whether the row of `now` under `key` is already as it is there: gone, or of that value."""
    for bind in there.binds:
        schema = there.schema_of(bind)
        if now.table in schema and now.column in schema[now.table].columns:
            values = there.rows(now.table, now.column, bind=bind).by_key
            return (key in values, values.get(key)) == (key in now.by_key, now.by_key.get(key))
    return False
