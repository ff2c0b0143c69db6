"""Lines of a terminal: 80 columns, for whatever the course prints."""

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
