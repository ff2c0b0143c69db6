"""`flask gate MAIN`: what the pipeline runs before a change is merged."""

from pathlib import Path

import click
import flask_migrate


@click.command("gate")
@click.argument("main", type=click.Path(exists=True, file_okay=False, path_type=Path))
def gate(main: Path) -> None:
    """Be green, exit code 0, if what lies here may be merged. MAIN has main's revisions."""
    # It was "head" until Friday, and red. Somebody added the s, and it was green.
    flask_migrate.upgrade(revision="heads")
