"""The commands that look at the learner's own work and take a part of it back."""

from pathlib import Path
from typing import Any

import click

from remodel.cli.learning import SLUG, exercise_meant
from remodel.cli.output import code_lines, print_long
from remodel.cli.shell import shown_path
from remodel.cli.showing import app_meant
from remodel.course.catalog import Catalog, find_course
from remodel.course.exercise import Exercise
from remodel.errors import NotGraded, RemodelError
from remodel.wrapping import columns, wrap

#: As many rows as fit on a low screen with what stands around them.
SOME_ROWS = 15


@click.command()
@SLUG
def diff(slug: str | None) -> None:
    """Show what you have changed in the files since the start."""
    from remodel.playground.own_files import own_changes

    _catalog, exercise, folder = _begun(slug)
    changes = own_changes(exercise, folder)
    if not changes:
        click.echo(f"You have changed no file of {exercise.slug} yet.")
        return
    lines = [click.style(str(each), bold=True) for each in changes]
    for change in changes:
        lines += [_coloured(line) for line in code_lines(change.diff)]
    print_long("\n".join(lines))


def _coloured(line: str) -> str:
    return click.style(line, fg={"+": "green", "-": "red", "@": "cyan"}.get(line[:1]))


@click.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
def restore(file: Path | None) -> None:
    """Put a given FILE back as it was at the start; keeps a backup."""
    from remodel.playground import own_files
    from remodel.playground.folder import backup_of

    catalog, exercise, folder = _begun(None)
    if file is None:
        changed = [each for each in own_files.own_changes(exercise, folder) if each.how != "added"]
        named = "".join(f"\n  remodel restore {each.file}" for each in changed)
        raise RemodelError(
            f"Which file? These are not as they were given:{named}"
            if changed
            else f"Every file that {exercise.slug} gave is as it was."
        )
    given = own_files.given_file(exercise, folder, file)
    backup = backup_of(catalog, exercise.slug)
    kept = own_files.restore(exercise, folder, given, backup)
    click.echo(f"{given} is as it was at the start.")
    if kept:
        click.echo(f"Your text of it is kept in\n  {shown_path(backup / given)}")
    for other in own_files.same_revision_elsewhere(folder, given):
        click.echo("\n".join(wrap(f"{other} is the same revision: take one of them away.")))


def _begun(slug: str | None) -> tuple[Catalog, Exercise, Path]:
    """The course, the exercise meant, and its folder, which is there."""
    catalog = find_course()
    exercise, folder = exercise_meant(catalog, slug)
    if not folder.is_dir():
        raise NotGraded(f"You have not started {exercise.slug}. Run: remodel start {exercise.slug}")
    return catalog, exercise, folder


@click.command()
@click.argument("name", required=False, default="")
def snapshot(name: str) -> None:
    """Keep your databases as they are now, for `remodel rewind`."""
    from remodel.playground import kept

    made = kept.snapshot(app_meant(None).folder, name)
    click.echo(f"Kept as {made}. To have the databases like this again:")
    click.echo(f"  remodel rewind{f' {made}' if name else ''}")


@click.command()
@click.argument("name", required=False, default="")
@click.option("--list", "lists", is_flag=True, help="Name the snapshots, the latest first.")
def rewind(name: str, lists: bool) -> None:
    """Have your databases as in a snapshot; your files stay.

    Without NAME: as in the latest one.
    """
    from remodel.playground import kept

    folder = app_meant(None).folder
    if lists:
        click.echo("\n".join(kept.snapshots(folder)) or "There is no snapshot yet.")
        return
    used, undo = kept.rewind(folder, name)
    click.echo(f"Your databases are as they were in {used}; your files are as they are.")
    if undo:
        click.echo(f"To take that back:\n  remodel rewind {undo}")


@click.command()
@click.argument("table")
@click.option("--all", "every", is_flag=True, help=f"Every row, not the first {SOME_ROWS}.")
@click.option("--database", help="The file's name without .db, where there is more than one.")
def rows(table: str, every: bool, database: str | None) -> None:
    """Show the rows of a TABLE in your database."""
    from remodel.database.reflection import read_schema
    from remodel.database.sqlite import UnreadableDatabase, read_rows

    name, content = _database(app_meant(None).folder, database)
    try:
        tables = sorted(read_schema(content, version_table="").tables)
        if table not in tables:
            raise RemodelError(
                f"{name} has no table {table}. It has {', '.join(tables) or 'none'}."
            )
        found = read_rows(content, table)
    except UnreadableDatabase as error:
        raise NotGraded(f"{name} cannot be read: {error}.") from error
    shown = found if every else found[:SOME_ROWS]
    lines = _table(shown) if found else [f"{table} has no rows."]
    if len(found) > len(shown):
        lines.append(f"{len(shown)} of {len(found)} rows. All: remodel rows {table} --all")
    print_long("\n".join(lines))


def _database(folder: Path, named: str | None) -> tuple[str, bytes]:
    from remodel.playground.state import databases_of

    databases = databases_of(folder)
    if not databases:
        raise NotGraded(f"There is no database in {folder} yet. Run: flask db upgrade")
    name = f"{named}.db" if named else next(iter(databases))
    if name not in databases:
        raise RemodelError(f"There is no database {named}. There are {', '.join(databases)}.")
    return name, databases[name]


def _table(found: list[dict[str, Any]]) -> list[str]:
    """The rows under the names of their columns; a long value goes on below."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in found[0]:
        table.add_column(column, overflow="fold")
    for row in found:
        table.add_row(*map(_cell, row.values()))
    console = Console(width=columns(), highlight=False)
    with console.capture() as capture:
        console.print(table, markup=False)
    return [line.rstrip() for line in capture.get().splitlines()]


def _cell(value: Any) -> str:
    """As SQL writes it: an empty text is no NULL, and the text 1 is not the number."""
    if value is None:
        return "NULL"
    return f"X'{value.hex()}'" if isinstance(value, bytes) else repr(value)


COMMANDS = (diff, restore, snapshot, rewind, rows)
