"""The statements of a spoiler for one table: what is open in their text, filled in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from remodel.database.sqlite import quoted
from remodel.database.value_changes import ValueChange


@dataclass(frozen=True)
class ColumnSeen:
    """A column of a database of which a migration is under way.

    `kind` is the kind of value that people write there, `keyed` whether it is a key or points at
    one.
    """

    name: str
    kind: str
    keyed: bool

    def takes(self, change: ValueChange) -> bool:
        """Whether `change` is about values of this column."""
        return ("key" if self.keyed and self.kind == "integer" else self.kind) in change.kinds


def filled(table: str, columns: Sequence[ColumnSeen], sql: str) -> Iterator[str]:
    """The statement for each column of `table` that it may be about; none where it has none."""
    if not any(column.name == "id" for column in columns):
        return
    names = {
        "text": [quoted(c.name) for c in columns if c.kind == "text" and not c.keyed],
        "parent": [quoted(c.name) for c in columns if c.keyed and c.name != "id"],
        "last": [quoted(columns[-1].name)],
        "rest": [", ".join(quoted(c.name) for c in columns if c.name != "id")],
    }
    asked = next((word for word in names if f"{{{word}}}" in sql), "last")
    for each in names[asked]:
        others = {word: values[0] for word, values in names.items() if values}
        yield sql.format(table=table, **{**others, asked: each})
