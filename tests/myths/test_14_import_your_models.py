"""Myth 14: import your models in a migration, it is simpler."""

LOWER = """
    from hearth.models import Room
    from sqlalchemy.orm import Session
    with Session(op.get_bind()) as session:
        for room in session.scalars(sa.select(Room)):
            room.name = room.name.lower()
        session.flush()
"""


def test_an_imported_model_breaks_every_later_installation(house, tmp_path):
    house.write_revision("0002", "lower case", LOWER)
    assert house.flask("db", "upgrade").ok
    house.add_column("size: Mapped[str | None]")
    house.flask("db", "migrate", "-m", "sizes", "--rev-id", "0003")
    assert house.flask("db", "upgrade").ok
    house.use(f"sqlite:///{tmp_path / 'fresh.db'}")
    assert "no such column: room.size" in house.flask("db", "upgrade").stderr
