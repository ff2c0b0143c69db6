"""The standard check of years to come: a revision does the same beside models of another time."""

import ast
from collections.abc import Iterator

from remodel.course.layout import APP, ENV, FACTORY, MODELS
from remodel.grading.answer import Answer
from remodel.grading.project.project import Project
from remodel.grading.refusal import Refused
from remodel.grading.standard.changes import first_change
from remodel.grading.standard.marks import UPGRADED, deep, guard, misconception, needs
from remodel.history import Revision
from remodel.runner.error_lines import place_of_error


@deep
@guard
@needs(UPGRADED)
@misconception("a-migration-may-import-the-app")
def test_revisions_stand_on_their_own(project: Project) -> None:
    """Your revisions do the same when the app's modules and models are no longer these."""
    if not project.own_revisions:
        return
    start = project.where_revisions_run().copy()
    upgraded = _refuse_another_outcome(start, "upgrade", "head")
    below = start.version[0] if start.version else "base"
    _refuse_another_outcome(upgraded, "downgrade", below)


def _refuse_another_outcome(start: Project, function: str, target: str) -> Project:
    """Refuse where the command does otherwise beside the app of later; what it makes today."""
    today, later = start.copy(), _beside_other_models(start)
    step = start.step(function, target)
    if not today.flask(*step).ok:
        return today  # another check says so, or it refuses to go back
    completed = later.perform("later", *step)
    if not completed.ok:
        raise _refused(
            start,
            function,
            f"Once the app's modules and models are others, `flask db {function}` fails:",
            *(f"  {line}" for line in completed.error_lines),
            place=place_of_error(completed.stderr),
        )
    change = first_change(start, today.databases, later.databases)
    if change:
        raise _refused(
            start,
            function,
            f"Once the app's models are others, `flask db {function}` does something else: "
            f"{change.sentence}.",
        )
    return today


def _beside_other_models(project: Project) -> Project:
    """The same revisions, and the solution's models: what these do at a connection, later ones
    need not.

    Where more of the app is the learner's, it may well need its own models.
    """
    later, accepts = project.copy(), project.exercise.accepts
    if accepts(MODELS) and not accepts(FACTORY) and not accepts(ENV):
        files = {**project.answer.files, MODELS: project.solution.files[MODELS]}
        later.answer = Answer(project.exercise, f"{project.answer.name}+models", files)
    return later


def _refused(project: Project, function: str, *lines: str, place: str | None = None) -> Refused:
    """A refusal that says what in the learner's revisions leans on the app."""
    for revision in project.own_revisions:
        for line, sentence in _ties(revision, function):
            return Refused(*lines, sentence, where=place or f"{revision.file}:{line}")
    return Refused(*lines, _DESCRIBE, where=place)


_DESCRIBE = "Describe inside the revision what it needs: in years, the app will not have it."
_IMPORT = (
    "The revision imports {}: it will break when the app has moved on. "
    "Describe the table inside the revision."
)
#: Names of what leads to the app's models, and what to say of them.
_NAMES = {
    "create_all": "create_all makes the models of the day, not what this revision meant.",
    "drop_all": "drop_all drops the models of the day, not what this revision meant.",
    "target_metadata": "target_metadata holds the models of the day. " + _DESCRIBE,
    "current_app": "current_app is the app of the day. " + _DESCRIBE,
    "import_module": "What it imports is the app of the day. " + _DESCRIBE,
    "modules": "sys.modules holds the app of the day. " + _DESCRIBE,
}


def _ties(revision: Revision, function: str) -> Iterator[tuple[int, str]]:
    """The lines that lead to the app, those that `function` reaches first."""
    for node in ast.walk(revision.tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for module in _app_modules(node):
                yield node.lineno, _IMPORT.format(module)
    bodies: list[ast.AST] = [*revision.functions(function), revision.tree]
    for node in (each for body in bodies for each in ast.walk(body)):
        if isinstance(node, ast.Attribute | ast.Name | ast.Constant):
            word = {ast.Attribute: "attr", ast.Name: "id", ast.Constant: "value"}[type(node)]
            sentence = _NAMES.get(str(getattr(node, word)))
            if sentence:
                yield node.lineno, sentence


def _app_modules(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.Import):
        modules = [alias.name for alias in node.names]
    else:
        modules = [node.module or ""]
    return [m for m in modules if m.split(".")[0] in (APP, "wsgi")]
