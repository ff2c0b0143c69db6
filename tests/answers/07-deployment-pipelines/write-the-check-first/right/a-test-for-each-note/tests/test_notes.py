"""What has to be true of whatever splits the notes of inspections."""

import pytest

NAME = "G" * 80
NOTES = [
    ("Greta: Tap drips.", "Greta", "Tap drips."),
    ("Greta: Roof: tight.", "Greta", "Roof: tight."),
    ("Greta:  first\nsecond ", "Greta", " first\nsecond "),
    (" Greta : ", " Greta ", ""),
    (f"{NAME}: eighty", NAME, "eighty"),
    (f"{NAME}G: more", None, f"{NAME}G: more"),
    (": nobody", None, ": nobody"),
    ("at 10:30", None, "at 10:30"),
    ("", None, ""),
    (None, None, None),
]
WRITTEN = [("Tom", None, "Tom: "), (None, "Dry.", "Dry."), ("", "Dry.", ": Dry."), (None, None, None)]


@pytest.mark.parametrize(("note", "inspector", "remark"), NOTES)
def test_a_note_is_split_and_joined_again(house, note, inspector, remark):
    house.sql("INSERT INTO inspection (id, room_id, done_on, note) VALUES (7, 1, '2026-05-01', ?)", note)
    house.upgrade()
    assert house.sql("SELECT id, inspector, remark FROM inspection") == [(7, inspector, remark)]
    house.downgrade()
    assert house.sql("SELECT id, note FROM inspection") == [(7, note)]


@pytest.mark.parametrize(("inspector", "remark", "note"), WRITTEN)
def test_what_is_written_later_is_joined(house, inspector, remark, note):
    house.upgrade()
    house.sql(
        "INSERT INTO inspection (room_id, done_on, inspector, remark) VALUES (1, '2026-05-01', ?, ?)",
        inspector,
        remark,
    )
    house.downgrade()
    assert house.sql("SELECT note FROM inspection") == [(note,)]


def test_the_types(house):
    house.upgrade()
    columns = house.sql("SELECT name, type FROM pragma_table_info('inspection')")
    assert ("inspector", "VARCHAR(80)") in columns
    assert ("remark", "TEXT") in columns
    assert ("note", "TEXT") not in columns
