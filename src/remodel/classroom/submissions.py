"""What a class handed in: for each person, the answer to each exercise, or what is wrong."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from remodel.classroom.file_trees import (
    MOST_BYTES,
    MOST_OF_A_CLASS,
    NOISE,
    FileTree,
    TreeEntry,
    Unreadable,
    in_folder,
    in_zip,
    is_empty,
)
from remodel.classroom.git_history import as_of, is_repository
from remodel.classroom.layouts import answer_folders, bare_answer, is_one_hand_in, says, zips
from remodel.classroom.people import Person, person_of
from remodel.course.exercise import Exercise
from remodel.course.layout import HANDIN_TOML
from remodel.errors import RemodelError
from remodel.grading.answer import digest_of


@dataclass(frozen=True)
class Submission:
    """What one person handed in."""

    person: Person
    #: Where it lies, for the teacher.
    place: str
    #: The files of the answer to each exercise.
    answers: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict)
    #: Why nothing of it can be graded; "" where something can.
    problem: str = ""
    notes: tuple[str, ...] = ()
    #: When it was handed in, where that is known.
    #: The date of a file says nothing: a copy has another.
    at: datetime | None = None
    #: The exercise in whose folder it lies; "" where the folders are not by exercise.
    slug: str = ""

    @property
    def digest(self) -> str:
        """The same for equal hand-ins."""
        parts = {f"{slug}/{f}": c for slug, files in self.answers.items() for f, c in files.items()}
        return digest_of(parts)


#: What somebody may take for a zip.
_OTHER_ARCHIVES = (".rar", ".7z", ".tar", ".gz", ".tgz", ".xz", ".bz2", ".zipx")
_NO_ZIP = "It is neither a folder nor a zip. Ask for what `remodel pack` writes."


@dataclass(frozen=True)
class _Bundle:
    """What one label of a download stands for, before anything is read."""

    label: str
    place: str
    parent: str
    tree: FileTree | None = None
    problem: str = ""
    at: datetime | None = None
    #: The exercise in whose folder it lies; "" where the folders are not by exercise.
    slug: str = ""


def collect(
    paths: Iterable[Path],
    exercises: Mapping[str, Exercise],
    slugs: Collection[str],
    due: datetime | None = None,
) -> list[Submission]:
    """The submissions at `paths`, by name; raises RemodelError where a path is not there.

    `slugs` are the exercises that were asked for; others are known, and left aside.
    """
    # One after the other: each zip is open only while it is read.
    read = [
        _read(bundle, exercises, slugs)
        for path in paths
        for bundle in _bundles_at(path, exercises, due)
    ]
    return sorted(_with_own_ids(_last_attempts(read)), key=lambda s: s.person.id.casefold())


# -- one label after the other -------------------------------------------------------------------


def _bundles_at(
    path: Path, exercises: Mapping[str, Exercise], due: datetime | None
) -> Iterator[_Bundle]:
    label, parent = path.resolve().name, path.resolve().parent.name
    if not path.exists():
        raise RemodelError(f"{path} is not there. Name the folder or the zips that you collected.")
    if path.is_file():
        try:
            tree = in_zip(path, MOST_OF_A_CLASS)
        except Unreadable as error:
            yield _Bundle(label, str(path), parent, problem=str(error))
            return
        yield from _split(tree, _Bundle(label, str(path), parent), exercises)
        return
    if is_repository(path):
        yield _of_git(path, label, parent, due)
        return
    if any(is_repository(child) for child in path.iterdir() if child.is_dir()):
        for child in sorted(path.iterdir()):
            if child.name[0] != ".":
                yield from _bundles_at(child, exercises, due)
        return
    tree = in_folder(path)
    yield from _split(tree, _Bundle(label, str(path), parent), exercises)
    if not is_one_hand_in(tree, exercises):
        yield from _of_empty_folders(path, label, exercises)


def _of_empty_folders(path: Path, label: str, slugs: Collection[str]) -> Iterator[_Bundle]:
    """Whoever has a folder in the class and nothing in it belongs to the class all the same."""
    for child in sorted(path.iterdir()):
        if child.is_dir() and child.name not in {*NOISE, *slugs} and is_empty(child):
            yield _Bundle(child.name, str(child), label, FileTree({}))


def _of_git(path: Path, label: str, parent: str, due: datetime | None) -> _Bundle:
    try:
        tree, when = as_of(path, due)
    except Unreadable as error:
        return _Bundle(label, str(path), parent, problem=str(error))
    return _Bundle(label, str(path), parent, tree, at=when)


def _split(tree: FileTree, whole: _Bundle, exercises: Mapping[str, Exercise]) -> Iterator[_Bundle]:
    """One hand-in, or one for each of the first parts of the paths."""
    if is_one_hand_in(tree, exercises) or (tree.packed and not zips(tree) and len(tree.tops) < 2):
        yield replace(whole, tree=tree)
        return
    tree = _unwrapped(tree, exercises)
    folders = [top for top, names in tree.tops.items() if names != [top]]
    if tree.packed and not folders and not zips(tree):  # a zip of loose files is somebody's
        yield replace(whole, tree=tree)
        return
    for top, names in tree.tops.items():
        place = f"{whole.place}/{top}"
        if names != [top] and top in exercises:  # the folder of an exercise, with the class in it
            of_it = replace(whole, label=top, place=place, slug=top)
            yield from _split(tree.below(top), of_it, exercises)
        elif names != [top]:
            yield _Bundle(top, place, whole.label, tree.below(top), slug=whole.slug)
        elif top.lower().endswith(".zip"):
            yield _zipped(_Bundle(top, place, whole.label, slug=whole.slug), tree.entries[top])
        elif top.lower().endswith(_OTHER_ARCHIVES) or person_of(top).platform:
            yield _Bundle(top, place, whole.label, problem=_NO_ZIP)


def _zipped(bundle: _Bundle, entry: TreeEntry) -> _Bundle:
    if entry.size > MOST_BYTES:
        return replace(bundle, problem=f"It is more than {MOST_BYTES // 1024**2} MB.")
    try:
        return replace(bundle, tree=in_zip(entry.read()))
    except Unreadable as error:
        return replace(bundle, problem=str(error))


def _unwrapped(tree: FileTree, exercises: Mapping[str, Exercise]) -> FileTree:
    """A folder of the class that lies alone in another is meant itself."""
    while len(tree.tops) == 1:
        (top,) = tree.tops
        inner = tree.below(top)
        if not inner.entries or len(inner.tops) < 2 or is_one_hand_in(inner, exercises):
            return tree
        if person_of(top).platform or top in exercises:
            return tree
        tree = inner
    return tree


# -- what is in it -------------------------------------------------------------------------------


def _read(bundle: _Bundle, exercises: Mapping[str, Exercise], slugs: Collection[str]) -> Submission:
    person = person_of(bundle.label, bundle.parent)
    submission = Submission(
        person, bundle.place, problem=bundle.problem, at=bundle.at, slug=bundle.slug
    )
    if bundle.tree is None:
        return submission
    try:
        tree = _with_zips_opened(bundle.tree)
        return _with_answers(submission, tree, exercises, slugs)
    except Unreadable as error:
        return replace(submission, problem=str(error))


def _with_zips_opened(tree: FileTree) -> FileTree:
    """A folder with somebody's zips in it, each opened as a folder of its name."""
    inner_zips = zips(tree)
    entries = {name: e for name, e in tree.entries.items() if name not in inner_zips}
    if sum(tree.entries[name].size for name in inner_zips) > MOST_BYTES:
        raise Unreadable(f"The zips in it are more than {MOST_BYTES // 1024**2} MB.")
    for name in inner_zips:
        inner = in_zip(tree.entries[name].read())
        stem = str(PurePosixPath(name).with_suffix(""))
        entries |= {f"{stem}/{inside}": entry for inside, entry in inner.entries.items()}
    return replace(tree, entries=entries)


