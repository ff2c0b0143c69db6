"""Myth 4: a migration works the same on all databases."""

DEFAULT = """
    op.add_column("room", sa.Column("warm", sa.Boolean(), server_default=sa.text("1")))"""
BROKEN = """
    op.create_table("lamp", sa.Column("id", sa.Integer(), primary_key=True))
    op.drop_table("cellar")  # there is none
"""


def test_postgresql_refuses_the_file_that_sqlite_takes(house, request):
    house.write_revision("0002", "lamps", DEFAULT)
    assert house.flask("db", "upgrade").ok
    house.use(request.getfixturevalue("postgresql"))
    assert house.flask("db", "upgrade", "0001").ok
    assert "default expression is of type integer" in house.flask("db", "upgrade").stderr


def test_postgresql_takes_back_what_sqlite_keeps_of_a_failed_upgrade(house, request):
    house.write_revision("0002", "lamps", BROKEN)
    assert not house.flask("db", "upgrade").ok
    assert house.columns("lamp") == {"id"}
    house.use(request.getfixturevalue("postgresql"))
    assert house.flask("db", "upgrade", "0001").ok
    assert not house.flask("db", "upgrade").ok
    assert house.columns("lamp") == set()
