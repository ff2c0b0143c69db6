"""What has to be true of whatever splits the notes of inspections."""

ADD = "INSERT INTO inspection (room_id, done_on, {}) VALUES (1, '2026-05-01', {})"


def test_the_notes_are_split_and_joined_again(house):
    for note in ("Greta: Tap drips.", None):
        house.sql(ADD.format("note", "?"), note)
    house.upgrade()
    split = house.sql("SELECT inspector, remark FROM inspection ORDER BY id")
    assert split == [("Greta", "Tap drips."), (None, None)]
    house.downgrade()
    assert house.sql("SELECT note FROM inspection ORDER BY id") == [("Greta: Tap drips.",), (None,)]
