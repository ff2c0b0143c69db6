"""Myth 8: `default=5` gives every row a 5."""


def test_rows_that_are_there_get_no_python_default(house):
    house.add_column("floor: Mapped[int | None] = mapped_column(default=5)")
    house.flask("db", "migrate", "-m", "floors", "--rev-id", "0002")
    assert house.flask("db", "upgrade").ok
    assert house.sql("SELECT DISTINCT floor FROM room") == [(None,)]
