"""Grades "A new name, and nobody notices"."""

import pytest

OLD, A, C = "the old app", "release A's app", "release C's app"
FLAG = f"{A} with the flag"
ADD, EDIT = "/rooms/1/furniture/add", "/furniture/{row}/edit"
TYPED = {"name": "{word}", "room_id": "1", "bought_on": "", "owner": "", "value": ""}
CODES = {"old": None, "a": {"hearth/models.py": "releases/a.py"}, "c": {}}
STEPS = (
    ("the start of the old app", ("start", OLD, "old")),
    ("release A's upgrade to 0009", ("upgrade", "a", "0009")),
    ("the start of release A's app", ("start", A, "a")),
    ("the end of the old app", ("stop", OLD)),
    ("release B's upgrade to 0010", ("upgrade", "a", "0010")),
    ("the start of release A's app with the flag", ("start", FLAG, "a", "HEARTH_READ_LABEL=1")),
    ("the end of release A's app without it", ("stop", A)),
    ("the start of release C's app", ("start", C, "c")),
    ("the end of release A's app", ("stop", FLAG)),
    ("release D's upgrade to 0011", ("upgrade", "c", "0011")),
)
PLAN = {"codes": CODES, "steps": STEPS, "asks": [("POST", ADD, TYPED), ("POST", EDIT, TYPED)]}
PLAN |= {"table": "furniture", "page": "/rooms/1"}
#: As release C adds one: it knows no name.
NEW = "INSERT INTO furniture (label, room_id) VALUES ('Bookcase', 1)"
needs = pytest.mark.needs("test_nobody_is_refused_on_the_way")  # hear of it once


def lived_in(project):
    """The house with more furniture than the releases have requests."""
    project.laid_out().with_rows("furniture", 20)
    return project


def must_go_down(house, steps):
    """Each step down leads to the tables of that revision, where each piece has its name."""
    labels = house.rows("furniture", house.word("label"))
    for step, tables in steps:
        there, down = house.downgrade(step).own_schema(), f"After `flask db downgrade {step}`"
        differing = house.differences(tables, there, "names", "defaults")
        assert not differing, f"{down}, {differing[0]}."
        assert house.rows("furniture", "name") == labels, f"{down}, a name is not its label."


@pytest.mark.guard
@pytest.mark.misconception("deployed-history-can-be-edited")
def test_deployed_revisions_are_untouched(project):
    """The revisions that databases already have are as they were."""
    for changed in *project.answer.tampered, *project.answer.missing:
        raise AssertionError(f"{changed} is not as it was given.")


@pytest.mark.misconception("a-rename-is-one-step")
def test_nobody_is_refused_on_the_way(project):
    """Old code and new code answer every request, at each step of the four releases."""
    lived_in(project).roll_out(**PLAN)


@needs
@pytest.mark.misconception("one-copy-settles-it")
def test_nothing_that_was_accepted_is_lost(project):
    """What old code or new code has accepted is there in the end, as it was typed."""
    solved = lived_in(project.copy()).solved()
    solved.roll_out(**PLAN)
    rollout = lived_in(project).roll_out(**PLAN)
    assert not (lost := rollout.lost(solved.rows("furniture"), project.rows("furniture"))), lost[0]
    project.must_hold(solved.snapshot())


@needs
@pytest.mark.misconception("the-migration-is-enough-without-the-model")
def test_tables_and_models_are_the_goal(project):
    """In the end there is a label and no name, all else is as it was, and the models say so."""
    lived_in(project).roll_out(**PLAN)
    detected = project.must_be_in_order().detected()
    assert not detected, f"`flask db check` is not clean: {detected[0]}"
    unlike = project.differs_from_models()
    assert not unlike, f"The database is not as your models say: {unlike[0]}."


@needs
@pytest.mark.misconception("nobody-runs-the-downgrade")
def test_the_way_back_brings_every_name(project):
    """Step by step down there is a name again and no label, with what was written since."""
    full = [project.copy().populated(), project.copy().big()]
    lived = lived_in(project.copy())
    steps = [(step, lived.upgrade(step).own_schema()) for step in ("0008", "0009", "0010")]
    must_go_down(lived.drift(NEW), steps[-2::-1])
    lived_in(project).roll_out(**PLAN)
    must_go_down(project, steps[::-1])
    for house in full:
        wanted = house.copy().solved().upgrade().downgrade("0008").snapshot()
        house.upgrade().downgrade("0008").must_hold(wanted)
