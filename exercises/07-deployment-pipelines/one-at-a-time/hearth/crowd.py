"""`flask crowd`: eight workers start at once, and each of them upgrades the database first."""

import multiprocessing
import sys
from typing import Any

import click

from hearth.worker import work

IN, WELL = "is in the revision", "ended with exit code 0"
WAITS, FOR_LONG = "waits", "waits, and nobody is in the revision"


@click.command("crowd")
@click.option("--killed", is_flag=True, help="Kill one more worker first, while it upgrades.")
def crowd(killed: bool) -> None:
    """Start eight workers, and stop the first of them in the revision until all have come."""
    if killed:
        process, line = start()
        click.echo(f"A worker {heard(line, WAITS)}, and is killed.")
        process.kill()
        process.join()
    workers = [start()]
    try:
        first = heard(workers[0][1], WAITS)
        workers += [start() for _ in range(7)]
        look([first, *(heard(line) for _, line in workers[1:])])
        for _, line in workers:
            line.send("go")
        look([heard(line, WAITS, IN, FOR_LONG) for _, line in workers])
    finally:
        for process, _ in workers:
            process.kill()
            process.join()


def look(words: list[str]) -> None:
    """Print where the workers are, and stop where one of them should not be."""
    for number, word in enumerate(words, 1):
        click.echo(f"Worker {number} {word}.")
        if word not in (IN, WAITS, WELL):
            raise click.ClickException(f"A worker {word}, and does not serve.")
    if words.count(IN) > 1:
        raise click.ClickException(f"{words.count(IN)} workers are in the revision at once.")
    if IN in words and WELL in words:
        raise click.ClickException("A worker serves while another is in the revision.")


def heard(line: Any, *passed_over: str) -> str:
    """What a worker says next."""
    word = line.recv()
    return heard(line, *passed_over) if word in passed_over else word


def start() -> tuple[Any, Any]:
    """A worker, and the line to it."""
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=work, args=(theirs,), daemon=True)
    process.start()
    return process, ours
