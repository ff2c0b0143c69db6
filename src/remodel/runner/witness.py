"""Stands in for the app that a release starts: keeps the database as it was at that moment.

Run by its path with the standard library alone, because the learner's release execs it.
"""

import os
import sqlite3
import sys
from contextlib import closing


def main() -> int:
    """Copy the database that the app would open to the place that the grader looks at."""
    source, copy = (
        os.environ[name].removeprefix("sqlite:///")
        for name in ("DATABASE_URL", "STARTED_DATABASE_URL")
    )
    with closing(sqlite3.connect(source)) as ours, closing(sqlite3.connect(copy)) as theirs:
        ours.backup(theirs)
    print("The app is running.")
    return int(sys.argv[1])


if __name__ == "__main__":
    sys.exit(main())
