"""A session of `flask shell` for the page: each line that is typed, with what it answers."""

import re

from remodel.errors import CourseError

LEAVE = "exit()"
#: A prompt stands at the beginning of a line, or right behind another that nothing answered.
PROMPT = re.compile(r"(?:^|(?<=>>> )|(?<=\.\.\. ))(>>> |\.\.\. )", re.MULTILINE)


def lines_to_type(text: str) -> list[str]:
    """The lines of `text`, and the one that leaves the shell."""
    lines = text.strip("\n").splitlines()
    # An empty line ends a block.
    return [*lines, *([""] if lines[-1:] and lines[-1].startswith(" ") else []), LEAVE]


def answered(lines: list[str], output: str) -> list[tuple[str, str]]:
    """Pair each typed line, behind its prompt, with what the shell answered.

    The greeting is left out, and so is the last line where nothing answered it. Raises
    CourseError where the shell did not ask for as many lines as were typed.
    """
    _greeting, *parts = PROMPT.split(output)
    prompts, answers = parts[::2], parts[1::2]
    if len(prompts) != len(lines):
        raise CourseError(f"flask shell asked for {len(prompts)} lines of {len(lines)}.\n{output}")
    typed = (f"{prompt}{line}".rstrip() for prompt, line in zip(prompts, lines, strict=True))
    pairs = list(zip(typed, answers, strict=True))
    return pairs if answers[-1].strip() else pairs[:-1]
