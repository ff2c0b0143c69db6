"""What somebody may hand in to break a grader: a verdict on that answer, and on all the others.

Each exercise is graded once, with every hostile folder and, as the last, its own solution. What a
folder holds never ends the run, and never costs another answer its verdict.
"""

import json
import os
import shutil
import socket
import sys
import textwrap
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from remodel.course.catalog import Catalog, find_course
from remodel.course.exercise import Exercise
from remodel.grading.results import Verdict, write_results
from remodel.grading.run import grade
from remodel.grading.session import FIRST_REFUSAL, Grading
from remodel.grading.terminal import verdict_lines
from remodel.runner import LIMIT
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="its file names are any bytes")
SCHEMA = json.loads((ROOT / "docs" / "results.schema.json").read_text(encoding="utf-8"))
#: Seconds that a command has where its answer is to be refused: small, so that a hang is short.
SOON = 4.0
HUGE = 3 * 1024**3
ENDLESS = (
    "SELECT count(*) FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
    "SELECT i FROM n)"
)

Spoil = Callable[[Path, Path], object]


@dataclass(frozen=True)
class Hostile:
    """What is done to the folder of a right answer and to its file, and how it is to end."""

    name: str
    spoil: Spoil
    status: str
    says: str = ""


def text(content: str, encoding: str = "utf-8") -> Spoil:
    """Have this in the file instead."""
    return lambda _folder, file: file.write_bytes(content.encode(encoding, "surrogatepass"))


def more(content: str) -> Spoil:
    """Have this behind what the file holds."""
    return lambda _folder, file: file.write_bytes(file.read_bytes() + content.encode())


def upgrading(code: str) -> Spoil:
    """Have this done first when the database is upgraded; `database` is its place."""
    begin = f"import os, signal, sys\nENDLESS = '{ENDLESS}'\n"
    begin += "database = op.get_bind().engine.url.database\n"

    def spoil(_folder: Path, file: Path) -> None:
        body = textwrap.indent(begin + textwrap.dedent(code).strip() + "\n", "    ")
        source = file.read_text(encoding="utf-8")
        file.write_text(source.replace("def upgrade():\n", f"def upgrade():\n{body}", 1))

    return spoil


def beside(name: str | bytes, content: bytes = b"") -> Spoil:
    """Have another file in the folder, under a name of text or bytes."""

    def spoil(folder: Path, _file: Path) -> None:
        place = Path(os.fsdecode(os.path.join(os.fsencode(folder), os.fsencode(name))))  # noqa: PTH118
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)

    return spoil


