"""What `flask release`, `flask backups` and `flask restore` of lesson 7 promise besides."""

import json
import sqlite3
import stat
import sys
import threading
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

REVISION = """
from alembic import op
revision, down_revision, branch_labels, depends_on = "{id}", "{below}", None, None
def upgrade():
    real = "rehearsal" not in str(op.get_bind().engine.url)
    {up}
def downgrade():
    pass
"""
#: Passes the rehearsal; then a page fails on the real database.
HALFWAY = 'real and op.execute("ALTER TABLE room DROP COLUMN colour")'


def add_revision(code, up, id="0016", below="0015"):
    """Write one more revision for the main database."""
    main = f'"archive" in str(op.get_bind().engine.url) or ({up})'
    file = code.folder / f"migrations/versions/{id}_one_more.py"
    file.write_text(REVISION.format(id=id, below=below, up=main), encoding="utf-8")


@pytest.fixture
def hearth(copy_of):
    """Lesson 7's app, released and furnished."""
    code = copy_of("07")
    assert code.flask("db", "upgrade").ok
    assert code.flask("furnish").ok
    return code


@pytest.fixture
def room(hearth):
    """A chat room that listens, with its address in the app's environment."""
    received = []

    class Room(BaseHTTPRequestHandler):
        def do_POST(self):
            received.append(
                json.loads(self.rfile.read(int(self.headers["Content-Length"])))["text"]
            )
            self.send_response(200)
            self.end_headers()

        def log_message(self, *words):
            pass

    server = HTTPServer(("127.0.0.1", 0), Room)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    address = f'import os\nos.environ["HEARTH_WEBHOOK"] = "http://127.0.0.1:{server.server_port}"\n'
    hearth.edit("wsgi.py", "from hearth import", f"{address}from hearth import")
    yield received
    server.shutdown()
    thread.join()
    server.server_close()


def backups_of(code):
    """The names that `flask backups` lists, each with its revision."""
    return [tuple(line.split()) for line in code.flask("backups").stdout.splitlines()]


def test_a_release_that_starts_again_and_again_says_so_once(hearth, room):
    """The same failure is not sent twice; after a release that went well, it is news again."""
    for _ in range(3):
        assert hearth.flask("release", "--", "gunicornx").exit_code == 1
    assert room == ["Hearth was not released: there is no command gunicornx."]
    assert hearth.flask("release").ok
    assert hearth.flask("release", "--", "gunicornx").exit_code == 1
    assert len(room) == 2


def test_a_lock_that_is_none_is_named_to_the_team(hearth, room):
    """A lock file that cannot be used ends the release with a sentence, and the team hears it."""
    lock = hearth.folder / "instance" / "hearth.db.release-lock"
    lock.write_text("locked by nobody" * 100, encoding="utf-8")
    refused = hearth.flask("release")
    why = "the lock hearth.db.release-lock cannot be used: file is not a database"
    assert refused.exit_code == 1
    assert f"Error: {why}. Nothing was started." in refused.stderr
    assert room == [f"Hearth was not released: {why}."]


def test_another_release_is_named_only_where_there_is_one(hearth):
    """A lock that is taken says so, after the waiting time."""
    hearth.edit("hearth/lock.py", "seconds: float = 60", "seconds: float = 0.1")
    with closing(sqlite3.connect(hearth.folder / "instance/hearth.db.release-lock")) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "another release was still running after 0.1 s" in hearth.flask("release").stderr


def test_no_error_shows_what_stands_in_the_rows(hearth):
    """The values of a statement that failed are neither on the terminal nor in the log."""
    secret = 'op.get_bind().exec_driver_sql("INSERT INTO room (id) VALUES (?)", ("Mrs Smith",))'
    add_revision(hearth, secret)
    failed = hearth.flask("release")
    assert failed.exit_code == 1
    assert "INSERT INTO room" in failed.stderr
    assert "Smith" not in failed.stdout + failed.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="the rights of a file on POSIX")
def test_a_backup_is_for_its_owner_alone(hearth):
    """A backup holds what the database holds, and nobody else may read it."""
    add_revision(hearth, "None")
    assert hearth.flask("release").ok
    folder = hearth.folder / "instance" / "backups"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert len(list(folder.iterdir())) == 2


def test_old_backups_go(hearth):
    """The newest ten stay, with the one of this release."""
    folder = hearth.folder / "instance" / "backups"
    folder.mkdir()
    for number in range(12):
        for bind in ("main", "archive"):
            (folder / f"20250101T0000{number:02}-{bind}.db").touch()
    add_revision(hearth, "None")
    assert hearth.flask("release").ok
    names = [name for name, _ in backups_of(hearth)]
    assert len(names) == 10
    assert names[0] == "20250101T000003"
    assert len(list(folder.iterdir())) == 20


