"""The copies of the database that graders begin with."""

import pytest

from remodel.course.catalog import find_course
from remodel.grading.project.deployments import Deployments
from remodel.grading.project.state import State
from remodel.grading.workspace.workspace import Workspace
from remodel.runner import open_runner

CATALOG = find_course()


@pytest.mark.parametrize("slug", ["rename-a-column", "alter-by-hand", "two-databases"])
def test_the_big_copy_has_thousands_of_rows(slug: str) -> None:
    """At least two thousand over its tables, and no row without its parent."""
    exercise = CATALOG.exercise(slug)
    runner = open_runner("inline")
    workspace = Workspace(runner)
    big = Deployments(exercise, workspace, "1").big()
    state = State(big, exercise.version_table)
    rows = [len(state.rows(table, bind)) for bind in big for table in state.schema(bind).tables]
    assert sum(rows) >= 2000
    assert state.orphans() == []
