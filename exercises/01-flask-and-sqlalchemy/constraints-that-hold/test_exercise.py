"""Grades "The database accepts everything"."""

import pytest

ROOM = "INSERT INTO room (name) VALUES"
FURNITURE = "INSERT INTO furniture (name, pieces, room_id) VALUES"
KITCHEN = "(SELECT id FROM room WHERE name = 'Kitchen')"
NAMES = "''", "'O''É, \"50%\" ☕'", "'NULL'", f"'{'z' * 79}y'", f"'{'z' * 80}'", f"'{'é' * 80}'"
TOO_FEW = *range(0, -1025, -1), *(-n for e in range(4, 19) for n in (10**e, 10**e - 1)), -(2**31)
needs = pytest.mark.needs("test_good_rows_are_taken")
guard, misconception = pytest.mark.guard, pytest.mark.misconception


def house(project):
    """A new database, as `flask init-db` makes it of the models, and the rows of rows.sql."""
    project.must("flask", "init-db")
    project.must("flask", "furnish")
    return project


def more_rooms(project):
    """The same, and rooms whose names look odd and break no rule."""
    return house(project).drift(f"{ROOM} {', '.join(f'({name})' for name in NAMES)}")


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
    project.must_take(*(f"{ROOM} ({name})" for name in ("'kitchen'", "'Kitchen '", *NAMES)))
    rows = [(name, 1) for name in ("'Chair'", *NAMES)]
    rows += [("'Stool'", n) for n in (*range(2, 99), 1000, 65_537, 2**31 - 1, 10**12, 2**63 - 1)]
    project.must_take(*(f"{FURNITURE} ({name}, {n}, {KITCHEN})" for name, n in rows))
    more_rooms(project.empty()).must_take(
        "INSERT INTO room (id, name) VALUES (0, 'Cellar'), (-7, 'Well')",
        "UPDATE room SET name = 'kitchen' WHERE name = 'Attic'",
        "UPDATE furniture SET pieces = 4, room_id = (SELECT max(id) FROM room), name = 'Chair'",
        "DELETE FROM room WHERE id NOT IN (SELECT room_id FROM furniture)",
    )


@needs
@misconception("the-form-keeps-bad-rows-out")
def test_no_two_rooms_have_one_name(project):
    """The database refuses a second room of the same name."""
    more_rooms(project).must_refuse(
        *(f"{ROOM} ({name})" for name in ("'Kitchen'", *NAMES)),
        "UPDATE room SET name = 'Kitchen' WHERE name = 'Attic'",
    )


@needs
@misconception("null-breaks-a-rule-by-itself")
def test_nothing_is_left_out(project):
    """The database refuses NULL for a name, for the pieces, and for the room of a piece."""
    left_out = (f"UPDATE furniture SET {x} = NULL" for x in ("name", "pieces", "room_id"))
    house(project).must_refuse(f"{ROOM} (NULL)", *left_out)


@needs
@misconception("a-type-knows-which-values-make-sense")
def test_there_is_at_least_one_piece(project):
    """The database refuses furniture of which there is less than one piece."""
    house(project).must_refuse(
        *(f"{FURNITURE} ('Stool', {n}, {KITCHEN})" for n in TOO_FEW),
        "UPDATE furniture SET pieces = pieces - 1 WHERE name = 'Piano'",
    )


@needs
@misconception("a-relationship-is-a-foreign-key")
def test_furniture_stands_in_a_room_that_is_there(project):
    """The database refuses furniture in a room that is not there."""
    house(project).must_refuse(
        *(f"{FURNITURE} ('Stool', 1, {room})" for room in (4711, 0, -1, 6)),
        "UPDATE furniture SET room_id = 4711 WHERE name = 'Piano'",
    )


@needs
@misconception("what-belongs-together-goes-together")
def test_no_room_takes_its_furniture_along(project):
    """The database lets nobody delete a room that holds furniture, or the furniture with it."""
    house(project).must_refuse("DELETE FROM room WHERE name = 'Kitchen'")


@guard
@needs
@misconception("same-name-same-column")
def test_the_columns_keep_their_types(project):
    """Beside the new rules, there are the same tables and columns, each of the type that it had."""
    now, goal = house(project).schema.tables, project.goal().tables
    for name in (*goal, *now):
        same = name in goal and goal[name].columns.keys() == now[name].columns.keys()
        assert same, f"The table {name} is new, or has other columns than before."
        for each in goal[name].columns.values():
            kind = project.column(name, each.name).type
            assert kind == each.type, f"{name}.{each.name} was {each.type}, and is {kind} now."


@guard
@needs
@misconception("a-stricter-rule-is-a-safer-rule")
def test_whatever_breaks_no_rule_is_taken_as_it_is(project):
    """Names of every kind and large numbers are taken, and kept as they are."""
    solved = project.copy().solved().finish()
    project.finish().must_hold(solved.snapshot())
