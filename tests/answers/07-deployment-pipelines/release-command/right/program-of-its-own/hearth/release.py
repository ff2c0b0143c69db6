"""`flask release -- COMMAND`: what the server runs when a new version of Hearth arrives."""

import os
import subprocess
import sys

import click



@click.command("release")
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def release(command: tuple[str, ...]) -> None:
    """Upgrade the database, then start COMMAND."""
    flask = [sys.executable, "-m", "flask", "db"]
    subprocess.run([*flask, "upgrade"], check=True)
    current = subprocess.run([*flask, "current"], check=True, capture_output=True, text=True)
    if "(head)" not in current.stdout:
        raise SystemExit(f"flask db current says {current.stdout!r}. Nothing was started.")
    os.execvp(command[0], command)
