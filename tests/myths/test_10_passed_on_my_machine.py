"""Myth 10: what passed on your machine passes in production."""

NAME = "    name: Mapped[str] = mapped_column(String(80))\n"


def test_the_same_revision_passes_without_rows_and_fails_with_them(house, tmp_path):
    house.edit("hearth/models.py", NAME, NAME.replace("))", "), unique=True)"))
    house.flask("db", "migrate", "-m", "names differ", "--rev-id", "0002")
    house.use(f"sqlite:///{tmp_path / 'yours.db'}")
    assert house.flask("db", "upgrade").ok
    house.use(None)  # the database with the furniture in it, and two chairs
    assert "UNIQUE constraint failed" in house.flask("db", "upgrade").stderr
