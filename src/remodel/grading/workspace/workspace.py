"""A scratch copy for one command: lays the answer out, runs it, copies the databases out.

A migration is a function, database in and database out. The database lies in the scratch copy
under a random name and comes back as bytes; a command that left no database left nothing. Other
files that it left come back, too, for those who run the next command on the same machine.
"""

import contextlib
import hashlib
import json
import os
import secrets
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from remodel.course.layout import database_file, database_variable
from remodel.database.copy_out import copy_out
from remodel.database.remains import without_remains
from remodel.database.server_database import ServerDatabase
from remodel.database.trial_reading import TrialReader
from remodel.grading.answer import Answer
from remodel.grading.workspace import home
from remodel.grading.workspace.bytecode import bytecode_of
from remodel.grading.workspace.footprint import footprint
from remodel.grading.workspace.keeps_nothing import keeps_nothing
from remodel.grading.workspace.leftovers import Files, files_left
from remodel.grading.workspace.machine import (
    faults_of_this_machine,
    processes_ended_for_memory,
    refuse_what_the_machine_did,
    was_killed,
)
from remodel.grading.workspace.memory import Memory
from remodel.grading.workspace.stores import store_of_kind
from remodel.runner import LIMIT, Command, Completed, Runner
from remodel.scratch import lay_out, scratch

if TYPE_CHECKING:
    from remodel.database.server_store import ServerStore

T = TypeVar("T")
#: How many things that `once` made are kept: those of an exercise or two.
MADE = 32
#: Bind name ("" is the main one) to the bytes of its database; b"" is an empty database.
Databases = Mapping[str, bytes]


@dataclass(frozen=True)
class RunResult:
    """How a command ended and the databases that it left, and other files beside its own."""

    completed: Completed
    databases: Databases
    left: Files = field(default_factory=dict)


