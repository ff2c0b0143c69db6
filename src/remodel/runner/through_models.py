"""Somebody who writes and reads rows through an app's models, as no form of the app does."""

import datetime
import decimal
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from remodel.runner.mappers import mappers
from remodel.runner.readings import (
    EMPTIED,
    EMPTY,
    FAILURE,
    REFUSED,
    WITHOUT,
    Asked,
    Errors,
    Held,
    Read,
    Reading,
)

#: What is written into a column that holds no text, by what it is in Python.
_VALUES: Mapping[type, tuple[Any, ...]] = {
    bool: (True, False),
    int: (7, -1, 0),
    float: (0.5, -1.5),
    decimal.Decimal: (decimal.Decimal("0.5"), decimal.Decimal("-1.5")),
    datetime.date: (
        datetime.date(1999, 12, 31),
        datetime.date(2028, 2, 29),
        datetime.date(1666, 9, 2),
        datetime.date(9999, 12, 31),
    ),
}
#: What a new row holds in its numbers: somebody may think that nobody means it.
_NEW_NUMBERS = (0, 2**31 - 1)
#: What a foreign key says where the row that it points at may be deleted.
_GOING = ("CASCADE", "SET NULL", "SET DEFAULT")
#: As many rows at the beginning and at the end of a table are read.
_READ = 8


def use_models(session: Any, texts: Sequence[str], asked: Asked) -> tuple[Reading, Errors, Held]:
    """Change old rows, add new ones, delete some of these; then read what there is.

    Which column may be empty and which points at a row is `asked`, and not what a class says:
    another class for the same table may leave such a rule to a CHECK or a trigger.
    """
    errors, held = Errors(), Held()
    used = [_Model(session, mapper, errors, asked) for mapper in _by_table()]
    for model in used:
        model.write(texts)
    for model in used:
        model.move(2 * len(texts))
        model.touch(texts)
    for model in used:
        model.add_twins(texts[0])
        model.add_bare(texts[0])
    by_table = {model.table: model for model in used}
    for model in used:
        model.delete_parents(by_table, texts[0])
        model.delete_above(by_table, texts[0])
        held |= model.add_without(texts[0])
    session.expunge_all()
    return {model.table: model.read() for model in used}, errors, held


def _by_table() -> list[orm.Mapper[Any]]:
    known = {str(getattr(mapper.local_table, "name", "")): mapper for mapper in mappers()}
    return [mapper for _name, mapper in sorted(known.items())]


