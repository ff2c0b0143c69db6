"""`flask evening`: others come while the registrar's letter is on its way."""

import os

import click

from hearth import post
from hearth.asking import who_is_waited_for
from hearth.busy_evening import busy_evening
from hearth.other_evening import other_evening
from hearth.sessions import Session
from hearth.stocktake import stocktake


@click.command("evening")
@click.option("--other", is_flag=True, help="An evening on which somebody has gone home.")
@click.option("--busy", is_flag=True, help="An evening on which somebody is at work.")
def evening(other: bool, busy: bool) -> None:
    """Let an upgrade and a visitor come, and ask who.sql for whom they wait."""
    if other:
        other_evening()
    elif busy:
        busy_evening()
    else:
        an_evening()


def an_evening() -> None:
    """The stocktaking sends its letter, and meanwhile an upgrade comes."""
    os.environ["PGAPPNAME"] = "stocktake"
    upgrade, visitor = Session("upgrade"), Session("visitor")
    waits: list[bool] = []

    def others_come() -> None:
        waits.append(upgrade.begin("ALTER TABLE room ADD ceiling integer"))
        if waits[-1]:
            visitor.begin("SELECT name FROM room")
        try:
            who_is_waited_for()
        except click.ClickException as error:
            error.show()  # the letter is sent all the same

    post.meanwhile.append(others_come)
    try:
        stocktake.callback()
    finally:
        visitor.end()
        upgrade.end()
    if not waits:
        raise click.ClickException("No letter was sent.")
    if any(waits):
        raise click.ClickException("The upgrade waited for the letter, and a visitor behind it.")
    click.echo("Nobody has waited for the letter.")
