"""Blocks of cog for the home page: what the course shows of itself before anybody reads."""

import html
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from remodel.course.catalog import Catalog
from remodel.course.myths import read_myths
from remodel.site.diagrams.sources import drawing
from remodel.site.transcripts.film import Cell, Frame, RecordedFilm

#: What a terminal shows before the words of a line of Alembic's log.
LOGGED = re.compile(r"^INFO +\[[\w.]+\] ")


def counts(catalog: Catalog) -> Iterator[str]:
    """How much there is of everything, in a line."""
    lessons, exercises = len(catalog.lessons), len(catalog.exercises)
    myths = len(read_myths(catalog))
    yield (
        f"{lessons} lessons · {exercises} graded exercises · {myths} myths put to the test · "
        "on your machine, no account"
    )


def proof(recording: RecordedFilm, transcript: Path) -> Iterator[str]:
    """The values of a column before a rename, after the drafted one, and after the written one.

    The commands and their last lines stand in `transcript`; the film has the rows.
    """
    typed = "\n".join(_commands(transcript.read_text(encoding="utf-8"), ("upgrade", "check")))
    before = recording.frames[0]
    ends = [frame for frame in recording.frames if frame.by == "flask db upgrade"]
    yield '<div class="proof">'
    yield f'<pre class="night"><code>{html.escape(typed, quote=False)}</code></pre>'
    yield from _ends(before, ends)
    yield (
        '<p class="proof-moral">The same commands, no error, the same columns. '
        "Only one of the two keeps the values.</p>"
    )
    yield "</div>"


def _commands(transcript: str, names: Sequence[str]) -> Iterator[str]:
    """Each `flask db NAME`, and the last line that it printed."""
    for part in re.split(r"\n(?=\S*[$>] )", transcript):
        first, *printed = part.strip().splitlines()
        if first.removeprefix("$ flask db ").split()[0] in names:
            yield from (first, *(LOGGED.sub("", line) for line in printed[-1:]))


def _ends(before: Frame, ends: Sequence[Frame]) -> Iterator[str]:
    table = before.tables[0]
    heads = (f"{table.name}.{table.columns[1]}", "as drafted", "as you write it")
    yield '<table class="ends"><thead><tr>'
    yield "".join(f'<th scope="col">{html.escape(each)}</th>' for each in heads)
    yield "</tr></thead><tbody>"
    for number, row in enumerate(table.rows):
        after = "".join(_end(row[1], end.tables[0].rows[number][1]) for end in ends)
        yield f'<tr><th scope="row">{html.escape(str(row[1]), quote=False)}</th>{after}</tr>'
    yield "</tbody></table>"


def _end(before: Cell, after: Cell) -> str:
    if after == before:
        return f'<td class="kept">✓ {html.escape(str(after), quote=False)}</td>'
    return f'<td class="lost">✗ {"NULL" if after is None else html.escape(str(after))}</td>'


def lesson_cards(catalog: Catalog, folder: str, top: str = "") -> Iterator[str]:
    """A card for each lesson: its drawing, title, level and minutes; `top` leads to docs/."""
    yield '<div class="tiles" markdown>'
    for each in catalog.lessons.values():
        link = f"[{each.title}]({folder}/{each.name}/README.md)"
        yield from ("", '<div class="tile" markdown>', "", drawing(catalog, each, top), "")
        yield from (f"**{each.number}. {link}**", "")
        yield from (f"{each.level} · {each.minutes.teaching} minutes", "", "</div>")
    yield from ("", "</div>")
