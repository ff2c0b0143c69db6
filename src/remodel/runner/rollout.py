"""Old and new code on one database, while people use both.

Each app is a process that serves HTTP, each upgrade and each stamp one of its own. The steps come
one after the other, and after each of them the same things are asked of every app that runs. So
nothing here waits for a clock, and what comes of it does not depend on how fast the machine is.
"""

import base64
import html
import http.client
import json
import multiprocessing
import os
import re
import sys
import traceback
import urllib.parse
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from typing import Any

#: What is done: "upgrade" a database by a folder's revisions, up to one, or "stamp" it with one;
#: "start" an app of a folder, under a name, with variables of its environment; "stop" one. Its
#: words follow.
Step = tuple[str, ...]
#: What is asked: method, path, and what is typed. `{word}` is a word that nobody has written,
#: `{row}` the id of a row that nobody else changes after that step.
Ask = tuple[str, str, dict[str, str]]
#: What came of one: the step's number, the app, method, path, what was typed, HTTP status. A page
#: has the status 0 where it does not show what the app beside it has accepted: the word "", and
#: "instead" of it what stands in its place, as far as that is known.
Answered = tuple[int, str, str, str, dict[str, str], int]
#: The step that failed, and in which words; none where each went well.
Outcome = tuple[list[Answered], int, str]
#: How SQLite and PostgreSQL say that a rule of a table refuses a row.
_REFUSAL = re.compile(
    r"[A-Z][A-Z ]* constraint failed: [\w., ]*\w"
    r"|[\w\" ]+ violates [\w-]+ constraint(?: \"\w+\")?"
)
#: Bytes of JSON: some hundreds of requests are far less.
_LARGEST = 4 * 1024 * 1024


def packed(outcome: Outcome) -> str:
    """`outcome` as one short word of letters, for standard output."""
    return base64.b64encode(zlib.compress(json.dumps(outcome).encode())).decode()


def unpacked(word: str) -> Any:
    """What `packed` made `word` of; of another word, anything, or a ValueError."""
    try:
        text = zlib.decompressobj().decompress(base64.b64decode(word), _LARGEST)
    except zlib.error as error:
        raise ValueError(str(error)) from None
    return json.loads(text)


def roll_out(steps: list[Step], asks: list[Ask], rows: list[int], page: str) -> Outcome:
    """Take the steps, and ask after each; `page` is to show each word that was accepted.

    `rows` are the ids of two rows for each step.
    """
    rollout = _Rollout(asks, rows, page)
    try:
        for number, step in enumerate(steps):
            failed = rollout.take(number, step)
            if failed:
                return rollout.answered, number, failed
        return rollout.answered, -1, ""
    finally:
        rollout.close()


