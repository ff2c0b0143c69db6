"""What Hearth does when the database refuses, or lacks what the models name."""

from collections.abc import Callable

import pytest

from remodel.experiments.house import House

#: Room 6 is deleted while somebody else carries a bench into it: after the look, before the write.
WHILE_SOMEBODY_WRITES = """
from sqlalchemy import event
def carry_in(*_):
    with db.engine.begin() as other:
        other.execute(db.text("INSERT INTO furniture (name, room_id) VALUES ('Bench', 6)"))
event.listen(db.session, "before_flush", carry_in, once=True)
print("status", app.test_client().post("/rooms/6/delete").status_code)
"""
#: A bench is written into room 6 while somebody else deletes that room.
WHILE_THE_ROOM_GOES = """
from sqlalchemy import event
def tear_down(*_):
    with db.engine.begin() as other:
        other.execute(db.text("DELETE FROM room WHERE id = 6"))
event.listen(db.session, "before_flush", tear_down, once=True)
bench = {"name": "Bench", "room_id": "6"}
print("status", app.test_client().post("/rooms/6/furniture/add", data=bench).status_code)
"""
PLACED = "SELECT room.name FROM furniture JOIN room ON room_id = room.id WHERE furniture.name = "


def asked(house: House, method: str, path: str, **typed: str) -> str:
    """The status and the text of one page of Hearth."""
    call = f"app.test_client().open({path!r}, method={method!r}, data={typed!r})"
    done = house.shell(f"answer = {call}", "print('status', answer.status_code, answer.text)")
    assert done.ok, done.stderr
    return done.stdout


def with_tables(made: House) -> House:
    """The house with its tables, and no rows."""
    migrated = (made.folder / "migrations").is_dir()
    assert made.flask(*(("db", "upgrade") if migrated else ("init-db",))).ok
    return made


def with_hall(made: House) -> House:
    """The house with its tables, and room 6 with nothing in it."""
    columns, hall = (
        ("id, name", "6, 'Hall'")
        if "01" in made.folder.name
        else ("id, name, size", "6, 'Hall', '4x3'")
    )
    with_tables(made).sql(f"INSERT INTO room ({columns}) VALUES ({hall})")
    return made


@pytest.mark.parametrize("number", ["01", "05"])
def test_what_comes_in_during_a_deletion_keeps_its_room(
    copy_of: Callable[[str], House], number: str
) -> None:
    """On SQLite, a room into which somebody carries a piece meanwhile is not deleted."""
    house = with_hall(copy_of(number))
    assert "status 409" in house.shell(WHILE_SOMEBODY_WRITES).stdout
    assert house.sql(f"{PLACED}'Bench'") == [("Hall",)]


@pytest.mark.parametrize("number", ["01", "05"])
def test_nothing_is_put_into_a_room_that_goes_meanwhile(
    copy_of: Callable[[str], House], number: str
) -> None:
    """On SQLite, a piece for a room that somebody deletes meanwhile is refused."""
    house = with_hall(copy_of(number))
    assert "status 422" in house.shell(WHILE_THE_ROOM_GOES).stdout
    assert house.sql("SELECT * FROM furniture") == []


def test_postgresql_refuses_that_deletion_and_hearth_listens(
    copy_of: Callable[[str], House], postgresql: str
) -> None:
    """On PostgreSQL the foreign key refuses, and the page answers instead of failing."""
    house = copy_of("05")
    house.use(postgresql)
    with_hall(house)
    assert "status 409" in house.shell(WHILE_SOMEBODY_WRITES).stdout
    assert house.sql(f"{PLACED}'Bench'") == [("Hall",)]


def test_a_form_shows_the_rule_that_refused_it(house: House) -> None:
    """A column that no box fills is named, where it once was said that the name is taken."""
    house.sql("ALTER TABLE room ADD COLUMN size VARCHAR(20) NOT NULL DEFAULT ''")
    house.add_column("size: Mapped[str] = mapped_column(String(20))")
    answer = asked(house, "POST", "/rooms/add", name="Hall")
    assert "status 422" in answer
    assert "refused it: NOT NULL constraint failed: room.size" in answer
    taken = asked(house, "POST", "/rooms/1/edit", name="Attic")
    assert "refused it: UNIQUE constraint failed: room.name" in taken


@pytest.mark.parametrize("number", ["01", "02", "03"])
def test_advice_about_a_column_does_not_lead_in_a_circle(
    copy_of: Callable[[str], House], number: str
) -> None:
    """Where a column is missing, the page says what adds one, and what does not."""
    house = with_tables(copy_of(number))
    list_of = "    furniture: Mapped"
    house.edit("hearth/models.py", list_of, f"    size: Mapped[str | None]\n{list_of}")
    page = asked(house, "GET", "/")
    assert "status 503" in page
    assert "the column room.size" in page
    helps = {"01": "take the line of the column out", "02": "apply-sql", "03": "flask db migrate"}
    assert helps[number] in page
    assert ("flask init-db</code> adds no column" in page) == (number != "03")


def test_the_foot_shows_every_rule(copy_of: Callable[[str], House]) -> None:
    """NOT NULL, keys, unique rules and indexes stand at the foot of each page, with their names."""
    page = asked(with_tables(copy_of("05")), "GET", "/").partition("<footer")[2]
    for part in (
        "id INTEGER PRIMARY KEY",
        "name VARCHAR(80) NOT NULL",
        "UNIQUE uq_room_name (name)",
        "FOREIGN KEY fk_furniture_room_id_room (room_id) → room (id)",
        "INDEX ix_furniture_room_id (room_id)",
    ):
        assert f"<code>{part}</code>" in page
