"""A database that a learner's code left is read by another process first, within limits."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from remodel.database import sqlite
from remodel.database.trial_reading import TrialReader

ROOM = "CREATE TABLE room (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO room VALUES (1, 'x');"
#: What a generated column holds takes no room in the file.
GENERATED = """
CREATE TABLE room (id INTEGER PRIMARY KEY);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
INSERT INTO room SELECT i FROM n;
ALTER TABLE room ADD COLUMN much GENERATED ALWAYS AS ({});
"""
MEMORY = "zeroblob(20000000 + id)"
TIME = "length(replace(hex(zeroblob(4000000 + id)), '0', 'xy'))"
READABLE = {"empty": b"", "a room": sqlite.run_script(b"", ROOM), "no database": b"no database"}


@pytest.fixture(scope="module")
def reader() -> Iterator[TrialReader]:
    """One for all of these tests, with a second for each database."""
    with closing(TrialReader(1)) as made:
        yield made


@pytest.mark.parametrize("content", READABLE.values(), ids=READABLE)
def test_what_is_read_within_the_limits_comes_back(reader: TrialReader, content: bytes) -> None:
    """A damaged one, too: what is wrong with it is the grader's to say."""
    assert reader.read(content) == content


@pytest.mark.parametrize("expression", [MEMORY, TIME], ids=["memory", "time"])
def test_what_takes_all_memory_or_time_is_not_read(reader: TrialReader, expression: str) -> None:
    """The grader says so, and the next database is read as ever."""
    before = sqlite.run_script(b"", ROOM)
    read = reader.read(sqlite.run_script(b"", GENERATED.format(expression)))
    with pytest.raises(sqlite.UnreadableDatabase, match="more memory or time than it may"):
        sqlite.read_version(read)
    assert reader.read(before) == before


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists the children of a process")
def test_a_process_that_somebody_ended_is_started_again(reader: TrialReader) -> None:
    """Nothing of it is the database's fault."""
    content = sqlite.run_script(b"", ROOM)
    assert reader.read(content) == content
    for place in Path("/proc/self/task").glob("*/children"):
        for child in place.read_text(encoding="ascii").split():
            if "trial_reading" in Path(f"/proc/{child}/cmdline").read_text(encoding="utf-8"):
                os.kill(int(child), signal.SIGKILL)
    assert reader.read(content) == content
