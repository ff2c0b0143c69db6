"""Cards for recall: two sides, an id that no other card has, and errors that name the line."""

from pathlib import Path

import pytest

from remodel.course.cards import as_markdown, read_cards
from remodel.course.catalog import find_course
from remodel.errors import CourseError

COURSE = find_course()
FILES = sorted((COURSE.root / "lessons").glob("*/cards.toml"))
CARD = '[[card]]\nid = "{id}"\nfront = "Front?"\nback = "Back | `x`."\n'


def bank(tmp_path: Path, *ids: str, more: str = "") -> Path:
    text = "\n".join(CARD.format(id=each) for each in ids) + more
    (tmp_path / "cards.toml").write_text(text, encoding="utf-8")
    return tmp_path / "cards.toml"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_a_lesson_has_a_handful_of_cards(file: Path) -> None:
    assert 8 <= len(read_cards(file)) <= 14


def test_no_two_cards_of_the_course_have_one_id() -> None:
    ids = [card.id for file in FILES for card in read_cards(file)]
    assert sorted(set(ids)) == sorted(ids)


def test_a_card_without_a_back_is_named_with_its_line(tmp_path: Path) -> None:
    file = bank(tmp_path, "one", more='\n[[card]]\nid = "two"\nfront = "Front?"\n')
    with pytest.raises(CourseError, match=r"cards\.toml:6: .*\(two\): the key 'back' is missing"):
        read_cards(file)


def test_an_empty_side_is_named_with_its_line(tmp_path: Path) -> None:
    file = bank(tmp_path, more='[[card]]\nid = "two"\nfront = " "\nback = "b"\n')
    with pytest.raises(CourseError, match=r"cards\.toml:3: .*\(two\), 'front' must not be empty"):
        read_cards(file)


def test_two_cards_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"cards\.toml:7: .*\(one\), 'id' is another's id, too"):
        read_cards(bank(tmp_path, "one", "one"))


def test_a_bar_does_not_end_the_cell_of_a_table(tmp_path: Path) -> None:
    lines = list(as_markdown(read_cards(bank(tmp_path, "one")), "cards.toml"))
    assert r"| Front? | Back \| `x`. |" in lines
