"""Scratch folders: gone when they were used, and also where the process was killed before."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from remodel.scratch import MEMORY, scratch

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it has a folder in memory")
KILLED = """
import os
from remodel.scratch import scratch
with scratch() as folder:
    (folder / "database").write_bytes(b"x")
    print(folder, flush=True)
    os.kill(os.getpid(), 9)
"""
LATER = "from remodel.scratch import scratch\nwith scratch():\n    pass"


def python(code: str) -> str:
    """What a process of its own prints that runs `code`."""
    return subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True).stdout


def yesterday(folder: Path) -> None:
    """Have `folder` look as if it had been made a day ago."""
    os.utime(folder, (time.time() - 24 * 60 * 60,) * 2)


def test_what_a_killed_run_left_in_memory_goes_with_a_later_one() -> None:
    """But for what is young, or what a process that lives still holds."""
    left = Path(python(KILLED).strip())
    assert left.parent == MEMORY
    python(LATER)
    assert left.exists()
    yesterday(left)
    with scratch() as held:
        yesterday(held)
        python(LATER)
        assert (left.exists(), held.exists()) == (False, True)
    assert not held.exists()
