"""Which lines of a page are code: nothing in a fence is ours to change."""

import re
from collections.abc import Iterator, Sequence

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")


def outside_fences(lines: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it is prose; the fences themselves are not."""
    open_fence = ""
    for line in lines:
        fence = FENCE.fullmatch(line)
        if open_fence:
            yield line, False
            closes = fence and fence[1].startswith(open_fence) and not fence[2].strip()
            open_fence = "" if closes else open_fence
        elif fence:
            open_fence = fence[1]
            yield line, False
        else:
            yield line, True
