"""What has to be true of whatever splits the notes of inspections."""


def the_notes_are_split(house):
    house.upgrade()
    assert house.sql("SELECT note FROM inspection") == []
