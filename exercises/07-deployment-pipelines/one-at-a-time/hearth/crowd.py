"""`flask crowd`: eight workers start at once, and each of them upgrades the database first."""

import click

from hearth.lost import lose_a_connection
from hearth.starting import Started, end, heard, kill_a_worker, let_go, newest, start
from hearth.worker import IN, WAITS, WAITS_FOR_LONG, WELL


@click.command("crowd")
@click.option("--killed", is_flag=True, help="Kill two workers while they upgrade.")
@click.option("--slow", is_flag=True, help="Have a slow revision, and two workers.")
def crowd(killed: bool, slow: bool) -> None:
    """Start eight workers, and stop the first of them in the revision until all have come."""
    workers: list[Started] = []
    try:
        if killed:
            workers.append(start(kill_a_worker, daemon=False))
            line = workers[0][1]
            click.echo(f"A worker {heard(line)}, and {heard(line)}.")
            if lose_a_connection(workers):
                return  # that worker has upgraded, and nothing is left to do
        come(workers, 2 if slow else 8, killed, *[WAITS] if slow else [])
    finally:
        for started in workers:
            end(started)


def come(workers: list[Started], number: int, killed: bool, *passed_over: str) -> None:
    """The first of so many workers is in the revision until the others have come, and waited.

    Where it is killed then, one of the others has to upgrade.
    """
    workers.append(start())
    lines = [workers[-1][1]]
    first = heard(lines[0], WAITS)
    for _ in range(number - 1):
        workers.append(start())
        lines.append(workers[-1][1])
    words = [heard(line, *passed_over) for line in lines[1:]]
    look([first, *map(newest, lines[1:], words)])
    if killed:
        end(workers[-number])
        click.echo("Worker 1 was killed.")
        lines = lines[1:]
    for line in lines:
        let_go(line)
    look([heard(line, WAITS, IN, WAITS_FOR_LONG) for line in lines])


def look(words: list[str]) -> None:
    """Print where the workers are, and stop where one of them should not be."""
    for number, word in enumerate(words, 1):
        click.echo(f"Worker {number} {word}.")
    if words[0] == WAITS_FOR_LONG:
        raise click.ClickException("A worker waits, and nobody is in the revision.")
    for word in words:
        if word not in (IN, WAITS, WAITS_FOR_LONG, WELL):
            raise click.ClickException(f"A worker {word}, and does not serve.")
    if words.count(IN) > 1:
        raise click.ClickException(f"{words.count(IN)} workers are in the revision at once.")
    if IN in words and WELL in words:
        raise click.ClickException("A worker serves while another is in the revision.")
