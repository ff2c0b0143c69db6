"""Standard checks of the revision files alone: nothing of a learner's runs."""

from remodel.grading.project.project import Project
from remodel.grading.refusal import Refused
from remodel.grading.standard.marks import READABLE, guard, misconception, needs
from remodel.history import read_history


@guard
@misconception("deployed-history-can-be-edited")
def test_deployed_revisions_are_untouched(project: Project) -> None:
    """The revisions that databases already have are as they were."""
    for file, name, now in project.answer.renumbered:
        (given,) = read_history({file: project.exercise.given[file]}).ids
        raise Refused(
            f"Revision {given} has the id {name} in your files, and databases that have applied it "
            f"name {given}.",
            f"Give it its id back: without {given}, they can go neither up nor down.",
            where=now,
        )
    for file in project.answer.tampered:
        raise Refused(
            f"{file} is edited, and databases that have it never run it again.",
            f"Put it back (`remodel restore {file}`), and write what is new in a new revision.",
            where=file,
        )
    for file in project.answer.missing:
        raise Refused(
            f"{file} is gone, and databases that have applied it still name it.",
            f"Put it back (`remodel restore {file}`): without it, they can go neither up nor down.",
            where=file,
        )


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
@needs(READABLE)
@misconception("two-heads-are-one-history")
def test_there_is_one_head(project: Project) -> None:
    """The history has one head, so `flask db upgrade` knows where to go."""
    heads = project.history.heads
    if len(heads) != 1:
        raise Refused(
            f"The history has {len(heads)} heads: {', '.join(heads) or 'none'}.",
            f"{_grounds(project, heads)}`flask db upgrade` cannot tell which one you mean.",
            *_no_join(project, heads),
            where=_file_of(project, heads[-1]) if heads else None,
        )


def _grounds(project: Project, heads: tuple[str, ...]) -> str:
    """What each of `heads` stands on, as the beginning of a sentence."""
    own = [revision for revision in project.history.revisions if revision.id in heads]
    parts = [f"{each.id} stands on {' and '.join(each.down) or 'nothing'}" for each in own]
    return f"{', '.join(parts)}: " if parts else ""


def _no_join(project: Project, heads: tuple[str, ...]) -> list[str]:
    named = {name for revision in project.history.revisions for name in revision.depends}
    if not named & {*heads}:
        return []
    return ["`depends_on` says what runs first, and joins nothing: that is for `down_revision`."]


def _file_of(project: Project, revision: str) -> str | None:
    existing = project.history.get(revision)
    return existing.file if existing else None
