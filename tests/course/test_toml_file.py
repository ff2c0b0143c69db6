"""A malformed file of the course: its name, the line, the key in TOML's words, what to do."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec
import pytest

from remodel.course.toml_file import Text, TomlStruct, read_struct
from remodel.errors import CourseError


class Dish(TomlStruct):
    """One dish of the menu."""

    id: Text
    price: int
    kind: Literal["soup", "pie"] = "soup"
    vegan: bool = False


class Course(TomlStruct):
    """Dishes that come together."""

    name: Text
    dishes: tuple[Dish, ...] = msgspec.field(name="dish")

    def __post_init__(self) -> None:
        """A rule that no type can say."""
        if len(self.dishes) > 2:
            raise ValueError("nobody eats more than two. Take one out.")


class Menu(TomlStruct):
    """The whole file."""

    open: int | None = None
    days: tuple[str, ...] = ()
    names: Mapping[str, tuple[str, ...]] = {}
    courses: tuple[Course, ...] = msgspec.field(name="course", default=())


COURSE = """[[course]]
name = "first"
[[course.dish]]
id = "leek"
price = 3
"""


def menu(folder: Path, text: str) -> Menu:
    """What the file with this text says."""
    (folder / "menu.toml").write_text(text, encoding="utf-8")
    return read_struct(folder / "menu.toml", Menu)


def test_a_file_is_read_as_its_struct(tmp_path: Path) -> None:
    """Keys become fields, tables structs, and what is left out has its default."""
    dish = menu(tmp_path, COURSE).courses[0].dishes[0]
    assert (dish.id, dish.price, dish.kind, dish.vegan) == ("leek", 3, "soup", False)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("open = 'no'", "1: 'open' must be a whole number, not 'no'."),
        ("\nopen = 1.5", "2: 'open' must be a whole number, not 1.5."),
        ("days = 'all'", "1: 'days' must be a list, not 'all'."),
        ("days = ['a',\n 3]", "1: 'days', item 2 must be a text in quotes, not 3."),
        ("opens = 1", "1: unknown key 'opens'. Did you mean 'open'?"),
        ("taste = 1", "1: unknown key 'taste'. The keys are open, days, names, course."),
        ("[names]\na = ['x']\nb = [1]", "3: [names], 'b', item 1 must be a text in quotes, not 1."),
        ("names = { b = 2 }", "1: [names], 'b' must be a list, not 2."),
        ("course = 3", "1: 'course' must be tables, each under [[course]]."),
        ("course = [3]", "1: 'course', item 1 must be a table, not 3."),
        ("[[course]]\ndish = []", "1: [[course]] number 1: the key 'name' is missing."),
        (COURSE.replace("3", "'3'"), "5: {dish} (leek), 'price' must be a whole number, not '3'."),
        (COURSE.replace("leek", " "), "4: {dish} ( ), 'id' must not be empty."),
        (
            COURSE + "kind = 'tart'",
            "6: {dish} (leek), 'kind' must be one of soup, pie, not 'tart'.",
        ),
        (COURSE + "vegan = 'no'", "6: {dish} (leek), 'vegan' must be true or false, not 'no'."),
        (COURSE + "prize = 1", "6: {dish} (leek): unknown key 'prize'. Did you mean 'price'?"),
        (
            COURSE + 2 * COURSE.partition("'first'\n")[2] + "[[course.dish]]\nid = 'a'",
            "6: {second}: the key 'price' is missing.",
        ),
        (COURSE + 2 * "[[course.dish]]\nid = 'a'\nprice = 1\n", "1: {course}: nobody eats more"),
        (COURSE + COURSE.replace("3", "[]"), "10: [[course]] number 2 (first), [[course.dish]]"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, text: str, problem: str) -> None:
    """File and line, the way to the value as TOML writes it, what was expected."""
    with pytest.raises(CourseError) as raised:
        menu(tmp_path, text)
    course = "[[course]] number 1 (first)"
    wanted = problem.format(
        course=course,
        dish=f"{course}, [[course.dish]] number 1",
        second=f"{course}, [[course.dish]] number 2 (a)",
    )
    assert str(raised.value).startswith(f"{tmp_path / 'menu.toml'}:{wanted}")


@pytest.mark.parametrize(
    ("text", "line"), [("open = ", 1), ("\nopen = x", 2), ("days = [\n'a'\n", 2)]
)
def test_what_is_no_toml_is_said_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    """The line, what Python's reader says, and what to do."""
    with pytest.raises(CourseError, match=rf"menu\.toml:{line}: .*Correct the TOML there\.$"):
        menu(tmp_path, text)


def test_a_file_in_another_encoding_and_a_missing_one(tmp_path: Path) -> None:
    """Both say what to do about it, or what is not there."""
    (tmp_path / "menu.toml").write_bytes('name = "é"'.encode("latin-1"))
    with pytest.raises(CourseError, match="Save it as UTF-8"):
        read_struct(tmp_path / "menu.toml", Menu)
    with pytest.raises(CourseError, match="is missing"):
        read_struct(tmp_path / "no.toml", Menu)
