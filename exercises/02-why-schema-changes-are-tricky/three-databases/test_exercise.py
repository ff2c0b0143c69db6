"""Grades "Three drifted copies": one repair, and it ends alike wherever it begins."""

import re

import pytest

COPIES = {"laptop": "the laptop", "staging": "staging", "production": "production"}


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
    for copy, called in COPIES.items():
        project.deployment(copy).flask("repair")
        before = project.snapshot()
        refuse_what_is_left(project, f"{called} the second time")
        assert project.snapshot() == before, f"A second `flask repair` changed {called}."
    project.empty().flask("init-db")
    refuse_what_is_left(project, "a fresh database")


@pytest.mark.guard
@pytest.mark.misconception("a-new-table-is-the-old-one")
def test_nothing_that_people_wrote_is_lost(project):
    """Every row and every value that was in a copy is still there after `flask repair`."""
    for copy, called in COPIES.items():
        before = project.deployment(copy).snapshot()
        project.flask("repair")
        for table, rows in before.rows.items():
            now = project.rows(table)
            assert len(now) == len(rows), (
                f"On {called}, {table} had {len(rows)} rows, now {len(now)}."
            )
            for name in rows[0]:
                kept = project.rows(table, name) == rows.column(name)
                assert kept, f"On {called}, values of {table}.{name} are lost or changed."


@pytest.mark.guard
@pytest.mark.needs("test_staging_ends_at_the_models")
@pytest.mark.misconception("a-new-column-may-invent-values")
def test_no_maker_is_made_up(project):
    """On staging nobody has written down a maker, so `maker` is NULL in every row."""
    project.deployment("staging").flask("repair")
    makers = project.rows("furniture", "maker")
    assert makers == makers.map(lambda maker: None)


def refuse_what_is_left(project, copy):
    completed = project.flask("repair")
    lines = re.findall(r'hearth/repair\.py", line (\d+)', completed.stderr)
    told = [x for x in completed.stderr.splitlines() if re.match(r"[\w.]*(Error|Exception)\b", x)]
    where = f", line {lines[-1]} of hearth/repair.py" if lines else ""
    assert completed.ok, f"`flask repair` failed on {copy}{where}:\n{' '.join(told[-1:])}"
    found = sorted(map(str, project.true_findings()))
    assert not found, f"On {copy}, after `flask repair`:\n{'; '.join(found)}."
    key = project.schema["inspection"].primary_key
    assert key == ("id",), f"On {copy}, the key of inspection is {key or 'missing'}."
