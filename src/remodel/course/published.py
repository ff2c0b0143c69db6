"""What docs/verdicts publishes of a grader: read here for every page that shows some of it."""

import json
from typing import Any

from remodel.course.layout import Layout
from remodel.errors import CourseError


def published_verdicts(layout: Layout, slug: str) -> dict[str, Any]:
    """The content of docs/verdicts/SLUG.json; raises CourseError where it is missing."""
    file = layout.verdicts / f"{slug}.json"
    if not file.is_file():
        raise CourseError(
            f"{file} is missing. Run `remodel dev check {slug} --write`, then "
            f"`remodel dev attack {slug} --write` and `remodel dev rewrite {slug} --write`."
        )
    content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return content
