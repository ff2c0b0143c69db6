"""The standard check of what serves while a release is rolled out."""

from remodel.grading.project.last_release import use_last_release
from remodel.grading.project.project import Project
from remodel.grading.standard.marks import ROWS, SCHEMA, UPGRADED, guard, misconception, needs


@guard
@needs(UPGRADED, ROWS, SCHEMA)
@misconception("the-old-code-has-ended-by-then")
def test_the_last_release_still_works(project: Project) -> None:
    """The last release still works on the migrated database."""
    use_last_release(project.populated())
