"""A failure that is injected into one command leaves no trace in the next."""

import sqlite3
import sqlite3.dbapi2

from alembic.runtime.migration import MigrationContext, RevisionStep

from remodel.runner.injected_failure import Failure, injected


def ways_in() -> tuple[object, ...]:
    """What is another while a failure is injected."""
    return (
        RevisionStep.__init__,
        MigrationContext.__init__,
        sqlite3.connect,
        sqlite3.dbapi2.connect,
    )


def test_alembic_and_the_driver_are_as_they_were_afterwards() -> None:
    """The runner of the browser has one process for all commands."""
    before = ways_in()
    with injected(Failure("0002")):
        assert all(now is not then for now, then in zip(ways_in(), before, strict=True))
    assert ways_in() == before


def test_no_connection_waits_long_for_one_that_will_fail() -> None:
    """A second connection of a revision's own is locked out, and says so soon."""
    with injected(Failure("0002")):
        connection = sqlite3.connect(":memory:")
    assert connection.execute("PRAGMA busy_timeout").fetchone() == (200,)
    connection.close()
