"""`remodel progress`: what was done so far, and how it gets into the browser and back."""

from collections.abc import Iterator
from pathlib import Path

import click

from remodel.cli.drawn_quiz import belief_lines
from remodel.cli.output import say_of_damage
from remodel.cli.shell import shown_path
from remodel.course.activities import Activities, of_lesson
from remodel.course.catalog import Catalog, find_course
from remodel.errors import RemodelError
from remodel.playground.progress import Progress
from remodel.playground.shared_record import SharedRecord, read_record

FILE = click.Path(path_type=Path)


@click.command("progress")
@click.option("--link", is_flag=True, help="A link that carries it into your browser.")
@click.option("--site", metavar="ADDRESS", help="With --link: the site that you read.")
@click.option("--export", "to", type=FILE, help="Write it to a file, for the site to load.")
@click.option("--import", "given", type=FILE, help="Add what a file of the site knows.")
def show_progress(link: bool, site: str | None, to: Path | None, given: Path | None) -> None:
    """Show what you have done, or share it with the site.

    Nothing is sent: what stands behind the # of a link stays in your browser.
    """
    if site and not link:
        raise RemodelError("--site says where a link leads. Add --link.")
    if sum(map(bool, (link, to, given))) > 1:
        raise RemodelError("--link, --export and --import are three things. Ask for one.")
    catalog = find_course()
    progress = Progress.read(catalog)
    if given:
        _take(progress, given)
    elif to:
        _write(SharedRecord.of(catalog, progress), to)
    elif link:
        click.echo(_link(catalog, SharedRecord.of(catalog, progress), site))
    else:
        click.echo("\n".join([*_lines(catalog, progress), *belief_lines(catalog, progress)]))
    say_of_damage(progress)


def _take(progress: Progress, file: Path) -> None:
    if not file.is_file():
        raise RemodelError(f"{file}\nis no file. In the site, the page Your progress saves one.")
    new = read_record(file.read_bytes(), str(file)).join_into(progress)
    click.echo(f"{new} new here." if new else "All of it was known here.")


def _write(record: SharedRecord, to: Path) -> None:
    if to.exists():
        raise RemodelError(f"{to}\nis there already. Name a file that is not.")
    to.write_bytes(record.as_json())
    click.echo(f"{shown_path(to)} holds it. In the site, the page Your progress loads it.")


def _link(catalog: Catalog, record: SharedRecord, site: str | None) -> str:
    """The address of the page that reads the record, in `site` or in the one built here."""
    if site:
        if not site.startswith(("http://", "https://")):
            raise RemodelError(f"{site} is no address of a site: it begins with https://")
        page = f"{site.partition('#')[0].rstrip('/')}/progress/"
    elif catalog.layout.site_progress.is_file():
        page = catalog.layout.site_progress.as_uri()
    else:
        raise RemodelError(
            "There is no site here yet. Run: remodel site\n"
            "Or name the one that you read:\n  remodel progress --link --site https://…"
        )
    return f"{page}#{record.as_fragment()}"


def _lines(catalog: Catalog, progress: Progress) -> Iterator[str]:
    heads = ("core", "more", "questions", "steppers", "cards")
    titles = [f"{each.number}. {each.title}" for each in catalog.lessons.values()]
    width = max(map(len, titles), default=0)
    yield "  ".join([" " * width, *heads])
    for title, lesson in zip(titles, catalog.lessons.values(), strict=True):
        counts = _counts(of_lesson(catalog, lesson), progress)
        cells = (f"{count:>{len(head)}}" for count, head in zip(counts, heads, strict=True))
        yield "  ".join([f"{title:<{width}}", *cells])
    yield "core, more: exercises    cards: those that you know"
    yield "In your browser, with ticks: remodel progress --link"


def _counts(activities: Activities, progress: Progress) -> Iterator[str]:
    """How much of each kind is done; a tick where that is all."""
    known = {name for name, memory in progress.cards.items() if memory.box}
    for ids, done in (
        (activities.core, progress.passed),
        (activities.more, progress.passed),
        (activities.questions, progress.questions),
        (activities.films, progress.films),
        (activities.cards, known),
    ):
        number = sum(each in done for each in ids)
        yield (f"{number}/{len(ids)}" if number < len(ids) else "✓") if ids else ""


COMMANDS = (show_progress,)
