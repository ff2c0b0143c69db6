"""`flask release -- COMMAND`: what the server runs when a new version of Hearth arrives."""

import os
import subprocess
import sys

import click



@click.command("release")
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def release(command: tuple[str, ...]) -> None:
    """Upgrade the database, then start COMMAND."""
    # A process of its own, so that nothing it does can touch this one.
    subprocess.run([sys.executable, "-m", "flask", "db", "upgrade"], check=False)
    os.execvp(command[0], command)
