"""What has to be true of whatever splits the notes of inspections."""

NAME = "G" * 80
#: Each note, and the inspector and the remark that have to come of it.
SPLIT = {
    "Greta: Tap drips.": ("Greta", "Tap drips."),
    "Greta: Roof: tight.": ("Greta", "Roof: tight."),
    "Greta: Seen at 10:30.\nAll: dry.\n": ("Greta", "Seen at 10:30.\nAll: dry.\n"),
    " Greta :  two blanks ": (" Greta ", " two blanks "),
    "Greta: ": ("Greta", ""),
    f"{NAME}: eighty": (NAME, "eighty"),
    f"{NAME}G: eighty-one": (None, f"{NAME}G: eighty-one"),
    ": nobody": (None, ": nobody"),
    "Leaks since 10:30": (None, "Leaks since 10:30"),
    "Zoë:no blank": (None, "Zoë:no blank"),
    "": (None, ""),
    None: (None, None),
}
#: What people write after the upgrade, and the note that the way back has to make of it.
JOINED = {
    ("Tom", "Door jams."): "Tom: Door jams.",
    ("Tom", None): "Tom: ",
    ("Tom", ""): "Tom: ",
    ("", "Dry."): ": Dry.",
    (None, "Dry."): "Dry.",
    (None, None): None,
}
ADD = "INSERT INTO inspection (room_id, done_on, {}) VALUES (1, '2026-05-01', {})"


def test_the_notes_are_split_and_joined_again(house):
    """Each note becomes an inspector and a remark, and is the same text again on the way back."""
    for note in SPLIT:
        house.sql(ADD.format("note", "?"), note)
    house.upgrade()
    split = house.sql("SELECT inspector, remark FROM inspection ORDER BY id")
    assert split == list(SPLIT.values())
    for halves in JOINED:
        house.sql(ADD.format("inspector, remark", "?, ?"), *halves)
    house.downgrade()
    notes = [note for (note,) in house.sql("SELECT note FROM inspection ORDER BY id")]
    assert notes == [*SPLIT, *JOINED.values()]


def test_the_columns_are_as_asked_for(house):
    """`inspector` holds 80 characters, `remark` any text, and `note` is gone."""
    house.upgrade()
    types = {column[1]: column[2] for column in house.sql("PRAGMA table_info(inspection)")}
    assert types["inspector"] == "VARCHAR(80)"
    assert types["remark"] == "TEXT"
    assert "note" not in types