def _with_answers(
    submission: Submission,
    tree: FileTree,
    exercises: Mapping[str, Exercise],
    slugs: Collection[str],
) -> Submission:
    if not tree.entries and not tree.packed:
        return submission
    folders = answer_folders(tree, exercises)
    wanted = {slug: found for slug, found in folders.items() if slug in slugs}
    one = submission.slug or (next(iter(slugs)) if len(slugs) == 1 else "")
    if not folders and one in slugs:
        slug = one
        bare = bare_answer(tree, exercises[slug])
        wanted = {} if bare is None else {slug: [bare]}
    if not wanted and not folders:
        return replace(submission, problem=_nothing_known(tree))
    chosen = {slug: _last_of_shallowest(found) for slug, found in wanted.items()}
    answers = {slug: tree.below(folder).contents() for slug, folder in chosen.items()}
    notes = [
        f"{slug} is there more than once. {chosen[slug]} was graded."
        for slug, found in wanted.items()
        if len(found) > 1
    ]
    aside = sorted(folders.keys() - set(slugs))
    notes += [f"Not asked for, and left aside: {', '.join(aside)}."] if aside else []
    person = _named(submission.person, answers.values())
    return replace(submission, person=person, answers=answers, notes=tuple(notes))


def _last_of_shallowest(folders: list[str]) -> str:
    """Of handin and handin-2 the second is later; a folder counts before a zip in it."""
    least = min(folder.count("/") for folder in folders)
    return max((f for f in folders if f.count("/") == least), key=_by_numbers)


