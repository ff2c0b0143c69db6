"""A worker that was started ahead: has everything imported, waits for its commands, and ends.

Standard input brings them as one line of JSON. Where the grader is gone, it brings none, and so
nothing stays behind. A command that came alone becomes the process. Several that came together
are run one after the other, each with what a process of its own would have, and a line of JSON
tells how each ended.
"""

import dataclasses
import gc
import json
import os
import sys
import threading
from pathlib import Path
from typing import Any

#: What the worker prints when it has everything imported.
READY = b"ready\n"


def main() -> int:
    """Wait, do what is asked, and return the exit code; 0 where nothing was."""
    gc.disable()  # a tenth of an import; and a command is over before a collection would pay
    import remodel.runner.warm  # noqa: F401  (imported is all that it has to be)
    from remodel.runner.worker import flask_commands

    flask_commands()
    os.write(1, READY)
    line = sys.stdin.buffer.readline()
    if not line:
        return 0
    requests = json.loads(line)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115  (what was read ahead is dropped)
    return _become(requests[0]) if len(requests) == 1 else _run_each(requests)


def _become(request: dict[str, Any]) -> int:
    from remodel.runner.worker import perform

    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    sys.argv[1:] = request["argv"]
    return perform(request["argv"])


def _run_each(requests: list[dict[str, Any]]) -> int:
    from remodel.runner.inline import InlineRunner
    from remodel.runner.interface import Command

    reports = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a command prints past Python is no report
    runner = InlineRunner()
    for each in requests:
        folder, sys.argv[1:] = Path(each["cwd"]), each["argv"]
        before = threading.enumerate()
        ended = runner.run(Command(tuple(each["argv"]), folder, each["env"], each["limit"]))
        if any(not thread.daemon for thread in threading.enumerate() if thread not in before):
            ended = dataclasses.replace(ended, exit_code=None)  # it ends with its own process alone
        print(json.dumps(dataclasses.asdict(ended)), file=reports, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
