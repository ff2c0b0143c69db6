"""`flask judge`: ask your check what it thinks of the revisions that lie here."""

import os
import sys

import click
import pytest


@click.command("judge")
def judge() -> None:
    """Run tests/test_notes.py; exit code 0 says that it takes the revisions, 1 that it does not."""
    # Other packages' plugins have no part in this, and take longer than the check.
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    sys.exit(pytest.main(["-q", "--capture=sys", "-p", "no:cacheprovider", "tests/test_notes.py"]))
