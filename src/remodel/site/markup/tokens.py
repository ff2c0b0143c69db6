"""Code is coloured word by word; a word in the colour of the text needs no element of its own."""

import re

from markdown.postprocessors import Postprocessor  # type: ignore[import-untyped]

#: Names, operators, punctuation and blanks, as Pygments calls them; and what it begins with.
PLAIN = re.compile(r'<span class="[nopw]">(?P<text>[^<]*)</span>|(?<=<pre>)<span></span>')
#: What a program printed, line by line.
PRINTED = re.compile(r'<span class="go">[^<]*</span>(?:\n+<span class="go">[^<]*</span>)+')
BETWEEN = re.compile(r'</span>(?P<end>\n+)<span class="go">')


class Tokens(Postprocessor):  # type: ignore[misc]
    """Takes elements out of code that show nothing: a long lesson had three thousand of them."""

    def run(self, text: str) -> str:
        """The same page."""
        bare = PLAIN.sub(lambda token: token["text"] or "", text)
        return PRINTED.sub(lambda lines: BETWEEN.sub(r"\g<end>", lines[0]), bare)
