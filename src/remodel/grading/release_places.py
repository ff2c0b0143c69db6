"""Where a failure of several releases points: to a revision, or to the code that was asked."""

import ast
import re

from remodel.course.layout import APP
from remodel.database.values import DELETES, WRITES
from remodel.grading.own_place import OwnLine, edited_files, own_place
from remodel.grading.project.project import Project
from remodel.grading.project.rollout import Code, Plan, ReleaseFailed
from remodel.grading.revision_lines import find_line, mentions
from remodel.history import VERSIONS, Revision

#: file:line, or a file, and what stands on that line.
Place = tuple[str | None, str | None]
NOWHERE: Place = (None, None)
#: What a database or Python says of a column, and of its table.
_DOTTED = re.compile(r"\b(?:_alembic_tmp_)?([a-z]\w*)\.([a-z]\w*)\b")
_NAMED = re.compile(
    r"(?:no column named|has no attribute|no such table:) '?(\w+)|\btable (\w+)|^Row \S+ of (\w+)"
)
#: What an error is called, which is no name of a schema.
_CLASS = re.compile(r"\(?[\w.]*(Error|Exception)\)?")
#: What the code that is asked names, and the database has not.
_LACKS = re.compile(r"no such (column|table)|no column named|has no attribute")
#: What no line has done.
_UNDONE = re.compile(r"too many|has no ")
#: What stands beside the name in the line that did it, by what a message says; the first that fits.
_BESIDE = {
    "server default": ("server_default",),
    "be NULL": ("nullable",),
    "is gone": DELETES,
    "": WRITES,
}
_DOWN = re.compile(r"downgrade|way back")


def place_of_request(project: Project, error: ReleaseFailed) -> Place:
    """The line behind a request or a step that failed; the file alone where one can be meant."""
    plan, kind = error.plan, error.plan.steps[error.number][1][0]
    words, code = _named(error.reason), plan.code_of(error.app)
    lacks = _LACKS.search(error.reason) is not None
    if code is not None and (lacks or kind != "upgrade" or not words):
        place = _in_code(project, code, words)
        if lacks or not words or place != NOWHERE:
            return place
    # What takes a column away, or asks for a value of it.
    also = ("drop_column", "new_column_name", "DROP", "RENAME") if lacks else ("nullable",)
    return _in_revisions(project, _taken(project, plan, error.number), words[:1], also)


def place_of_outcome(project: Project, text: str) -> Place:
    """The line behind what is wrong after all releases; nowhere where no line can be named."""
    words = _named(text)
    if "`flask db check`" in text:
        return _in_code(project, {}, words)
    if not words or _UNDONE.search(text):
        return NOWHERE
    also = next(also for of, also in _BESIDE.items() if of in text)
    function = "downgrade" if _DOWN.search(text) else "upgrade"
    about = words if also in (WRITES, DELETES) else words[:1]
    return _in_revisions(project, project.own_revisions, about, also, function)


def _named(text: str) -> tuple[str, ...]:
    """What `text` names in a schema, columns first."""
    text = _CLASS.sub("", text)
    dotted = [word for pair in _DOTTED.findall(text) for word in reversed(pair)]
    named = [word for pair in _NAMED.findall(text) for word in pair if word]
    return tuple(dict.fromkeys((*dotted, *named)))


def _in_code(project: Project, code: Code, words: tuple[str, ...]) -> Place:
    """The line that names most of `words` in what the learner wrote of `code`, or its one file."""
    edited = [file for file in edited_files(project.answer) if not file.startswith(VERSIONS)]
    laid = {*(code or {}).values()}
    files = [f for f in edited if f in laid or (not laid and f.startswith(APP))]
    for file in files if words else ():
        line = own_place(project.answer, words, file)
        if line and _is_about(line, *words[:2]):
            return f"{line.file}:{line.number}", line.source
    return (files[0], None) if len(files) == 1 and not words else NOWHERE


def _is_about(line: OwnLine, word: str, other: str = "") -> bool:
    """Whether it mentions `word`, and stands in the class of `other`, or mentions that, too.

    A column may be called as much else is: `name` alone says nothing.
    """
    the_class = "".join(part.title() for part in other.split("_"))
    around = f"{line.tables} {line.text}"
    about_it = not other or any(mentions(around, each) for each in (other, the_class))
    return mentions(line.text, word) and about_it


def _in_revisions(
    project: Project,
    among: list[Revision],
    words: tuple[str, ...],
    also: tuple[str, ...],
    function: str = "upgrade",
) -> Place:
    """The line of one of these revisions that names most of `words`, and then of `also`."""
    bodies: list[tuple[str, ast.AST]] = [
        (each.file, body) for each in among for body in each.functions(function)
    ]
    line = find_line(bodies, (*words, *also))
    if line is None or not any(mentions(line[2], word) for word in words):
        return NOWHERE
    return f"{line[0]}:{line[1]}", line[2]


def _taken(project: Project, plan: Plan, number: int) -> list[Revision]:
    """The learner's own revisions that the last upgrade up to this step has taken."""
    upgrades = [step for _, step in plan.steps[: number + 1] if step[0] in ("upgrade", "stamp")]
    if not upgrades or upgrades[-1][0] == "stamp":
        return []
    before, now = (_below(project, step) for step in ([None, *upgrades][-2:]))
    return [each for each in project.own_revisions if each.id in now - before]


def _below(project: Project, step: tuple[str, ...] | None) -> set[str]:
    """The revisions that a database has after a step."""
    if step is None:
        return set()
    heads = project.history.heads if step[2] == "head" else [step[2]]
    return {each for head in heads for each in project.history.below(head)}
