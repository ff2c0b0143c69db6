"""A course of one's own, and the real command: what a learner has before them."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

#: A shipped answer may be a test of its own, which the exercise's app runs.
collect_ignore = ["answers"]
ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
SYSTEM = "/usr/local/bin:/usr/bin:/bin"
SLUG = "add-a-column"
SOLUTION = Path("solutions/04-creating-and-applying/add-a-column")
#: The only shipped answers that a learner's command shows. All of them are 1,900 files, and to
#: copy them for each test took five times as long as the rest.
WELCOME_ANSWERS = "tests/answers/06-complex-changes/rename-a-column"

# Under `make test`, a make that a test starts would take itself for a part of that one.
for variable in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS"):
    os.environ.pop(variable, None)

# A shell starts what runs in the background with SIGINT ignored, and every child inherits that:
# the commands under test would not hear Ctrl-C.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@dataclass(frozen=True)
class Remodel:
    """Calls the installed `remodel` in a subprocess, in one course, as an activated shell would."""

    course: Path
    env: dict[str, str] = field(default_factory=dict)

    @property
    def begun(self) -> Path:
        """Where add-a-column lies once it is begun."""
        return self.course / "playground" / SLUG

    def environment(self, **changed: str) -> dict[str, str]:
        """What the command finds: this environment first on PATH, 80 columns, a home of its own."""
        home = self.course.parent / "home"
        home.mkdir(exist_ok=True)
        return {
            "PATH": f"{BIN}:{SYSTEM}",
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "COLUMNS": "80",
            "SHELL": "/bin/bash",
            "REMODEL_COURSE": str(self.course),
            **self.env,
            **changed,
        }

    def __call__(
        self, *words: str, cwd: Path | None = None, typed: str = "", **env: str
    ) -> subprocess.CompletedProcess[str]:
        """Run `remodel WORDS` in `cwd` (the course's root unless given)."""
        return self.run(str(BIN / "remodel"), *words, cwd=cwd, typed=typed, **env)

    def run(
        self, *argv: str, cwd: Path | None = None, typed: str = "", **env: str
    ) -> subprocess.CompletedProcess[str]:
        """Run any program as the learner would."""
        return subprocess.run(
            argv,
            cwd=cwd or self.course,
            env=self.environment(**env),
            input=typed,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def ship(self) -> None:
        """Do what an author does who has changed the course: what is there now is shipped."""
        done = self("dev", "manifest")
        assert done.returncode == 0, done.stderr

    def solve(self) -> None:
        """Do what the solution of add-a-column does, in the files alone."""
        for part in ("hearth", "migrations"):
            shutil.copytree(self.course / SOLUTION / part, self.begun / part, dirs_exist_ok=True)


def copy_course(to: Path) -> Path:
    """A fresh copy of what the course consists of, without what running it leaves behind."""
    ignored = shutil.ignore_patterns("__pycache__", "instance", ".pytest_cache")
    proofs = ("tests/experiments", "tests/myths")
    for part in ("lessons", "exercises", "solutions", WELCOME_ANSWERS, *proofs):
        shutil.copytree(ROOT / part, to / part, ignore=ignored)
    shutil.copytree(ROOT / "docs" / "questions", to / "docs" / "questions")
    for file in ("myths.toml", "errors.toml", "experiments.json"):
        shutil.copy(ROOT / "docs" / file, to / "docs")
    return to


@pytest.fixture(scope="session")
def looking(tmp_path_factory: pytest.TempPathFactory) -> Remodel:
    """A course shared by the tests that write nothing: no exercise is begun in it."""
    return Remodel(copy_course(tmp_path_factory.mktemp("looking") / "course"))


@pytest.fixture(scope="session")
def _begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    remodel = Remodel(copy_course(tmp_path_factory.mktemp("begun") / "course"))
    assert remodel("start", SLUG).returncode == 0
    return remodel.course


@pytest.fixture
def course(tmp_path: Path, looking: Remodel) -> Path:
    """A fresh copy of the course, to write in."""
    return shutil.copytree(looking.course, tmp_path / "course")


@pytest.fixture
def remodel(course: Path) -> Remodel:
    """The command, in a course where nothing is begun."""
    return Remodel(course)


@pytest.fixture
def learner(tmp_path: Path, _begun: Path) -> Remodel:
    """The command, in a course where add-a-column is begun."""
    return Remodel(shutil.copytree(_begun, tmp_path / "course"))


@pytest.fixture
def short(_begun: Path) -> Iterator[Remodel]:
    """As `learner`, in a folder whose path is short: paths are never broken at 80 columns."""
    with tempfile.TemporaryDirectory(prefix="r") as folder:
        yield Remodel(shutil.copytree(_begun, Path(folder) / "c"))


def in_terminal(
    remodel: Remodel, *words: str, columns: int = 60, rows: int = 20, typed: str = "", **env: str
) -> str:
    """What `remodel WORDS` shows in a terminal of its own, which Windows has not.

    What is `typed` lies there from the beginning.
    """
    import pty

    parent, child = pty.openpty()
    os.write(parent, typed.encode())
    os.set_blocking(parent, True)
    environment = remodel.environment(COLUMNS=str(columns), LINES="20", **env)
    process = subprocess.Popen(
        [BIN / "remodel", *words],
        cwd=remodel.course,
        env=environment,
        stdin=child,
        stdout=child,
        stderr=child,
        start_new_session=True,
    )
    os.close(child)
    shown = b""
    while True:
        try:
            part = os.read(parent, 65536)
        except OSError:  # the other end is closed: it has ended
            break
        if not part:
            break
        shown += part
    os.close(parent)
    process.wait(timeout=60)
    return shown.decode().replace("\r\n", "\n")


def content(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`, but for what Python keeps for itself."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def without_powers(*argv: str) -> list[str]:
    """The command as an ordinary user runs it: root, too, must then respect `chmod`."""
    if os.geteuid() != 0:
        return list(argv)
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all", *argv]


def current(folder: Path) -> str:
    """The revision that the learner's own database records."""
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(folder / "instance" / "hearth.db")) as connection:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0])


@dataclass
class Terminal:
    """One bash in which lines are typed one after the other; it remembers where it is."""

    process: "subprocess.Popen[str]"

    @classmethod
    def opened(cls, cwd: Path, env: dict[str, str]) -> "Terminal":
        """A fresh bash that has read no start-up file."""
        process = subprocess.Popen(
            ["bash", "--norc", "--noprofile"],
            cwd=cwd,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return cls(process)

    def type(self, line: str) -> tuple[int, str]:
        """Type `line`; returns its exit code and everything that it printed."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(f"{line}\nprintf '\\n@@%s\\n' $?\n")
        self.process.stdin.flush()
        said: list[str] = []
        for heard in self.process.stdout:
            if heard.startswith("@@"):
                return int(heard[2:]), "".join(said).strip("\n")
            said.append(heard)
        raise AssertionError(f"bash ended at {line!r}: {''.join(said)}")

    def close(self) -> None:
        """Leave the shell."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.process.stdout.close()


#: Builds a site: `build(course, to, config, **environment)`.
Build = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def build() -> Build:
    """Builds a course's site strictly: `build(course, to, config, **environment)`."""

    def built(
        course: Path, to: Path, config: str = "mkdocs.yml", **env: str
    ) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
        return subprocess.run(
            [*command, "-f", config, "-d", str(to)],
            cwd=course,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **env},
            capture_output=True,
            text=True,
            check=False,
        )

    return built


@pytest.fixture(scope="session")
def address() -> str:
    """Where the built site is served: instant navigation follows links to its own address only."""
    from tests.serving import free_address

    return free_address()


#: Where the site under test says that the course can be had.
REPOSITORY = "https://forge.invalid/somebody/remodel"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, address: str, build: Build) -> Path:
    """The built site."""
    folder = tmp_path_factory.mktemp("site")
    built = build(ROOT, folder, SITE_URL=address, REPOSITORY_URL=REPOSITORY)
    assert built.returncode == 0, built.stderr
    return folder
