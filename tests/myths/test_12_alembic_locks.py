"""Myth 12: several workers may upgrade at once, because Alembic locks."""

import re

MEET = """
    import pathlib, uuid
    pathlib.Path(f"arrived-{uuid.uuid4()}").touch()
    while len(list(pathlib.Path().glob("arrived-*"))) < 2:
        pass  # until the other worker is here too: Alembic has let both in
    op.create_table("lamp", sa.Column("id", sa.Integer(), primary_key=True))
"""


def refused(house):
    both = house.flask_at_once("db", "upgrade")
    assert sorted(done.ok for done in both) == [False, True]
    return next(done.stderr for done in both if not done.ok)


def test_two_workers_run_the_same_revision_and_one_of_them_fails(house):
    house.write_revision("0002", "lamps", MEET)
    assert "table lamp already exists" in refused(house)


def test_postgresql_makes_the_second_wait_and_refuses_it_too(house, postgresql):
    house.use(postgresql)
    assert house.flask("db", "upgrade").ok
    house.write_revision("0002", "lamps", MEET)
    # Which of the two it says depends on whether the first has committed by then.
    assert re.search("duplicate key value violates|relation .* already exists", refused(house))
