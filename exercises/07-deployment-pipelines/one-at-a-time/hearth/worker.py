"""A worker of the server: before it serves, it runs `flask db upgrade`."""

import sys
import threading
import time
from multiprocessing.connection import Connection

from flask.cli import FlaskGroup
from sqlalchemy import event
from sqlalchemy.engine import Engine

from hearth import machine

#: With this the revision 0009 begins to write.
BEGINS = "INSERT INTO inspection"
#: What a worker says.
IN, WELL = "is in the revision", "ended with exit code 0"
WAITS, WAITS_FOR_LONG = "waits", "waits for longer than SQLite waits by itself"
#: Looks, 50 a second: a worker that goes on comes to new places meanwhile. SQLite waits 5 seconds.
STILL, FOR_LONG = 20, 290


def work(line: Connection) -> None:
    """Upgrade, and say on `line` when this worker is in the revision, waits, or has ended."""
    machine.move_to_its_own()
    one_word = threading.Lock()

    def say(word: str) -> None:
        with one_word:
            line.send(word)

    @event.listens_for(Engine, "before_cursor_execute")
    def stop_in_the_revision(connection, cursor, statement, *rest):
        if statement.startswith(BEGINS):
            say(IN)
            line.recv()  # until the crowd says go

    watcher = (say, threading.get_ident())
    threading.Thread(target=tell_when_still, args=watcher, daemon=True).start()
    code = 1
    try:
        FlaskGroup(name="flask").main(args=["db", "upgrade"], prog_name="flask")
    except SystemExit as ended:
        code = int(ended.code or 0)
    finally:
        say(f"ended with exit code {code}")


def tell_when_still(say, worker: int) -> None:
    """Say so when so many looks have found the worker nowhere new: then it waits."""
    places, still = set(), 0
    while still < FOR_LONG:
        time.sleep(0.02)
        frame = sys._current_frames()[worker]
        place = (frame.f_code, frame.f_lasti)
        if place in places:
            still += 1
            if still == STILL:
                say(WAITS)
        elif still < STILL:
            still = 0
        places.add(place)
    say(WAITS_FOR_LONG)
