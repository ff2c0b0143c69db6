"""What is typed inside a program is input: the copy button takes it, and leaves the answers out."""

import re

from markdown.postprocessors import Postprocessor  # type: ignore[import-untyped]

#: A line that Pygments, which knows `$` alone, takes for what a program printed.
TYPED = re.compile(
    r'<span class="go">(?P<prompt>(?:&gt;&gt;&gt;|\.\.\.|sql&gt;) )(?P<typed>[^\n]*?)</span>'
)


class Prompts(Postprocessor):  # type: ignore[misc]
    """Marks the prompts of Python and of `remodel sql` in a terminal's lines as prompts."""

    def run(self, text: str) -> str:
        """The same page."""
        return TYPED.sub(r'<span class="gp">\g<prompt></span>\g<typed>', text)
