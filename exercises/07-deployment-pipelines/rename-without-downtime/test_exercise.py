"""Grades "A new name, and nobody notices"."""

import pytest

OLD, A, C = "the old app", "release A's app", "release C's app"
FLAG = f"{A} with the flag"
TYPED = {"name": "{word}", "room_id": "1", "bought_on": "", "owner": "", "value": ""}
PLAN = {
    "codes": {"old": None, "a": {"hearth/models.py": "releases/a.py"}, "c": {}},
    "steps": (
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
    ),
    "asks": (
        ("POST", "/rooms/1/furniture/add", TYPED),
        ("POST", "/furniture/{row}/edit", TYPED),
    ),
    "table": "furniture",
    "page": "/rooms/1",
}
#: As release C adds one: it knows no name.
NEW = "INSERT INTO furniture (label, room_id) VALUES ('Bookcase', 1)"
needs = pytest.mark.needs("test_nobody_is_refused_on_the_way")  # hear of it once


def lived_in(project):
    """The house with more furniture than the releases have requests."""
    project.laid_out().with_rows("furniture", 20)
    return project


def must_step_down(project):
    """Each step down leads to the tables of that revision, where each piece has its name."""
    steps = {step: project.upgrade(step).own_schema() for step in ("0009", "0010")}
    beyond = project.drift(NEW).copy().upgrade()
    for house, down in (beyond, ("0010", "0009")), (project, ("0009",)):
        labels = house.rows("furniture", project.word("label"))
        for step in down:
            there = house.downgrade(step).own_schema()
            differing = project.differences(steps[step], there, "names", "defaults")
            assert not differing, f"After `flask db downgrade {step}`, {differing[0]}."
            must_be_named(house, labels, step)


def must_be_named(house, labels, step):
    """A name is what the label of its row was."""
    unlike = f"After `flask db downgrade {step}`, a name is not what its label was."
    assert house.rows("furniture", "name") == labels, unlike


@pytest.mark.guard
@pytest.mark.misconception("deployed-history-can-be-edited")
def test_deployed_revisions_are_untouched(project):
    """The revisions that databases already have are as they were."""
    changed = [*project.answer.tampered, *project.answer.missing]
    assert not changed, f"{changed[0]} is not as it was given."


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
    lost = rollout.lost(solved.rows("furniture"), project.rows("furniture"))
    assert not lost, lost[0]
    project.must_hold(solved.snapshot())


@needs
@pytest.mark.misconception("the-migration-is-enough-without-the-model")
def test_tables_and_models_are_the_goal(project):
    """In the end there is a label and no name, all else is as it was, and the models say so."""
    lived_in(project).roll_out(**PLAN)
    detected = project.must_be_in_order().detected()
    assert not detected, f"`flask db check` is not clean: {detected[0]}"
    unlike = project.differences(project.model_schema(), project.own_schema())
    assert not unlike, f"The database is not as your models say: {unlike[0]}."


@needs
@pytest.mark.misconception("nobody-runs-the-downgrade")
def test_the_way_back_brings_every_name(project):
    """Step by step down there is a name again and no label, with what was written since."""
    must_step_down(lived_in(project.copy()))
    full = [project.copy().populated(), project.copy().big()]
    before = lived_in(project).own_schema()
    project.roll_out(**PLAN)
    labels = project.rows("furniture", project.word("label"))
    must_be_named(project.downgrade("0008"), labels, "0008")
    differing = project.differences(before, project.own_schema(), "names", "defaults")
    assert not differing, f"After `flask db downgrade 0008`, {differing[0]}."
    for house in full:
        wanted = house.copy().solved().upgrade().downgrade("0008").snapshot()
        house.upgrade().downgrade("0008").must_hold(wanted)
