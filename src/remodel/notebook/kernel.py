"""Shows something in a cell's output: as a page where a notebook is open, or else as text."""

import html
import sys
from typing import Any


def kernel_shell() -> Any:
    """The shell of IPython that runs the cells, None where there is none."""
    return getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()


def show(text: str, page: str, **metadata: object) -> None:
    """Show `page` with `text` for those who cannot see it; elsewhere, print `text`."""
    if kernel_shell() is None:
        print(text)
        return
    from IPython.display import display

    sys.stdout.flush()  # what was printed before stands above
    data = {"text/html": page, "text/plain": text}
    display(data, raw=True, metadata=metadata)  # type: ignore[no-untyped-call]


def show_folded(title: str, text: str) -> None:
    """Show `title`, and under it, once it is opened, `text`."""
    text = text.replace("\r", "")
    count = text.count("\n")
    page = (
        f"<details><summary>{html.escape(title)}, {count} lines</summary>"
        f"<pre>{html.escape(text)}</pre></details>"
    )
    show(text, page, folded=True)
