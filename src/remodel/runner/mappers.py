"""What SQLAlchemy's ORM knows of an app's models beside their tables: what no schema shows."""

import operator
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.sql import operators

from remodel.runner.readings import Mapped


def mapped_attributes() -> Mapped:
    """The mapped classes in the modules of the current folder, by table, and their attributes."""
    found: Mapped = {}
    for mapper in dict.fromkeys(mappers()):
        # Only this app's: a process that has run other commands has mappers of theirs.
        mapper.registry.configure(cascade=True)
        table = getattr(mapper.local_table, "name", "")
        found[table] = {"class": mapper.class_.__name__}
        for each in mapper.relationships:
            found[f"{table}.{each.key}"] = _relationship(each)
        for column in mapper.column_attrs:
            found[f"{table}.{column.key}"] = _column(mapper, column)
    return found


def mappers() -> Iterator[orm.Mapper[Any]]:
    """The mappers of the app's own classes, whichever registry or style they were made with."""
    here = f"{Path.cwd()}{os.sep}"
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if file and file.startswith(here):
            for each in list(vars(module).values()):
                mapper = sa.inspect(each, raiseerr=False) if isinstance(each, type) else None
                if isinstance(mapper, orm.Mapper):
                    yield mapper


def _in_one_order(condition: Any) -> str:
    """The condition of a join, whichever side of it was written first."""
    if isinstance(condition, sa.sql.elements.BooleanClauseList):
        word = condition.operator.__name__.rstrip("_")
        return f" {word} ".join(sorted(map(_in_one_order, condition)))
    if isinstance(condition, sa.BinaryExpression) and condition.operator is operator.eq:
        return " = ".join(sorted((str(condition.left), str(condition.right))))
    return str(condition)


def _collection(each: orm.RelationshipProperty[Any]) -> str:
    """What holds the rows of a relationship, as a name of Python's."""
    made_by = each.collection_class or list
    return f"a {made_by.__name__ if isinstance(made_by, type) else 'collection'}"


def _without_asc(part: Any) -> Any:
    """A part of an ORDER BY: ascending is what it is where nothing is written."""
    return part.element if getattr(part, "modifier", None) is operators.asc_op else part


def _relationship(each: orm.RelationshipProperty[Any]) -> dict[str, str]:
    order = each.order_by if isinstance(each.order_by, list | tuple) else []
    return {
        "target": str(getattr(each.mapper.local_table, "name", "")),
        "kind": _collection(each) if each.uselist else "one object",
        "other side": ", ".join(sorted(str(other) for other in each._reverse_property)) or "none",
        "cascade": ", ".join(sorted(each.cascade)),
        "order_by": ", ".join(str(_without_asc(part)) for part in order),
        "viewonly": str(bool(each.viewonly)),
        "passive_deletes": str(each.passive_deletes),
        "condition": _in_one_order(each.primaryjoin),
    }


def _column(mapper: orm.Mapper[Any], each: orm.ColumnProperty[Any]) -> dict[str, str]:
    column = each.columns[0]
    kind = column.type
    own = isinstance(kind, sa.types.TypeDecorator) or not type(kind).__module__.startswith("sqlal")
    return {
        "validator": "a function of the class" if each.key in mapper.validators else "none",
        "type": "one of the app's own" if own else "Enum" if isinstance(kind, sa.Enum) else "plain",
        "onupdate": "a value" if getattr(column, "onupdate", None) is not None else "none",
        "default": _default(getattr(column, "default", None)),
    }


def _default(default: Any) -> str:
    """What a model puts where nobody gives a value, as Python or SQL writes it."""
    if default is None or not hasattr(default, "arg"):
        return "none"
    if default.is_clause_element:
        return str(default.arg)
    try:
        return repr(default.arg(None) if default.is_callable else default.arg)
    except Exception:  # it looks at the rest of the row
        return "computed"
