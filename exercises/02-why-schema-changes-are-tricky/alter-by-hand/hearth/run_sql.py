"""Runs a file of SQL: all of it counts, or none of it."""

import codecs
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import click

from hearth.database import db

# Blank lines and comments before a statement are not where it begins.
BLANK = re.compile(r"(\s|--[^\n]*(\n|$)|/\*.*?\*/)*", re.DOTALL)
# What may hold any character: a comment, a text, a quoted name.
QUOTED = re.compile(r"--[^\n]*|/\*.*?\*/|'[^']*'|\"[^\"]*\"|`[^`]*`|\[[^]]*\]", re.DOTALL)


@click.command("run-sql")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def run_sql(file: Path) -> None:
    """Run the statements of FILE in one transaction."""
    text = read_script(file)
    refuse_other_blanks(file, text)
    script = list(statements(text))
    refuse_transactions(file, script)
    connection = db.engine.raw_connection()
    try:
        connection.cursor().execute("BEGIN")
        for line, statement in script:
            try:
                connection.cursor().execute(statement)
            except sqlite3.Error as error:
                connection.rollback()
                raise click.ClickException(
                    f'{error}. Nothing was changed.\n  File "{file}", line {line}'
                ) from error
        connection.commit()
    finally:
        connection.close()
    click.echo(f"{file} has run.")


def read_script(file: Path) -> str:
    """The text of FILE: UTF-8, or UTF-16 where it begins as PowerShell's `>` lets it."""
    utf_16 = file.read_bytes().startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return file.read_text(encoding="utf-16" if utf_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file} is not UTF-8. Save it as UTF-8.") from error


def refuse_other_blanks(file: Path, script: str) -> None:
    """Stop at a blank that SQLite takes for a letter: `ALTER TABLE` would be one name."""
    bare = QUOTED.sub(lambda quoted: re.sub(r"[^\n]", " ", quoted[0]), script)
    other = re.search(r"[^\S\x00-\x7f]", bare)
    if other:
        line = 1 + bare.count("\n", 0, other.start())
        raise click.ClickException(
            f"line {line} holds a blank that SQLite takes for a letter (U+{ord(other[0]):04X}). "
            f'Type a plain one. Nothing was changed.\n  File "{file}", line {line}'
        )


def statements(script: str) -> Iterator[tuple[int, str]]:
    """Each statement, with the line on which it begins."""
    line, part = 1, ""
    for piece in [*re.split(r"(?<=;)", script), ";"]:
        part += piece
        if sqlite3.complete_statement(part):
            before = BLANK.match(part)
            yield line + before[0].count("\n"), part
            line, part = line + part.count("\n"), ""
    yield line, part  # a quote that nobody closed: SQLite says so


def refuse_transactions(file: Path, script: list[tuple[int, str]]) -> None:
    """Stop at a statement that would end the transaction before the file has ended."""
    for line, statement in script:
        word = re.match(r"(BEGIN|COMMIT|END|ROLLBACK)\b", BLANK.sub("", statement, count=1), re.I)
        if word:
            raise click.ClickException(
                f"{file} runs in one transaction already; take {word[1].upper()} out "
                f'(line {line}). Nothing was changed.\n  File "{file}", line {line}'
            )
