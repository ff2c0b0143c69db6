"""The crowd of one-at-a-time goes by what its workers say, however late it hears of it."""

import os
import subprocess
import sys
from pathlib import Path

from remodel.course.catalog import find_course
from remodel.scratch import lay_out

#: A worker that waits, finds nothing to do, and has ended before the crowd looks again.
QUICK = """
from hearth.starting import heard, let_go, newest, start
from hearth.worker import WAITS, WELL


def quick(line):
    line.send(WAITS)
    line.send(WELL)


process, line = start(target=quick)
process.join()
print(newest(line, heard(line)) == WELL)
let_go(line)
"""


def test_a_worker_that_ends_before_it_is_let_go_is_heard_and_stops_nobody(tmp_path: Path) -> None:
    """Its last word is there, and to let it go is no error."""
    lay_out(find_course().exercise("one-at-a-time").given, tmp_path)
    (tmp_path / "quick.py").write_text(QUICK, encoding="utf-8")
    command = [sys.executable, "quick.py"]
    done = subprocess.run(
        command, cwd=tmp_path, env=os.environ, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr, done.returncode) == ("True\n", "", 0)