class Workspace:
    """Runs commands in scratch copies and remembers the outcomes: none runs twice.

    `foresee` begins a command that will be asked for soon, on the second core. With a `store`, the
    databases of commands are a server's and no files.
    """

    def __init__(
        self, runner: Runner, limit: float = LIMIT, store: "ServerStore | None" = None
    ) -> None:
        self.runner, self.limit, self._store = runner, limit, store
        self._remembered = Memory[RunResult]()
        self._made: dict[tuple[object, ...], Future[Any]] = {}
        self._lock = threading.Lock()
        self._ended_for_memory = processes_ended_for_memory()
        #: One name for all commands: what one of them leaves beside the database, the next finds.
        self._name = secrets.token_hex(4)
        #: What begins a line that a command prints for us; no answer can have it written down.
        self.mark = f"{secrets.token_hex(8)}:"
        beside = runner.at_once - 1
        self._beside = ThreadPoolExecutor(beside) if beside else None
        self._foreseen: list[tuple[Future[object], threading.Event]] = []
        self._thread = threading.local()
        #: An inline runner is for practice, and keeps nothing apart.
        self._reader = None if runner.name == "inline" else TrialReader()

    def run(
        self,
        answer: Answer,
        argv: tuple[str, ...],
        databases: Databases,
        left: Files = MappingProxyType({}),
    ) -> RunResult:
        """Run `argv` in a fresh copy of `answer` with `databases`.

        A word SCRATCH in `argv` stands for a folder that the command may write to. `left`: what an
        earlier command left on this machine. Where `argv` begins with "typed", the rest is typed
        in a playground that has `databases`.
        """
        if self._is_dropped():
            raise CancelledError
        of_course = footprint(answer, argv)
        key = (of_course or answer.key, argv, digest(databases), digest(left))
        with self._lock:
            future, known = self._remembered.promised(key, lasting=of_course is not None)
        if not known:
            try:
                owner = "course" if of_course else answer.key
                outcome = self._run(answer, argv, databases, left, owner)
                if outcome.completed.stopped == "killed":  # by it, or by what ran beside it?
                    outcome = self._run(answer, argv, databases, left, owner, alone=True)
                future.set_result(outcome)
            except BaseException as error:
                with self._lock:
                    self._remembered.drop(key)
                future.set_exception(error)
                raise
        return future.result()

    def empty(self, kind: str) -> bytes:
        """A database without tables: of the server that all get, or else of that `kind`."""
        if self._store:
            return self._store.empty()
        return b"" if kind == "sqlite" else store_of_kind(kind).empty()

    @property
    def main_file(self) -> str:
        """Where a command's main database lies, in its scratch copy."""
        return f"data/{self._name}0.db"

    def foresee(self, work: Callable[[], object]) -> Future[object] | None:
        """Do `work` (which calls `run`) beside the caller's own; None where that cannot be."""
        if not self._beside:
            return None
        dropped = threading.Event()

        def begun() -> object:
            self._thread.dropped = dropped
            return work()

        try:
            future = self._beside.submit(begun)
        except RuntimeError:  # this machine starts no more threads
            return None
        self._foreseen.append((future, dropped))
        return future

    def drop_foreseen(self) -> None:
        """Drop what was foreseen: it would only be in the way of what comes.

        Of what has begun, the command that runs is the last.
        """
        for future, dropped in self._foreseen:
            dropped.set()
            future.cancel()
        self._foreseen.clear()

    def _is_dropped(self) -> bool:
        """Whether the calling thread works on what nobody waits for any more."""
        dropped: threading.Event | None = getattr(self._thread, "dropped", None)
        return dropped is not None and dropped.is_set()

    def close(self) -> None:
        """Wait for what was begun; what was only foreseen is dropped."""
        self.drop_foreseen()
        if self._beside:
            self._beside.shutdown(cancel_futures=True)
        if self._reader:
            self._reader.close()

    def once(self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """What `make` gives, which no answer has a part in, made once for `key`."""
        while True:
            with self._lock:
                known = self._made.get(key)
                future: Future[T] = known or Future()
                self._made[key] = future
                while len(self._made) > MADE:
                    del self._made[next(iter(self._made))]
            if not known:
                self._make(key, make, future)
            try:
                return future.result()
            except CancelledError:  # whoever was making it had to stop
                if self._is_dropped():
                    raise

    def _make(self, key: tuple[object, ...], make: Callable[[], T], future: Future[T]) -> None:
        """Complete `future`; what could not be made is tried again by whoever asks next."""
        try:
            future.set_result(make())
        except BaseException as error:
            with self._lock:
                self._made.pop(key, None)
            future.set_exception(error)

    def forget(self, keep: set[str]) -> None:
        """Forget what code of a learner's did, but for the answers whose key is in `keep`."""
        with self._lock:
            self._remembered.forget(keep)

    def _run(
        self,
        answer: Answer,
        argv: tuple[str, ...],
        databases: Databases,
        left: Files,
        owner: str,
        alone: bool = False,
    ) -> RunResult:
        if argv[0] == "typed":
            return self._run_typed(answer, argv, databases, alone)
        with faults_of_this_machine(), scratch() as folder:
            app, temporary, data = folder / "app", folder / "tmp", folder / "data"
            bytecode = bytecode_of(answer)
            lay_out(left, folder)
            lay_out(answer.files, app)
            lay_out(bytecode, app)
            temporary.mkdir(exist_ok=True)
            data.mkdir(exist_ok=True)
            places = {b: data / f"{self._name}{n}.db" for n, b in enumerate(databases)}
            words = tuple(word.replace("SCRATCH", str(temporary)) for word in argv)
            with contextlib.ExitStack() as until_read:
                laid = {b: self._laid(c, places[b], until_read) for b, c in databases.items()}
                env = environment({bind: url for bind, (url, _) in laid.items()}, temporary)
                limit = self.limit * COMMANDS_IN.get(argv[0], 1)
                on_files = not any(isinstance(c, ServerDatabase) for c in databases.values())
                stays = on_files and not alone and keeps_nothing(answer)
                command = Command(words, app, env, limit, alone, owner, stays)
                completed = self.runner.run(command)
                made = {bind: read() for bind, (_, read) in laid.items()}
            if owner != "course":
                made = {bind: self._tried(made[bind], databases[bind]) for bind in made}
            refuse_what_the_machine_did(argv, completed, folder, self._is_out_of_memory(completed))
            known = {f"app/{name}" for name in (*answer.files, *bytecode)}
            known |= {f"data/{path.name}{end}" for path in places.values() for end in _OF_SQLITE}
            return RunResult(_hide(completed, folder), made, files_left(folder, known))

    def _tried(self, content: bytes, before: bytes) -> bytes:
        """`content` where it can be read within limits; `before` was read already."""
        if content == before or not self._reader or isinstance(content, ServerDatabase):
            return content
        if content == without_remains(before):  # nothing was written
            return content
        return self._reader.read(content)

    def _laid(
        self, content: bytes, place: Path, until_read: contextlib.ExitStack
    ) -> tuple[str, Callable[[], bytes]]:
        """The URL of a database with `content`, and what reads it when the command has ended."""
        if isinstance(content, ServerDatabase):
            store = content.store
            url = until_read.enter_context(store.restored(content))
            return url, lambda: store.read(url)
        if content:
            place.write_bytes(content)
        return f"sqlite:///{place}", lambda: copy_out(place)

    def _run_typed(
        self, answer: Answer, argv: tuple[str, ...], databases: Databases, alone: bool
    ) -> RunResult:
        with faults_of_this_machine(), home.laid_out(answer, databases) as folder:
            command = Command(argv, folder, home.environment(folder), self.limit, alone)
            completed = self.runner.run(command)
            made = {
                bind: self._tried(copy_out(database_file(folder, bind)), content)
                for bind, content in databases.items()
            }
            failing = self._is_out_of_memory(completed)
            refuse_what_the_machine_did(argv[1:], completed, folder, failing)
            return RunResult(completed.without(f"{folder}{os.sep}", ""), made)

    def _is_out_of_memory(self, completed: Completed) -> bool:
        """Whether the kernel has ended processes since this was asked last, or at the beginning."""
        if not was_killed(completed):
            return False
        before, self._ended_for_memory = self._ended_for_memory, processes_ended_for_memory()
        return self._ended_for_memory > before


#: How many commands' time a command takes that starts others.
COMMANDS_IN = {"roll-out": 3}
#: The files that SQLite keeps for one database (https://www.sqlite.org/tempfiles.html).
_OF_SQLITE = ("", "-journal", "-wal", "-shm")


def _hide(completed: Completed, folder: Path) -> Completed:
    """The same with paths as the learner knows them: relative to the app."""
    for place in {folder, folder.resolve()}:
        completed = completed.without(f"{place}{os.sep}app{os.sep}", "")
    return completed


def environment(databases: Mapping[str, str], temporary: Path) -> dict[str, str]:
    """The environment of a learner's command: the databases' URLs, and little else."""
    urls = {database_variable(bind): url for bind, url in databases.items()}
    return {
        **urls,
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(temporary),
        "TMPDIR": str(temporary),
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def digest(databases: Mapping[str, bytes]) -> str:
    """Equal databases have equal digests, and so have equal files."""
    return hashlib.sha256(
        json.dumps(
            {bind: hashlib.sha256(content).hexdigest() for bind, content in databases.items()},
            sort_keys=True,
        ).encode()
    ).hexdigest()
