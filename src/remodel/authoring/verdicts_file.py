"""The verdicts on all that was made to try a grader, as docs/verdicts/SLUG.json publishes them."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from remodel.authoring.content_rules import about
from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.grading.results import Verdict
from remodel.grading.terminal import verdict_lines

#: Seconds, a moment in a log, an id that Alembic drew: what differs from run to run.
_DIFFERS = (
    (r"\(\d+\.\d+ s, ", "(… s, "),
    (r"\[\d{4}-\d\d-\d\d [\d:,]+\]", "[…]"),
    (r"\b[0-9a-f]{12}\b", "…"),
    (r"\b[0-9a-f]{12}(?=_a\.py\b)", "…"),  # a: the message that a check gives to a revision
)


def verdicts_file(catalog: Catalog, exercise: Exercise) -> Path:
    """Where the verdicts of `exercise` are published."""
    return catalog.layout.verdicts / f"{exercise.slug}.json"


def published(catalog: Catalog, exercise: Exercise) -> dict[str, Any]:
    """What is published of `exercise`; empty where nothing is yet."""
    file = verdicts_file(catalog, exercise)
    if not file.exists():
        return {}
    content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return content


def publish(catalog: Catalog, exercise: Exercise, parts: Mapping[str, Any]) -> None:
    """Put `parts` in the place of those that are published under the same keys."""
    file = verdicts_file(catalog, exercise)
    file.parent.mkdir(exist_ok=True)
    head = {"exercise": exercise.slug, "lesson": exercise.lesson}
    content = {**head, **published(catalog, exercise), **parts}
    file.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def on_answers(catalog: Catalog, exercise: Exercise, verdicts: Iterable[Verdict]) -> dict[str, Any]:
    """The parts that are about shipped answers, with one seed: what was refused, by what, how."""
    by_name = {verdict.answer: verdict for verdict in verdicts}
    return {
        "starter": {"message": _message(catalog, by_name["starter"])},
        "wrong": {
            name: {"what": about(exercise, f"wrong/{name}").what, **_refusal(catalog, verdict)}
            for name, verdict in _of_kind(by_name, "wrong/")
        },
        "right": {
            name: about(exercise, f"right/{name}").what
            for name, _verdict in _of_kind(by_name, "right/")
        },
    }


def _of_kind(verdicts: Mapping[str, Verdict], kind: str) -> Iterator[tuple[str, Verdict]]:
    for name, verdict in sorted(verdicts.items()):
        if name.startswith(kind):
            yield name.removeprefix(kind), verdict


def _refusal(catalog: Catalog, verdict: Verdict) -> dict[str, Any]:
    first, *others = verdict.failures
    return {
        "refused_by": first.name,
        "misconception": first.misconception,
        "also_refused_by": sorted(check.name for check in others),
        "message": _message(catalog, verdict),
    }


def _message(catalog: Catalog, verdict: Verdict) -> list[str]:
    """What a learner of the course as shipped reads, but for what differs from run to run.

    Authors grade while they change the course; that is not what they publish.
    """
    lines = verdict_lines(replace(verdict, changed_course=()), catalog)
    # What an answer wrote today; it may have begun before midnight.
    today = date.today()
    of_the_day = [(day.isoformat(), "(that day)") for day in (today, today - timedelta(days=1))]
    for pattern, instead in (*_DIFFERS, *of_the_day):
        lines = [re.sub(pattern, instead, line) for line in lines]
    return lines
