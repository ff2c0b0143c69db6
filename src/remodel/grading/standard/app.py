"""The standard checks of the app itself."""

from remodel.course.layout import FACTORY
from remodel.grading.project.project import Project
from remodel.grading.refusal import Refused
from remodel.grading.standard.marks import SCHEMA, UPGRADED, deep, guard, misconception, needs


@guard
@needs(UPGRADED, SCHEMA)
@misconception("the-app-needs-no-change")
def test_every_page_of_the_app_answers(project: Project) -> None:
    """Every page of the app opens on the migrated database."""
    project.populated().finish().pages()


@deep
@guard
@needs(UPGRADED, SCHEMA, "test_every_page_of_the_app_answers")
@misconception("a-page-that-opens-works")
def test_the_app_keeps_what_is_typed(project: Project) -> None:
    """What people type into the app's forms is what the migrated database holds afterwards."""
    solved = project.copy().solved().populated().finish().databases
    project.populated().finish().use_app(solved)


@deep
@guard
@needs(UPGRADED, SCHEMA)
@misconception("a-line-moved-is-not-a-line-less")
def test_the_app_says_what_a_database_lacks(project: Project) -> None:
    """Where a database has no tables yet, the app answers as it did before."""
    if not project.exercise.accepts(FACTORY):
        return
    now = project.empty().statuses()
    for path, status in project.solved().empty().statuses().items():
        if now.get(path) != status:
            raise Refused(
                f"In a database without tables, {path} answers with HTTP status {now.get(path)}; "
                f"it should be {status}.",
                "Is every line of the factory still there?",
                where=FACTORY,
            )
