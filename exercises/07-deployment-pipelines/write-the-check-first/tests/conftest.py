"""Each test gets a house of its own, at revision 0008, with one room and no inspection."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import takewhile
from pathlib import Path

import flask_migrate
import pytest

START = "0008"
#: So many characters that are alike show where in a text one is.
LEGIBLE = 20
NOTHING = "(nothing)"
KITCHEN = "INSERT INTO room (id, name, size) VALUES (1, 'Kitchen', '4 m x 3 m')"


class House:
    """A database that you fill, upgrade, look at, and take back."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def sql(self, statement: str, *values: object) -> list[tuple]:
        """Run one statement, with a `?` for each of `values`; gives the rows that it finds."""
        with closing(sqlite3.connect(self.file)) as connection, connection:
            return connection.execute(statement, values).fetchall()

    def upgrade(self) -> None:
        """`flask db upgrade`: to the head, whichever revisions there are."""
        with app_on(self.file):
            flask_migrate.upgrade()

    def downgrade(self) -> None:
        """`flask db downgrade`, back to where the house began."""
        with app_on(self.file):
            flask_migrate.downgrade(revision=START)


@contextmanager
def app_on(file: Path) -> Iterator[None]:
    """Hearth with the database in `file`."""
    # Not above: pytest reads this file also where it is given the folder of the whole app, which
    # Python does not look into for modules.
    from hearth import create_app
    from hearth.database import db

    with create_app({"SQLALCHEMY_DATABASE_URI": f"sqlite:///{file}"}).app_context():
        yield
        db.engine.dispose()


@pytest.fixture(scope="session")
def first_house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """What the revisions up to 0008 build: every other house is a copy."""
    house = House(tmp_path_factory.mktemp("first") / "house.db")
    with app_on(house.file):
        flask_migrate.upgrade(revision=START)
    house.sql(KITCHEN)
    return house


@pytest.fixture
def house(first_house: House, tmp_path: Path) -> House:
    """A house of this test's own."""
    return House(Path(shutil.copy(first_house.file, tmp_path)))


def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    """Show where two lists differ first: the whole is long, and both may begin alike."""
    if op != "==" or not isinstance(left, list | tuple | dict | str):
        return None  # pytest says it well
    place, one, other = first_difference(left, right)
    return [f"{one!r} == {other!r}{f', at {place} of both' if place else ''}"]


def first_difference(one: object, other: object, place: str = "") -> tuple[str, object, object]:
    """The place at which they differ, such as `[3][0]`, and what each of them has there."""
    if isinstance(one, list | tuple) and isinstance(other, type(one)):
        one, other = dict(enumerate(one)), dict(enumerate(other))
    if isinstance(one, dict) and isinstance(other, dict):
        pairs = ((key, one.get(key, NOTHING), other.get(key, NOTHING)) for key in {**other, **one})
        key, *unlike = next(each for each in pairs if each[1] != each[2])
        return first_difference(*unlike, f"{place}[{key!r}]")
    if isinstance(one, str) and isinstance(other, str):
        alike = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))
        if alike > LEGIBLE:
            one, other = (f"…{text[alike - LEGIBLE :]}" for text in (one, other))
    return place, one, other
