"""The verdict on one answer, and results.json, which other programs read."""

import contextlib
import importlib.metadata
import json
import platform
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from remodel.errors import RemodelError
from remodel.wrapping import harmless

FORMAT = 1
#: The packages whose versions decide what a migration does.
PACKAGES = ("alembic", "flask", "flask-migrate", "flask-sqlalchemy", "sqlalchemy", "remodel")
MAX_OUTPUT = 500

Status = Literal["pass", "fail", "error", "skipped", "not handed in"]


@dataclass(frozen=True)
class Check:
    """One test's verdict. `message` is for a learner; `where` is their file and line."""

    name: str
    title: str
    status: Status
    message: tuple[str, ...] = ()
    where: str | None = None
    source: str | None = None
    misconception: str | None = None
    explanation: str | None = None
    output: str = ""
    #: The words of the output that docs/errors.toml explains.
    known_error: str = ""
    guard: bool = False
    points: int = 0
    #: The checks without which this one says nothing.
    needs: tuple[str, ...] = ()

    def skipped(self, base: str) -> "Check":
        """This check as it ends where `base` did not pass: unmade."""
        return Check(
            self.name,
            self.title,
            "skipped",
            (f"Skipped: because {base} did not pass",),
            guard=self.guard,
            points=self.points,
            needs=self.needs,
        )


@dataclass
class Verdict:
    """All the checks of one answer to one exercise, with one seed."""

    exercise: str
    answer: str
    seed: int
    runner: str
    checks: list[Check] = field(default_factory=list)
    seconds: float = 0.0
    ungraded: str | None = None
    #: Whether there was an answer to this exercise among what was handed in.
    handed_in: bool = True
    #: What no check refuses, and another database would.
    notes: tuple[str, ...] = ()
    #: Whether `remodel hint` has something to show that was not shown yet.
    hints_left: bool = True
    #: The kind of database it was graded on, and whether its exercise is meant for another: such
    #: a pass is no progress. Some checks are made on SQLite alone.
    database: str = "SQLite"
    elsewhere: bool = False
    fewer_checks: bool = False
    #: Files of the course that were not as shipped: such a pass is no progress.
    changed_course: tuple[str, ...] = ()

    @property
    def status(self) -> Status:
        """pass, fail, not handed in, or error: what could not be graded is never a pass."""
        if not self.handed_in:
            return "not handed in"
        statuses = {check.status for check in self.checks}
        if self.ungraded or "error" in statuses or not statuses:
            return "error"
        # A skip without a failure would be a check that nobody made.
        return "pass" if statuses == {"pass"} else ("fail" if "fail" in statuses else "error")

    @property
    def failures(self) -> list[Check]:
        """The failed checks, in the order in which a learner should hear of them."""
        return [check for check in self.checks if check.status == "fail"]

    @property
    def points(self) -> int:
        """None until a check that the starter fails is passed; then those of all that passed."""
        passed = [check for check in self.checks if check.status == "pass"]
        if self.status not in ("pass", "fail") or all(check.guard for check in passed):
            return 0
        earned = sum(check.points for check in passed)
        # A check may be worth nothing, and an answer that fails it is still no whole answer.
        return earned if self.status == "pass" else min(earned, self.max_points - 1)

    @property
    def max_points(self) -> int:
        """What an answer gets that passes every check."""
        return sum(check.points for check in self.checks)

    def for_learner(self) -> "Verdict":
        """What a learner hears of a verdict for which every check was made.

        A check whose base did not pass is skipped, and so is what needs that check in its turn.
        """
        checks: list[Check] = []
        not_passed: set[str] = set()
        for check in self.checks:
            base = next((each for each in check.needs if each in not_passed), None)
            checks.append(check.skipped(base) if base else check)
            if checks[-1].status != "pass":
                not_passed.add(check.name)
        return replace(self, checks=checks)

    @property
    def names(self) -> set[str]:
        """The names of the checks that were made or skipped."""
        return {check.name for check in self.checks}

    def count(self, status: Status) -> int:
        """How many checks ended so."""
        return sum(check.status == status for check in self.checks)

    def as_json(self) -> dict[str, Any]:
        """The object that results.json holds for this verdict (see docs/results.schema.json)."""
        everything: dict[str, Any] = {
            "version": FORMAT,
            "status": self.status,
            "exercise": self.exercise,
            "answer": self.answer,
            "points": self.points,
            "max_points": self.max_points,
            "seed": self.seed,
            "seconds": round(self.seconds, 3),
            "runner": self.runner,
            "database": self.database,
            "ungraded": self.ungraded,
            "changed_course": list(self.changed_course),
            "notes": list(self.notes),
            "versions": versions(),
            "tests": [_as_json(check) for check in self.checks],
        }
        # What an answer wrote stands in it, and a file takes no half of a character.
        return {key: _harmless(value) for key, value in everything.items()}


def _harmless(value: Any) -> Any:
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, list | tuple):
        return [_harmless(each) for each in value]
    return {k: _harmless(v) for k, v in value.items()} if isinstance(value, dict) else value


def _as_json(check: Check) -> dict[str, Any]:
    data = asdict(check)
    data["hint"] = data.pop("explanation")
    del data["guard"], data["needs"]
    output = harmless(check.output)[-MAX_OUTPUT:]
    return {**data, "message": "\n".join(check.message), "output": output}


def versions() -> dict[str, str]:
    """The versions that the verdict depends on."""
    return {
        "python": platform.python_version(),
        **{name: importlib.metadata.version(name) for name in PACKAGES},
    }


def refuse_results_place(path: Path | None) -> None:
    """Raise RemodelError where results.json could not be written: before anything is graded."""
    if path and not path.absolute().parent.is_dir():
        raise RemodelError(f"{path} cannot be written: its folder is not there. Make it first.")
    if path and path.is_dir():
        raise RemodelError(f"{path} is a folder. Name the file to write: {path}/results.json")


def write_results(path: Path, verdicts: Iterable[Verdict]) -> None:
    """Write results.json: one object for one verdict, a list of them for several.

    It is there whole or not at all, and never what an answer has put in its place.
    """
    results = [verdict.as_json() for verdict in verdicts]
    text = json.dumps(results[0] if len(results) == 1 else results, indent=2, ensure_ascii=False)
    text += "\n"
    if path.is_file() or not path.exists():
        if path.exists():
            path.open("a").close()  # raises where it may not be written
        with contextlib.suppress(OSError):  # of a folder that is not ours, this file may be
            _put_in_place(path.resolve(), text)
            return
    path.write_text(text, encoding="utf-8")  # also a pipe, whose place nothing can take


def _put_in_place(place: Path, text: str) -> None:
    written = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    try:
        written.write_text(text, encoding="utf-8")
        written.replace(place)
    finally:
        written.unlink(missing_ok=True)
