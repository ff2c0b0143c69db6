"""`flask release -- COMMAND`: what the server runs when a new version of Hearth arrives."""

import os
import subprocess
import sys

import click



@click.command("release")
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def release(command: tuple[str, ...]) -> None:
    """Upgrade the database, then start COMMAND."""
    subprocess.run([sys.executable, "-m", "flask", "db", "upgrade"], check=True)
    os.execvp(command[0], command)
