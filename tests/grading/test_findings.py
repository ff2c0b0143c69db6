"""A list of findings and the grader's own comparison are one comparison."""

from remodel.database.differences import SENTENCES
from remodel.database.schema import Column, ForeignKey, Index, Schema, Table
from remodel.grading.findings import KINDS, Finding, findings_between


def table(name: str, *columns: str, **rules: frozenset[object]) -> Table:
    """A table whose columns are all of one type."""
    made = {each: Column(each, "INTEGER", nullable=True) for each in columns}
    return Table(name, made, **rules)  # type: ignore[arg-type]


def test_what_a_list_may_say_is_a_kind_of_difference() -> None:
    """Each finding is derived from a difference of the same kind."""
    assert set(KINDS) <= set(SENTENCES)


def test_names_are_folded_and_a_key_that_leads_elsewhere_is_one_finding() -> None:
    """The comparison sees a missing key and an extra one; a list says it once."""
    models = table("Room", "Id", foreign_keys=frozenset({ForeignKey(("Id",), "a", ("id",))}))
    other = table("Room", "Id", foreign_keys=frozenset({ForeignKey(("Id",), "b", ("id",))}))
    found = findings_between(Schema({"Room": models}), Schema({"Room": other}))
    assert found == {Finding("room", "id", "other foreign key")}


def test_what_a_list_cannot_say_is_no_finding() -> None:
    """A check or a trigger counts in a schema, and a list of findings has no word for it."""
    checked = table("room", "id", checks=frozenset({"id > 0"}))
    plain = table("room", "id", indexes=frozenset({Index(("id",))}))
    found = findings_between(Schema({"room": checked}), Schema({"room": plain}))
    assert found == {Finding("room", "id", "extra index")}
