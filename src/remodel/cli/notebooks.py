"""`remodel notebook`: a lesson cell by cell, in a copy of the learner's own."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import click

from remodel.cli.shell import shown_path, wrapped
from remodel.course.catalog import Catalog, find_course


@click.command("notebook")
@click.argument("lesson", required=False)
@click.option("--again", is_flag=True, help="Begin it again; what you have is kept as a backup.")
@click.option("--lay-out", "only", is_flag=True, help="Make the copy, and open nothing.")
def open_notebook(lesson: str | None, again: bool, only: bool) -> None:
    """Open a lesson's notebook in Jupyter.

    It is a copy, in playground/notebooks: what you save changes no file of the course.
    """
    # It reads graders' code, which is slow to load.
    from remodel.playground.own_notebooks import (
        begin_notebook_again,
        lay_out_notebooks,
        own_notebook,
    )

    catalog = find_course()
    if again and not lesson:
        raise click.UsageError("Which one? Name a lesson, such as 4.")
    meant = catalog.lesson(lesson) if lesson else None
    place = own_notebook(catalog, meant) if meant else catalog.layout.own_notebooks
    if again and meant and (backup := begin_notebook_again(catalog, meant)):
        click.echo(f"What you had is kept in\n  {shown_path(backup)}")
    lay_out_notebooks(catalog)
    click.echo(f"{'Your copy' if meant else 'Your copies'}:\n  {shown_path(place)}")
    if not only:
        sys.exit(_open(catalog, place))


def _open(catalog: Catalog, place: Path) -> int:
    """Run JupyterLab until it is ended; from the course's root, so that links stay inside it."""
    if importlib.util.find_spec("jupyterlab") is None:
        click.echo(
            wrapped(
                "To open it in your browser, Jupyter is needed, once: `make notebooks` installs "
                "it. VS Code opens the file as it is; choose the course's .venv as its kernel.",
                "",
            )
        )
        return 0
    root = f"--ServerApp.root_dir={catalog.root}"
    command = [sys.executable, "-m", "jupyterlab", root, str(place)]
    try:
        return subprocess.run(command, cwd=catalog.root).returncode
    except KeyboardInterrupt:  # that is how one ends it
        return 0


COMMANDS = (open_notebook,)
