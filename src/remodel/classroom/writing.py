"""Writes the gradebook's files."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from remodel.classroom.book import Gradebook
from remodel.classroom.for_programs import classroom50, gradescope, junit
from remodel.classroom.overview import SHEETS, overview
from remodel.classroom.results_store import write_whole
from remodel.classroom.sheet import NAMED, sheet, sheet_name
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
    written = set()
    for place, content in _of_learners(book, catalog):
        write_whole(out / place, content)
        written.add(place)
    _remove_others(out, written)
    return ["class.html", "gradebook.csv"]


def _of_learners(book: Gradebook, catalog: Catalog) -> Iterator[tuple[str, bytes]]:
    """Each file that is about one learner: its place and what it holds."""
    for row in book.rows:
        name = sheet_name(row)
        yield f"{SHEETS}/{name}", sheet(book, row, catalog).encode()
        if row.handed_in or row.place:  # a platform asks about what it was given, and hears of it
            file = Path(name).with_suffix(".json")
            yield f"gradescope/{file}", _as_json(gradescope(row, catalog))
            yield f"classroom50/{file}", _as_json(classroom50(book, row, catalog))


def _remove_others(out: Path, written: set[str]) -> None:
    """Remove what an earlier grading wrote about somebody who is not among them any more."""
    for folder in (SHEETS, "gradescope", "classroom50"):
        for file in (out / folder).glob("*"):
            if NAMED.search(file.name) and f"{folder}/{file.name}" not in written:
                file.unlink()


def _as_json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"
