"""The kill matrix of one exercise as it is published: which check refused which answer."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from remodel.authoring.content_rules import about
from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.grading.results import Verdict


def as_data(exercise: Exercise, verdicts: Iterable[Verdict]) -> dict[str, Any]:
    """What was refused by what, for one seed: the content of the exercise's matrix file."""
    by_name = {verdict.answer: verdict for verdict in verdicts}
    return {
        "exercise": exercise.slug,
        "lesson": exercise.lesson,
        "wrong": {
            name.removeprefix("wrong/"): _refusal(exercise, verdict)
            for name, verdict in sorted(by_name.items())
            if name.startswith("wrong/")
        },
        "right": {
            name.removeprefix("right/"): about(exercise, name)["what"]
            for name in sorted(by_name)
            if name.startswith("right/")
        },
    }


def _refusal(exercise: Exercise, verdict: Verdict) -> dict[str, Any]:
    first, *others = verdict.failures
    return {
        "what": about(exercise, verdict.answer)["what"],
        "refused_by": first.name,
        "misconception": first.misconception,
        "also_refused_by": sorted(check.name for check in others),
    }


def matrix_file(catalog: Catalog, exercise: Exercise) -> Path:
    """Where the matrix of `exercise` is published."""
    return catalog.layout.kill_matrix / f"{exercise.slug}.json"


def written(matrix: dict[str, Any]) -> str:
    """The text of a matrix file."""
    return json.dumps(matrix, indent=2, ensure_ascii=False) + "\n"
