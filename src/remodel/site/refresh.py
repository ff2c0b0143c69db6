"""Brings what is generated up to date: carried files, transcripts, pages; or says what is stale."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from remodel.course.catalog import Catalog
from remodel.course.manifest import manifest
from remodel.course.stages import carry_forward, drift
from remodel.site import pages
from remodel.site.attributes import carried_attributes
from remodel.site.mirrors import mirrored_pages
from remodel.site.transcripts import transcript


def refresh(catalog: Catalog, lessons: Iterable[str] = ()) -> list[str]:
    """Carry files forward, rerun transcripts, refill pages; names what it wrote.

    Transcripts are rerun of `lessons` alone, by their names, where any is named.
    """
    written = carry_forward(catalog) + _write(catalog, carried_attributes(catalog))
    for lesson in [catalog.lesson(name) for name in lessons] or catalog.lessons.values():
        written += _write(catalog, transcript.transcripts(catalog, lesson))
    if not lessons:
        written += _write(catalog, transcript.documents(catalog))
    # A mirror page may be new, and an index of the site is filled like any other page.
    written += _write(catalog, mirrored_pages(catalog))
    written += _write(catalog, pages.filled_pages(catalog))
    # Last: what was carried forward above is shipped like this.
    return written + write_manifest(catalog)


def write_manifest(catalog: Catalog) -> list[str]:
    """Have the manifest say what the files are today; names it where it was written."""
    return _write(catalog, manifest(catalog))


def _write(catalog: Catalog, texts: Mapping[Path, str]) -> list[str]:
    written = []
    for place, text in texts.items():
        if _differs(place, text):
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8", newline="\n")
            written.append(catalog.layout.relative(place))
    return written


def _differs(place: Path, text: str) -> bool:
    return not place.exists() or place.read_text(encoding="utf-8") != text


def stale(catalog: Catalog, rerun: bool = True) -> list[str]:
    """What `refresh` would change, and the drift that it cannot repair; changes nothing.

    Without `rerun`, transcripts are believed as they are.
    """
    expected = {**mirrored_pages(catalog), **pages.filled_pages(catalog)}
    expected |= carried_attributes(catalog) | manifest(catalog)
    for lesson in catalog.lessons.values() if rerun else ():
        expected |= transcript.transcripts(catalog, lesson)
    if rerun:
        expected |= transcript.documents(catalog)
    stale_places = [place for place, text in expected.items() if _differs(place, text)]
    return drift(catalog) + [
        f"{catalog.layout.relative(place)} is stale. Run `remodel dev refresh`."
        for place in stale_places
    ]
