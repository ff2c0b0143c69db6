"""`flask gate MAIN`: what the pipeline runs before a change is merged."""

from pathlib import Path

import click
import flask_migrate
from alembic.script import ScriptDirectory
from flask import current_app


@click.command("gate")
@click.argument("main", type=click.Path(exists=True, file_okay=False, path_type=Path))
def gate(main: Path) -> None:
    """Be green, exit code 0, if what lies here may be merged. MAIN has main's revisions."""
    refuse_edited(main)
    # "head", never "heads": with two heads this ends with exit code 1.
    flask_migrate.upgrade(revision="head")
    flask_migrate.check()
    try_the_way_back(main)
    look_again()


def refuse_edited(main: Path) -> None:
    """Each revision of main is here, and has not changed by a byte."""
    for file in sorted(main.glob("*.py")):
        here = Path(script_of_this_change().versions, file.name)
        if not here.exists() or here.read_bytes() != file.read_bytes():
            raise click.ClickException(f"{file.name} is a revision of main: leave it as it is.")


def try_the_way_back(main: Path) -> None:
    """What is new can be taken back and done again, or says that it cannot be undone."""
    for head in heads_of(main):
        try:
            flask_migrate.downgrade(revision=head)
        except SystemExit:
            # So Flask-Migrate ends where a revision raises NotImplementedError or RuntimeError:
            # somebody decided that. What the database refuses comes through, and is red.
            return
    flask_migrate.upgrade(revision="head")


def look_again() -> None:
    """Up at the head all is as it was: what refuses has to do so before it changes anything."""
    for command in flask_migrate.upgrade, flask_migrate.check:
        command()


def script_of_this_change() -> ScriptDirectory:
    """The revisions that lie here."""
    return ScriptDirectory.from_config(current_app.extensions["migrate"].migrate.get_config())


def heads_of(main: Path) -> list[str]:
    """Where the history of main ends."""
    config = current_app.extensions["migrate"].migrate.get_config()
    config.set_main_option("version_locations", str(main.resolve()))
    return ScriptDirectory.from_config(config).get_heads()
