"""Myth 1: the database follows the models by itself."""


def test_a_changed_model_changes_no_table_until_you_upgrade(house):
    house.add_column("size: Mapped[str | None]")
    assert house.page("/") == 503  # the app has started, and asks for a column that is not there
    house.flask("db", "migrate", "-m", "sizes", "--rev-id", "0002")
    assert "size" not in house.columns("room")
    house.flask("db", "upgrade")
    assert "size" in house.columns("room")
