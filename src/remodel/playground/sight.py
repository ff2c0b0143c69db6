"""A database as it was seen: what it holds, to draw it now or to compare with later."""

from collections.abc import Mapping
from dataclasses import dataclass

from remodel.database.reflection import read_schema
from remodel.database.sqlite import read_rows, read_version
from remodel.playground.drawing import Parts, draw_schema, parts_of


@dataclass(frozen=True)
class Sight:
    """One database as it was seen at one moment."""

    parts: Parts
    #: How many rows each table had.
    count: Mapping[str, int]
    version: tuple[str, ...] = ()

    @classmethod
    def of(cls, content: bytes) -> "Sight":
        """What is in the database with this content."""
        schema = read_schema(content, version_table="")
        # Whatever it is called: an app may choose the name of Alembic's table.
        books = [name for name, t in schema.tables.items() if set(t.columns) == {"version_num"}]
        version = tuple(each for book in books for each in read_version(content, book))
        # It is drawn too: a first `flask db migrate` or `check` makes it, and that should show.
        parts = parts_of(schema)
        return cls(parts, {table: len(read_rows(content, table)) for table in parts}, version)

    def lines(self, before: "Sight | None" = None) -> list[str]:
        """The tables with their columns and rows; what is new or gone since `before` says so."""
        known = (before.parts, before.count) if before else (None, {})
        return draw_schema(self.parts, self.count, *known)
