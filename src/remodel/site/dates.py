"""The day on which each page was last changed, as git knows it; the theme shows it."""

import subprocess
from pathlib import Path

from remodel.course.layout import Layout

#: What a page is made of.
SOURCES = ("*.md", "*.ipynb")
#: The variable in which mkdocs.yml looks for it.
VARIABLE = "PAGE_DATES"


def page_dates(root: Path) -> str:
    """A line `FILE@DAY` for each page; "" without git, or with a part of its history.

    In a shallow clone, every file seems to be as new as the one commit that is there.
    """
    if _git(root, "rev-parse", "--is-shallow-repository").strip() != "false":
        return ""
    days: dict[str, str] = {}
    day = ""
    for line in _git(
        root, "log", "--format=@%cs", "--name-only", "--relative", "--", *SOURCES
    ).splitlines():
        if line.startswith("@"):
            day = line[1:]
        elif line and (root / line).is_file():
            days.setdefault(line, day)
    return "\n".join(f"{file}@{day}" for file, day in sorted(days.items()))


def _git(root: Path, *words: str) -> str:
    """What git prints in `root`; "" where there is none, or where it knows no such folder."""
    command = ["git", "-c", "core.quotePath=off", "-C", str(root), *words]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return "" if done.returncode else done.stdout


if __name__ == "__main__":
    print(page_dates(Layout.here().root))
