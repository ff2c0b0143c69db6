"""The learner's copies of the notebooks: what Jupyter saves changes no file of the course."""

import os
import re
from pathlib import Path

from remodel.course.catalog import Catalog
from remodel.course.lesson import Lesson
from remodel.errors import RemodelError
from remodel.playground.folder import backup_of

#: A link from where the notebooks of the course lie, one folder below the root.
UP = re.compile(r"\]\(\.\./")


def lay_out_notebooks(catalog: Catalog) -> list[Path]:
    """Copy each notebook that is not there yet, since they link to each other; returns all."""
    folder = catalog.layout.own_notebooks
    folder.mkdir(parents=True, exist_ok=True)
    own = []
    for notebook in sorted(catalog.layout.notebooks.glob("*.ipynb")):
        own.append(folder / notebook.name)
        if not own[-1].exists():
            _copy(notebook, own[-1])
    return own


def own_notebook(catalog: Catalog, lesson: Lesson) -> Path:
    """The learner's copy for `lesson`; raises RemodelError where the lesson has no notebook."""
    place = catalog.layout.own_notebooks / f"{lesson.name}.ipynb"
    if not (catalog.layout.notebooks / place.name).is_file():
        raise RemodelError(f"Lesson {lesson.number} has no notebook.")
    return place


def begin_notebook_again(catalog: Catalog, lesson: Lesson) -> Path | None:
    """Put a fresh copy in place; returns the backup of what was there, if anything was."""
    place, backup = own_notebook(catalog, lesson), None
    if place.exists():
        folder = backup_of(catalog, f"notebook-{lesson.number}")
        folder.mkdir(parents=True)
        backup = place.replace(folder / place.name)
    place.parent.mkdir(parents=True, exist_ok=True)
    _copy(catalog.layout.notebooks / place.name, place)
    return backup


def _copy(notebook: Path, place: Path) -> None:
    """Copy in one step, with the links of the copy leading where those of the notebook lead."""
    text = UP.sub("](../../", notebook.read_text(encoding="utf-8"))
    new = place.with_name(f".{place.name}.{os.getpid()}.new")
    new.write_text(text, encoding="utf-8", newline="\n")
    new.replace(place)
