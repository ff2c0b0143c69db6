"""`remodel check --x-ray`: what each statement of an upgrade locks on PostgreSQL."""

import pytest

from remodel.experiments.house import postgresql_server
from remodel.grading.lock_lines import lock_lines
from remodel.runner import Completed
from remodel.runner.locks import LockedStatement
from remodel.servers.server import Server
from tests.conftest import SLUG, Remodel

__all__ = ["postgresql_server"]
ROOM = ("room", "AccessExclusiveLock")
ADDED = LockedStatement("ALTER TABLE room ADD floor int", taken=(ROOM,), held=(), copied=())

WELL = Completed(0, "", "", 0.1)


def test_the_locks_are_shown_below_the_verdict(remodel: Remodel, postgresql_server: Server) -> None:
    """Each statement with what it takes, and who waits."""
    words = ("check", "add-a-column", "--answers", "solution", "--x-ray")
    shown = remodel(*words, REMODEL_POSTGRESQL_URL=postgresql_server.url)
    assert shown.returncode == 0, shown.stderr
    assert "checks pass on PostgreSQL" in shown.stdout
    assert "  ALTER TABLE furniture ADD COLUMN colour VARCHAR(30)\n" in shown.stdout
    assert (
        "takes AccessExclusiveLock on furniture: whoever reads or writes it waits" in shown.stdout
    )


@pytest.mark.parametrize("words", [("--database", "mariadb"), ("--json",)])
def test_what_cannot_show_locks_is_refused_at_once(
    remodel: Remodel, words: tuple[str, ...]
) -> None:
    """Another database has none of these locks, and JSON has no place for them."""
    refused = remodel("check", "add-a-column", "--answers", "solution", "--x-ray", *words)
    assert refused.returncode == 2
    assert "--x-ray" in refused.stderr


def test_what_is_done_while_a_lock_is_held_says_so() -> None:
    meanwhile = LockedStatement(
        "UPDATE room SET floor = 1", taken=(("room", "RowExclusiveLock"),), held=(ROOM,), copied=()
    )
    assert "      meanwhile AccessExclusiveLock on room is held" in lock_lines(
        [ADDED, meanwhile], WELL
    )


def test_a_statement_that_commits_by_itself_says_so() -> None:
    built = LockedStatement("CREATE INDEX CONCURRENTLY i", (), (), (), alone=True)
    assert "      commits by itself: what it locked is free again" in lock_lines([built], WELL)


def test_copied_rows_are_shown() -> None:
    wider = LockedStatement("ALTER TABLE room ALTER id TYPE bigint", (ROOM,), (), ("room",))
    assert "      copies all rows of room" in lock_lines([wider], WELL)


def test_reading_alone_is_not_shown() -> None:
    read = LockedStatement("SELECT * FROM room", (("room", "AccessShareLock"),), (), ())
    assert "locks nothing" in "\n".join(lock_lines([read], WELL))


def test_an_upgrade_that_failed_is_not_called_harmless() -> None:
    """What it did not reach is not known; what came before was locked."""
    failed = Completed(1, "", "ERROR: relation is not there\n", 0.1)
    assert "locks nothing" not in "\n".join(lock_lines([], failed))
    stopped, *before = lock_lines([ADDED], failed)[1:]
    assert "upgrade failed" in stopped
    assert "  ALTER TABLE room ADD floor int" in before


def test_lines_fit_into_80_columns() -> None:
    long = LockedStatement(f"UPDATE room SET {'x = 1, ' * 40}", (ROOM,), (ROOM,), ())
    assert max(map(len, lock_lines([long], WELL))) <= 80


def test_show_locks_asks_for_no_verdict(learner: Remodel, postgresql_server: Server) -> None:
    """The starter has no revision of its own yet, and so it locks nothing."""
    url = postgresql_server.url
    shown = learner("show", SLUG, "--locks", REMODEL_POSTGRESQL_URL=url)
    assert "locks nothing" in shown.stdout, shown.stderr
    learner.solve()
    shown = learner("show", SLUG, "--locks", REMODEL_POSTGRESQL_URL=url)
    assert "takes AccessExclusiveLock on furniture" in shown.stdout
    assert "checks" not in shown.stdout


def test_show_locks_goes_with_no_other_form(looking: Remodel) -> None:
    refused = looking("show", SLUG, "--locks", "--json")
    assert refused.returncode == 2
    assert "--locks prints words alone" in refused.stderr
