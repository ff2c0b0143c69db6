"""Grades "Backfill in batches": many rows, others who write, and a run that is cut off."""

from itertools import pairwise

import pytest

#: A batch, and the one code that somebody else may have written by hand.
MOST = 1_000 + 1
#: All have their codes but the last.
ALL_BUT_ONE = """
UPDATE furniture SET code = 'known';
UPDATE furniture SET code = NULL WHERE id = (SELECT max(id) FROM furniture);
"""
STOP = """
CREATE TABLE tick (n INTEGER);
INSERT INTO tick VALUES (0);
CREATE TRIGGER stop AFTER UPDATE OF code ON furniture BEGIN
    UPDATE tick SET n = n + 1;
    SELECT RAISE(ABORT, 'the power is gone') FROM tick WHERE n > {};
END;
"""


def filled(project):
    """How many pieces have a code."""
    return sum(code is not None for code in project.rows("furniture", "code"))


@pytest.mark.guard
@pytest.mark.misconception("a-backfill-may-write-over")
def test_every_piece_gets_its_code(project):
    """Every piece without a code gets its own, and all else stays as it is, however often."""
    nearly_done = project.copy().populated().drift(ALL_BUT_ONE)
    for begun in project.copy().populated(), project.copy().at(), nearly_done:
        wanted = begun.copy().solved()
        wanted.must("flask", "backfill")
        begun.must("flask", "backfill")
        begun.must("flask", "backfill")
        begun.must_hold(wanted.snapshot())


@pytest.mark.needs("test_every_piece_gets_its_code")
@pytest.mark.misconception("one-statement-is-one-moment")
def test_others_can_write_between_two_batches(project):
    """Of nearly 100,000 pieces, at most 1,000 are filled before somebody else can write again."""
    project.deployment("production").drift("CREATE TABLE visit (filled INTEGER, by_hand INTEGER)")
    project.must("flask", "meanwhile", "backfill")
    visits = list(project.rows("visit"))
    seen = [row["filled"] for row in visits]
    most = max((b - a for a, b in pairwise(seen)), default=0)
    assert most <= MOST, (
        f"Somebody else could write {len(seen)} times. Between two of them, {most} pieces were "
        "filled, and all the time the database was locked."
    )
    codes = list(project.rows("furniture", "code"))
    left, wrote = codes.count(None), sum(row["by_hand"] for row in visits)
    assert not left, f"{left} pieces, some of which came while it ran, are without a code."
    kept = sum(code.startswith("by hand") for code in codes)
    assert kept == wrote, f"Somebody wrote {wrote} codes meanwhile, and {kept} are there."


@pytest.mark.needs("test_others_can_write_between_two_batches")
@pytest.mark.misconception("a-cut-off-run-begins-again")
def test_a_run_that_is_cut_off_goes_on(project):
    """Cut off in the middle, a run ends with an error, and keeps its batches; the next goes on."""
    before = filled(project.deployment("cellar"))
    project.drift(STOP.format(5_500))
    ended = project.flask("backfill")
    done = filled(project) - before
    assert not ended.ok, "It was cut off after 5500 pieces, and the exit code is 0."
    assert done >= 4_500, f"Cut off after 5500 pieces, it has kept {done} of them."
    project.drift(
        "DROP TRIGGER stop; UPDATE furniture SET code = 'corrected'"
        " WHERE id = (SELECT min(id) FROM furniture WHERE code = 'F' || id)"
    )
    project.must("flask", "backfill")
    codes = list(project.rows("furniture", "code"))
    assert None not in codes, f"The next run left {codes.count(None)} pieces without a code."
    assert "corrected" in codes, "A code that was corrected in between was written over."
