"""Releases as a learner planned them: which commands are run, and which code is started when."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from remodel.course.decoding import plain_blanks
from remodel.grading.answer import Answer
from remodel.grading.refusal import Refused
from remodel.runner.rollout import Step

OLD, NEW = "the old app", "the new app"
#: A line of the plan: a command on the database, or the start of an app with a setting or two.
_LINE = re.compile(
    r"flask db (?P<command>stamp|upgrade)(?: (?P<revision>\w+))?"
    r"|start (?P<folder>\S+?)/?(?P<settings>(?: [A-Z_]+=\S*)*)"
)
_FORMS = "A line is `flask db stamp REVISION`, `flask db upgrade REVISION` or `start FOLDER`."


@dataclass
class OwnReleases:
    """The codes and the steps of a plan, as `roll_out` takes them, and the first revision."""

    codes: dict[str, Mapping[str, str] | None] = field(default_factory=lambda: {"old": None})
    steps: list[tuple[str, Step]] = field(
        default_factory=lambda: [(f"the start of {OLD}", ("start", OLD, "old"))]
    )
    #: What the database was stamped with before anything else; "" where it was not.
    baseline: str = ""
    #: The folder of the app that serves in the end.
    serves: str = ""

    @property
    def running(self) -> str:
        """The app that was started last."""
        return next(step[1] for _, step in reversed(self.steps) if step[0] == "start")


def read_own_releases(answer: Answer, file: str) -> OwnReleases:
    """The releases that `file` plans; raises Refused at a line that nobody can follow.

    A command is run by the code that is started next, for an upgrade comes before the code of its
    release; after the last start, by that code. The app before goes on beside a new one for a
    while, and ends.
    """
    plan, lines = OwnReleases(), list(_lines(answer, file))
    for at, (place, line) in enumerate(lines):
        starts = [each["folder"] for _, each in lines[at:] if each["folder"]]
        if line["folder"]:
            _start(plan, answer, line, place)
        else:
            folder = next(iter(starts), plan.serves or ".")
            _migrate(plan, _laid(plan, answer, folder, place), line)
    return plan


def _lines(answer: Answer, file: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Each line that says something, with its place."""
    text = plain_blanks(answer.text(file)).lstrip("\ufeff")
    for number, raw in enumerate(text.splitlines(), 1):
        line = " ".join(raw.partition("#")[0].removeprefix("$ ").split())
        match = _LINE.fullmatch(line)
        if line and not match:
            raise _refused(f"{file}:{number}", f"{line[:50]!r} is no step of a release")
        if match:
            yield f"{file}:{number}", match


def _migrate(plan: OwnReleases, code: str, line: re.Match[str]) -> None:
    command, revision = line["command"], line["revision"] or "head"
    if command == "stamp" and len(plan.steps) == 1:
        plan.baseline = revision
    plan.steps += [(f"`flask db {command} {revision}`", (command, code, revision))]


def _start(plan: OwnReleases, answer: Answer, line: re.Match[str], place: str) -> None:
    folder, settings = line["folder"], line["settings"].split()
    name = NEW if folder == "." else f"the app of {folder}"
    name = " ".join([name, *["with"][: len(settings)], *settings])
    before = plan.running
    if name == before:
        raise _refused(place, f"{name} is running already")
    code, plan.serves = _laid(plan, answer, folder, place), folder
    plan.steps += [
        (f"the start of {name}", ("start", name, code, *settings)),
        (f"the end of {before}", ("stop", before)),
    ]


def _laid(plan: OwnReleases, answer: Answer, folder: str, place: str) -> str:
    """The name of the code of `folder` in the plan, which has each code once."""
    code = _code(answer, folder, place)
    known = (name for name, its in plan.codes.items() if its == code)
    name = next(known, f"code-{len(plan.codes)}")
    plan.codes[name] = code
    return name


def _code(answer: Answer, folder: str, place: str) -> dict[str, str]:
    """Which files of `folder` lie over the app, by their paths there; none of the app itself."""
    if folder == ".":
        return {}
    over = {file.removeprefix(f"{folder}/"): file for file in answer.files}
    code = {path: file for path, file in over.items() if path != file}
    if not code:
        raise _refused(place, f"no file lies in {folder}")
    return code


def _refused(place: str, problem: str) -> Refused:
    file, _, number = place.partition(":")
    return Refused(f"{file}, line {number}: {problem}.", _FORMS, where=place)
