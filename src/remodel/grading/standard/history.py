"""Standard checks of the revision files alone: nothing of a learner's runs."""

import ast
import re
from collections.abc import Iterator

from remodel.course.layout import APP
from remodel.grading.project.project import Project
from remodel.grading.refusal import Refused
from remodel.grading.standard.marks import READABLE, guard, misconception, needs
from remodel.history import Revision


@guard
@misconception("revision-ids-are-only-names")
def test_the_revision_files_can_be_read(project: Project) -> None:
    """The revision files can be read and form one chain."""
    if project.history.problems:
        unread = any("Python cannot read" in each for each in project.history.problems)
        raise Refused(
            *project.history.problems[:3],
            misconception="a-file-that-was-never-run" if unread else None,
        )


@guard
@misconception("deployed-history-can-be-edited")
def test_deployed_revisions_are_untouched(project: Project) -> None:
    """The revisions that databases already have are as they were."""
    for file in project.answer.tampered:
        raise Refused(
            f"{file} is edited, and databases that have it never run it again.",
            "Put it back, and write what is new in a new revision.",
            where=file,
        )
    for file in project.answer.missing:
        raise Refused(
            f"{file} is gone, and databases that have applied it still name it.",
            "Put it back: without the file, they can go neither up nor down.",
            where=file,
        )


@guard
@needs(READABLE)
@misconception("two-heads-are-one-history")
def test_there_is_one_head(project: Project) -> None:
    """The history has one head, so `flask db upgrade` knows where to go."""
    heads = project.history.heads
    if len(heads) != 1:
        raise Refused(
            f"The history has {len(heads)} heads: {', '.join(heads) or 'none'}.",
            "`flask db upgrade` cannot tell which one you mean.",
            where=_file_of(project, heads[-1]) if heads else None,
        )


def _file_of(project: Project, revision: str) -> str | None:
    existing = project.history.get(revision)
    return existing.file if existing else None


@guard
@needs(READABLE)
@misconception("a-migration-may-import-the-app")
def test_revisions_stand_on_their_own(project: Project) -> None:
    """A revision imports nothing of the app, and neither commits nor calls create_all."""
    for revision in project.new_revisions:
        for line, sentence, belief in _entanglements(revision):
            raise Refused(sentence, where=f"{revision.file}:{line}", misconception=belief)


_IMPORT = (
    "The revision imports {}: it will break when the app has moved on. "
    "Describe the table inside the revision."
)
_COMMIT = (
    "A commit belongs to Alembic, not into a revision: what is committed before the end "
    "stays without its version. Leave it out; a Session can flush."
)
_FORBIDDEN_CALLS = {
    "create_all": "create_all makes today's models, not what this revision meant.",
    "drop_all": "drop_all drops today's models, not what this revision meant.",
}


def _app_modules(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.Import):
        modules = [alias.name for alias in node.names]
    else:
        modules = [node.module or ""]
    return [m for m in modules if m.split(".")[0] in (APP, "wsgi", "flask")]


def _entanglements(revision: Revision) -> Iterator[tuple[int, str, str | None]]:
    """The line of each, what is wrong with it, and the belief behind it where it has its own."""
    for node in ast.walk(revision.tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for module in _app_modules(node):
                yield node.lineno, _IMPORT.format(module), None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr == "commit" or _says_commit(node):
                yield node.lineno, _COMMIT, "exit-0-means-applied"
            elif node.func.attr in _FORBIDDEN_CALLS:
                yield node.lineno, _FORBIDDEN_CALLS[node.func.attr], None


def _says_commit(call: ast.Call) -> bool:
    """Whether SQL in the call's own text ends a transaction, as `op.execute("COMMIT")` does."""
    texts = [n.value for n in call.args if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return any(
        re.match(r"\s*(COMMIT|END|ROLLBACK|BEGIN)\s*(TRANSACTION)?\s*;?\s*$", t, re.I)
        for t in texts
    )
