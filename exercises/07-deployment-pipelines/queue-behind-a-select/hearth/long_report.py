"""`flask queue --long`: the report reads for longer than an upgrade may want to come again."""

import click

from hearth.upgrading import Upgrade

#: How often it comes at most; the second, where it pauses elsewhere than in Python.
MANY, FEW = 100, 5


def wait_for_long(upgrade: Upgrade) -> None:
    """Let the upgrade come in vain until it gives up, which it has to say, or has come so often."""
    come = 0
    while upgrade.stops():
        come += 1
        if upgrade.longest_pause > 1:
            why = f"Try {come}: the upgrade has paused for {upgrade.longest_pause:g} seconds."
            raise click.ClickException(why)
        if come == (MANY if upgrade.longest_pause else FEW):
            click.echo(f"The upgrade has come {come} times, and would come again.")
            return
        upgrade.go()
    click.echo(f"The upgrade has come {come} times, and given up with exit code {upgrade.code}.")
    if not upgrade.code:
        why = "The upgrade has given up, and ended with exit code 0 as if it were through."
        raise click.ClickException(why)
