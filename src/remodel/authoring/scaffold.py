"""Makes the folders of a new exercise: every file that the content rules ask for, to be filled."""

import json
import re
from pathlib import Path

from remodel.authoring.content_rules import HEADINGS
from remodel.course.catalog import Catalog
from remodel.course.exercise import FORMAT
from remodel.course.layout import EXERCISE_TOML, MODELS, PAGE
from remodel.course.lesson import Lesson
from remodel.course.stages import stage_before
from remodel.errors import RemodelError
from remodel.history import read_history

_EXERCISE = """\
format   = {format}
title    = "{title}"
stake    = ""
start    = "{start}"
hands_in = "files"
edits    = ["{models}", "migrations/versions/*.py"]
deployed = {deployed}
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
    name = catalog.lesson(lesson).name
    if slug in catalog.exercises:
        raise RemodelError(f"{slug} exists already: {catalog.exercises[slug].path}")
    title = slug.replace("-", " ").capitalize()
    readme = f"# {title}\n\n" + "\n".join(f"## {heading}\n" for heading in HEADINGS)
    folder = catalog.layout.exercises / name / slug
    solved = catalog.layout.solutions / name / slug
    files = {
        folder / EXERCISE_TOML: _settings(catalog, catalog.lessons[name], title),
        folder / PAGE: readme,
        folder / "test_exercise.py": _GRADER.format(title=title),
        solved / PAGE: f"# {title}: the solution\n",
    }
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(files)


def _settings(catalog: Catalog, lesson: Lesson, title: str) -> str:
    """It begins where the stage before ended: with all of its revisions in somebody's database."""
    stage = stage_before(catalog, lesson) or lesson
    deployed = [revision.id for revision in read_history(stage.app_files()).order()]
    return _EXERCISE.format(
        title=title, start=stage.name, models=MODELS, format=FORMAT, deployed=json.dumps(deployed)
    )
