"""What has to be true of whatever splits the notes of inspections."""


def test_the_columns_are_as_asked_for(house):
    house.upgrade()
    types = {column[1]: column[2] for column in house.sql("PRAGMA table_info(inspection)")}
    assert types["inspector"] == "VARCHAR(80)"
    assert types["remark"] == "TEXT"
    assert "note" not in types
