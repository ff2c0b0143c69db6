"""The place that is nearest to a failure, where no line is known to have done it.

By what the message is about: the command that was typed on a copy, the function of a revision, or
the app: there a line that mentions what the message names, or the one file that was changed.
"""

import re
from collections.abc import Set

from remodel.course.layout import APP
from remodel.database.sqlite import UnreadableDatabase
from remodel.grading.own_place import OwnLine, command_of, declared, edited_files, own_place
from remodel.grading.project.project import Project
from remodel.grading.project.stages import holds
from remodel.grading.project.state import State
from remodel.grading.refusal import CommandFailed, Refused
from remodel.grading.revision_lines import find_line
from remodel.history import Revision

#: file:line, or a file, and what stands on that line.
Place = tuple[str | None, str | None]
NOWHERE: Place = (None, None)
#: How messages name a column, of a table or alone, and a table: the column says more.
_COLUMN = re.compile(r"\b[a-z]\w*\.([a-z]\w*)|\b(?:column|another|SET) ([a-z]\w*)")
_TABLE = re.compile(
    r"\b([a-z]\w*)\.[a-z]|\b(?:table|INTO|UPDATE|FROM) ([a-z]\w*)|\b([a-z]\w*) row\b|^([a-z]\w*)"
)
_COMMAND = re.compile(r"`flask ([\w-]+)")
#: What says that a message is about the way down.
_DOWN = re.compile(r"downgrade|step(s|ped|ping)? down|[Ww]ay (back|down)|^Back at|refus")
#: What says that it is about the app, or about a command that runs no revision.
_ELSEWHERE = re.compile(r"\bmodels?\b|`flask (?!db (upgrade|downgrade))")


def nearest_place(project: Project, error: BaseException, message: tuple[str, ...]) -> Place:
    """Where to begin to look for what `message` tells; nowhere rather than somewhere else."""
    try:
        return _nearest(project, error, " ".join(message))
    except UnreadableDatabase:
        return NOWHERE


def _nearest(project: Project, error: BaseException, text: str) -> Place:
    changed = (*edited_files(project.answer), *project.answer.tampered)
    named = [file for file in changed if file in text.split()]
    if named:
        return named[0], None
    if _is_of_a_copy(project, text):
        return _command(project, error)
    edited = [file for file in edited_files(project.answer) if file.startswith(APP)]
    in_app = isinstance(error, Refused) and error.in_app and bool(edited)
    if in_app or _ELSEWHERE.search(text) or not _ran(project, error):
        return _line(project, error, text)
    return _function(project, error, text)


def _named(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    """What `text` names in a schema, in the ways of `pattern`."""
    return tuple(dict.fromkeys(word for each in pattern.findall(text) for word in each if word))


def _is_of_a_copy(project: Project, text: str) -> bool:
    """Whether `text` tells what a copy is like on which commands were replayed."""
    called = re.escape(project.called)
    about = rf"(On {called}\b|The database {called}\b|The {called}'s)|`.*` on {called} failed"
    return bool(project.replayed) and re.match(about, text) is not None


def _command(project: Project, error: BaseException) -> Place:
    """The command after which a value was first as it is now, or else the last that was typed."""
    values = error.values if isinstance(error, Refused) else None
    for place, command, databases in project.replayed if values else ():
        if values and holds(project.copy().starting_from(databases), *values):
            return place, command
    return project.replayed[-1][:2]


def _ran(project: Project, error: BaseException) -> bool:
    """Whether revisions were run that the learner hands in."""
    function = error.function if isinstance(error, Refused) else None
    by_revisions = project.exercise.changes_by == "revisions"
    return by_revisions and (function is not None or project.migrated is not None)


def _function(project: Project, error: BaseException, text: str) -> Place:
    """The line of the revision that mentions what `text` names, or where its function begins."""
    revision = _revision(project, error)
    if revision is None:
        return NOWHERE
    function = error.function if isinstance(error, Refused) else None
    function = function or ("downgrade" if _DOWN.search(text) else project.direction)
    bodies = revision.functions(function)
    if not isinstance(error, Refused):
        columns, tables = _named(_COLUMN, text), _named(_TABLE, text)
        line = find_line([(revision.file, body) for body in bodies], (*columns, *tables))
        if line:
            return f"{line[0]}:{line[1]}", line[2]
    about = [b for b in bodies if b.name.removeprefix(f"{function}_") in text.split()] or bodies
    if not about:
        return revision.file, None
    source = project.answer.text(revision.file).splitlines()[about[0].lineno - 1]
    return f"{revision.file}:{about[0].lineno}", source.strip()


def _revision(project: Project, error: BaseException) -> Revision | None:
    """The one revision of the learner's own that may have done it; None where several may."""
    own = project.own_revisions
    ran = error.revisions if isinstance(error, Refused) else ()
    suspects = [each for each in own if each.id in (ran or _last_ran(project))]
    return suspects[0] if len(suspects) == 1 else own[0] if len(own) == 1 else None


def _last_ran(project: Project) -> Set[str]:
    """The revisions that the last command ran, by what the database records; or tried to undo."""
    if project.migrated is None:
        return frozenset()
    before = State(project.migrated, project.exercise.version_table).version()
    below, now = (
        {each for one in version for each in project.history.below(one)}
        for version in (before, project.version)
    )
    return below ^ now or {*before}


def _line(project: Project, error: BaseException, text: str) -> Place:
    """The learner's line that mentions what `text` names, or the one file that was changed."""
    answer = project.answer
    quoted = re.findall(r"'(\w+)'", text) if isinstance(error, CommandFailed) else ()
    columns, tables = (*quoted, *_named(_COLUMN, text)), _named(_TABLE, text)
    commands = (command_of(answer, command) for command in _COMMAND.findall(text))
    by_models = project.exercise.changes_by == "models"
    if by_models:
        line = declared(answer, columns, tables)
    else:
        line = own_place(answer, (*columns, *tables), APP)
    line = line or next(filter(None, commands), None)
    if line:
        return _at(line)
    edited = edited_files(answer)
    files = [file for file in edited if file.startswith(APP)] or edited
    return (files[0], None) if len(files) == 1 else NOWHERE


def _at(line: OwnLine) -> Place:
    return f"{line.file}:{line.number}", line.source
