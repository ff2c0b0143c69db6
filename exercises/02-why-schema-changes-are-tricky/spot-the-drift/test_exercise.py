"""Grades "Spot the drift": a database that was altered by hand, and the models beside it."""

import pytest


@pytest.mark.guard
@pytest.mark.misconception("a-list-is-prose")
def test_every_finding_names_a_place(project):
    """Every finding names a table, and a column where it is about one."""
    schemas = project.model_schema(), project.deployment("house").own_schema()
    for finding in project.findings():
        wrong = finding.miswritten(*schemas)
        assert not wrong, f"`{finding}`: {wrong}"


@pytest.mark.guard
@pytest.mark.needs("test_every_finding_names_a_place")
@pytest.mark.misconception("a-difference-is-whatever-looks-odd")
def test_every_finding_is_a_real_difference(project):
    """Every finding in your list is a difference between the models and the database."""
    false = sorted(set(project.findings()) - project.deployment("house").true_findings())
    sides = {"models": project.model_schema(), "database": project.own_schema()}
    for finding in false:
        seen = [f"The {side}: {finding.seen_in(schema)}." for side, schema in sides.items()]
        assert not false, "\n".join([f"{finding}.", *seen])


@pytest.mark.needs("test_every_finding_is_a_real_difference")
@pytest.mark.misconception("a-column-that-looks-like-mine-is-mine")
def test_every_missing_and_extra_column_is_found(project):
    """Your list has every column that only one of the two sides has."""
    assert not missing(project, "column"), missing(project, "column")


@pytest.mark.needs("test_every_finding_is_a_real_difference")
@pytest.mark.misconception("same-name-same-column")
def test_every_other_type_and_null_rule_is_found(project):
    """Your list has every column that both sides have with another type or NULL rule."""
    assert not missing(project, "other"), missing(project, "other")


@pytest.mark.needs("test_every_finding_is_a_real_difference")
@pytest.mark.misconception("a-schema-is-its-columns")
def test_every_other_table_rule_and_index_is_found(project):
    """Your list has every table, unique rule and index that only one of the two sides has."""
    assert not missing(project, "table", "unique", "index"), missing(
        project, "table", "unique", "index"
    )


def missing(project, *words):
    left = project.deployment("house").true_findings() - set(project.findings())
    asked = sorted(f for f in left if any(word in f.difference for word in words))
    places = ["whole table" if "table" in f.difference else f"in {f.table}" for f in asked]
    counts = [f"{places.count(place)} {place}" for place in dict.fromkeys(places)]
    return f"Not in your list yet: {', '.join(counts)}." if counts else ""
