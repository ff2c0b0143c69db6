"""The sources: what each diagram says to those who cannot see it, and whether it is drawn."""

import hashlib
import os
import re
from pathlib import Path

from remodel.course.catalog import Catalog
from remodel.course.layout import Layout
from remodel.course.lesson import Lesson
from remodel.errors import CourseError


def sources(layout: Layout) -> list[Path]:
    """Every .mmd file of the course."""
    return sorted(layout.diagrams.glob("*.mmd"))


def fingerprint(source: Path) -> str:
    """What the drawing records of its source."""
    return hashlib.sha256(source.read_text(encoding="utf-8").encode()).hexdigest()[:16]


def described(source: Path, key: str) -> str:
    """The text after `accTitle:` or `accDescr:`; raises CourseError where there is none."""
    if not source.is_file():
        raise CourseError(f"{source} is missing. Write it, then run `remodel dev diagrams`.")
    text = source.read_text(encoding="utf-8")
    match = re.search(rf"^\s*{key}(?::\s*(.+)|\s*\{{([^}}]+)\}})$", text, re.MULTILINE)
    if not match:
        raise CourseError(f"{source} has no {key}: say in words what the diagram shows.")
    return " ".join((match[1] or match[2]).split())


def is_stale(source: Path) -> bool:
    """Whether the drawing of `source` is missing, or shows an older one."""
    drawing = source.with_suffix(".svg")
    mark = f'data-source="{fingerprint(source)}"'
    return not drawing.exists() or mark not in drawing.read_text(encoding="utf-8")


def image(layout: Layout, page: Path, name: str) -> str:
    """The Markdown that shows the diagram called `name` on `page`."""
    source = layout.diagrams / f"{name}.mmd"
    text = re.sub(r"[\[\]]", "", described(source, "accDescr"))
    address = Path(os.path.relpath(source.with_suffix(".svg"), page.parent)).as_posix()
    return f"![{text}]({address})"


def drawing(catalog: Catalog, lesson: Lesson, top: str = "") -> str:
    """The Markdown that shows the house in `lesson`; `top` leads to docs/ from the page."""
    file = catalog.layout.drawings / f"{lesson.name}.svg"
    words = re.search(r"<desc[^>]*>(.+?)</desc>", file.read_text(encoding="utf-8"))
    if not words:
        raise CourseError(f"{file} has no <desc>: say in words what it shows.")
    return f"![{words[1]}]({top}{file.relative_to(catalog.layout.docs).as_posix()})"
