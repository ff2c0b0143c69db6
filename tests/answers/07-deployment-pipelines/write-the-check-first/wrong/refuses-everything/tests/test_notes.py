"""What has to be true of whatever splits the notes of inspections."""


def test_the_notes_are_split(house):
    house.upgrade()
    assert house.sql("SELECT inspector FROM inspection") == [("Greta",)]
