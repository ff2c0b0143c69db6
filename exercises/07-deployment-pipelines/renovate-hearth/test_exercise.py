"""Grades "Renovate Hearth"."""

import pytest

FILLED = {"id", "name", "label", "room_id", "condition"}
ADD, EDIT, ADD_ROOM = "/rooms/{}/furniture/add", "/furniture/{row}/edit", "/rooms/add"
needs = pytest.mark.needs("test_nobody_is_refused_on_the_way")  # hear of it once


def renovated(project):
    """Production after the learner's releases, while people use the garden and add rooms."""
    plan = project.deployment("production").own_releases("releases.txt")
    assert plan.serves == ".", "The last `start` of releases.txt is not `start .`"
    garden = next(row["id"] for row in project.rows("room") if row["name"] == "Garden")
    typed = {"name": "{word}", "label": "{word}", "room_id": str(garden), "condition": "good"}
    asks = [("POST", ADD.format(garden), typed), ("POST", EDIT, typed), ("GET", "/", {})]
    asks += [("POST", ADD_ROOM, {"name": "The room of {word}"})]
    return project.roll_out(plan.codes, plan.steps, asks, "furniture", f"/rooms/{garden}"), garden


@pytest.mark.misconception("no-bookmark-means-no-tables")
def test_production_is_adopted(project):
    """The first step is `flask db stamp REVISION`: production has tables already."""
    assert project.own_releases("releases.txt").baseline, "releases.txt begins with no stamp."


@pytest.mark.needs("test_production_is_adopted")
@pytest.mark.misconception("a-rename-is-one-step")
def test_nobody_is_refused_on_the_way(project):
    """Every app that runs answers every request, at each step of your releases."""
    renovated(project)


@needs
@pytest.mark.misconception("one-copy-settles-it")
def test_nothing_that_people_wrote_is_lost(project):
    """Each room and each piece is there in the end, as it was or as it was typed last."""
    was, rooms = project.deployment("production").rows("furniture"), project.rows("room", "name")
    rollout, garden = renovated(project)
    names, stood = was.column("name"), was.column("room_id").by_key
    lost = rollout.missing(names, project.rows("furniture", "label"), ADD.format(garden), EDIT)
    lost += rollout.missing(rooms, project.rows("room", "name"), ADD_ROOM)
    for key, room in project.rows("furniture", "room_id").by_key.items():
        lost += [f"{key} stands in room {room}."] if room not in (garden, stood.get(key)) else []
    assert not lost, lost[0]


@needs
@pytest.mark.misconception("a-new-column-may-invent-values")
def test_nothing_is_invented(project):
    """Each piece is in good condition; what else is new is empty."""
    renovated(project)
    its = {*project.rows("furniture", "condition")}
    assert its == {"good"}, f"furniture.condition holds {its}."
    for table, rows in (x for its in project.snapshot().binds.values() for x in its.rows.items()):
        known = FILLED if table in ("room", "furniture") else set()
        made_up = {name for row in rows for name, its in row.items() if its is not None} - known
        assert not made_up, f"Nobody wrote what stands in {table}.{min(made_up)}."


@needs
@pytest.mark.misconception("the-migration-is-enough-without-the-model")
def test_tables_and_models_are_the_goal(project):
    """In the end both databases and your models have what README.md lists, names and all."""
    renovated(project)
    detected = project.must_be_in_order().detected()
    assert not detected, f"`flask db check` is not clean: {detected[0]}"
    unlike = project.differs_from_models("names")
    assert not unlike, f"The database is not as your models say: {unlike[0]}."


@needs
@pytest.mark.misconception("a-baseline-need-not-fit-the-old")
def test_a_new_database_gets_the_same(project):
    """From nothing, the revisions build what production was at the stamp, and is in the end."""
    first = project.own_releases("releases.txt").baseline
    was = project.deployment("production").schema
    unlike = project.differences(was, project.empty().upgrade(first).schema, "defaults")
    assert not unlike, f"`flask db upgrade {first}` makes another schema: {unlike[0]}."
    project.upgrade().must_be_in_order()


@needs
@pytest.mark.misconception("a-migration-may-import-the-app")
def test_the_revisions_need_no_app(project):
    """Years later, beside other models, the revisions build the same from nothing."""
    completed = project.empty().perform("later", "db", "upgrade", "head")
    assert completed.ok, f"Beside other models, `flask db upgrade` fails: {completed.error_line}"
    project.must_be_in_order()


@needs
@pytest.mark.misconception("nobody-runs-the-downgrade")
def test_the_way_back_keeps_every_name(project):
    """Back at the revision of the stamp, all is as it was, with what was written since."""
    was = project.deployment("production").schema
    renovated(project)
    written, rooms = project.rows("furniture", "label"), project.rows("room", "name")
    back = project.downgrade(project.own_releases("releases.txt").baseline)
    unlike = back.differences(was, back.schema, "defaults")
    assert not unlike, f"After the downgrade, {unlike[0]}."
    assert project.rows("furniture", "name") == written, "After it, a name is not its label."
    assert project.rows("room", "name") == rooms, "After the downgrade, a room has another name."
    again = project.upgrade().must_be_in_order().rows("furniture", "label")
    assert again == written, "Down and up again, a label is not what it was."
