"""A form between a page and a row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.exc import IntegrityError

from hearth.database import db
from hearth.fields import Field, Options
from hearth.orphans import refuse_orphan


@dataclass
class Form:
    """The fields of a form, what stands in them, and what is wrong with it."""

    fields: Sequence[Field]
    row: db.Model
    options: Mapping[str, Options] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.shown: Mapping[str, object] = {
            each.name: getattr(self.row, each.name) for each in self.fields
        }

    def save(self, typed: Mapping[str, str]) -> bool:
        """Keep what was typed, or change nothing and say what is wrong."""
        values = self.read(typed)
        if self.errors:
            return False
        for name, value in values.items():
            setattr(self.row, name, value)
        db.session.add(self.row)
        try:
            db.session.flush()
            refuse_orphan(self.row)
            db.session.commit()
        except IntegrityError as refused:
            # Asking first whether a name is free would leave a gap between question and answer.
            db.session.rollback()
            # Which rule it was, the database knows: it may be one that no box belongs to.
            self.errors[""] = str(refused.orig).splitlines()[0]
        return not self.errors

    def read(self, typed: Mapping[str, str]) -> dict[str, object]:
        """Read every field, and note what is wrong with each."""
        self.shown, values = typed, {}
        for each in self.fields:
            try:
                text = typed.get(each.name, "").strip()
                values[each.name] = each.read(text, self.options.get(each.name, ()))
            except ValueError as problem:
                self.errors[each.name] = str(problem)
        return values
