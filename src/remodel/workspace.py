"""A scratch copy for one command: lays the answer out, runs it, copies the databases out.

A migration is a function, database in and database out. The database lies in the scratch copy
under a random name and comes back as bytes; a command that left no database left nothing.
"""

import functools
import hashlib
import importlib.util
import json
import marshal
import os
import secrets
import shutil
import sqlite3
import stat
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from remodel.answer import Answer
from remodel.runner import Command, Completed, Runner
from remodel.sqlite import MAX_BYTES

T = TypeVar("T")
#: Bind name ("" is the main one) to the bytes of its database; b"" is an empty database.
Databases = Mapping[str, bytes]


@dataclass(frozen=True)
class Outcome:
    """How a command ended and the databases that it left."""

    completed: Completed
    databases: Databases


class Workspace:
    """Runs commands in scratch copies and remembers the outcomes: none runs twice.

    `foresee` begins a command that will be asked for soon, on the second core.
    """

    def __init__(self, runner: Runner, limit: float = 10.0) -> None:
        self.runner, self.limit = runner, limit
        self._remembered: dict[str, dict[tuple[object, ...], Future[Outcome]]] = {}
        self._made: dict[tuple[str, ...], Any] = {}
        self._lock = threading.Lock()
        self._second = ThreadPoolExecutor(1) if runner.parallel else None

    def run(self, answer: Answer, argv: tuple[str, ...], databases: Databases) -> Outcome:
        """Run `argv` in a fresh copy of `answer` with `databases`.

        A word SCRATCH in `argv` stands for a folder that the command may write to.
        """
        with self._lock:
            memory = self._remembered.setdefault(answer.key, {})
            key = (argv, digest(databases))
            known = key in memory
            future = memory.setdefault(key, Future())
        if not known:
            try:
                with scratch() as folder:
                    future.set_result(self._run(folder, answer, argv, databases))
            except BaseException as error:
                with self._lock:
                    memory.pop(key, None)
                future.set_exception(error)
                raise
        return future.result()

    def foresee(self, work: Callable[[], object]) -> None:
        """Do `work` (which calls `run`) beside the caller's own; what it raises is forgotten."""
        if self._second:
            self._second.submit(work)

    def close(self) -> None:
        """Wait for what was begun; what was only foreseen is dropped."""
        if self._second:
            self._second.shutdown(cancel_futures=True)

    def once(self, key: tuple[str, ...], make: Callable[[], T]) -> T:
        """What `make` gives, made once for `key` until the next `forget`."""
        if key not in self._made:
            self._made[key] = make()
        made: T = self._made[key]
        return made

    def forget(self, keep: set[str]) -> None:
        """Forget what was made, and every answer whose key is not in `keep`."""
        with self._lock:
            self._made = {}
            self._remembered = {k: v for k, v in self._remembered.items() if k in keep}

    def _run(
        self, folder: Path, answer: Answer, argv: tuple[str, ...], databases: Databases
    ) -> Outcome:
        app, temporary, data = folder / "app", folder / "tmp", folder / secrets.token_hex(4)
        lay_out(answer.files, app)
        lay_out(bytecode_of(answer), app)
        temporary.mkdir()
        data.mkdir()
        places = {bind: data / f"{secrets.token_hex(4)}.db" for bind in databases}
        for bind, content in databases.items():
            if content:
                places[bind].write_bytes(content)
        words = tuple(word.replace("SCRATCH", str(temporary)) for word in argv)
        env = environment(places, temporary)
        completed = self.runner.run(Command(words, app, env, self.limit))
        return Outcome(
            _hide(completed, folder), {bind: copy_out(path) for bind, path in places.items()}
        )


def _hide(completed: Completed, folder: Path) -> Completed:
    """The same with paths as the learner knows them: relative to the app."""
    for place in {folder, folder.resolve()}:
        completed = completed.without(f"{place}{os.sep}app{os.sep}", "")
    return completed


def environment(places: Mapping[str, Path], temporary: Path) -> dict[str, str]:
    """The environment of a learner's command: where the databases are, and little else."""
    urls = {
        f"{bind.upper()}_DATABASE_URL" if bind else "DATABASE_URL": f"sqlite:///{path}"
        for bind, path in places.items()
    }
    return {
        **urls,
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(temporary),
        "TMPDIR": str(temporary),
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder that is gone afterwards, in memory where the machine has a place for that."""
    memory = Path("/dev/shm")
    place = memory if memory.is_dir() and os.access(memory, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="remodel-", dir=place))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if folder.exists():  # a migration may have taken its own folder's permissions away
            _make_removable(folder)
            shutil.rmtree(folder, ignore_errors=True)


def _make_removable(folder: Path) -> None:
    folder.chmod(0o700)
    for path in folder.rglob("*"):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o700)


def lay_out(files: Mapping[str, bytes], folder: Path) -> None:
    """Write `files` (relative POSIX path to content) under `folder`."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def bytecode_of(answer: Answer) -> dict[str, bytes]:
    """What Python would write to __pycache__ for the files that come from the course.

    Compiling the same twenty files for each command would take a fifth of its time. A learner's
    own files are left alone: they are compiled where they run.
    """
    given = answer.exercise.given
    return {
        importlib.util.cache_from_source(name): _compiled(name, content)
        for name, content in answer.files.items()
        if name.endswith(".py") and given.get(name) == content
    }


@functools.lru_cache(maxsize=1024)
def _compiled(name: str, content: bytes) -> bytes:
    """The .pyc file, of the kind that is not checked against its source (PEP 552)."""
    code = compile(content, name, "exec", dont_inherit=True)
    unchecked = (1).to_bytes(4, "little")
    head = importlib.util.MAGIC_NUMBER + unchecked + importlib.util.source_hash(content)
    return head + marshal.dumps(code)


def copy_out(path: Path) -> bytes:
    """The database at `path`, b"" where there is none that can be trusted to be a plain file."""
    content = _read_plain_file(path)
    sidecars = {
        end: _read_plain_file(path.with_name(path.name + end)) for end in ("-wal", "-journal")
    }
    return _settle(content, sidecars) if content and any(sidecars.values()) else content


def _read_plain_file(path: Path) -> bytes:
    # Neither a symlink to another file nor a FIFO that blocks the reader: both were tried on us.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    flags |= getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except OSError:
        return b""
    with open(descriptor, "rb") as file:  # noqa: PTH123
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode) or about.st_size > MAX_BYTES:
            return b""
        return file.read()


def _settle(content: bytes, sidecars: Mapping[str, bytes]) -> bytes:
    """Fold in a -wal, or roll back a -journal, that a killed command left beside the database."""
    with scratch() as folder:
        copy = folder / "copy.db"
        copy.write_bytes(content)
        for end, beside in sidecars.items():
            if beside:
                copy.with_name(copy.name + end).write_bytes(beside)
        try:
            with closing(sqlite3.connect(copy)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                connection.execute("PRAGMA journal_mode = DELETE")
            return copy.read_bytes()
        except sqlite3.Error:
            return content


def digest(databases: Databases) -> str:
    """Equal databases have equal digests."""
    return hashlib.sha256(
        json.dumps(
            {bind: hashlib.sha256(content).hexdigest() for bind, content in databases.items()},
            sort_keys=True,
        ).encode()
    ).hexdigest()
