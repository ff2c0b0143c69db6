"""What works on many exercises at a time, in processes of its own."""

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import threading
from remodel.authoring.processes import in_processes

def work(name):
    print(name, flush=True)
    threading.Event().wait()

if __name__ == "__main__":
    list(in_processes(work, ["first", "second"], jobs=1))
"""


def test_no_worker_outlives_a_run_that_is_ended(tmp_path: Path) -> None:
    """The end of its output comes when the last process that could write there has ended."""
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    command = [sys.executable, str(program)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "first\n"
        process.terminate()
        assert process.communicate(timeout=60)[0] == ""
