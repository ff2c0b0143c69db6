"""Myth 2: a revision that is applied is not needed any more."""


def test_without_its_file_no_command_can_find_the_revision(house):
    house.remove("migrations/versions/0001_baseline.py")
    assert house.sql("SELECT * FROM alembic_version") == [("0001",)]
    for command in ("upgrade", "current", "downgrade"):
        stopped = house.flask("db", command)
        assert "Can't locate revision identified by '0001'" in stopped.stderr
