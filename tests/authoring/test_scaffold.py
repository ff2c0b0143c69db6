"""What `remodel dev new` makes can be begun at once."""

import pytest

from remodel.course.catalog import Catalog
from tests.conftest import Remodel


@pytest.mark.parametrize(
    ("lesson", "revision"),
    [("01-flask-and-sqlalchemy", ""), ("3", ""), ("06-complex-changes", "0008")],
)
def test_a_new_exercise_starts_where_the_stage_before_ended(
    remodel: Remodel, lesson: str, revision: str
) -> None:
    """Its playground is laid out, at the last revision of the app that lies underneath."""
    made = remodel("dev", "new", lesson, "repaint-a-room")
    assert made.returncode == 0, made.stderr
    started = remodel("start", "repaint-a-room")
    assert started.returncode == 0, started.stderr
    exercise = Catalog(remodel.course).exercise("repaint-a-room")
    assert exercise.playground_revision == revision
