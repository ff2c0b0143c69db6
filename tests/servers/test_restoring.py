"""What lesson 7 says of restoring on PostgreSQL, with PostgreSQL's own programs."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import sqlalchemy as sa

from remodel.course.catalog import find_course
from remodel.experiments.house import postgresql, postgresql_server
from remodel.servers.installations import of_postgresql

__all__ = ["postgresql", "postgresql_server"]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="a script for a POSIX shell")
SCRIPT = find_course().lessons["07-deployment-pipelines"].path / "deploy/restore-postgresql.sh"
BEFORE = (
    "CREATE TABLE room (id int PRIMARY KEY, colour text)",
    "INSERT INTO room VALUES (1, 'sage green')",
)
#: What a release did before it failed, and what a visitor wrote after that.
AFTER = (
    "ALTER TABLE room DROP COLUMN colour",
    "CREATE TABLE door (id int PRIMARY KEY, room_id int REFERENCES room)",
    "INSERT INTO room VALUES (2)",
)


def environment(url: str) -> dict[str, str]:
    """How PostgreSQL's programs find the server."""
    made = sa.make_url(url)
    programs = next(
        (str(each.programs) for each in of_postgresql() if (each.programs / "pg_dump").exists()), ""
    )
    known = {"PGHOST": made.host, "PGPORT": str(made.port or ""), "PGUSER": made.username}
    known |= {"PGPASSWORD": str(made.password or ""), "PATH": f"{programs}:{os.environ['PATH']}"}
    return {name: value for name, value in known.items() if value}


def run(url: str, *words: str) -> "subprocess.CompletedProcess[str]":
    """One of PostgreSQL's programs."""
    where = environment(url)
    program = shutil.which(words[0], path=where["PATH"])
    if program is None:
        pytest.skip(f"there is no {words[0]} here")
    return subprocess.run(
        [program, *words[1:]], env=where, text=True, capture_output=True, check=False
    )


def ask(url: str, *statements: str) -> list[tuple[object, ...]]:
    """Run statements, and give the rows of the last."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        for statement in statements:
            answer = connection.exec_driver_sql(statement)
        return [tuple(row) for row in answer] if answer.returns_rows else []


TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
ROOMS = "SELECT * FROM room ORDER BY 1"


@pytest.fixture
def backup(postgresql: str, tmp_path: Path) -> Path:
    """A backup from before a release that has failed since."""
    ask(postgresql, *BEFORE)
    file = tmp_path / "hearth.dump"
    name = str(sa.make_url(postgresql).database)
    made = run(postgresql, "pg_dump", "-Fc", "--file", str(file), name)
    assert made.returncode == 0, made.stderr
    ask(postgresql, *AFTER)
    return file


def put_back(url: str, backup: Path) -> "subprocess.CompletedProcess[str]":
    """What the script of the lesson does."""
    return run(url, "sh", str(SCRIPT), str(sa.make_url(url).database), str(backup))


def test_the_database_is_as_it_was(postgresql: str, backup: Path) -> None:
    """Rows and columns are back, what the release added is gone, and later rows are in a copy."""
    done = put_back(postgresql, backup)
    assert done.returncode == 0, done.stderr
    assert ask(postgresql, TABLES) == [("room",)]
    assert ask(postgresql, ROOMS) == [(1, "sage green")]
    assert put_back(postgresql, Path(f"{backup}.replaced")).returncode == 0
    assert ask(postgresql, ROOMS) == [(1,), (2,)]


def test_a_backup_that_cannot_be_read_changes_nothing(postgresql: str, backup: Path) -> None:
    """The script finds out before it drops the database."""
    backup.write_bytes(b"not a backup")
    assert put_back(postgresql, backup).returncode != 0
    assert ask(postgresql, ROOMS) == [(1,), (2,)]


def test_clean_leaves_what_the_release_added(postgresql: str, backup: Path) -> None:
    """With --clean the new table stays, and the table that it refers to is not restored."""
    name = str(sa.make_url(postgresql).database)
    words = ("pg_restore", "--clean", "--if-exists", "-d", name, str(backup))
    done = run(postgresql, *words)
    assert done.returncode == 1
    assert "cannot drop" in done.stderr
    assert ask(postgresql, TABLES) == [("door",), ("room",)]
    assert ask(postgresql, ROOMS)[0] == (1,)  # and no colour


def test_clean_leaves_a_table_that_refers_to_nothing(postgresql: str, backup: Path) -> None:
    """With exit code 0, the next upgrade still finds the table that it wants to make."""
    ask(postgresql, "ALTER TABLE door DROP COLUMN room_id")
    name = str(sa.make_url(postgresql).database)
    done = run(postgresql, "pg_restore", "--clean", "--if-exists", "-d", name, str(backup))
    assert done.returncode == 0, done.stderr
    assert ask(postgresql, TABLES) == [("door",), ("room",)]