@dataclass
class _App:
    """A process that serves an app, and where."""

    process: Any
    port: int

    def ask(self, method: str, path: str, typed: dict[str, str]) -> tuple[int, str]:
        """The HTTP status and the page; 0 where the app has ended."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if typed else {}
        try:
            connection.request(method, path, urllib.parse.urlencode(typed), kind)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            connection.close()

    def close(self) -> None:
        self.process.terminate()  # so gunicorn's parent ends its worker first
        self.process.join()


@dataclass
class _Rollout:
    """The apps that run, in the order in which they were started, and what they answered."""

    asks: list[Ask]
    rows: list[int]
    page: str
    answered: list[Answered] = field(default_factory=list)
    apps: dict[str, _App] = field(default_factory=dict)
    words: int = 0
    #: What was accepted and is there still, by the row that it stands in, or by itself.
    stands: dict[str, str] = field(default_factory=dict)

    def take(self, number: int, step: Step) -> str:
        """Take one step, and ask every app that runs; says what failed, or nothing."""
        kind, *words = step
        if kind == "stop":
            self.apps.pop(words[0]).close()
        elif kind in ("upgrade", "stamp"):
            folder, revision = words
            failed = _in_a_process(_flask_db, folder, kind, revision)
            if failed:
                return failed
        else:
            name, *rest = words
            started = _started(*rest)
            if isinstance(started, str):
                return started
            self.apps[name] = started
            if self.stands:  # it shows what came before it, too
                self._look_for(number, *self.stands.values())
        # Whoever comes last writes last, so each app does once.
        for n, names in enumerate(([*self.apps], [*reversed(self.apps)])):
            for name in names:
                asks = self.asks if n == 0 else [ask for ask in self.asks if "{row}" in ask[1]]
                self._ask_all(number, name, asks, self.rows[2 * number + n])
        return ""

    def _ask_all(self, number: int, name: str, asks: list[Ask], row: int) -> None:
        for method, path, typed in asks:
            self.words += 1
            word = f"word {self.words}"
            filled = {key: value.replace("{word}", word) for key, value in typed.items()}
            place = path.replace("{row}", str(row))
            status, shown = self.apps[name].ask(method, place, filled)
            if status >= 400:  # what the database says may stand on the page alone
                print(*_REFUSAL.findall(html.unescape(shown))[:1], file=sys.stderr)
            self.answered.append((number, name, method, place, filled, status))
            if word in filled.values() and 200 <= status < 400:
                # Who changes a row changes what stood there; what is added stays.
                self.stands[place if place != path else word] = word
                self._look_for(number, word)

    def _look_for(self, number: int, *words: str) -> None:
        """Look at the page of each app, which shows each of `words`; the first that is missing."""
        pages = {name: app.ask("GET", self.page, {}) for name, app in self.apps.items()}
        for name, (status, shown) in pages.items():
            missing = [word for word in words if not _shows(shown, word)]
            looked_for = {"": (missing or words)[0]}
            if status == 200 and missing:
                status, beside = 0, (other for _, other in pages.values())
                looked_for["instead"] = _in_its_place(missing[0], shown, *beside)
            self.answered.append((number, name, "GET", self.page, looked_for, status))

    def close(self) -> None:
        """End every app."""
        for app in self.apps.values():
            app.close()


def _shows(page: str, word: str) -> bool:
    return re.search(rf"{word}(?!\d)", page) is not None


def _in_its_place(word: str, page: str, *others: str) -> str:
    """What `page` alone has, and not the one that shows `word`; "" where that is not one text."""
    for other in others:
        surplus = {*(_texts(page) - _texts(other))}
        if _shows(other, word) and len(surplus) == 1:
            return surplus.pop()
    return ""


def _texts(page: str) -> Counter[str]:
    """What a page shows between its tags."""
    texts = (html.unescape(text).strip() for text in re.split(r"<[^>]*>", page))
    return Counter(text for text in texts if text)


def _context() -> BaseContext:
    """How processes are made: by a fork where this one is made for that, and quick."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


@contextmanager
def _process(work: Callable[..., None], *words: str) -> Iterator[tuple[Any, Connection]]:
    """A process that does `work`, and where it says how that went."""
    context = _context()
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_begin, args=(work, theirs, *words), daemon=True)  # type: ignore[attr-defined]
    process.start()
    theirs.close()
    with ours:
        yield process, ours


def _in_a_process(work: Callable[..., None], *words: str) -> str:
    """Do `work` in a process of its own; says what failed, or nothing."""
    with _process(work, *words) as (process, ours):
        report = _report(ours)
        process.join()
        return report if isinstance(report, str) else "it ended without a word"


def _started(folder: str, *variables: str) -> "_App | str":
    """The app of `folder`, once it serves; or what failed."""
    with _process(_serve, folder, *variables) as (process, ours):
        report = _report(ours)
        if isinstance(report, int):
            return _App(process, report)
        process.join()
        return report or "it ended without a word"


def _report(ours: Connection) -> int | str | None:
    """A port, what failed, or "" where all went well; None where nothing was sent."""
    with suppress(EOFError):
        report = ours.recv()
        return report if isinstance(report, int | str) else None
    return None


def _begin(work: Callable[..., None], theirs: Connection, folder: str, *words: str) -> None:
    """In the new process: go to the folder of the code, and do `work` there."""
    try:
        os.chdir(folder)
        sys.path.insert(0, os.getcwd())  # noqa: PTH109
        work(theirs, *words)
    except BaseException as error:
        traceback.print_exc()
        with suppress(OSError):
            theirs.send(f"{type(error).__name__}: {error}")


def _flask_db(theirs: Connection, command: str, revision: str) -> None:
    from flask.cli import FlaskGroup

    try:
        FlaskGroup(name="flask").main(args=["db", command, revision], prog_name="flask")
    except SystemExit as ended:
        theirs.send("" if not ended.code else f"exit code {ended.code}")


def _serve(theirs: Connection, *variables: str) -> None:
    """Serve the app until somebody ends this process."""
    from remodel.runner.app_server import serve

    for each in variables:
        name, _, value = each.partition("=")
        os.environ[name] = value
    serve(theirs.send)
