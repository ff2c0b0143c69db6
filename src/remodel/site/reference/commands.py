"""Every `flask db` command: its arguments and options from Flask-Migrate, its sentences from us."""

from argparse import _SubParsersAction
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec
from alembic.config import CommandLine
from flask_migrate.cli import db

from remodel.course.catalog import Catalog
from remodel.course.toml_file import Text, TomlStruct, read_struct
from remodel.errors import CourseError
from remodel.site.reference.messages import lesson_link


class Sentences(TomlStruct):
    """What we say of a command: when you need it, what to beware of, which lesson teaches it."""

    when: Text
    beware: str = ""
    #: 0 where no lesson does.
    lesson: int = 0


class CommandFile(TomlStruct):
    """docs/commands.toml: the sentences by the command's name, and what each option means."""

    sentences: dict[str, Sentences] = msgspec.field(name="command")
    options: dict[str, Text] = msgspec.field(name="option")


def read_commands(file: Path) -> CommandFile:
    """What `file` says; raises CourseError where a key is missing or unknown."""
    return read_struct(file, CommandFile)


def commands() -> dict[str, click.Command]:
    """The commands of the group `db` of the installed Flask-Migrate."""
    return dict(sorted(db.commands.items()))


def option_names() -> set[str]:
    """The long name of every option of any command."""
    return {_long(option) for command in commands().values() for option in _options(command)}


def commands_page(catalog: Catalog, file: Path) -> Iterator[str]:
    """Every command: its sentence, how it is typed, its options, what to beware of, its lesson."""
    ours = read_commands(file)
    for (
        name,
        sentences,
    ) in ours.sentences.items():  # in the order of the file: what one needs daily comes first
        command = commands().get(name)
        if command is None:
            raise CourseError(f"{file}: Flask-Migrate has no command {name!r}.")
        yield from (f"## `flask db {name}`", "", sentences.when, "")
        yield from ("```text", _usage(command), "```", "")
        for option in _options(command):
            if _long(option) not in ours.options:
                raise CourseError(f"{file} says nothing of the option {_long(option)}.")
            yield f"- {_shown(option)}: {ours.options[_long(option)]}"
        if sentences.beware:
            yield from ("", f"**Beware.** {sentences.beware}")
        if sentences.lesson:
            yield from ("", f"Taught in {lesson_link(catalog, sentences.lesson)}.")
        yield ""


def missing() -> Iterator[str]:
    """What the program `alembic` has and `flask db` lacks, as a list."""
    for name, options in _of_alembic().items():
        ours = commands().get(name.replace("_", "-"))
        if ours is None:
            yield f"- `alembic {name}`"
            continue
        known = {opt for each in ours.params for opt in each.opts}
        yield from (f"- `alembic {name} {option}`" for option in sorted(options - known))


def _of_alembic() -> dict[str, set[str]]:
    parser = CommandLine().parser
    (commands,) = (each for each in parser._actions if isinstance(each, _SubParsersAction))
    return {
        name: {opt for action in sub._actions for opt in action.option_strings if opt[:2] == "--"}
        - {"--help"}
        for name, sub in sorted(commands.choices.items())
    }


def _options(command: click.Command) -> list[click.Option]:
    # Every command has --directory; the page says so once.
    return [each for each in command.params if isinstance(each, click.Option) and _own(each)]


def _own(option: click.Option) -> bool:
    return option.name != "directory"


def _long(option: click.Option) -> str:
    return max(option.opts, key=len)


def _shown(option: click.Option) -> str:
    value = "" if option.is_flag else f" {str(option.name).upper()}"
    return ", ".join(f"`{name}{value if name == _long(option) else ''}`" for name in option.opts)


def _usage(command: click.Command) -> str:
    words = [f"flask db {command.name}", "[OPTIONS]" if _options(command) else ""]
    for each in command.params:
        if isinstance(each, click.Argument):
            default = f"={each.default}" if isinstance(each.default, str) else ""
            more = "..." if each.nargs == -1 else ""
            words.append(f"[{str(each.name).upper()}{default}]{more}")
    return " ".join(word for word in words if word)
