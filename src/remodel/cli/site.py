"""`remodel site`: opens the pages of the course in a browser."""

import importlib.util
import shlex
import sys
from pathlib import Path

import click

from remodel.cli.shell import wrapped
from remodel.course.catalog import find_course
from remodel.course.layout import Layout
from remodel.errors import RemodelError
from remodel.wrapping import PassingLine


@click.command("site")
@click.option("--again", is_flag=True, help="Build it again, with what has changed since.")
def open_site(again: bool) -> None:
    """Open the pages of the course in your browser.

    The first time it builds them.
    """
    from remodel.site import offline

    layout = find_course().layout
    if again or not offline.opens_from_files(layout.site):
        _build(layout)
    elif offline.is_older_than_its_pages(layout, layout.site):
        click.echo("Pages were changed since this copy was built. To build it again:")
        click.echo("  remodel site --again")
    _open(layout.site / "index.html")


def _build(layout: Layout) -> None:
    from remodel.site import offline

    if not all(importlib.util.find_spec(each) for each in ("mkdocs", "material")):
        raise RemodelError(
            "To build the site, MkDocs is needed (120 MB, and no more of the course's tools). "
            f"Type this, then `remodel site` again:\n  {_installing(layout)}\n"
            "Without it, `remodel read 1` shows the pages in the terminal."
        )
    searches = offline.can_search(layout)
    line = PassingLine(sys.stdout)
    line.show("  Building the site …")
    try:
        offline.build_for_files(layout, layout.site, searches=searches)
    finally:
        line.clear()
    if not searches:
        click.echo(wrapped("Its search is left out: it needs a file that npm fetches.", ""))


def _installing(layout: Layout) -> str:
    """The line that installs what the site needs, and nothing else."""
    if importlib.util.find_spec("pip"):
        words = [sys.executable, "-m", "pip", "install"]
    else:
        words = ["uv", "pip", "install", "--python", sys.executable]
    words += ["-c", str(layout.constraints), "-e", f"{layout.root}[site]"]
    return shlex.join(words)


def _open(page: Path) -> None:
    import webbrowser

    click.echo(f"The site: {page.as_uri()}")
    try:
        opened = webbrowser.open(page.as_uri())
    except webbrowser.Error:
        opened = False
    if not opened:
        click.echo("No browser was found here. Open that file in one.")


COMMANDS = (open_site,)
