"""However a release of lesson 7 ends, what visitors wrote meanwhile is where the page says.

The old app writes from two processes, all the time. A write is in the ledger once the app has
accepted it. The release meets a gate, prints a line and waits there, so that each thing happens
at its moment, and none by luck.
"""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from remodel.course.catalog import find_course
from remodel.scratch import lay_out

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals, as a server sends them")
LESSON = find_course().lessons["07-deployment-pipelines"]
FLASK = [sys.executable, "-m", "flask"]
#: Adds furniture by the form, without end, and names each piece that was accepted. A visitor
#: takes a moment between two forms; without it nobody else would ever come to the lock.
VISITOR = """
import itertools, sys, time
from wsgi import app
visitor = app.test_client()
for number in itertools.count():
    label = f"{sys.argv[1]}-{number}"
    sent = {"label": label, "room_id": "1", "condition": "good", "bought_on": "", "value": "",
            "owner_name": "", "value_note": ""}
    if visitor.post("/rooms/1/furniture/add", data=sent).status_code == 302:
        print(label, flush=True)
    time.sleep(0.01)
"""
REVISION = """
from alembic import op
revision, down_revision, branch_labels, depends_on = "0016", "0015", None, None
def gate():
    print("gate", flush=True)
    input()
def upgrade():
    rehearsal = "rehearsal" in str(op.get_bind().engine.url)
    if str(op.get_bind().engine.url).endswith(("archive.db", "archive.db?timeout=1")):
        return
    op.execute("CREATE TABLE lamp (id INTEGER PRIMARY KEY)")
    {up}
def downgrade():
    pass
"""
PAGE = """

@pages.get("/gate")
def gate() -> Page:
    if "rehearsal" in str(db.engine.url):
        return "", 200
    print("gate", flush=True)
    input()
    return "", {status}
"""
FAILS = 'op.execute("UPDATE room SET no_such_column = 1")'
COMMITS = "op.get_bind().commit()"
REAL, TRIAL = "rehearsal or gate()", "rehearsal and gate()"


class Ledger:
    """What the app has accepted."""

    def __init__(self, app: Path, environment: dict[str, str]) -> None:
        self.accepted: list[str] = []
        self._news = threading.Condition()
        self._visitors = [self._visitor(name, app, environment) for name in ("ann", "bob")]
        self._readers = [threading.Thread(target=self._read, args=[v]) for v in self._visitors]
        for reader in self._readers:
            reader.start()

    @staticmethod
    def _visitor(name: str, app: Path, environment: dict[str, str]) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", VISITOR, name]
        # What the old app says of locks, and of nothing else, is not what is looked at here.
        with (app / f"{name}.log").open("w", encoding="utf-8") as log:
            return subprocess.Popen(
                command, cwd=app, env=environment, text=True, stdout=subprocess.PIPE, stderr=log
            )

    def _read(self, visitor: "subprocess.Popen[str]") -> None:
        assert visitor.stdout
        with visitor.stdout:
            for line in visitor.stdout:
                with self._news:
                    self.accepted.append(line.strip())
                    self._news.notify_all()

    def wait_for_more(self) -> None:
        """Come back when a few more writes have been accepted."""
        with self._news:
            wanted = len(self.accepted) + 5
            assert self._news.wait_for(lambda: len(self.accepted) >= wanted, timeout=60)

    def close(self) -> set[str]:
        """End the visitors; give all that was accepted."""
        for visitor in self._visitors:
            visitor.kill()
            visitor.wait()
        for reader in self._readers:
            reader.join()
        return set(self.accepted)


