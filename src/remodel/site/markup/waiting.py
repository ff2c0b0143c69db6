"""Folds whose content waits as text until somebody opens them: a long page opens sooner."""


def waiting_fold(summary: str, content: str, name: str = "") -> str:
    """A fold, which page.js fills when it is opened; without JavaScript it is one like any other.

    `content` holds no such fold itself.
    """
    kind = f' class="{name}"' if name else ""
    held = f"<noscript>\n{content}\n</noscript>"
    return f"<details{kind}><summary>{summary}</summary>\n{held}</details>"
