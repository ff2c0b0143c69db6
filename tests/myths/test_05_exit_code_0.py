"""Myth 5: exit code 0 means that the revision was applied."""

COMMITS = """
    op.execute("INSERT INTO room (name) VALUES ('Pantry')")
    op.get_bind().commit()
"""


def test_a_commit_inside_ends_well_and_is_not_recorded(house):
    house.write_revision("0002", "pantry", COMMITS)
    done = house.flask("db", "upgrade")
    assert done.ok and "Running upgrade 0001 -> 0002" in done.stderr
    assert house.sql("SELECT * FROM alembic_version") == [("0001",)]
    assert house.sql("SELECT name FROM room WHERE name = 'Pantry'") == [("Pantry",)]
    assert "UNIQUE constraint failed: room.name" in house.flask("db", "upgrade").stderr


def test_postgresql_does_not_record_it_either(house, postgresql):
    house.use(postgresql)
    assert house.flask("db", "upgrade").ok
    house.write_revision("0002", "pantry", COMMITS)
    assert house.flask("db", "upgrade").ok
    assert house.sql("SELECT * FROM alembic_version") == [("0001",)]
    assert house.sql("SELECT name FROM room") == [("Pantry",)]
