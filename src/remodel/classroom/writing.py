"""Writes the gradebook's files."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from remodel.classroom.book import Gradebook
from remodel.classroom.for_programs import classroom50, gradescope, junit
from remodel.classroom.overview import SHEETS, overview
from remodel.classroom.results_store import write_whole
from remodel.classroom.sheet import sheet, sheet_name
from remodel.classroom.tables import canvas_csv, gradebook_csv, moodle_csv
from remodel.course.catalog import Catalog
from remodel.course.inventory import IdeaGain


def write_gradebook(
    book: Gradebook, out: Path, catalog: Catalog, gains: Sequence[IdeaGain] = ()
) -> list[str]:
    """Write every file of the gradebook into `out`; returns those to look at first."""
    tables = {
        "gradebook.csv": gradebook_csv(book),
        "moodle.csv": moodle_csv(book),
        "canvas.csv": canvas_csv(book),
    }
    for name, text in tables.items():
        # With a mark at the start, Excel knows that it is UTF-8.
        write_whole(out / name, text.encode("utf-8-sig"))
    write_whole(out / "class.html", overview(book, catalog, gains).encode())
    write_whole(out / "junit.xml", junit(book))
    for row in book.rows:
        name = sheet_name(row)
        write_whole(out / SHEETS / name, sheet(book, row, catalog).encode())
        if row.handed_in or row.place:  # a platform asks about what it was given, and hears of it
            file = Path(name).with_suffix(".json")
            write_whole(out / "gradescope" / file, _as_json(gradescope(row, catalog)))
            write_whole(out / "classroom50" / file, _as_json(classroom50(book, row, catalog)))
    return ["class.html", "gradebook.csv"]


def _as_json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"
