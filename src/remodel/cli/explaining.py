"""`remodel explain`: what an error message means, and its cure."""

import sys

import click

from remodel.course.catalog import Catalog, find_course
from remodel.course.messages import (
    Message,
    held_messages,
    like_messages,
    read_messages,
    silent_messages,
)
from remodel.errors import RemodelError
from remodel.wrapping import wrap_around_code

#: More would hide the one that counts.
_MOST = 3


@click.command()
@click.argument("text", nargs=-1)
def explain(text: tuple[str, ...]) -> None:
    """Say what an error message means, and its cure.

    TEXT is the message, or a part of it. Without it, what is piped in is explained:

    \b
      flask db upgrade 2>&1 | remodel explain
    """
    catalog = find_course()
    file = catalog.layout.error_messages
    messages = read_messages(file)
    given = " ".join(text) if text else _pasted()
    if not given.strip():
        click.echo("It printed nothing? Then this may be why, where the exit code is not 0.\n")
        chosen = silent_messages(messages)
    else:
        chosen = held_messages(given, messages)
        if not chosen:
            chosen = like_messages(given, messages)
            if chosen:
                click.echo("No message of the course is in it. The nearest:\n")
    if not chosen:
        page = catalog.layout.relative(file.with_suffix(".md"))
        raise RemodelError(f"The course explains no message like it. All that it does: {page}")
    click.echo("\n\n".join(_explained(catalog, each) for each in chosen[:_MOST]))


def _pasted() -> str:
    if sys.stdin is None:
        return ""
    if sys.stdin.isatty():
        click.echo("Paste what it printed, then Ctrl-D on a line of its own:", err=True)
    return sys.stdin.read()


def _explained(catalog: Catalog, message: Message) -> str:
    page = catalog.layout.relative(catalog.layout.error_messages.with_suffix(".md"))
    lines = [click.style(message.heading, bold=True)]
    lines += wrap_around_code(f"What it means: {message.means}", "  ")
    lines += wrap_around_code(f"Cure: {message.cure}", "  ")
    lines += [f"  See it happen: {page}, lesson {message.lesson} (remodel read {message.lesson})"]
    if message.exercise:
        lines.append(f"  Practise: remodel start {catalog.exercise(message.exercise).slug}")
    return "\n".join([*lines, *([f"  Read more: {message.source}"] if message.source else [])])


COMMANDS = (explain,)
