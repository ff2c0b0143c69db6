"""Which lines of a page are code: nothing in a fence is ours to change."""

import re
from collections.abc import Iterator, Sequence

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")


def outside_fences(lines: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it is prose; the fences themselves are not."""
    open_fence = ""
    for line in lines:
        found = FENCE.fullmatch(line)
        if open_fence:
            yield line, False
            closes = found and found[1].startswith(open_fence) and not found[2].strip()
            open_fence = "" if closes else open_fence
        elif found:
            open_fence = found[1]
            yield line, False
        else:
            yield line, True
