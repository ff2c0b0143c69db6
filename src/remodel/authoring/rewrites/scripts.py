"""Rewrites of what is no Python: SQL scripts, lists of commands, and findings."""

import re
import tomllib
from collections.abc import Callable, Iterator

from remodel.authoring.rewrites.rewrite import Files, Solved, rewrite
from remodel.history import read_history

SQL, COMMANDS, FINDINGS = "*.sql", "repair.txt", "findings.toml"
_QUOTED = re.compile(r"('(?:[^']|'')*'|--[^\n]*)")
_NAME = re.compile(r"\b(?:room_new|room|furniture|id|name|colour|maker|ix_room_colour)\b")


def _outside_quotes(text: str, change: Callable[[str], str]) -> str:
    """`text` with `change` made of what is neither a string nor a comment."""
    parts = _QUOTED.split(text)
    return "".join(part if n % 2 else change(part) for n, part in enumerate(parts))


@rewrite("Somebody who writes SQL in small letters.")
def sql_in_small_letters(solved: Solved) -> Files | None:
    """Keywords and types in lower case."""
    return solved.changed(lambda text: _outside_quotes(text, str.lower), SQL)


@rewrite("Somebody who quotes every name, as a tool does that writes SQL.")
def quoted_names(solved: Solved) -> Files | None:
    """Double quotes around tables, columns and indexes."""
    return solved.changed(lambda text: _outside_quotes(text, _quote_names), SQL)


def _quote_names(part: str) -> str:
    return _NAME.sub(lambda name: f'"{name[0]}"', part)


@rewrite("Somebody who came from SQL Server, and puts names in brackets.")
def bracketed_names(solved: Solved) -> Files | None:
    """SQLite takes brackets for quotes."""
    brackets: Callable[[str], str] = lambda part: _NAME.sub(r"[\g<0>]", part)  # noqa: E731
    return solved.changed(lambda text: _outside_quotes(text, brackets), SQL)


@rewrite("Somebody who comments SQL between and behind statements, a semicolon among the words.")
def sql_comments(solved: Solved) -> Files | None:
    """Both kinds of comment, one of them in the middle of a statement."""

    def commented(text: str) -> str:
        text = re.sub(r";$", "; -- done; it isn't undone", text, flags=re.MULTILINE)
        text = re.sub(r"\bSELECT\b", "SELECT /* all; that's it */", text)
        return f"/* The way of the house;\n   DROP TABLE room; is not meant. */\n{text}"

    return solved.changed(commented, SQL)


@rewrite("Somebody who writes a script as one long line.")
def sql_on_one_line(solved: Solved) -> Files | None:
    """No comments, and blanks for line ends."""

    def joined(text: str) -> str:
        return " ".join(re.sub(r"--[^\n]*", "", text).split())

    return solved.changed(joined, SQL)


@rewrite("Somebody who leaves out the last semicolon.")
def no_last_semicolon(solved: Solved) -> Files | None:
    """The last statement ends with the file."""
    return solved.changed(lambda text: text.rstrip().removesuffix(";"), SQL)


@rewrite("Somebody who saved a text from PowerShell or Notepad as Unicode, which is UTF-16.")
def utf_16(solved: Solved) -> Files | None:
    """A byte order mark, then two bytes for each character."""
    taken = solved.matching(SQL, COMMANDS)
    made = {file: solved.files[file].decode("utf-8").encode("utf-16") for file in taken}
    return {**solved.files, **made} if made else None


def _commands(solved: Solved, change: Callable[[str], str]) -> Files | None:
    """Every command of repair.txt as `change` makes it."""

    def rewritten(text: str) -> str:
        lines = text.splitlines()
        return "\n".join(change(x) if x.startswith("flask") else x for x in lines) + "\n"

    return solved.changed(rewritten, COMMANDS)


@rewrite("Somebody who explains each command in a list of them, with blank lines between.")
def commented_commands(solved: Solved) -> Files | None:
    """Comments on lines of their own and behind commands, and indented commands."""
    return _commands(solved, lambda x: f"\n# because; it's needed\n\t  {x}   # flask db stamp base")


@rewrite("Somebody who copied the commands from a terminal, prompt included.")
def copied_with_the_prompt(solved: Solved) -> Files | None:
    """A `$` before each command."""
    return _commands(solved, lambda line: f"$ {line}")


@rewrite("Somebody who copied the commands from a web page, whose blanks do not break.")
def no_break_blanks(solved: Solved) -> Files | None:
    """U+00A0 between the words of a command."""
    return _commands(solved, lambda line: line.replace(" ", "\u00a0"))


@rewrite("Somebody who writes out the head, where upgrade goes there by itself.")
def upgrade_head(solved: Solved) -> Files | None:
    """`flask db upgrade head`."""
    return _commands(solved, lambda line: re.sub(r"upgrade$", "upgrade head", line))


@rewrite("Somebody who names the last revision, where upgrade goes there by itself.")
def upgrade_by_id(solved: Solved) -> Files | None:
    """`flask db upgrade 0005`."""
    heads = read_history({**solved.exercise.given, **solved.files}).heads
    return _commands(solved, lambda line: re.sub(r"upgrade$", f"upgrade {heads[-1]}", line))


@rewrite("Somebody who says where the migrations lie, though it is the usual place.")
def upgrade_with_options(solved: Solved) -> Files | None:
    """`--directory migrations`, the long option."""
    return _commands(
        solved, lambda line: re.sub(r"(upgrade|stamp)", r"\1 --directory migrations", line)
    )


@rewrite("Somebody who clears the version table whenever they stamp.")
def stamp_with_purge(solved: Solved) -> Files | None:
    """`flask db stamp --purge`, which forgets what was recorded and records the same."""
    return _commands(solved, lambda line: line.replace("db stamp", "db stamp --purge"))


def _findings(solved: Solved, change: Callable[[list[dict[str, str]]], str]) -> Files | None:
    return solved.changed(lambda text: change(tomllib.loads(text)["finding"]), FINDINGS)


@rewrite("Somebody who finds the same things in another order.")
def findings_in_another_order(solved: Solved) -> Files | None:
    """From the last to the first, keys included."""

    def backwards(findings: list[dict[str, str]]) -> str:
        return "\n".join("\n".join(_table(one)) for one in reversed(findings)) + "\n"

    def _table(finding: dict[str, str]) -> Iterator[str]:
        yield "[[finding]]"
        yield from (f'{key} = "{value}"' for key, value in reversed(finding.items()))

    return _findings(solved, backwards)


@rewrite("Somebody who writes TOML in its short form, with the other quotes.")
def findings_as_one_array(solved: Solved) -> Files | None:
    """An inline table for each finding."""

    def as_array(findings: list[dict[str, str]]) -> str:
        tables = [", ".join(f"{key} = '{value}'" for key, value in x.items()) for x in findings]
        return "finding = [\n" + "".join(f"  {{ {table} }},\n" for table in tables) + "]\n"

    return _findings(solved, as_array)
