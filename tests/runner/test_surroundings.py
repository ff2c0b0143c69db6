"""A command beside a long reader, and on a full disk: it fails, and the database is as it was."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from remodel.course.catalog import find_course
from remodel.grading.answer import solution
from remodel.grading.project.project import Project
from remodel.grading.workspace.workspace import Workspace
from remodel.runner import open_runner


@contextmanager
def house(slug: str) -> Iterator[Project]:
    """The solution of an exercise, with many rows, at the last deployed revision."""
    opened = open_runner("forkserver")
    workspace = Workspace(opened)
    try:
        yield Project(solution(find_course().exercise(slug)), workspace, "1").big()
    finally:
        workspace.close()
        opened.close()


def test_nobody_commits_beside_somebody_who_reads() -> None:
    """A release cannot upgrade: it fails, starts nothing, and leaves all as it was."""
    with house("release-command") as project:
        before = project.snapshot()
        released = project.while_somebody_reads().release()
        assert not released.went_on
        assert "database is locked" in released.completed.stderr
        assert project.snapshot() == before
        assert project.starting_from(project.databases).release().started


def test_nothing_grows_on_a_full_disk() -> None:
    """An upgrade that copies a table fails, and no row is lost; who writes little goes on."""
    with house("batch-keeps-everything") as project:
        before = project.snapshot()
        upgraded = project.on_a_full_disk().flask("db", "upgrade")
        assert not upgraded.ok
        assert re.search("disk I/O error|disk is full", upgraded.stderr)
        assert project.must_keep(before).version == before.version
        assert project.flask("db", "current").ok


#: Copies a table, which takes as much room again.
COPIES = b"""revision, down_revision, branch_labels, depends_on = '0009', '0008', None, None
from alembic import op


def upgrade():
    with op.batch_alter_table('furniture', recreate='always'):
        pass


def downgrade():
    pass
"""


def test_a_release_on_a_full_disk_starts_nothing() -> None:
    """It fails and no row is lost; when there is room again, the next release goes well."""
    with house("release-command") as project:
        files = {**project.answer.files, "migrations/versions/0009_copies.py": COPIES}
        project.answer, before = replace(project.answer, files=files), project.snapshot()
        released = project.on_a_full_disk().release()
        assert not released.went_on
        assert re.search("disk I/O error|disk is full", released.completed.stderr)
        project.must_keep(before)
        assert project.starting_from(project.databases).release().version == ("0009",)
