"""A question in the terminal: the options by number, one line of answer, and the reason."""

import sys

import click

from remodel.cli.shell import wrapped
from remodel.course.quiz import Question


class Left(Exception):
    """The learner has left: the end of the input, or Ctrl-C."""

    def __init__(self, code: int) -> None:
        self.code = code


def ask(question: Question, may_skip: bool = False) -> bool | None:
    """Ask, read a number, say whether it is right and why; None where it was skipped.

    Raises Left where there is nobody to answer any more.
    """
    click.echo(wrapped(question.ask, ""))
    click.echo("")
    for number, option in enumerate(question.options, 1):
        click.echo(f"  {number}  {wrapped(option.text, '     ').lstrip()}")
    click.echo("")
    chosen = read_number(len(question.options), may_skip)
    if chosen is None:
        return None
    _say_why(question, chosen)
    return question.options[chosen - 1].right


def read_line(prompt: str) -> str:
    """One line of what is typed; it is shown where no terminal has shown it. Raises Left."""
    try:
        line = input(prompt)
    except EOFError:
        click.echo("")
        raise Left(0) from None
    except KeyboardInterrupt:
        click.echo("")
        raise Left(130) from None
    if not sys.stdin.isatty():
        click.echo(line)
    return line.strip()


def confirmed(question: str) -> bool:
    """Whether `question` is answered with yes; it is no part of what may go into a pipe."""
    click.echo(f"{question} [y/N]: ", nl=False, err=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def read_number(count: int, may_skip: bool = False) -> int | None:
    """A number from 1 to `count`; None where it was skipped. Raises Left."""
    skips = ", Enter to see it happen" if may_skip else ""
    while True:
        typed = read_line(f"Your answer (1 to {count}{skips}): ")
        if typed in map(str, range(1, count + 1)):
            return int(typed)
        if may_skip and not typed:
            return None
        click.echo(f"Type a number from 1 to {count}.")


def _say_why(question: Question, number: int) -> None:
    chosen = question.options[number - 1]
    right = next(n for n, option in enumerate(question.options, 1) if option.right)
    click.echo("")
    if chosen.right:
        click.echo(wrapped(f"✓ Right. {chosen.why}", ""))
        return
    click.echo(wrapped(f"✗ Not this one. {chosen.why}", ""))
    answer = question.options[right - 1]
    click.echo(wrapped(f"Right is {right}. {answer.why}", ""))
