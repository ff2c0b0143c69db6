"""What was handed in, laid over the lesson's app: it adds, replaces and removes files."""

import codecs
import hashlib
import itertools
import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from remodel.course import playground_mark
from remodel.course.decoding import as_text
from remodel.course.exercise import Exercise
from remodel.course.layout import COURSE_COPY, HANDIN_TOML, PAGE
from remodel.course.playground_mark import Mark
from remodel.course.tree import paths_in
from remodel.errors import CourseError, NotGraded, RemodelError
from remodel.grading.answer_toml import (
    ANSWER_TOML,
    AnswerToml,
    edited_files,
    read_answer_toml,
)
from remodel.history import VERSIONS, History, read_history, same_revision, same_steps
from remodel.wrapping import harmless

#: A migration is a page or two of text; what is larger is a mistake or an attack.
MAX_FILE = 256 * 1024
MAX_FILES = 200


@dataclass(frozen=True)
class Answer:
    """A whole app, ready to be laid out, and what of it the learner wrote."""

    exercise: Exercise
    name: str
    files: Mapping[str, bytes]
    #: Deployed revisions that came back changed, and those that did not come back.
    tampered: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    #: Deployed revisions that came back under another id: the file, the id, and where it is now.
    renumbered: tuple[tuple[str, str, str], ...] = ()
    #: Files that the exercise does not accept.
    not_taken: tuple[str, ...] = ()

    @cached_property
    def key(self) -> str:
        """A digest of every file: equal answers have equal keys."""
        return digest_of(self.files)

    @cached_property
    def history(self) -> History:
        """The revision graph of the answer's files."""
        return read_history(self.files)

    @cached_property
    def is_unchanged(self) -> bool:
        """Whether every file is as it was given."""
        edited = self.tampered or self.missing or self.renumbered
        return not edited and dict(self.files) == dict(self.exercise.given)

    @cached_property
    def from_another_variant(self) -> int | None:
        """The other variant of the exercise whose words were handed in instead of its own."""
        given = self.exercise.given
        text = "\n".join(as_text(c) for f, c in self.files.items() if given.get(f) != c)
        own = self.exercise.wording.names_of(self.exercise.variant)
        for number in self.exercise.wording.numbers:
            foreign = self.exercise.wording.names_of(number) - own
            if any(w in text for w in foreign) and not any(w in text for w in own):
                return number
        return None

    def text(self, file: str) -> str:
        """The content of `file`, or "" where there is none."""
        return as_text(self.files.get(file, b""))


def digest_of(files: Mapping[str, bytes]) -> str:
    """A digest of names and contents."""
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(os.fsencode(f"{name}\0{len(content)}\0") + content)
    return digest.hexdigest()


def starter(exercise: Exercise) -> Answer:
    """The exercise as a learner gets it."""
    return Answer(exercise, "starter", exercise.given)


def solution(exercise: Exercise) -> Answer:
    """The shipped solution."""
    return shipped(exercise, exercise.solution_path, "solution")


def shipped(exercise: Exercise, folder: Path, name: str) -> Answer:
    """An answer of the course's own, in the words of the exercise's variant."""
    return from_folder(exercise, folder, name, published=True)


def from_folder(
    exercise: Exercise,
    folder: Path,
    name: str | None = None,
    *,
    published: bool = False,
) -> Answer:
    """The files in `folder`, over what its answer.toml says: the starter, if it says nothing.

    Where it is `published`, it has the names of the published variant and gets this one's, and may
    be made of edits of the solution.
    """
    if not folder.is_dir():
        raise RemodelError(
            f"{folder} is not a folder. Give the folder that holds the edited files."
        )
    toml, settings = folder / ANSWER_TOML, read_answer_toml(folder)
    read = _handed_in(exercise, folder, about=(ANSWER_TOML, HANDIN_TOML, PAGE))
    handed = {f: exercise.reworded(c) if published else c for f, c in read.items()}
    files = _base(exercise, folder, settings, published)
    for gone in settings.deletes:
        if gone not in files:
            raise CourseError(f"{toml}: deletes {gone!r}, which is not there.")
        if not published and not exercise.accepts(gone):
            raise RemodelError(f"{toml}: deletes {gone!r}, which is not among {_edits(exercise)}.")
        del files[gone]
    handed |= edited_files(toml, settings.edit, {**files, **handed}, exercise.wording.translate)
    return _laid_over(exercise, name or folder.name, files, handed)


def _edits(exercise: Exercise) -> str:
    """What a learner may add, change and delete here."""
    return " and ".join(exercise.edits)


def _base(
    exercise: Exercise, folder: Path, settings: AnswerToml, published: bool
) -> dict[str, bytes]:
    """The files that the answer in `folder` lies over."""
    if not published and (settings.base == "solution" or settings.edit):
        # Whoever hands this in would hand in the solution without having written it.
        raise RemodelError(
            f"{folder / ANSWER_TOML}: 'base' and 'edit' are for the course's own answers. "
            "Hand in the files."
        )
    if settings.base == "starter":
        return dict(exercise.given)
    if folder == exercise.solution_path:
        raise CourseError(f"{folder / ANSWER_TOML}: the solution cannot be its own base.")
    return dict(solution(exercise).files)


