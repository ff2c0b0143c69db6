"""Grades "Rename a table"."""

import pytest


@pytest.mark.misconception("a-new-table-is-the-old-one")
@pytest.mark.needs("test_the_schema_is_the_goal")
def test_every_room_is_a_place(project):
    """Every row of `room` is in `place`, under its id and to the letter, and no other row is."""
    rooms = {row["id"]: row for row in project.populated().rows("room")}
    places = {row["id"]: row for row in project.upgrade().rows("place")}
    gone = [key for key in rooms if key not in places]
    come = [key for key in places if key not in rooms]
    assert not gone, (
        f"{len(gone)} of {len(rooms)} rows are not in place, such as that with id {gone[0]}."
    )
    assert not come, f"Nobody wrote the row of place with id {come[0]}."
    for key, room in rooms.items():
        for name, value in room.items():
            now = places[key][name]
            assert now == value, f"place.{name} of row {key} is {now!r}. In room it was {value!r}."
