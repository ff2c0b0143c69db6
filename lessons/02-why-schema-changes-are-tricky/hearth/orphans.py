"""What other databases ask by themselves, and SQLite asks only when told to."""

from sqlalchemy import inspect, select
from sqlalchemy.exc import IntegrityError

from hearth.database import db


def refuse_orphan(row: db.Model) -> None:
    """Refuse a row that was flushed and whose parent is gone, as a foreign key does.

    Since the flush, SQLite lets nobody else write: a parent that is there stays until the commit.
    """
    mapper = inspect(row).mapper
    for key in mapper.local_table.foreign_keys:
        value = getattr(row, mapper.get_property_by_column(key.parent).key)
        parent = select(key.column).where(key.column == value)
        if value is not None and db.session.scalar(parent) is None:
            raise IntegrityError(None, None, ValueError("FOREIGN KEY constraint failed"))
