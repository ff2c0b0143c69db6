"""Myth 3: autogenerate sees every change."""

NAMED = '__table_args__ = (CheckConstraint("length(name) > 0", name="named"),)'


def test_a_check_is_missed_and_a_rename_is_misread(house):
    house.edit("hearth/models.py", "import ForeignKey", "import CheckConstraint, ForeignKey")
    house.add_column(NAMED)
    assert "No changes in schema detected" in house.flask("db", "migrate").stderr
    house.edit("hearth/models.py", "    colour: Mapped", "    paint: Mapped")
    assert "removed column 'room.colour'" in house.flask("db", "migrate").stderr
