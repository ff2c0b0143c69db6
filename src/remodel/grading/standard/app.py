"""The standard check of the app itself."""

from remodel.grading.project.project import Project
from remodel.grading.standard.marks import SCHEMA, UPGRADED, guard, misconception, needs


@guard
@needs(UPGRADED, SCHEMA)
@misconception("the-app-needs-no-change")
def test_every_page_of_the_app_answers(project: Project) -> None:
    """Every page of the app opens on the migrated database."""
    project.populated().finish().pages()
