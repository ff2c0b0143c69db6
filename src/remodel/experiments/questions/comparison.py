"""What `flask db check` compares, and what it says of each difference."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from remodel.course.families import Family
from remodel.errors import CourseError

NOTHING_FOUND = "No new upgrade operations detected."
#: The words of Alembic's log, by the operation that it would write.
WORDS = {
    "add_column": "Detected added column '{table}.{column}'",
    "remove_column": "Detected removed column '{table}.{column}'",
    "modify_nullable": "Detected {rule} on column '{table}.{column}'",
    "modify_type": "Detected type change from {old!r} to {new!r} on '{table}.{column}'",
    "add_index": "Detected added index '{name}'",
    "remove_index": "Detected removed index '{name}'",
}


def models_of(family: Family) -> sa.MetaData:
    """The metadata of a family's models, which are written as in an app; empty without models."""
    names: dict[str, Any] = {**vars(sa), **vars(orm)}

    class Model(orm.DeclarativeBase):
        """What the question calls db.Model."""

        @orm.declared_attr.directive
        def __tablename__(cls) -> str:
            return cls.__name__.lower()

    names["db"] = type("db", (), {"Model": Model})
    try:
        exec(family.models, names)  # the course's own text
    except Exception as error:
        raise CourseError(f"{family.title}: the models cannot be read: {error}") from error
    return Model.metadata


def found(differences: Sequence[Any]) -> Iterator[str]:
    """A line for each difference, as Alembic logs it."""
    for each in differences:
        for part in each if isinstance(each, list) else [each]:
            kind, *rest = part
            yield WORDS[kind].format(**_names(kind, rest))


def _names(kind: str, rest: Sequence[Any]) -> dict[str, object]:
    if kind.endswith("index"):
        return {"name": rest[0].name}
    if kind.endswith("column"):
        return {"table": rest[1], "column": rest[2].name}
    _, table, column, _, old, new = rest
    rule = "NULL" if new else "NOT NULL"
    return {"table": table, "column": column, "old": old, "new": new, "rule": rule}
