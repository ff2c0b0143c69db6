"""Folds whose content waits as text until somebody opens them: a long page opens sooner."""

import re

from markdown.postprocessors import Postprocessor  # type: ignore[import-untyped]

#: A fold of a page that is nothing but folds, as `remodel.site.blocks.mistakes` writes it.
FOLD = re.compile(r'<details class="waits">\s*<summary>(.*?)</summary>(.*?)</details>', re.DOTALL)


class Waiting(Postprocessor):  # type: ignore[misc]
    """Makes such folds wait, once what is in them has become HTML."""

    def run(self, text: str) -> str:
        """The same page."""
        return FOLD.sub(lambda fold: waiting_fold(fold[1], fold[2].strip()), text)


def waiting_fold(summary: str, content: str, name: str = "") -> str:
    """A fold, which page.js fills when it is opened; without JavaScript it is one like any other.

    `content` holds no such fold itself.
    """
    kind = f' class="{name}"' if name else ""
    held = f"<noscript>\n{content}\n</noscript>"
    return f"<details{kind}><summary>{summary}</summary>\n{held}</details>"
