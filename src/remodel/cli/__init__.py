"""The command `remodel`.

To load what it needs takes a fifth of a second: Ctrl-C has to end it quietly then, too.
"""

import os
import sys


def main() -> None:
    """Run the command. Nothing but this module is loaded before somebody minds Ctrl-C."""
    try:
        _fill_standard_streams()
        from remodel.cli.group import main as command

        command()
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. Nothing of yours was changed.\n")
        sys.exit(130)
    finally:
        if not is_written():
            os._exit(2)  # Python would try once more, and end with a traceback and 120


def _fill_standard_streams() -> None:
    """Have something at descriptors 0 to 2: a closed one would become that of the next file."""
    for descriptor, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest that is free, which is this one
            os.set_inheritable(descriptor, True)  # a learner's command prints, too
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(descriptor, "w" if descriptor else "r", closefd=False))


def is_written() -> bool:
    """Whether all that was printed has reached its place: a full disk takes no output."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        return False
    return True
