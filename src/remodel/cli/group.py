"""The group of all commands, and what becomes of an error in one of them."""

import errno
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import click

from remodel.cli import is_written
from remodel.errors import RemodelError
from remodel.wrapping import harmless, wrap


class BadInput(click.ClickException):
    """What click shows as one message; it is neither a pass nor a fail."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message at 80 columns; a path or a command is never broken."""
        message = harmless(f"Error: {self.format_message()}")
        for line in message.replace(" Run: ", " Run:\n  ").splitlines():
            # What is indented is to be pasted, or one of a list.
            lines = [line] if line.startswith("  ") else wrap(line)
            with suppress(OSError):  # nobody can read it; the exit code still says what it was
                click.echo("\n".join(lines), file=file, err=True)


#: What people type who come from other tools.
ALIASES = {"test": "check"}


#: How `remodel --help` groups the commands.
SECTIONS = {
    "Exercises": "next start check watch hint solution reset update pack list",
    "Your work": "show diff rows sql snapshot rewind restore",
    "Lessons": "read play take notebook quiz cards myth explain site progress",
    "Teaching": "class",
    "The command itself": "doctor completion help dev",
}


class RemodelGroup(click.Group):
    """Shows a RemodelError as one message with exit code 2, and offers near commands."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands in the groups in which somebody looks for them."""
        for title, names in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl(
                    [(name, self.commands[name].get_short_help_str(66)) for name in names.split()]
                )

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command called `cmd_name`, or the one that another tool calls so."""
        return super().get_command(ctx, ALIASES.get(cmd_name, cmd_name))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a traceback only with --traceback."""
        if not _is_somewhere():
            raise BadInput("The folder that you are in is gone. Go to one that is there, with cd.")
        try:
            return super().invoke(ctx)
        except RemodelError as error:
            if ctx.params.get("traceback"):
                raise
            raise BadInput(str(error)) from error
        except KeyboardInterrupt:
            click.echo("\nStopped. Nothing of yours was changed.", err=True)
            ctx.exit(130)
        except BrokenPipeError:
            raise  # the reader of our output is gone: click ends quietly
        except OSError as error:
            if ctx.params.get("traceback") or not _is_of_this_machine(error):
                raise
            raise BadInput(_about_the_machine(error)) from error


def _is_somewhere() -> bool:
    """Whether the current folder is still there: another terminal may have removed it."""
    try:
        Path.cwd()
    except OSError:
        return False
    return True


#: What a machine has too little of: room, processes, memory, open files.
_TOO_LITTLE = {
    getattr(errno, name, None)
    for name in ("ENOSPC", "EDQUOT", "EIO", "EAGAIN", "ENOMEM", "EMFILE", "ENFILE")
}


def _is_of_this_machine(error: OSError) -> bool:
    return bool(error.filename) or error.errno in _TOO_LITTLE


def _about_the_machine(error: OSError) -> str:
    if not error.filename and not is_written():
        return f"What was to be printed cannot be written ({error.strerror})."
    if error.errno in _TOO_LITTLE:
        place = f"\n{error.filename}\n" if error.filename else " "
        return (
            f"This machine could not do that:{place}{error.strerror}. Make room, or end other "
            "programs, and type it again."
        )
    message = f"{error.filename}\n{error.strerror}."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        message += " Work in a clone of the course, or a folder, that is your own."
    return message


@click.group(
    cls=RemodelGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("--traceback", is_flag=True, help="Show where an error came from.")
@click.version_option(package_name="remodel")
@click.pass_context
def main(ctx: click.Context, traceback: bool) -> None:
    """Learn database migrations with Flask-Migrate, and see what yours did.

    Without a command: where you are, and what is next.
    """
    for stream in (sys.stdout, sys.stderr):
        # A pipe on Windows speaks a code page that has no tick.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if ctx.invoked_subcommand is None:
        from remodel.cli.looking import home

        home()


@main.command("help")
@click.argument("command", required=False)
@click.pass_context
def help_command(ctx: click.Context, command: str | None) -> None:
    """Show what there is, or what COMMAND takes."""
    main(args=[*([command] if command else []), "--help"], prog_name=ctx.find_root().info_name)


def _register() -> None:
    from remodel.cli import (
        completion,
        explaining,
        learning,
        looking,
        myths,
        notebooks,
        own_work,
        progressing,
        quizzing,
        reading,
        recalling,
        showing,
        site,
        sql,
        updating,
        watching,
    )

    for module in (
        learning,
        watching,
        looking,
        reading,
        notebooks,
        site,
        showing,
        own_work,
        explaining,
        sql,
        quizzing,
        recalling,
        myths,
        progressing,
        completion,
        updating,
    ):
        for command in module.COMMANDS:
            main.add_command(command)


def _register_for_authors_and_teachers() -> None:
    from remodel.cli import authoring, classroom, exporting, gaining

    authoring.dev.add_command(exporting.export)
    main.add_command(authoring.dev)
    classroom.class_.add_command(gaining.gains)
    main.add_command(classroom.class_)


_register()
_register_for_authors_and_teachers()