@dataclass(frozen=True)
class Site:
    """A server: the old app that people use, and the new code that is to be released."""

    old: Path
    new: Path
    environment: dict[str, str] = field(repr=False)

    @property
    def database(self) -> Path:
        """The main database."""
        return self.old / "instance" / "hearth.db"

    def backup(self, name: str) -> Path:
        """The copy of the main database in a backup."""
        return self.new / "instance" / "backups" / f"{name}-main.db"

    def flask(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run one command of the new code."""
        return subprocess.run(
            [*FLASK, *words],
            cwd=self.new,
            env=self.environment,
            input="\n",  # for the gate
            text=True,
            capture_output=True,
            check=False,
        )


def column(database: Path, query: str) -> set[str]:
    """What the one column of an answer holds."""
    with closing(sqlite3.connect(database)) as connection:
        return {str(value) for (value,) in connection.execute(query)}


def labels(database: Path) -> set[str]:
    """The furniture of a database."""
    return column(database, "SELECT label FROM furniture")


@dataclass(frozen=True)
class Ended:
    """How a release ended, and what it said."""

    exit_code: int
    said: list[str]
    error: str


Happens = Callable[[Site, "subprocess.Popen[str]", ExitStack], None]


def nothing(site: Site, release: "subprocess.Popen[str]", until_the_end: ExitStack) -> None:
    """Nothing happens at the gate but that people write."""


def send(number: int) -> Happens:
    """What happens at the gate: a signal."""

    def happens(site: Site, release: "subprocess.Popen[str]", until_the_end: ExitStack) -> None:
        release.send_signal(number)
        if number == signal.SIGKILL:
            release.wait()

    return happens


def somebody(*statements: str) -> Happens:
    """What happens at the gate: somebody opens a transaction, and leaves it open to the end."""

    def happens(site: Site, release: "subprocess.Popen[str]", until_the_end: ExitStack) -> None:
        connection = until_the_end.enter_context(
            closing(sqlite3.connect(site.database, timeout=60, isolation_level=None))
        )
        for statement in statements:
            connection.execute(statement).fetchall()
        until_the_end.callback(connection.execute, "COMMIT")

    return happens


WRITER = somebody("BEGIN IMMEDIATE", "UPDATE room SET floor = 9 WHERE id = 1")
READER = somebody("BEGIN", "SELECT * FROM room")


@dataclass(frozen=True)
class Way:
    """A way in which a release may end."""

    name: str
    up: str = "pass"
    page: int | None = None
    happens: Happens = nothing
    words: tuple[str, ...] = ()
    exit_code: int = 1
    restored: bool = False
    message: str = ""


WAYS = [
    Way("it goes well", page=200, exit_code=0),
    Way(
        "a revision fails in the rehearsal",
        f"gate(); {FAILS}",
        message="rehearsal failed with OperationalError. Nothing was started.",
    ),
    Way(
        "a revision fails in the real upgrade",
        f"rehearsal or gate(); rehearsal or {FAILS}",
        message="upgrade failed with OperationalError. Schema and revisions are as they were.",
    ),
    Way(
        "a revision commits a change to the schema, then fails",
        f"rehearsal or gate(); rehearsal or {COMMITS}; rehearsal or {FAILS}",
        restored=True,
        message="upgrade failed with OperationalError. Backup",
    ),
    Way(
        "somebody else keeps the database locked",
        TRIAL,
        happens=WRITER,
        message="upgrade failed because somebody else kept the database locked. Schema and",
    ),
    Way(
        "a page fails after the upgrade",
        page=500,
        restored=True,
        message="the page /gate answers 500. Backup",
    ),
    Way(
        "a page fails, and a reader keeps the restore waiting",
        page=500,
        happens=READER,
        message="kept the database locked. Stop the app and type `flask restore",
    ),
    Way(
        "COMMAND is missing",
        words=("--", "gunicornx"),
        message="there is no command gunicornx. Nothing was started.",
    ),
    Way(
        "SIGTERM in the rehearsal",
        TRIAL,
        happens=send(signal.SIGTERM),
        exit_code=143,
        message="it was interrupted by SIGTERM. Nothing was started.",
    ),
    Way(
        "SIGTERM in the real upgrade",
        REAL,
        happens=send(signal.SIGTERM),
        exit_code=143,
        message="interrupted by SIGTERM. Schema and revisions are as they were.",
    ),
    Way(
        "SIGTERM after the upgrade",
        page=200,
        happens=send(signal.SIGTERM),
        exit_code=143,
        message="interrupted by SIGTERM. The databases are upgraded, and nobody has looked",
    ),
    Way(
        "Ctrl+C in the real upgrade",
        REAL,
        happens=send(signal.SIGINT),
        exit_code=130,
        message="interrupted by SIGINT. Schema and revisions are as they were.",
    ),
    Way("kill -9 in the real upgrade", REAL, happens=send(signal.SIGKILL), exit_code=-9),
    Way("kill -9 after the upgrade", page=200, happens=send(signal.SIGKILL), exit_code=-9),
]
QUICK = {"a revision fails in the real upgrade", "a page fails after the upgrade"}


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lesson 7's app, released and furnished."""
    app = tmp_path_factory.mktemp("released")
    lay_out(LESSON.app_files(), app)
    for words in (("db", "upgrade"), ("furnish",)):
        done = Site(app, app, {**os.environ}).flask(*words)
        assert done.returncode == 0, done.stderr
    return app


@pytest.fixture
def site(released: Path, tmp_path: Path) -> Site:
    """Two folders of code on one pair of databases."""
    old, new = tmp_path / "old", tmp_path / "new"
    shutil.copytree(released, old)
    lay_out(LESSON.app_files(), new)
    place = f"sqlite:///{old}/instance"
    databases = {
        "DATABASE_URL": f"{place}/hearth.db",
        "ARCHIVE_DATABASE_URL": f"{place}/archive.db",
    }
    return Site(old, new, {**os.environ, **databases, "PYTHONDONTWRITEBYTECODE": "1"})


def lay_new_code(site: Site, way: Way) -> None:
    """The new code: one more revision, perhaps a page that waits, less patience with READER."""
    revision = site.new / "migrations" / "versions" / "0016_a_lamp.py"
    revision.write_text(REVISION.format(up=way.up), encoding="utf-8")
    pages, copying = site.new / "hearth" / "pages.py", site.new / "hearth" / "copying.py"
    if way.happens is READER:
        text = copying.read_text(encoding="utf-8")
        assert "SECONDS = 30" in text
        copying.write_text(text.replace("SECONDS = 30", "SECONDS = 1"), encoding="utf-8")
    if way.page:
        with pages.open("a", encoding="utf-8") as file:
            file.write(PAGE.format(status=way.page))


@contextmanager
def at_work(site: Site, words: tuple[str, ...]) -> Iterator["subprocess.Popen[str]"]:
    """A release that somebody can talk to."""
    environment = {**site.environment, "PYTHONUNBUFFERED": "1"}
    environment["DATABASE_URL"] += "?timeout=1"
    with (
        (site.new / "stderr").open("w", encoding="utf-8") as errors,
        subprocess.Popen(
            [*FLASK, "release", *words],
            cwd=site.new,
            env=environment,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
        ) as release,
    ):
        yield release


def release_it(site: Site, ledger: Ledger, way: Way) -> Ended:
    """Release the new code while people write: before it, at its gate, and after it."""
    said: list[str] = []
    ledger.wait_for_more()
    with ExitStack() as until_the_end, at_work(site, way.words) as release:
        assert release.stdout and release.stdin
        for line in map(str.strip, release.stdout):
            said.append(line)
            if line == "gate":
                # In the real upgrade, nobody else can write until it ends.
                if "release: upgrade" not in said or "release: smoke test" in said:
                    ledger.wait_for_more()
                way.happens(site, release, until_the_end)
                if release.poll() is None:
                    print("", file=release.stdin, flush=True)
    ledger.wait_for_more()
    return Ended(release.returncode, said, (site.new / "stderr").read_text(encoding="utf-8"))


def row(way: Way, accepted: set[str], lost: set[str], ended: Ended) -> None:
    """Print one row of the table."""
    last = ended.error.strip().splitlines()[-1] if way.message else "-"
    print(f"| {way.name} | {len(accepted)} | {len(lost)} | {ended.exit_code} | {last} |")


@pytest.mark.parametrize(
    "way",
    [pytest.param(w, id=w.name, marks=[] if w.name in QUICK else pytest.mark.slow) for w in WAYS],
)
def test_what_was_accepted_is_there_or_where_the_release_says(site: Site, way: Way) -> None:
    """Nothing is lost but by a restore, and what that takes is in the copy that it names."""
    lay_new_code(site, way)
    ledger = Ledger(site.old, site.environment)
    try:
        ended = release_it(site, ledger, way)
    finally:
        accepted = ledger.close()
    lost = accepted - labels(site.database)
    row(way, accepted, lost, ended)
    assert ended.exit_code == way.exit_code, ended.error
    assert way.message in ended.error
    assert ("release: restore" in ended.said and way.happens is not READER) == way.restored
    if way.restored:
        (backup,) = [line.split()[1] for line in ended.said if line.startswith("release: 20")]
        kept = ended.error.rsplit("is in ", 1)[1].split(".")[0]
        assert lost.isdisjoint(labels(site.backup(backup)))
        assert lost <= labels(site.backup(kept))
        assert "release: what was written since the backup leaves the database" in ended.said
    else:
        assert not lost
    if way.happens is WRITER:
        assert column(site.database, "SELECT floor FROM room WHERE id = 1") == {"9"}


ALONE = """
import sys
from pathlib import Path
from hearth.copying import nobody_else
for turn in range(20):
    with nobody_else(Path(sys.argv[1])):
        pass
"""


def test_who_waits_to_be_alone_does_not_keep_a_visitor_from_finishing(site: Site) -> None:
    """A restore and a visitor never wait for each other: who has begun to write can commit."""
    command = [sys.executable, "-c", ALONE, str(site.database)]
    with (
        subprocess.Popen(command, cwd=site.new, env=site.environment) as restore,
        closing(sqlite3.connect(site.database, timeout=10, isolation_level=None)) as visitor,
    ):
        while restore.poll() is None:
            visitor.execute("BEGIN IMMEDIATE")
            visitor.execute("UPDATE room SET floor = 9 WHERE id = 1")
            visitor.execute("COMMIT")
    assert restore.returncode == 0


KILLED = next(way for way in WAYS if way.name == "kill -9 after the upgrade")


@pytest.mark.slow
@pytest.mark.parametrize("decision", ["keep", "put back"])
def test_after_a_release_that_was_killed_a_person_decides(site: Site, decision: str) -> None:
    """The next release names the backup; to keep costs nothing, to restore what came after it."""
    lay_new_code(site, KILLED)
    ledger = Ledger(site.old, site.environment)
    try:
        ended = release_it(site, ledger, KILLED)
        (backup,) = [line.split()[1] for line in ended.said if line.startswith("release: 20")]
        refused = site.flask("release")
        words = ("release", "--again") if decision == "keep" else ("restore", backup, "--yes")
        done = site.flask(*words)
        ledger.wait_for_more()
    finally:
        accepted = ledger.close()
    lost = accepted - labels(site.database)
    print(f"| killed, then {decision} | {len(accepted)} | {len(lost)} | {done.returncode} | - |")
    assert refused.returncode == 1
    assert "the release to 0016 was cut off" in refused.stderr
    assert f"`flask restore {backup}`: what was written since is lost" in refused.stderr
    assert done.returncode == 0, done.stderr
    if decision == "keep":
        assert not lost
        assert site.flask("release").returncode == 0
    else:
        kept = done.stdout.strip().rstrip(".").split()[-1]
        assert lost
        assert lost.isdisjoint(labels(site.backup(backup)))
        assert lost <= labels(site.backup(kept))
