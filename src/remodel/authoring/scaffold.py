"""Makes the folders of a new exercise: every file that the content rules ask for, to be filled."""

import re
from pathlib import Path

from remodel.authoring.content_rules import HEADINGS
from remodel.course.catalog import Catalog
from remodel.course.exercise import FORMAT
from remodel.course.layout import EXERCISE_TOML, MODELS, PAGE
from remodel.errors import RemodelError

_EXERCISE = """\
format   = {format}
title    = "{title}"
start    = "{start}"
hands_in = "files"
edits    = ["{models}", "migrations/versions/*.py"]
deployed = ["0001"]
track    = "more"
minutes  = 15
hints    = []
"""
_GRADER = '''\
"""Grades "{title}"."""


def test_what_must_be_true(project):
    """Say here, to the learner, what must be true."""
    project.populated().upgrade()
    raise AssertionError("Write the first check.")
'''


def new_exercise(catalog: Catalog, lesson: str, slug: str) -> list[Path]:
    """Write the skeleton; returns the files made. Raises RemodelError and writes nothing if not."""
    if not re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", slug):
        raise RemodelError(
            f"{slug!r} is not a valid name for an exercise. Use lower-case words with hyphens."
        )
    if lesson not in catalog.lessons:
        raise RemodelError(
            f"{lesson!r} is not a lesson. The lessons are: {', '.join(catalog.lessons)}."
        )
    if slug in catalog.exercises:
        raise RemodelError(f"{slug} exists already: {catalog.exercises[slug].path}")
    title = slug.replace("-", " ").capitalize()
    before = [name for name in catalog.lessons if name < lesson]
    readme = f"# {title}\n\n" + "\n".join(f"## {heading}\n" for heading in HEADINGS)
    folder = catalog.layout.exercises / lesson / slug
    solved = catalog.layout.solutions / lesson / slug
    files = {
        folder / EXERCISE_TOML: _EXERCISE.format(
            title=title, start=(before or [lesson])[-1], models=MODELS, format=FORMAT
        ),
        folder / PAGE: readme,
        folder / "test_exercise.py": _GRADER.format(title=title),
        solved / PAGE: f"# {title}: the solution\n",
    }
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(files)
