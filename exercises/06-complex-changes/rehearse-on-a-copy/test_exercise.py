"""Grades "Rehearse on a copy": one error, and two losses that make none."""

import pytest


@pytest.mark.misconception("a-few-rows-stand-for-all")
@pytest.mark.needs("test_the_schema_is_the_goal")
def test_every_owner_is_there_once(project):
    """`owner` has each text of `furniture.owner` once, under the number of its first piece."""
    first = {}
    for piece in project.populated().rows("furniture"):
        if piece["owner"] is not None:
            first[piece["owner"]] = min(piece["id"], first.get(piece["owner"], piece["id"]))
    owners = {row["name"]: row["id"] for row in project.upgrade().rows("owner")}
    for name in sorted(owners.keys() - first):
        raise AssertionError(f"The owner {name!r} is nobody's: no furniture.owner says so.")
    for name in sorted(first.keys() - owners):
        raise AssertionError(f"The owner {name!r} of furniture.owner is not in the table owner.")
    for name, number in first.items():
        assert owners[name] == number, (
            f"The first piece of {name!r} is {number}, and the owner has the id {owners[name]}."
        )


@pytest.mark.misconception("exit-0-means-every-value-arrived")
@pytest.mark.needs("test_every_owner_is_there_once")
def test_each_piece_belongs_to_its_owner(project):
    """`furniture.owner_id` leads to the owner whose name the piece has, or is NULL without one."""
    project.populated().upgrade()
    names = {row["id"]: row["name"] for row in project.rows("owner")}
    for piece in project.rows("furniture"):
        name = names.get(piece["owner_id"])
        assert name == piece["owner"], (
            f"Piece {piece['id']} has the owner {piece['owner']!r}, "
            f"and its owner_id, {piece['owner_id']}, leads to {name!r}."
        )


@pytest.mark.misconception("a-subquery-finds-the-row-i-mean")
@pytest.mark.needs("test_the_schema_is_the_goal")
def test_each_room_has_its_latest_inspection(project):
    """`room.inspected_on` is the day of the room's latest inspection, or NULL without one."""
    project.populated().with_rows("inspection", 40)
    days = {}
    for row in project.rows("inspection"):
        days.setdefault(row["room_id"], []).append(row["done_on"])
    for room in project.upgrade().rows("room"):
        its = sorted(days.get(room["id"], []))
        latest = its[-1] if its else None
        assert room["inspected_on"] == latest, (
            f"Room {room['id']} was inspected on {its or 'no day'}. "
            f"Its room.inspected_on is {room['inspected_on']}; it should be {latest}."
        )
