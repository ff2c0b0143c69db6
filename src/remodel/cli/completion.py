"""`remodel completion`: the line that lets a shell complete commands and slugs."""

import os
import sys
from pathlib import Path

import click

from remodel.cli.shell import typed_path

#: Shell to the file that it reads when it starts, and the line that belongs there.
LINES = {
    "bash": ("~/.bashrc", 'eval "$(_REMODEL_COMPLETE=bash_source {} 2>/dev/null)"'),
    "zsh": ("~/.zshrc", 'eval "$(_REMODEL_COMPLETE=zsh_source {} 2>/dev/null)"'),
    "fish": ("~/.config/fish/config.fish", "_REMODEL_COMPLETE=fish_source {} 2>/dev/null | source"),
}


@click.command()
@click.argument("shell", required=False, type=click.Choice(tuple(LINES)))
def completion(shell: str | None) -> None:
    """Say the line that lets your shell complete commands and slugs."""
    shell = shell or Path(os.environ.get("SHELL", "")).name
    file, line = LINES.get(shell, LINES["bash"])
    # By its path: the environment is not active yet when the shell reads the line.
    own = typed_path(Path(sys.prefix) / ("Scripts" if os.name == "nt" else "bin") / "remodel")
    click.echo(f"Put this line into {file}, and open a new terminal:")
    click.echo(f"  {line.format(own)}")


COMMANDS = (completion,)