def _by_numbers(folder: str) -> list[list[tuple[int, str]]]:
    """What sorts handin before handin-2, and that before handin-10."""
    parts = (re.split(r"(\d+)", part) for part in folder.split("/"))
    return [[(int(w), "") if w.isdecimal() else (-1, w) for w in words] for words in parts]


def _named(person: Person, answers: Iterable[Mapping[str, bytes]]) -> Person:
    """A platform knows its people; elsewhere they have said their own name in handin.toml."""
    names = [says(HANDIN_TOML, files.get(HANDIN_TOML, b"")).get("name") for files in answers]
    own = next((n for n in names if isinstance(n, str) and n.strip() and n.isprintable()), "")
    return person if person.platform or not own else replace(person, name=own.strip()[:200])


def _nothing_known(tree: FileTree) -> str:
    names = sorted(tree.entries)
    some = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    expected = "Expected what `remodel pack` writes: a folder with the name of each exercise."
    return f"{expected} There is {some or 'nothing'}."


# -- who is who ----------------------------------------------------------------------------------


def _last_attempts(submissions: list[Submission]) -> Iterator[Submission]:
    """Of what one person of a platform handed in several times, the last counts."""
    latest: dict[str, Submission] = {}
    for each in sorted(submissions, key=lambda s: s.person.attempt):
        before = latest.get(each.person.number) if each.person.number else None
        if before is None:
            latest[each.person.number or f"\0{len(latest)}"] = each
            continue
        answers = {**before.answers, **each.answers}
        problem = "" if answers else each.problem
        latest[each.person.number] = replace(each, answers=answers, problem=problem)
    return iter(latest.values())


def _with_own_ids(submissions: Iterable[Submission]) -> Iterator[Submission]:
    """Two labels that are the same get a number; the same thing twice counts once."""
    by_id: dict[str, list[Submission]] = {}
    for each in submissions:
        twins = by_id.setdefault(each.person.id, [])
        if any(twin.digest == each.digest and not each.problem for twin in twins):
            continue
        if each.slug and twins and not twins[-1].answers.keys() & each.answers.keys():
            twins[-1] = _together(twins[-1], each)
            continue
        twins.append(each)
    for twins in by_id.values():
        for number, each in enumerate(twins, 1):
            own = f"{each.person.id} ({number})" if number > 1 else each.person.id
            yield replace(each, person=replace(each.person, id=own))


def _together(one: Submission, other: Submission) -> Submission:
    """What somebody handed in for one exercise, and for another."""
    answers = {**one.answers, **other.answers}
    problem = one.problem or other.problem
    notes = [*one.notes, *other.notes, *([f"{other.place}: {problem}"] if problem else [])]
    return replace(one, answers=answers, problem="" if answers else problem, notes=tuple(notes))
