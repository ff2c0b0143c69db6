"""Grades "The database takes everything"."""

import pytest

FAIR = "", "chair", "O'Hara's \"best\", 50%", "Étage ☕ 漢字", "NULL", "z" * 80
needs = pytest.mark.needs("test_good_rows_are_taken")
guard, misconception = pytest.mark.guard, pytest.mark.misconception


def house(project):
    """A new database, as `flask init-db` makes it of the models, and the rows of rows.sql."""
    project.must("flask", "init-db")
    project.must("flask", "furnish")
    return project


def stool(project, **other):
    """A row of furniture that is right but for `other`."""
    kitchen = project.rows("room").where(name="Kitchen")[0]["id"]
    return {"table": "furniture", "name": "Stool", "pieces": 1, "room_id": kitchen, **other}


@guard
@misconception("models-need-no-trial")
def test_the_app_starts_and_makes_its_tables(project):
    """The app starts, and its models make the tables room and furniture."""
    missing = {"room", "furniture"} - project.model_schema().tables.keys()
    assert not missing, f"The models make no table {' and no table '.join(sorted(missing))}."


@guard
@pytest.mark.needs("test_the_app_starts_and_makes_its_tables")
@misconception("a-stricter-rule-is-a-safer-rule")
def test_good_rows_are_taken(project):
    """Good rows are taken: those of rows.sql, and others that look odd and break no rule."""
    assert len(house(project).rows("furniture")) == 12, "`flask furnish` left out rows of rows.sql."
    twin = stool(project, name="Chair")
    assert not project.refuses(**twin), "A second row of chairs in the kitchen is right: refused."
    for name in ("kitchen", *FAIR):
        assert not project.refuses("room", name=name), f"No room may be called {name!r} any more."
    for name, pieces in zip(FAIR, (1, 2, 12, 99, 1000, 2**31 - 1), strict=True):
        row = stool(project, name=name, pieces=pieces)
        assert not project.refuses(**row), f"{pieces} pieces called {name!r} are refused."


@needs
@misconception("the-form-keeps-bad-rows-out")
def test_no_two_rooms_have_one_name(project):
    """The database refuses a second room of the same name."""
    assert house(project).refuses("room", name="Kitchen"), "It took a second Kitchen."


@needs
@misconception("null-breaks-a-rule-by-itself")
def test_nothing_is_left_out(project):
    """The database refuses NULL for a name, for the pieces, and for the room of a piece."""
    assert house(project).refuses("room", name=None), "room.name takes NULL."
    for column in "name", "pieces", "room_id":
        nothing = stool(project, **{column: None})
        assert project.refuses(**nothing), f"furniture.{column} takes NULL."


@needs
@misconception("a-type-knows-which-values-make-sense")
def test_there_is_at_least_one_piece(project):
    """The database refuses furniture of which there is less than one piece."""
    house(project)
    for pieces in 0, -1, -(2**31):
        assert project.refuses(**stool(project, pieces=pieces)), f"It took {pieces} stools."


@needs
@misconception("a-relationship-is-a-foreign-key")
def test_furniture_stands_in_a_room_that_is_there(project):
    """The database refuses furniture in a room that is not there."""
    nowhere = stool(house(project), room_id=4711)
    assert project.refuses(**nowhere), "It took a stool in room 4711, and there is no such room."


@needs
@misconception("what-belongs-together-goes-together")
def test_no_room_takes_its_furniture_along(project):
    """The database lets nobody delete a room that holds furniture, or the furniture with it."""
    actions = {key.on_delete for key in house(project).schema["furniture"].foreign_keys}
    assert actions, "furniture has no foreign key, so a room can go and leave its furniture behind."
    assert "CASCADE" not in actions, "ON DELETE CASCADE: the furniture goes with its room."


@guard
@needs
@misconception("same-name-same-column")
def test_the_columns_keep_their_types(project):
    """Beside the new rules, each column has the type and the length that it had."""
    house(project)
    for table, name, was in (
        ("room", "name", "VARCHAR(80)"),
        ("furniture", "name", "VARCHAR(80)"),
        ("furniture", "pieces", "INTEGER"),
    ):
        now = project.column(table, name).type
        assert now == was, f"{table}.{name} was {was}, and is {now} now."


@guard
@needs
@misconception("the-app-needs-no-change")
def test_every_page_still_opens(project):
    """Every page of the app opens on a new database with the rows of rows.sql."""
    house(project).pages()


@pytest.mark.deep
@guard
@needs
@misconception("a-page-that-opens-works")
def test_the_forms_still_work(project):
    """What the app's forms take, they still take, and the database holds it."""
    house(project).use_app()
