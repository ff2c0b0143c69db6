"""What has to be true of whatever splits the notes of inspections."""

ADD = "INSERT INTO inspection (room_id, done_on, {}) VALUES (1, '2026-05-01', {})"


def test_no_inspection_is_lost(house):
    for note in ("Greta: Tap drips.", ": nobody", None):
        house.sql(ADD.format("note", "?"), note)
    house.upgrade()
    assert house.sql("SELECT count(*) FROM inspection") == [(3,)]
    house.downgrade()
    assert house.sql("SELECT count(*) FROM inspection") == [(3,)]
