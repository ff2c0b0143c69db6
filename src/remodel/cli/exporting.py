"""`remodel dev export`: the questions for a learning management system."""

from pathlib import Path

import click

from remodel.cli.shell import shown_path, wrapped
from remodel.course.catalog import find_course
from remodel.errors import RemodelError


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export(folder: Path) -> None:
    """Write all questions as GIFT (for Moodle) and QTI (for Canvas and others) into FOLDER.

    By lesson, and the myths; every option has its feedback. Drawn questions come as GIFT alone.
    """
    from remodel.site.lms import as_gift, drawn_as_gift, drawn_bank, whole_bank, write_qti

    catalog = find_course()
    bank = whole_bank(catalog)
    folder.mkdir(parents=True, exist_ok=True)
    gift = folder / "remodel.gift"
    gift.write_text(as_gift(bank), encoding="utf-8", newline="\n")
    count = sum(len(questions) for questions in bank.values())
    click.echo(f"{count} questions in {len(bank)} parts:")
    click.echo(f"  {shown_path(gift)}")
    if drawn := drawn_bank(catalog):
        more = folder / "remodel-drawn.gift"
        more.write_text(drawn_as_gift(drawn), encoding="utf-8", newline="\n")
        click.echo(f"  {shown_path(more)}")
    try:
        for written in write_qti(bank, folder):
            click.echo(f"  {shown_path(written)}")
    except RemodelError as error:  # Moodle needs the one file alone
        click.echo(wrapped(f"No QTI, for Canvas and others: {error}", ""))