def test_the_archive_is_copied_last(hearth):
    """A sale between the two copies is in both: the app writes the archive first."""
    module = hearth.folder / "hearth" / "sale.py"
    module.write_text(
        "from hearth import backups\n"
        "copy = backups.copy_database\n"
        "def copy_and_sell(source, target):\n"
        "    copy(source, target)\n"
        "    if source.name == 'hearth.db':\n"
        "        from wsgi import app\n"
        "        app.test_client().post('/furniture/1/sell', data={'sold_on': '2026-01-01'})\n"
        "backups.copy_database = copy_and_sell\n",
        encoding="utf-8",
    )
    made = hearth.shell("import hearth.sale", "from hearth import backups", "backups.create()")
    assert made.ok
    copies = hearth.folder / "instance" / "backups"
    (main,), (archive,) = copies.glob("*-main.db"), copies.glob("*-archive.db")
    with closing(sqlite3.connect(main)) as one, closing(sqlite3.connect(archive)) as two:
        assert one.execute("SELECT count(*) FROM furniture WHERE id = 1").fetchone() == (1,)
        assert two.execute("SELECT count(*) FROM sold").fetchone() == (1,)
    assert hearth.sql("SELECT count(*) FROM furniture WHERE id = 1") == [(0,)]


def test_a_release_that_was_put_back_waits_for_a_person(hearth):
    """The same revision is refused until somebody says --again; another one is not."""
    add_revision(hearth, HALFWAY)
    assert "was put back" in hearth.flask("release").stderr
    refused = hearth.flask("release")
    assert "the last release to 0016 failed, and its backup was put back" in refused.stderr
    assert "release: rehearsal" not in refused.stdout
    assert "release: restore" in hearth.flask("release", "--again").stdout
    add_revision(hearth, "None")
    add_revision(hearth, "None", "0017", "0016")
    assert hearth.flask("release").ok


def test_two_heads_are_merged_by_a_person_and_then_released(hearth):
    """The release chooses neither; after `flask db merge heads` it goes well."""
    add_revision(hearth, "None")
    add_revision(hearth, "None", "0017")
    assert "the history has 2 heads: 0016, 0017" in hearth.flask("release").stderr
    assert hearth.sql("SELECT version_num FROM alembic_version") == [("0015",)]
    assert hearth.flask("db", "merge", "heads", "-m", "both", "--rev-id", "0018").ok
    assert hearth.flask("release").ok
    assert hearth.sql("SELECT version_num FROM alembic_version") == [("0018",)]


def test_a_server_that_ends_at_once_leaves_the_database_upgraded(hearth):
    """Its exit code is the release's; the next release has only to look and to start."""
    add_revision(hearth, "None")
    ends = hearth.flask("release", "--", sys.executable, "-c", "raise SystemExit(3)")
    assert ends.exit_code == 3
    assert hearth.sql("SELECT version_num FROM alembic_version") == [("0016",)]
    again = hearth.flask("release", "--", sys.executable, "-c", "print('served')")
    assert "release: upgrade" not in again.stdout
    assert "served" in again.stdout


def test_a_person_lists_the_backups_and_puts_one_back(hearth):
    """Both databases come back, and what was there instead is one more backup."""
    add_revision(hearth, "None")
    assert hearth.flask("release").ok
    ((name, revision),) = backups_of(hearth)
    assert revision == "0015"
    hearth.sql("UPDATE room SET colour = 'spoilt'")
    assert hearth.flask("restore", name, "--yes").ok
    assert ("spoilt",) not in hearth.sql("SELECT colour FROM room")
    assert [revision for _, revision in backups_of(hearth)] == ["0015", "0016"]
    unknown = hearth.flask("restore", "20250101", "--yes")
    assert "there is no backup 20250101; `flask backups` lists those" in unknown.stderr
    assert unknown.exit_code == 1


def test_broken_pages_at_the_head_name_the_newest_backup(hearth):
    """A release that has nothing to upgrade, and finds a page broken, says what there is."""
    add_revision(hearth, "None")
    assert hearth.flask("release").ok
    ((name, _),) = backups_of(hearth)
    hearth.sql("ALTER TABLE room DROP COLUMN colour")
    assert f"The newest backup is {name}." in hearth.flask("release").stderr


def test_rows_that_a_revision_committed_stay_and_nothing_else_is_claimed(hearth):
    """A revision commits rows by itself, then fails: they stay, and the message says no more."""
    commits = 'op.execute("UPDATE room SET floor = 9"), op.get_bind().commit()'
    add_revision(hearth, f'real and ({commits}, op.execute("UPDATE room SET no_such = 1"))')
    failed = hearth.flask("release")
    assert "Schema and revisions are as they were." in failed.stderr
    assert "release: restore" not in failed.stdout
    assert hearth.sql("SELECT DISTINCT floor FROM room") == [(9,)]
