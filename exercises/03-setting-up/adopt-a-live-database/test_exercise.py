"""Grades "Adopt a live database": one with rows that no revision made, and one that is new."""

import pytest


@pytest.mark.misconception("a-baseline-may-be-written-anywhere")
def test_your_commands_run_on_a_new_database(project):
    """There is a baseline, and your commands run on the new database."""
    assert project.repair("new").history.heads, "There is no revision in migrations/versions/."


@pytest.mark.needs("test_your_commands_run_on_a_new_database")
@pytest.mark.misconception("one-repair-fixes-every-copy")
def test_a_new_database_is_built_by_your_revisions(project):
    """After your commands for it, the new database is at the head, and the revisions have run."""
    project.repair("new").must_be_at_head()
    built = project.schema.tables or not project.copy().empty().upgrade().schema.tables
    assert built, (
        f"The database new is stamped at {', '.join(project.version)} and has no tables: "
        "nothing was run on it. It needs `flask db upgrade`, and no stamp."
    )


@pytest.mark.misconception("no-bookmark-means-no-tables")
def test_production_is_at_the_head(project):
    """After your commands for it, production is at the head of the history."""
    project.repair("production").must_be_at_head()


@pytest.mark.guard
@pytest.mark.misconception("what-no-model-knows-may-go")
def test_production_keeps_every_row_and_every_column(project):
    """Production has the same tables, the same rows and the same values as before."""
    before = project.deployment("production").snapshot()
    changed = project.differences(before.schema, project.repair("production").schema, "defaults")
    assert not changed, f"Production is not as it was: {changed[0]}."
    project.must_keep(before)


@pytest.mark.guard
@pytest.mark.misconception("no-bookmark-means-no-tables")
def test_a_baseline_run_by_mistake_loses_nothing(project):
    """Where somebody forgets to stamp, `flask db upgrade` takes no table and no row away."""
    before = project.deployment("production").snapshot()
    project.flask("db", "upgrade")
    project.must_keep(before)


@pytest.mark.misconception("a-stamp-settles-the-differences")
def test_the_models_know_all_that_production_has(project):
    """Your models describe production: every column, with its type, and every rule."""
    live = project.repair("production").schema
    lacking = project.differences(live, project.model_schema(), "defaults")
    assert not lacking, f"A database made of your models is not like production: {lacking[0]}."


@pytest.mark.misconception("a-baseline-need-not-fit-the-old")
def test_the_new_database_and_production_end_alike(project):
    """The new database and production end with the same schema."""
    live, new = project.repair("production").schema, project.repair("new").schema
    lacking = project.differences(live, new, "defaults")
    assert not lacking, f"The new database is not like production: {lacking[0]}."
