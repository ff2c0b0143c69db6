"""`flask queue --long`: the report reads for longer than an upgrade may want to come again."""

import click

from hearth.upgrading import Upgrade

#: Who has come so often would come again: with a second each time, the report has ended by then.
MANY = 5_000


def wait_for_long(upgrade: Upgrade) -> None:
    """Let the upgrade come in vain until it gives up, which it has to say, or has come so often."""
    while upgrade.stops():
        if upgrade.tries == MANY:
            click.echo(f"The upgrade has come {MANY} times, and would come again.")
            return
        upgrade.go()
    code = upgrade.code
    click.echo(f"The upgrade has come {upgrade.tries} times, and given up with exit code {code}.")
    if not code:
        why = "The upgrade has given up, and ended with exit code 0 as if it were through."
        raise click.ClickException(why)
