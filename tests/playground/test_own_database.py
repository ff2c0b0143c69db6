"""After a pass, a learner hears where their own database is not what was graded."""

import sqlite3

from tests.conftest import BIN, Remodel

PASS = 0


def said(learner: Remodel) -> str:
    """What `remodel check` says of the learner's own database, on one line."""
    checked = learner("check")
    assert checked.returncode == PASS, checked.stdout
    return " ".join(checked.stdout.split()).partition("Your own database")[2]


def test_a_stamped_database_is_not_taken_for_an_upgraded_one(learner: Remodel) -> None:
    """The bookmark says 0002 and the column is not there: the word names what is missing."""
    learner.solve()
    learner.run(str(BIN / "flask"), "db", "stamp", "head", cwd=learner.begun)
    told = said(learner)
    assert "says that it is at 0002, and furniture has no column colour." in told
    assert "delete instance/hearth.db, then flask db upgrade" in told


def test_an_upgrade_that_would_fail_on_it_is_not_advised(learner: Remodel) -> None:
    """What a failed try left in the database makes `flask db upgrade` fail: it was tried."""
    learner.solve()
    with sqlite3.connect(learner.begun / "instance" / "hearth.db") as own:
        own.execute("ALTER TABLE furniture ADD COLUMN colour VARCHAR(30)")
    own.close()
    told = said(learner)
    assert "`flask db upgrade` fails on it" in told
    assert "bring it along" not in told


def test_trying_the_upgrade_leaves_the_learners_file_alone(learner: Remodel) -> None:
    """The word is found on a copy."""
    learner.solve()
    database = learner.begun / "instance" / "hearth.db"
    before = database.read_bytes()
    assert "To bring it along: flask db upgrade" in said(learner)
    assert database.read_bytes() == before
