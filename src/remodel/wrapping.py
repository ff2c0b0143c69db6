"""Lines of a terminal: 80 columns, for whatever the course prints."""

import re
import textwrap

WIDTH = 80


def wrap(
    text: str, first: str = "", rest: str = "", breaks_words: bool = False, width: int = WIDTH
) -> list[str]:
    """`text` as lines, the first behind `first` and the others behind `rest`.

    A path, a command's option or a slug stays whole unless words may be broken.
    """
    return textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=breaks_words,
        break_on_hyphens=breaks_words,
    )


def wrap_around_code(text: str, indent: str = "", width: int = WIDTH) -> list[str]:
    """`text` as lines behind `indent`, in which `code` that fits on a line is not broken."""
    fits = width - len(indent)
    whole = re.sub(
        r"`[^`]+`",
        lambda code: code[0].replace(" ", "\0") if len(code[0]) < fits else code[0],
        text,
    )
    return [line.replace("\0", " ") for line in wrap(whole, indent, indent, width=width)]