def from_playground(exercise: Exercise, folder: Path) -> Answer:
    """What lies in the learner's folder; a given file that is missing there counts as deleted."""
    if not folder.is_dir():
        raise NotGraded(f"You have not started {exercise.slug}. Run: remodel start {exercise.slug}")
    mark = playground_mark.read(folder)
    handed = _handed_in(exercise, folder, about=(PAGE,), begun=mark.starter if mark else {})
    handed = _as_of_today(exercise, handed, mark)
    kept = {f: c for f, c in exercise.given.items() if f in handed or not exercise.accepts(f)}
    return _laid_over(exercise, exercise.slug, kept, handed)


def _as_of_today(
    exercise: Exercise, handed: Mapping[str, bytes], mark: Mark | None
) -> dict[str, bytes]:
    """The same with the course's text of today in each file that was left as it was given.

    An update of the course may change, rename and add files: nobody has edited or deleted those.
    """
    given = exercise.given
    began = mark.starter if mark else {}
    left = {f for f, content in handed.items() if mark and mark.is_as_begun(f, content)}
    new = given.keys() - began.keys() - handed.keys() if began else set()
    mine = {f: c for f, c in handed.items() if f not in left and not f.endswith(COURSE_COPY)}
    return {**mine, **{f: given[f] for f in (*left, *new) if f in given}}


def _handed_in(
    exercise: Exercise, folder: Path, about: tuple[str, ...], begun: Collection[str] = ()
) -> dict[str, bytes]:
    """The files in `folder`; what is neither taken nor was ever given, is `begun`, is not read."""
    names = [p.name for p in folder.iterdir() if p.name not in about and p.name[0] != "."]
    _refuse_what_is_no_file(exercise, folder)
    paths = list(itertools.islice(paths_in(folder, names), MAX_FILES + 1))
    if len(paths) > MAX_FILES:
        raise RemodelError(f"{folder} holds more than {MAX_FILES} files. Hand in the app alone.")
    files = {path.relative_to(folder).as_posix(): path for path in paths}
    known = {*exercise.given, *begun}
    return {f: _content(path, exercise.accepts(f), f in known) for f, path in files.items()}


def _content(path: Path, is_taken: bool, is_known: bool) -> bytes:
    large = path.stat().st_size > MAX_FILE
    if is_taken and large:
        raise RemodelError(f"{path} is larger than {MAX_FILE // 1024} KiB. Make it smaller.")
    return path.read_bytes() if is_taken or (is_known and not large) else b""


def _refuse_what_is_no_file(exercise: Exercise, folder: Path) -> None:
    """A link, or a folder that is called like a revision, would be passed over without a word."""
    for path in folder.rglob("*"):
        file = path.relative_to(folder).as_posix()
        odd = path.is_symlink() or (path.is_dir() and path.suffix == ".py")
        if odd and exercise.accepts(file):
            what = "a link" if path.is_symlink() else "a folder"
            raise RemodelError(f"{path} is {what}, and only files are taken. Put a file there.")


def _laid_over(
    exercise: Exercise, name: str, base: dict[str, bytes], handed: dict[str, bytes]
) -> Answer:
    deployed = deployed_files(exercise)
    renamed = _renamed(exercise, deployed, handed)
    taken = {
        f: c
        for f, c in handed.items()
        if exercise.accepts(f) and f not in deployed and f not in renamed.values()
    }
    tampered = [
        f for f in deployed if f in handed and not same_revision(handed[f], exercise.given[f])
    ]
    missing = [f for f in deployed if f not in base and f not in renamed]
    return Answer(
        exercise,
        name,
        {**base, **{f: exercise.given[f] for f in deployed}, **taken},
        tampered=tuple(sorted(tampered)),
        missing=tuple(sorted(missing)),
        renumbered=tuple(_renumbered(exercise, [*tampered, *missing], handed)),
        not_taken=tuple(
            sorted(
                harmless(f)
                for f, c in handed.items()
                if not exercise.accepts(f)
                and not _same_text(c, exercise.given.get(f))
                and not f.endswith((".db", ".sqlite3"))
            )
        ),
    )


def _renamed(
    exercise: Exercise, deployed: tuple[str, ...], handed: Mapping[str, bytes]
) -> dict[str, str]:
    """Deployed revisions whose file has another name, which Alembic does not look at."""
    return {
        file: other
        for file in deployed
        if file not in handed
        for other, content in handed.items()
        if other.startswith(VERSIONS) and same_revision(content, exercise.given[file])
    }


def _renumbered(
    exercise: Exercise, gone: list[str], handed: Mapping[str, bytes]
) -> Iterator[tuple[str, str, str]]:
    """The deployed revisions among those `gone` that are there under another id."""
    for file in gone:
        (given,) = read_history({file: exercise.given[file]}).revisions
        for revision in read_history(handed).revisions:
            if revision.id != given.id and same_steps(revision, given):
                yield file, revision.id, revision.file


def _same_text(content: bytes, given: bytes | None) -> bool:
    """Whether a file is as it was given, however an editor or Git ends its lines."""
    return given is not None and _lines(content) == _lines(given)


def _lines(content: bytes) -> list[bytes]:
    return content.removeprefix(codecs.BOM_UTF8).splitlines()


def deployed_files(exercise: Exercise) -> tuple[str, ...]:
    """The given revision files that some database already has, and nobody may edit."""
    known = set(exercise.deployed)
    given = read_history(exercise.given)
    return tuple(r.file for r in given.revisions if r.id in known)
