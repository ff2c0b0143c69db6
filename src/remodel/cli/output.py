"""What several commands print."""

import json
import os
import shutil
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from remodel.wrapping import WIDTH, columns, wrap

if TYPE_CHECKING:
    from remodel.playground.progress import Progress


def say_of_damage(progress: "Progress") -> None:
    """Where the record of the learner's progress is damaged, say so beside the output."""
    if progress.about_damage:
        for line in progress.about_damage.splitlines():
            click.echo("\n".join(wrap(line)), err=True)


def screen_height(less: int = 0) -> int | None:
    """How many lines, `less` some, can be seen at once; None where nobody looks at a screen."""
    return shutil.get_terminal_size((WIDTH, 24)).lines - less if sys.stdout.isatty() else None


def print_json(value: object) -> None:
    """`value` as JSON, for a program to read."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def print_markdown(text: str) -> None:
    """Headings, lists and code as a terminal shows them; a pipe gets `text` as it is."""
    print_long(rendered(text))


def rendered(text: str) -> str:
    """Markdown as a terminal shows it, where it goes to one."""
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console()
    if not console.is_terminal:
        return text
    console.width = columns()
    with console.capture() as capture:
        # The colours of the terminal itself, which are readable on light and on dark. Where a link
        # leads is written out: not every pager knows what a link is.
        console.print(Markdown(text, code_theme="ansi_dark", hyperlinks=False))
    return capture.get()


def code_lines(lines: Iterable[str]) -> list[str]:
    """Lines of code; on a terminal, one that is too long goes on below, broken between words."""
    if not sys.stdout.isatty():
        return list(lines)
    return [part for line in lines for part in _between_words(line)]


def _between_words(line: str) -> list[str]:
    indent = line[: len(line) - len(line[1:].lstrip())] if line[:1] in "+- " else ""
    return wrap(line, rest=f"{indent}    ") if line.strip() else [line]


def print_long(text: str) -> None:
    """Print `text`; where it is higher than a terminal's screen, in the learner's pager."""
    height = screen_height(less=1) if sys.stdin.isatty() else None
    if height is not None and len(text.splitlines()) > height:
        # As they are: the colours, and what was on the screen before.
        os.environ.setdefault("LESS", "-R")
        click.echo_via_pager(text)
    else:
        click.echo(text, nl=not text.endswith("\n"))
