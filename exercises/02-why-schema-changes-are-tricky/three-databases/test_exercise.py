"""Grades "Three drifted copies": one repair, and it ends alike wherever it begins."""

import pytest

COPIES = "laptop", "staging", "production"


def refuse_what_is_left(project, copy):
    project.must("flask", "repair")
    left = project.true_findings()
    told = project.differences(project.model_schema(), project.schema) or [*map(str, left)]
    assert not left, f"On {copy}, after `flask repair`:\n{'; '.join(told[:3])}."
    key = project.schema["inspection"].primary_key
    assert key == ("id",), f"On {copy}, the key of inspection is {key or 'missing'}."


@pytest.mark.misconception("a-repair-need-not-look")
def test_the_laptop_ends_at_the_models(project):
    """After `flask repair`, the laptop has what the models ask for, and nothing else."""
    refuse_what_is_left(project.deployment("laptop"), "the laptop")


@pytest.mark.misconception("every-copy-is-like-mine")
def test_staging_ends_at_the_models(project):
    """After `flask repair`, staging has what the models ask for, and nothing else."""
    refuse_what_is_left(project.deployment("staging"), "staging")


@pytest.mark.misconception("a-table-that-is-there-is-whole")
def test_production_ends_at_the_models(project):
    """After `flask repair`, production has what the models ask for, and nothing else."""
    refuse_what_is_left(project.deployment("production"), "production")


@pytest.mark.needs("test_production_ends_at_the_models")
@pytest.mark.misconception("a-repair-runs-once")
def test_a_second_repair_changes_nothing(project):
    """Where nothing is lacking, on a fresh database or the second time, nothing changes."""
    for copy in COPIES:
        project.deployment(copy).must("flask", "repair")
        before = project.snapshot()
        refuse_what_is_left(project, f"{copy} the second time")
        assert project.snapshot() == before, f"A second `flask repair` changed {copy}."
    project.empty().must("flask", "init-db")
    fresh = project.starting_from(project.databases, "a fresh database")
    refuse_what_is_left(fresh, "a fresh database")


@pytest.mark.deep
@pytest.mark.misconception("every-copy-is-like-mine")
def test_a_copy_without_rows_ends_at_the_models(project):
    """A copy in which nobody has written anything ends at the models, too."""
    emptied = "DELETE FROM furniture; DELETE FROM inspection"
    refuse_what_is_left(project.deployment("staging").drift(emptied), "staging without its rows")


@pytest.mark.guard
@pytest.mark.misconception("a-new-table-is-the-old-one")
def test_nothing_that_people_wrote_is_lost(project):
    """Every row and every value that was in a copy is still there after `flask repair`."""
    for copy in COPIES:
        before = project.deployment(copy).snapshot()
        project.flask("repair")
        project.must_keep(before)


@pytest.mark.guard
@pytest.mark.needs("test_staging_ends_at_the_models")
@pytest.mark.misconception("a-new-column-may-invent-values")
def test_no_maker_is_made_up(project):
    """On staging nobody has written down a maker, so `maker` is NULL in every row."""
    project.deployment("staging").flask("repair")
    makers = project.rows("furniture", "maker")
    assert makers == makers.map(lambda maker: None)


@pytest.mark.deep
@pytest.mark.misconception("a-repair-need-not-look")
def test_no_copy_has_anything_else(project):
    """No copy has a default, a view, a trigger or anything else that the models do not ask for."""
    models = project.model_schema()
    for copy in COPIES:
        project.deployment(copy).must("flask", "repair")
        differing = project.differences(models, project.schema, "defaults")
        assert not differing, f"On {copy}, after `flask repair`, {differing[0]}."
        for rule, names in project.schema["inspection"].rules.items():
            assert len(names) < 2, f"On {copy}, inspection has {rule} twice: {sorted(names)}."


@pytest.mark.deep
@pytest.mark.guard
@pytest.mark.misconception("a-new-column-may-invent-values")
def test_no_note_and_no_inspection_is_made_up(project):
    """No copy has a note or an inspection that nobody wrote."""
    for copy in COPIES:
        solved = project.deployment(copy).copy().solved()
        solved.must("flask", "repair")
        project.must("flask", "repair")
        project.must_hold(solved.snapshot())
