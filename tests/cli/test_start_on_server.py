"""`remodel start --database`: a playground whose database lies on a server."""

import re
import subprocess
from pathlib import Path

import pytest
import sqlalchemy as sa

from remodel.experiments.house import mariadb_server, postgresql_server
from remodel.servers.server import Server
from tests.conftest import BIN, SLUG, Remodel

__all__ = ["mariadb_server", "postgresql_server"]
NOT_GRADED = 2
NOBODY = "postgresql+psycopg://nobody:x@127.0.0.1:1/nothing"


@pytest.fixture(
    params=[
        pytest.param("postgresql", marks=pytest.mark.slow),
        pytest.param("mariadb", marks=[pytest.mark.slow, pytest.mark.nightly]),
    ]
)
def server(request: pytest.FixtureRequest) -> Server:
    """A server of the learner's own."""
    found = request.getfixturevalue(f"{request.param}_server")
    assert isinstance(found, Server)
    return found


def databases_of(server: Server) -> set[str]:
    """The databases that are there."""
    engine = sa.create_engine(server.url)
    listed = (
        "SHOW DATABASES" if server.engine.key == "mariadb" else "SELECT datname FROM pg_database"
    )
    with engine.connect() as connection:
        names = set(connection.exec_driver_sql(listed).scalars())
    engine.dispose()
    return names


def url_shown(process: "subprocess.Popen[str]") -> str:
    """The URL in the line that it says to type; "" where it ends without one."""
    assert process.stdout
    lines = (re.search(r"export DATABASE_URL='?([^'\s]+)", line) for line in process.stdout)
    return next((found[1] for found in lines if found), "")


def test_a_playground_is_on_a_server_while_start_runs(learner: Remodel, server: Server) -> None:
    """`flask` and `remodel sql` find the first rows there; with Enter the database goes away."""
    before = databases_of(server)
    command = [str(BIN / "remodel"), "start", SLUG, "--database", server.url]
    with subprocess.Popen(
        command, cwd=learner.course, env=learner.environment(), text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        url = url_shown(process)
        (there,) = databases_of(server) - before
        at = learner.run(
            str(BIN / "flask"), "db", "current", cwd=learner.begun, DATABASE_URL=url
        ).stdout
        rooms = learner(
            "sql", "SELECT name FROM room WHERE id = 1", cwd=learner.begun, DATABASE_URL=url
        ).stdout
        process.communicate("\n")
    assert (url.endswith(there), at.split()[0], rooms) == (True, "0001", "Kitchen\n")
    assert process.returncode == 0
    assert databases_of(server) == before


def test_a_command_that_reads_files_says_so(learner: Remodel) -> None:
    """Where the shell sends the app to a server, and on the stream that no program reads."""
    shown = learner("show", SLUG, "--json", DATABASE_URL=NOBODY)
    assert "DATABASE_URL names a PostgreSQL" in shown.stderr
    assert "names a PostgreSQL" not in shown.stdout
    assert learner("show", SLUG).stderr == ""


def test_a_server_that_does_not_answer_is_one_message(looking: Remodel, tmp_path: Path) -> None:
    """`remodel sql` asks where the shell sends the app, from any folder."""
    done = looking("sql", "SELECT 1", cwd=tmp_path, DATABASE_URL=NOBODY)
    assert done.returncode == NOT_GRADED
    assert "No answer from the server" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("slug", "database", "why"),
    [
        (SLUG, "oracle", "--database must be sqlite, postgresql, mariadb, or a URL"),
        ("index-without-blocking", "mysql://nobody@127.0.0.1:1/x", "is not graded on MariaDB"),
    ],
)
def test_nothing_is_laid_out_where_it_cannot_be_on_that_server(
    remodel: Remodel, slug: str, database: str, why: str
) -> None:
    """It is said before a file is written."""
    refused = remodel("start", slug, "--database", database)
    assert refused.returncode == NOT_GRADED
    assert why in " ".join(refused.stderr.split())
    assert not (remodel.course / "playground" / slug).exists()
