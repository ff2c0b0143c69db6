"""Time that flies: each pause is over at once, and by as much the clocks have gone on."""

import re
import time
from collections.abc import Callable

from psycopg.errors import LockNotAvailable
from sqlalchemy import event
from sqlalchemy.engine import Engine

SLEEP = re.compile(r"\bpg_sleep(?=\()", re.IGNORECASE)
CLOCKS = "time", "monotonic", "perf_counter"
#: So often the server itself says that a lock has not come; after that, its error says it again,
#: as soon as Alembic asks for something.
BY_THE_SERVER = 10
ASKED_FIRST = "pg_class", "alembic_version", "ALTER TABLE"


class Pauses:
    """How many seconds were paused in all, and in the longest pause."""

    total = longest = 0.0

    def add(self, seconds: float) -> None:
        """Pause: it is over at once."""
        self.total += seconds
        self.longest = max(self.longest, seconds)


def let_time_fly() -> Pauses:
    """Let it fly in this process, in Python's `sleep` and in PostgreSQL's."""
    pauses = Pauses()
    for name in CLOCKS:
        real = getattr(time, name)
        setattr(time, name, lambda real=real: real() + pauses.total)
    time.sleep = pauses.add

    @event.listens_for(Engine, "do_execute")
    def sleep(cursor, statement, parameters, context):
        seconds = SLEEP.sub("", statement)
        if is_pause := seconds != statement:
            cursor.execute(seconds, parameters)
            pauses.add(float(cursor.fetchone()[0]))
        return is_pause  # whether the statement is done with

    return pauses


def let_no_lock_come(meanwhile: Callable[[], None]) -> None:
    """Whoever has waited in vain so often waits in vain again; `meanwhile` is called before."""
    errors: list[LockNotAvailable] = []

    @event.listens_for(Engine, "handle_error")
    def remember(context):
        if isinstance(context.original_exception, LockNotAvailable):
            errors.append(context.original_exception)

    @event.listens_for(Engine, "do_execute")
    def wait(cursor, statement, parameters, context):
        if len(errors) >= BY_THE_SERVER and any(words in statement for words in ASKED_FIRST):
            meanwhile()
            raise errors[0].with_traceback(None)
