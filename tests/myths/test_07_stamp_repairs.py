"""Myth 7: `stamp head` repairs "Target database is not up to date"."""


def test_after_a_stamp_nothing_is_mended_and_nothing_will_be(house):
    house.add_column("size: Mapped[str | None]")
    house.flask("db", "migrate", "-m", "sizes", "--rev-id", "0002")
    assert "Target database is not up to date" in house.flask("db", "migrate").stderr
    house.flask("db", "stamp", "head")
    assert house.flask("db", "upgrade").ok
    assert "size" not in house.columns("room")
    assert house.page("/") == 503  # Hearth's answer to "no such column: room.size"
