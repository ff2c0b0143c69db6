"""Grades "Adopt a live database": one with rows that no revision made, and one that is new."""

import pytest


def parts(schema):
    for name, table in schema.tables.items():
        yield f"table {name}"
        for column in table.columns.values():
            null = "NULL" if column.nullable else "NOT NULL"
            yield f"column {name}.{column.name} {column.type} {null}"
        rules = {"foreign key": table.foreign_keys, "unique": table.uniques, "index": table.indexes}
        yield from (f"{kind} on {name}: {each}" for kind in rules for each in rules[kind])


def refuse_differences(one, has, other, should):
    found = [f"The {x} is in {one}, and not in {other}." for x in {*parts(has)} - {*parts(should)}]
    found += [f"The {x} is in {other}, and not in {one}." for x in {*parts(should)} - {*parts(has)}]
    assert not found, "\n".join(sorted(found, key=lambda each: (len(each), each))[:2])


def refuse_where_it_is(project, copy):
    heads, at = project.history.heads, project.repair(copy).version
    assert heads, "There is no revision in migrations/versions/, and no baseline to be at."
    assert at, f"No command of repair.txt took {copy} to the head: it is at no revision."
    assert at == heads, f"The database {copy} is at {', '.join(at)}, not at {', '.join(heads)}."


@pytest.mark.misconception("a-baseline-may-be-written-anywhere")
def test_your_commands_run_on_a_new_database(project):
    """There is a baseline, and your commands run on the new database."""
    assert project.repair("new").history.heads, "There is no revision in migrations/versions/."


@pytest.mark.needs("test_your_commands_run_on_a_new_database")
@pytest.mark.misconception("one-repair-mends-every-copy")
def test_a_new_database_is_built_by_your_revisions(project):
    """After your commands for it, the new database is at the head, and the revisions have run."""
    refuse_where_it_is(project, "new")
    built = project.schema.tables or not project.copy().empty().upgrade().schema.tables
    told = f"The database new is stamped at {', '.join(project.version)} and has no tables: "
    assert built, told + "nothing was run on it. It needs `flask db upgrade`, and no stamp."


@pytest.mark.misconception("no-bookmark-means-no-tables")
def test_production_is_at_the_head(project):
    """After your commands for it, production is at the head of the history."""
    refuse_where_it_is(project, "production")


@pytest.mark.guard
@pytest.mark.misconception("what-no-model-knows-may-go")
def test_production_keeps_every_row_and_every_column(project):
    """Production has the same tables, the same rows and the same values as before."""
    before = project.deployment("production").snapshot()
    now = project.repair("production").schema
    refuse_differences("production as it was", before.schema, "production as it is now", now)
    for table, rows in before.rows.items():
        lost = [row for row in rows if not project.rows(table).where(**row)]
        assert not lost, f"On production, {len(lost)} rows of {table} are gone, such as\n{lost[0]}"


@pytest.mark.misconception("a-stamp-settles-the-differences")
def test_the_models_know_all_that_production_has(project):
    """Your models describe production: every column, with its type, and every rule."""
    live = project.repair("production").schema
    refuse_differences("production", live, "a database made of your models", project.model_schema())


@pytest.mark.misconception("a-baseline-need-not-fit-the-old")
def test_the_new_database_and_production_end_alike(project):
    """The new database and production end with the same schema."""
    live, new = project.repair("production").schema, project.repair("new").schema
    refuse_differences("production", live, "the new database", new)
