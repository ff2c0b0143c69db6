"""Myth 11: batch mode on SQLite is harmless."""

TRIGGER = "CREATE TRIGGER keep_rooms BEFORE DELETE ON room BEGIN SELECT RAISE(ABORT, 'keep'); END"


def test_a_batch_that_widens_a_column_loses_a_trigger(house):
    house.sql(TRIGGER)
    house.edit("hearth/models.py", "String(30)", "String(60)")
    house.flask("db", "migrate", "-m", "longer colours", "--rev-id", "0002")
    assert "batch_alter_table('room'" in house.revision_text("0002")
    assert house.flask("db", "upgrade").ok
    assert house.sql("SELECT name FROM sqlite_master WHERE type = 'trigger'") == []
