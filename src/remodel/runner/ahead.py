"""A worker that was started ahead: has everything imported, waits for one command, and ends.

Standard input brings the command as one line of JSON. Where the grader is gone, it brings none,
and so nothing stays behind. No command finds a process that another has used.
"""

import json
import os
import sys


def main() -> int:
    """Wait, become the command, and return its exit code; 0 where none came."""
    import remodel.runner.warm  # noqa: F401  (imported is all that it has to be)
    from remodel.runner.worker import flask_commands, perform

    flask_commands()
    line = sys.stdin.buffer.readline()
    if not line:
        return 0
    request = json.loads(line)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115  (what was read ahead is dropped)
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    sys.argv[1:] = request["argv"]
    return perform(request["argv"])


if __name__ == "__main__":
    sys.exit(main())
