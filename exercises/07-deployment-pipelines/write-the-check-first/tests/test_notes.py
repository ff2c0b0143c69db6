"""What has to be true of whatever splits the notes of inspections."""


def test_the_notes_are_split(house):
    house.upgrade()
    columns = [column[1] for column in house.sql("PRAGMA table_info(inspection)")]
    assert "inspector" in columns
    assert "remark" in columns
    assert "note" not in columns
