"""After a pass, a learner hears where their own database is not what was graded."""

import shutil
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


def test_a_table_of_an_earlier_model_does_not_go_unnoticed(remodel: Remodel) -> None:
    """create_all makes a table once; the model was corrected, and the learner's table was not."""
    assert remodel("start", "first-model").returncode == 0
    begun = remodel.course / "playground" / "first-model"
    solution = remodel.course / "solutions" / "01-flask-and-sqlalchemy" / "first-model"
    shutil.copytree(solution / "hearth", begun / "hearth", dirs_exist_ok=True)
    words = "check", "first-model"
    missing = " ".join(remodel(*words).stdout.split())
    assert "In your own database, there is no table lamp." in missing
    assert "To make it: flask init-db" in missing
    with sqlite3.connect(begun / "instance" / "hearth.db") as own:
        own.execute(
            "CREATE TABLE lamp (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(60) NOT NULL, "
            "watts INTEGER NOT NULL, room_id INTEGER NOT NULL REFERENCES room (id))"
        )
    own.close()
    unlike = " ".join(remodel(*words).stdout.split())
    assert "In your own database, lamp.watts may not be NULL; it should allow NULL." in unlike
    assert "delete instance/hearth.db, then flask init-db, then flask furnish" in unlike


def test_a_database_that_is_ahead_of_the_files_on_purpose_is_as_it_should_be(
    remodel: Remodel,
) -> None:
    """The exercise is about it, so nobody hears that a file should be put back."""
    assert remodel("start", "roll-back-the-code").returncode == PASS
    assert "put it back" not in remodel("check", "roll-back-the-code").stdout


def test_a_database_as_it_was_given_is_not_called_a_failed_try(remodel: Remodel) -> None:
    """What brings it to the head is handed in beside the revisions; nobody is told to delete it."""
    slug = "green-but-stuck"
    assert remodel("start", slug).returncode == PASS
    solution = remodel.course / "solutions" / "07-deployment-pipelines" / slug
    shutil.copytree(solution, remodel.course / "playground" / slug, dirs_exist_ok=True)
    checked = remodel("check", slug)
    assert checked.returncode == PASS
    told = " ".join(checked.stdout.split()).partition("Your own database")[2]
    assert "Its tables are as you were given them, and `flask db upgrade` alone fails" in told
    assert "delete" not in told