class _Model:
    """One mapped class, and what is done with its rows."""

    def __init__(self, session: Any, mapper: orm.Mapper[Any], errors: Errors, asked: Asked) -> None:
        self.session, self.mapper, self.errors = session, mapper, errors
        self.table = str(getattr(mapper.local_table, "name", ""))
        self.optional, self.pointing = asked.get(self.table, ([], {}))
        attributes = sorted(mapper.column_attrs, key=lambda each: each.columns[0].name)
        self.columns = {each.key: each.columns[0] for each in attributes}
        #: Which database a statement is for that names no class.
        self._bind = {"mapper": mapper}

    def write(self, texts: Sequence[str]) -> None:
        """Write each of `texts`, in both its forms, into every text attribute, and other values.

        The number of the row makes a text unique; what the app or the database refuses stays.
        """
        others = {key: self._values(column) for key, column in self.columns.items()}
        for number, row in enumerate(self._old(2 * len(texts))):
            self._set(row, self._texts(number, *_turn(number, texts)))
            for key, values in others.items():
                if values:
                    self._set(row, {key: values[number % len(values)]})

    def move(self, count: int) -> None:
        """Give old rows another parent: the first there is that they do not have."""
        for key, (table, column, _) in self._foreign_keys():
            pointed: sa.ColumnClause[Any] = sa.column(column)
            query = sa.select(pointed).select_from(sa.table(table)).order_by(pointed).limit(2)
            parents = self.session.scalars(query, bind_arguments=self._bind).all()
            for row in self._old(count) if len(parents) == 2 else ():
                self._set(row, {key: parents[getattr(row, key) == parents[0]]})

    def touch(self, texts: Sequence[str]) -> None:
        """Change one text of each of the next rows, and nothing else: the rest of the row stays."""
        rows = self._old(4 * len(texts))
        for number, row in enumerate(rows[2 * len(texts) :] or rows, 50):
            written = self._texts(number, *_turn(number, texts))
            stored = [key for key in written if isinstance(self.columns[key], sa.Column)]
            if stored:
                key = stored[number % len(stored)]
                self._set(row, {key: written[key]})

    def add_twins(self, text: str) -> None:
        """Add copies of an old row: two that are alike, one of them deleted, and odd numbers."""
        twin, _ = (self._add("that is there twice", 99, text) for _ in range(2))
        if twin is not None:
            self._try(
                f"one of two equal rows of {self.table} was deleted", self.session.delete, twin
            )
        numbers = [k for k, column in self.columns.items() if self._values(column) == _VALUES[int]]
        for number, value in enumerate(_NEW_NUMBERS if numbers else (), 100):
            names = " and ".join(self._names(numbers))
            self._add(f"with {value} as {names}", number, text, **dict.fromkeys(numbers, value))

    def add_bare(self, text: str) -> None:
        """Add a row that has nothing where there may be nothing."""
        empty = [key for key, column in self.columns.items() if column.name in self.optional]
        why = f"without {' and '.join(self._names(empty))}" if empty else "like another"
        self._add(why, 98, text, **dict.fromkeys(empty))

    def delete_parents(self, used: Mapping[str, "_Model"], text: str) -> None:
        """Delete a row that one of this table points at, where the foreign key says that it may go.

        Whether the one that points goes, too, is for the app to choose: afterwards both are away.
        """
        text = f"{self.table} {text}"  # of its own, where another table points there, too
        going = [each for each in self._foreign_keys() if each[1][2] in _GOING]
        for number, (key, (table, column, _)) in enumerate(going, 90):
            parent = used.get(table)
            above = parent and parent._add("that others point at", number, text)
            if parent is None or above is None:
                continue
            there = parent._identity(above)
            pointed = getattr(above, next(k for k, c in parent.columns.items() if c.name == column))
            below = self._add("that points at another", number, text, **{key: pointed})
            if below is not None:
                here = self._identity(below)
                what = f"a row of {parent.table} was deleted, at which one of {self.table} pointed"
                parent._try(what, self.session.delete, above)
                self._try("", self._delete_below_the_orm, here)
            parent._try("", parent._delete_below_the_orm, there)

    def delete_above(self, used: Mapping[str, "_Model"], text: str) -> None:
        """Try to delete a row that one of this table points at, where nothing says that it goes.

        Neither the foreign key does nor a relationship: that the other goes along, a listener does.
        """
        text = f"{self.table} above {text}"
        staying = [each for each in self._foreign_keys() if each[1][2] not in _GOING]
        for number, (key, (table, column, _)) in enumerate(staying, 80):
            parent = used.get(table)
            if parent is None or parent is self or parent._takes_along(self.mapper):
                continue
            above = parent._add("", number, text)
            if above is None:
                continue
            there = parent._identity(above)
            pointed = getattr(above, next(k for k, c in parent.columns.items() if c.name == column))
            below = self._add("", number, text, **{key: pointed})
            if below is not None:
                here = self._identity(below)
                self._try("", self.session.delete, above)
                self.session.expunge_all()
                what = f"a row of {parent.table} was deleted, and that of {self.table} went along"
                stays = self.session.get(self.mapper.class_, here) is not None
                self.errors[what] = "The other row stays." if stays else ""
                self._try("", self._delete_below_the_orm, here)
            parent._try("", parent._delete_below_the_orm, there)

    def _takes_along(self, below: orm.Mapper[Any]) -> bool:
        """Whether a relationship says that rows of `below` go with one of this table."""
        related = [each for each in self.mapper.relationships if each.mapper is below]
        return any("delete" in each.cascade for each in related)

    def add_without(self, text: str) -> Held:
        """What the database holds for each value that is left out of a new row, or is empty."""
        held = Held()
        for number, (key, column) in enumerate(self.columns.items()):
            if column.primary_key or not isinstance(column, sa.Column):  # or it is computed
                continue
            seen = {WITHOUT: self._held(key, number, text, without=(key,))}
            if self._holds_text(column) and column.name not in self.optional:
                seen[EMPTY] = self._held(key, number, text, given={key: ""})
                seen[EMPTIED] = self._held(key, number, text, emptied=True)
            held[f"{self.table}.{column.name}"] = seen
        return held

    def _held(
        self,
        key: str,
        number: int,
        text: str,
        without: Sequence[str] = (),
        emptied: bool = False,
        given: Mapping[str, Any] | None = None,
    ) -> str:
        """What a new row holds as `key`, which is left out, given, or emptied afterwards."""
        row = self._add("", number + 70, f"held {text}", without, **(given or {}))
        if row is None:
            return REFUSED
        here = self._identity(row)
        taken = not emptied or self._try("", setattr, row, key, "")
        query = sa.select(self.columns[key]).where(*self._is(here))
        seen = repr(self.session.scalar(query, bind_arguments=self._bind))
        self.session.expunge_all()
        self._try("", self._delete_below_the_orm, here)
        return seen if taken else REFUSED

    def read(self) -> Read:
        """What the attributes of some rows say."""
        query = sa.select(*self.mapper.primary_key).order_by(*self.mapper.primary_key)
        keys = [*map(tuple, self.session.execute(query, bind_arguments=self._bind))]
        return {
            ", ".join(map(str, key)): self._row(key)
            for key in dict.fromkeys([*keys[:_READ], *keys[-_READ:]])
        }

    def _row(self, key: tuple[Any, ...]) -> dict[str, str]:
        try:
            row = self.session.get(self.mapper.class_, key)
            values = {column.name: str(getattr(row, k)) for k, column in self.columns.items()}
            related = {
                each.key: self._related(getattr(row, each.key))
                for each in self.mapper.relationships
                if "raise" not in str(each.lazy)  # the class says that nobody reads it so
            }
        except Exception as error:  # whatever a type or a listener raises
            return {FAILURE: f"{type(error).__name__}: {error}"}
        return {**values, **{name: _identities(value) for name, value in related.items()}}

    def _related(self, value: Any) -> Any:
        """Related rows, whichever collection holds them."""
        if isinstance(value, orm.WriteOnlyCollection):
            return self.session.scalars(value.select()).all()
        return value.values() if isinstance(value, Mapping) else value

    def _old(self, count: int) -> Sequence[Any]:
        query = sa.select(self.mapper).order_by(*self.mapper.primary_key).limit(count)
        return self.session.scalars(query).all()  # type: ignore[no-any-return]

    def _foreign_keys(self) -> Iterator[tuple[str, tuple[str, str, str]]]:
        for key, column in self.columns.items():
            if not column.primary_key and column.name in self.pointing:
                yield key, self.pointing[column.name]

    def _names(self, keys: Sequence[str]) -> list[str]:
        """The names of columns: what stands for them in the class is for the app to choose."""
        return [self.columns[key].name for key in keys]

    def _texts(self, number: int, text: str, form: int | None = None) -> dict[str, str]:
        """A text for each text attribute, as long as it may be, with blanks at both ends or none.

        The number makes it unique, and chooses the form where none is given.
        """
        both = f" {number} {text} ", text.replace(" ", f" {number} ", 1)
        return {
            key: both[(number if form is None else form) % 2][
                : getattr(column.type, "length", None)
            ]
            for key, column in self.columns.items()
            if self._holds_text(column)
        }

    def _holds_text(self, column: Any) -> bool:
        """Whether `column` holds any text: no key, and no word of a list."""
        kind = _plain(column)
        plain = isinstance(kind, sa.String) and not isinstance(kind, sa.Enum)
        return plain and not self._is_key(column)

    def _values(self, column: Any) -> tuple[Any, ...]:
        if self._is_key(column) or isinstance(_plain(column), sa.types.NullType):
            return ()
        return _VALUES.get(_plain(column).python_type, ())

    def _is_key(self, column: Any) -> bool:
        return column.primary_key or column.name in self.pointing

    def _add(
        self, why: str, number: int, text: str, without: Sequence[str] = (), /, **values: Any
    ) -> Any:
        """Add a copy of the first row with other texts and `values`; None where it is refused."""
        old = next(iter(self._old(1)), None)
        if old is None:
            return None
        kept = {k: getattr(old, k) for k, column in self.columns.items() if not column.primary_key}
        given = {**kept, **self._texts(number, text), **values}
        row = self._made({k: value for k, value in given.items() if k not in without})
        what = f"a row of {self.table} was added {why}" if why else ""
        added = self._try(what, self.session.add, row)
        return row if added else None

    def _made(self, values: Mapping[str, Any]) -> Any:
        try:
            return self.mapper.class_(**values)
        except TypeError:  # a class whose constructor takes others
            new = self.mapper.class_manager.new_instance()
            for key, value in values.items():
                setattr(new, key, value)
            return new

    def _set(self, row: Any, values: Mapping[str, Any]) -> None:
        def change() -> None:
            for key, value in values.items():
                setattr(row, key, value)

        self._try("", change)

    def _identity(self, row: Any) -> tuple[Any, ...]:
        return tuple(sa.inspect(row).identity)

    def _delete_below_the_orm(self, identity: Sequence[Any]) -> None:
        statement = sa.delete(self.mapper.class_).where(*self._is(identity))
        self.session.execute(statement, bind_arguments=self._bind)

    def _is(self, identity: Sequence[Any]) -> list[Any]:
        """The conditions of the one row that has the key `identity`."""
        pairs = zip(self.mapper.primary_key, identity, strict=True)
        return [column == value for column, value in pairs]

    def _try(self, what: str, act: Any, *arguments: Any) -> bool:
        """Do one thing; where it is refused, leaves the rest as it was and notes the error."""
        error = ""
        try:
            act(*arguments)
            self.session.commit()
        except Exception as refused:  # whatever a validator raises
            self.session.rollback()
            sentence = re.sub(" at 0x[0-9a-f]+", "", str(refused)).split("\n")[0].split(".  ")[0]
            error = f"{type(refused).__name__}: {sentence}"
        if what:
            self.errors[what] = self.errors.get(what) or error
        return not error


def _turn(number: int, texts: Sequence[str]) -> tuple[str, int]:
    """The text and the form for a row: each text once, and then each in its other form."""
    return texts[number % len(texts)], number // len(texts)


def _plain(column: Any) -> Any:
    return column.type.impl if isinstance(column.type, sa.types.TypeDecorator) else column.type


def _identities(value: Any) -> str:
    """The keys of related rows; whether they are in order is another check's to say."""
    rows = [value] if hasattr(value, "_sa_instance_state") else value or []
    identities = sorted(sa.inspect(row).identity for row in rows)
    return ", ".join("/".join(map(str, identity)) for identity in identities)
