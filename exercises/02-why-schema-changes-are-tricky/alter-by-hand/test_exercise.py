"""Grades "Alter by hand": what is in the rows when the tables have changed."""

import pytest


@pytest.mark.guard
@pytest.mark.needs("test_the_schema_is_the_goal")
@pytest.mark.misconception("a-new-table-is-the-old-one")
def test_every_room_keeps_its_id_and_name(project):
    """Every room is still there, under its own id and with its own name."""
    before = project.populated().rows("room", "name")
    assert project.finish().rows("room", "name") == before


@pytest.mark.needs("test_the_schema_is_the_goal", "test_every_room_keeps_its_id_and_name")
@pytest.mark.misconception("every-row-gets-what-some-rows-lack")
def test_a_room_without_a_colour_is_unpainted(project):
    """A colour that was NULL is 'unpainted'; every other colour is as it was."""
    before = project.populated().rows("room", "colour")
    wanted = before.map(lambda colour: "unpainted" if colour is None else colour)
    assert project.finish().rows("room", "colour") == wanted


@pytest.mark.guard
@pytest.mark.needs("test_the_schema_is_the_goal", "test_every_room_keeps_its_id_and_name")
@pytest.mark.misconception("columns-come-in-one-order")
def test_every_piece_stays_in_its_room(project):
    """Every piece of furniture keeps its name and the room that it stands in."""
    names, rooms = (project.populated().rows("furniture", c) for c in ("name", "room_id"))
    assert project.finish().rows("furniture", "name") == names
    assert project.rows("furniture", "room_id") == rooms


@pytest.mark.needs("test_the_schema_is_the_goal")
@pytest.mark.misconception("a-new-column-may-invent-values")
def test_no_maker_is_made_up(project):
    """Nobody knows who made the old furniture, so `maker` is NULL in every row."""
    makers = project.populated().finish().rows("furniture", "maker")
    assert makers == makers.map(lambda maker: None)
