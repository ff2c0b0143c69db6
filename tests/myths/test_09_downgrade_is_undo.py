"""Myth 9: a downgrade is an undo button."""

COLOUR = "    colour: Mapped[str | None] = mapped_column(String(30))\n"


def test_the_column_comes_back_and_its_values_do_not(house):
    assert house.sql("SELECT count(colour) FROM room") == [(3,)]
    house.edit("hearth/models.py", COLOUR, "")
    house.flask("db", "migrate", "-m", "no colours", "--rev-id", "0002")
    house.flask("db", "upgrade")
    assert house.flask("db", "downgrade").ok
    assert "colour" in house.columns("room")
    assert house.sql("SELECT count(colour) FROM room") == [(0,)]