def sparse(name: str) -> Spoil:
    """Have a file of three gigabytes that takes no room."""

    def spoil(folder: Path, _file: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        with (folder / name).open("wb") as file:
            file.truncate(HUGE)

    return spoil


def instead(make: Callable[[Path], object]) -> Spoil:
    """Have something else where the file was."""

    def spoil(_folder: Path, file: Path) -> None:
        file.unlink()
        make(file)

    return spoil


def many(_folder: Path, file: Path) -> None:
    """Ten thousand files beside it."""
    for number in range(10_000):
        (file.parent / f"{number}.txt").touch()


def deep(folder: Path, _file: Path) -> None:
    """A hundred folders in each other."""
    (folder / "/".join("d" * 100)).mkdir(parents=True)


def listening(file: Path) -> None:
    """A socket."""
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind(os.path.relpath(file))


#: What a Python file may be that breaks who reads it.
PYTHON = (
    Hostile("a lone surrogate in an error", more("raise Exception('\\ud800')\n"), "fail"),
    Hostile("a lone surrogate as the revision", more("revision = '\\udfff'\n"), "fail"),
    Hostile("a set in a dict as the revision", more("revision = {[]: 1}\n"), "fail"),
    Hostile("parentheses without end", text("x = " + "(" * 5000), "fail"),
    Hostile("lists in lists", text("x = " + "[" * 90_000 + "]" * 90_000), "fail"),
    Hostile("signs without end", text("x = " + "-" * 100_000 + "1\n"), "fail"),
    Hostile("a sum without end", text("x = " + "1+" * 100_000 + "1\n"), "fail"),
    Hostile("attributes without end", text("x = a" + ".a" * 100_000 + "\n"), "fail"),
    Hostile("blocks in blocks", text("".join(" " * n + "if 1:\n" for n in range(99))), "fail"),
    Hostile("a number of many digits", more("x = " + "9" * 100_000 + "\n"), "fail"),
    Hostile("NUL", text("x = 1\0\n"), "fail"),
    Hostile("no UTF-8", text("# \ud800\n"), "fail"),
    Hostile("an encoding that is none of text", text("# coding: rot13\nk = 1\n"), "fail"),
    Hostile("an encoding that nobody knows", text("# coding: klingon\n"), "fail"),
    Hostile("UTF-16", text("x = 1\n", "utf-16"), "fail"),
    Hostile("nothing", text(""), "fail"),
    Hostile("endless recursion", more("def f(): f()\nf()\n"), "fail"),
    Hostile(
        "an exception that cannot be told",
        more("class E(Exception):\n    def __str__(self): raise self\nraise E\n"),
        "fail",
    ),
    Hostile(
        "escapes for the terminal",
        more("raise Exception('\\x1b[2J\\x1b]0;all passed\\x07\\x9b2J\\r✓ all 38 checks pass')\n"),
        "fail",
    ),
    Hostile("a text turned round", more("raise Exception('\\u202edessap\\u2066')\n"), "fail"),
    Hostile(
        "a command to the service", more("raise Exception('\\n::error::x\\n##[error]x')\n"), "fail"
    ),
)

#: The same for a file that is no revision.
MODELS = tuple(kind for kind in PYTHON if "revision" not in kind.name)

#: What may lie in a folder beside an answer, or in its place.
FOLDER = (
    Hostile("a name that is no UTF-8 beside it", beside(b"\xff\xfe.txt"), "pass"),
    Hostile("a revision whose name is no UTF-8", beside(b"migrations/versions/\xff.py"), "fail"),
    Hostile("a name of several lines", beside("migrations/versions/a\nb.py"), "fail"),
    Hostile("a name that commands a terminal", beside("migrations/versions/\x1b[2J.py"), "fail"),
    Hostile("a name without end", beside("n" * 255), "pass"),
    Hostile("three gigabytes beside it", sparse("notes.txt"), "pass"),
    Hostile("three gigabytes in place of a given file", sparse("wsgi.py"), "pass"),
    Hostile(
        "three gigabytes as a revision", sparse("migrations/versions/0003.py"), "error", "larger"
    ),
    Hostile("ten thousand files beside it", many, "error", "more than 200 files"),
    Hostile("folders in folders", deep, "pass"),
    Hostile("a folder that leads to itself", lambda d, _: (d / "loop").symlink_to(d), "pass"),
    Hostile(
        "a link in its place", instead(lambda f: f.symlink_to("/etc/passwd")), "error", "a link"
    ),
    Hostile("a link to nowhere", instead(lambda f: f.symlink_to("/no/such")), "error", "a link"),
    Hostile("a folder in its place", instead(Path.mkdir), "error", "a folder"),
    Hostile("a pipe in its place", instead(os.mkfifo), "fail"),
    Hostile("a socket in its place", instead(listening), "fail"),
    Hostile(
        "a device in its place", instead(lambda f: f.symlink_to("/dev/zero")), "error", "a link"
    ),
)

#: What a folder may say of itself.
SAYS = (
    Hostile("answer.toml is no TOML", beside("answer.toml", b"[["), "error", "answer.toml:1"),
    Hostile(
        "answer.toml is deep",
        beside("answer.toml", b"a = " + b"[" * 50_000),
        "error",
        "answer.toml",
    ),
    Hostile(
        "answer.toml is a folder", lambda d, _: (d / "answer.toml").mkdir(), "error", "a folder"
    ),
    Hostile("answer.toml is no UTF-8", beside("answer.toml", b"\xff"), "error", "UTF-8"),
    Hostile(
        "answer.toml deletes what is given",
        beside("answer.toml", b'deletes = ["hearth/__init__.py"]'),
        "error",
        "which is not among",
    ),
    Hostile(
        "answer.toml deletes what is not there",
        beside("answer.toml", b'deletes = ["../../etc/passwd"]'),
        "error",
        "not there",
    ),
    Hostile(
        "answer.toml says that it is the solution",
        beside("answer.toml", b'base = "solution"'),
        "error",
        "Hand in the files",
    ),
    Hostile(
        "handin.toml is deep",
        beside("handin.toml", b"format = 1\na = " + b"{a=" * 50_000),
        "error",
        "handin.toml",
    ),
    Hostile(
        "handin.toml is a number without end",
        beside("handin.toml", b"format = " + b"9" * 5000),
        "error",
        "handin.toml",
    ),
    Hostile(
        "handin.toml is a folder", lambda d, _: (d / "handin.toml").mkdir(), "error", "a folder"
    ),
    Hostile(
        "a playground's mark with an endless number",
        beside(".remodel.json", b'{"exercise": "add-a-column", "variant": 1e400}'),
        "fail",
    ),
    Hostile("a playground's mark that is deep", beside(".remodel.json", b"[" * 100_000), "fail"),
    Hostile(
        "a playground's mark that is a folder", lambda d, _: (d / ".remodel.json").mkdir(), "fail"
    ),
    Hostile(
        "a playground's mark of another exercise",
        beside(".remodel.json", b'{"exercise": "rename-a-column"}'),
        "error",
        "rename-a-column",
    ),
)

#: What a command may do to its database, its folders, and the processes that it finds.
COMMAND = (
    Hostile(
        "a folder in place of the database",
        upgrading("os.unlink(database); os.mkdir(database); os._exit(0)"),
        "fail",
    ),
    Hostile(
        "a link in place of the database",
        upgrading("os.unlink(database); os.symlink('/etc/passwd', database); os._exit(0)"),
        "fail",
    ),
    Hostile(
        "a pipe in place of the database",
        upgrading("os.unlink(database); os.mkfifo(database); os._exit(0)"),
        "fail",
    ),
    Hostile(
        "a socket in place of the database",
        upgrading("""
        import socket
        os.unlink(database)
        os.chdir(os.path.dirname(database))
        socket.socket(socket.AF_UNIX).bind(os.path.basename(database))
        os._exit(0)"""),
        "fail",
    ),
    Hostile(
        "a database of gigabytes",
        upgrading("""
        import resource
        resource.setrlimit(resource.RLIMIT_FSIZE, resource.getrlimit(resource.RLIMIT_FSIZE)[1:] * 2)
        os.truncate(database, 60 * 1024 * 1024)
        os._exit(0)"""),
        "fail",
    ),
    Hostile("half a database", upgrading("os.truncate(database, 5000); os._exit(0)"), "fail"),
    Hostile(
        "a database that nobody may read", upgrading("os.chmod(database, 0); os._exit(0)"), "fail"
    ),
    Hostile(
        "no folder of the database",
        upgrading("""
        import shutil
        shutil.rmtree(os.path.dirname(database))
        os._exit(0)"""),
        "fail",
    ),
    Hostile(
        "a folder where the journal should be",
        upgrading("op.execute('COMMIT'); os.mkdir(database + '-wal'); os._exit(0)"),
        "fail",
    ),
    Hostile(
        "a journal that is none",
        upgrading("open(database + '-wal', 'wb').write(b'x' * 9999); os._exit(0)"),
        "fail",
    ),
    Hostile(
        "no right to any folder",
        upgrading("os.chmod('..', 0); os.chmod('.', 0)"),
        "fail",
        "writes outside of the app's folder",
    ),
    Hostile(
        "no folder of its own",
        upgrading("""
        import shutil
        shutil.rmtree('..', ignore_errors=True)"""),
        "fail",
    ),
    Hostile(
        "folders deeper than a path can say",
        upgrading("""
        os.chdir(os.environ['TMPDIR'])
        for _ in range(1100):
            os.mkdir('d' * 9)
            os.chdir('d' * 9)
        open('file', 'w').close()"""),
        "pass",
    ),
    Hostile(
        "ten thousand files",
        upgrading("""
        for number in range(10_000):
            open(os.path.join(os.environ['TMPDIR'], str(number)), 'w').close()"""),
        "pass",
    ),
    Hostile(
        "files whose names are no UTF-8",
        upgrading("""
        for byte in range(128, 200):
            open(os.path.join(os.environ['TMPDIR'].encode(), bytes([byte, 10])), 'w').close()"""),
        "pass",
    ),
    Hostile(
        "a link to a file of ours",
        upgrading("os.symlink('/etc/shadow', os.path.join(os.environ['TMPDIR'], 'a'))"),
        "pass",
    ),
    Hostile("closes all that is open", upgrading("os.closerange(0, 4096); os._exit(0)"), "fail"),
    Hostile("closes all that is open, and goes on", upgrading("os.closerange(0, 256)"), "fail"),
    Hostile("closes what it prints to", upgrading("os.close(1); os.close(2)"), "pass"),
    Hostile("prints what is no text", upgrading("os.write(1, bytes(range(256)) * 99)"), "pass"),
    Hostile(
        "no file may be opened any more",
        upgrading("""
        import resource
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))"""),
        "fail",
    ),
    Hostile(
        "three files may be open",
        upgrading("""
        import resource
        resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))"""),
        "fail",
    ),
    Hostile(
        "hears no signal",
        upgrading("""
        for number in {*signal.Signals} - {signal.SIGKILL, signal.SIGSTOP}:
            signal.signal(number, signal.SIG_IGN)"""),
        "pass",
    ),
    Hostile("stops itself", upgrading("os.kill(os.getpid(), signal.SIGSTOP)"), "fail"),
    Hostile("a segmentation fault", upgrading("os.kill(os.getpid(), signal.SIGSEGV)"), "fail"),
    Hostile(
        "kills the zygote and its keeper",
        upgrading("""
        with open(f'/proc/{os.getppid()}/status') as file:
            keeper = next(int(line.split()[1]) for line in file if line.startswith('PPid'))
        os.kill(keeper, signal.SIGKILL)
        os.kill(os.getppid(), signal.SIGKILL)"""),
        "fail",
    ),
    Hostile("stops the zygote", upgrading("os.kill(os.getppid(), signal.SIGSTOP)"), "fail"),
    Hostile("raises what nobody catches", upgrading("raise BaseException('\\ud800')"), "fail"),
    Hostile("exits with a text of half characters", upgrading("sys.exit('\\ud800')"), "fail"),
    Hostile("exits with a number that is none", upgrading("sys.exit(10 ** 30)"), "fail"),
    Hostile(
        "a schema that is no SQL",
        upgrading("""
        op.execute('PRAGMA writable_schema = 1')
        op.execute("UPDATE sqlite_master SET sql = X'80FF' WHERE name = 'room'")"""),
        "fail",
    ),
    Hostile(
        "a table that is a view of itself",
        upgrading("""
        op.execute('PRAGMA writable_schema = 1')
        op.execute("INSERT INTO sqlite_master VALUES "
            "('view', 'v', 'v', 0, 'CREATE VIEW v AS SELECT * FROM v')")"""),
        "fail",
    ),
    Hostile(
        "a trigger without end",
        upgrading("""
        op.execute('CREATE TRIGGER t AFTER INSERT ON room BEGIN ' + ENDLESS + '; END')"""),
        "fail",
    ),
    Hostile(
        "a text that is none",
        upgrading("""
        op.execute("UPDATE room SET name = CAST(X'80FF' AS TEXT) WHERE id = "
            "(SELECT min(id) FROM room)")"""),
        "fail",
    ),
    Hostile(
        "two thousand columns",
        upgrading("""
        op.execute('CREATE TABLE t (' + ', '.join(f'c{n}' for n in range(1999)) + ')')"""),
        "fail",
    ),
    Hostile(
        "a version that is none",
        upgrading("""
        op.execute("UPDATE alembic_version SET version_num = X'80FF'")"""),
        "fail",
    ),
    Hostile("no version table", upgrading("op.execute('DROP TABLE alembic_version')"), "fail"),
)

#: What an app may print in words that were the grader's own: they are drawn in each session, so
#: that these say nothing.
PRINTED = (
    Hostile(
        "marks of ours without sense",
        more("""
import atexit
for mark in ('mapped:', 'read:', 'pages:', 'requests:', 'ids:', 'detected:'):
    atexit.register(print, mark + '{"a": [')
"""),
        "pass",
    ),
    Hostile(
        "marks of ours in another form",
        more("""
import atexit
for mark in ('mapped:', 'read:', 'pages:', 'requests:', 'ids:', 'detected:'):
    atexit.register(print, mark + '[[1, {"a": 2}, null], 3]')
"""),
        "pass",
    ),
    Hostile(
        "marks of ours that are deep",
        more("""
import atexit
for mark in ('mapped:', 'read:', 'pages:', 'requests:', 'ids:', 'detected:'):
    atexit.register(print, mark + '[' * 30_000)
"""),
        "pass",
    ),
)

FINDINGS = (
    Hostile("lists in lists", text("a = " + "[" * 50_000), "fail"),
    Hostile("tables in tables", text("a = " + "{a=" * 50_000), "fail"),
    Hostile("a number without end", text("a = " + "9" * 100_000), "fail"),
    Hostile("a hundred thousand findings", text("[[finding]]\n" * 20_000), "fail"),
    Hostile("no UTF-8", text("# \ud800\n"), "fail"),
    Hostile(
        "a table that commands a terminal",
        more('[[finding]]\ntable = "\\u001b[2J"\ndifference = "no table"\n'),
        "fail",
    ),
    Hostile("a folder", instead(Path.mkdir), "error", "findings.toml"),
)

COMMANDS = (
    Hostile("NUL", text("flask db upgrade \0\n"), "fail"),
    Hostile("a line without end", text("flask db upgrade " + "x" * 200_000), "fail"),
    Hostile("ten thousand commands", text("flask db upgrade\n" * 10_000), "fail"),
    Hostile("no UTF-8", text("[production]\nflask db stamp \ud800\n"), "fail"),
    Hostile("another folder", text("[production]\nflask db upgrade -d /etc\n"), "fail"),
    Hostile("a quote without end", text("[production]\nflask db stamp '\n"), "fail"),
)

SQL = (
    Hostile(
        "a query without end",
        text("WITH RECURSIVE n AS (SELECT 1 UNION ALL SELECT 1 FROM n) SELECT count(*) FROM n;"),
        "fail",
    ),
    Hostile("another database", text("ATTACH '/etc/passwd' AS p; SELECT * FROM p.x;"), "fail"),
    Hostile("NUL", text("SELECT 1;\0SELECT 2;"), "fail"),
    Hostile("no UTF-8", text("SELECT '\ud800';"), "fail"),
    Hostile("a command of the shell", text(".shell touch /tmp/x\n.read /etc/passwd\n"), "fail"),
    Hostile("text without end", text("SELECT " + "(" * 100_000), "fail"),
    Hostile(
        "a trigger without end",
        more(f";CREATE TRIGGER t AFTER INSERT ON room BEGIN {ENDLESS}; END;"),
        "fail",
    ),
    Hostile(
        "a view of itself",
        more(
            ";PRAGMA writable_schema = 1; INSERT INTO sqlite_master VALUES "
            "('view', 'v', 'v', 0, 'CREATE VIEW v AS SELECT * FROM v');"
        ),
        "fail",
    ),
    Hostile(
        "a schema that is no SQL",
        more(
            ";PRAGMA writable_schema = 1;"
            "UPDATE sqlite_master SET sql = X'80FF' WHERE name = 'room';"
        ),
        "fail",
    ),
    Hostile(
        "a name that is no text",
        more(
            ";PRAGMA writable_schema = 1; UPDATE sqlite_master SET name = X'80FF', "
            "tbl_name = X'80FF' WHERE name = 'room';"
        ),
        "fail",
    ),
)

#: The revision that is new in add-a-column.
REVISION = "migrations/versions/0002_furniture_has_a_colour.py"
#: Of which exercise which file is spoiled, and how.
CASES = [
    pytest.param("add-a-column", REVISION, PYTHON, id="revision"),
    pytest.param("add-a-column", REVISION, (*FOLDER, *SAYS), id="folder"),
    pytest.param("add-a-column", REVISION, COMMAND, id="command", marks=pytest.mark.slow),
    pytest.param("rename-a-column", "hearth/models.py", (*MODELS, *PRINTED), id="models"),
    pytest.param("spot-the-drift", "findings.toml", FINDINGS, id="findings"),
    pytest.param("wrong-stamp", "repair.txt", COMMANDS, id="commands", marks=pytest.mark.slow),
    pytest.param("alter-by-hand", "change.sql", SQL, id="sql"),
]


def hand_ins(exercise: Exercise, file: str, kinds: tuple[Hostile, ...], place: Path) -> list[str]:
    """The folders of all `kinds`, below `place`, and a right answer as the last."""
    folders = [place / f"{n}" for n in range(len(kinds) + 1)]
    for folder, kind in zip(folders, (*kinds, None), strict=True):
        shutil.copytree(exercise.solution_path, folder)
        (folder / "README.md").unlink()
        if kind:
            kind.spoil(folder, folder / file)
    return [str(folder) for folder in folders]


def graded(
    catalog: Catalog, slug: str, file: str, kinds: tuple[Hostile, ...], place: Path
) -> dict[str, Verdict]:
    """The verdict on each of `kinds` by its name, all of one limit graded in one run.

    A right answer is the last of each run; what is done to the others costs it nothing.
    """
    exercise = catalog.exercise(slug)
    verdicts: dict[str, Verdict] = {}
    for limit, right in ((SOON, False), (LIMIT, True)):
        these = tuple(kind for kind in kinds if (kind.status == "pass") == right)
        named = hand_ins(exercise, file, these, place / str(limit))
        with closing(Grading.of(catalog, named, [1], limit=limit, policy=FIRST_REFUSAL)) as grading:
            *made, last = grade(grading, [exercise])
        assert last.status == "pass"
        verdicts |= {kind.name: verdict for kind, verdict in zip(these, made, strict=True)}
    return verdicts


@pytest.mark.parametrize(("slug", "file", "kinds"), CASES)
def test_what_is_handed_in_ends_in_a_verdict_on_it_alone(
    slug: str,
    file: str,
    kinds: tuple[Hostile, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Refused where it is the answer's fault, ungraded where it cannot be taken; in plain text."""
    monkeypatch.chdir(tmp_path)
    catalog = find_course()
    verdicts = graded(catalog, slug, file, kinds, tmp_path / "in")
    write_results(tmp_path / "results.json", [*verdicts.values()])
    shown = {name: "\n".join(verdict_lines(each, catalog)) for name, each in verdicts.items()}
    ended = {name: each.status for name, each in verdicts.items()}
    others = [shown[kind.name] for kind in kinds if ended[kind.name] != kind.status]
    assert ended == {kind.name: kind.status for kind in kinds}, "\n".join(others)
    for kind in kinds:
        assert kind.says.replace(" ", "") in "".join(shown[kind.name].split())
        assert "grader itself" not in shown[kind.name]
    results: Any = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    jsonschema.validate(results, SCHEMA)
    assert [each["status"] for each in results] == [*ended.values()]
    written = json.dumps(results, ensure_ascii=False).replace("\\n", "").replace("\\t", "")
    assert written.isascii() or not {*"\x1b\x9b\x07\u202e\u2066"} & {*written}
