"""Releases of an answer, one after the other, while people use old and new code."""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from remodel.database.values import Key, Rows, Values, show, show_both, show_key
from remodel.errors import NotGraded
from remodel.grading.answer import Answer
from remodel.grading.project.printed import printed
from remodel.grading.refusal import CommandFailed, Refused, goes_on
from remodel.runner.error_lines import error_lines, shortened
from remodel.runner.rollout import Answered, Ask, Outcome, Step, unpacked

if TYPE_CHECKING:
    from remodel.grading.project.project import Project

#: Where a file of a release's app lies in what was handed in; None for the app as it was given.
Code = Mapping[str, str] | None
#: What failed in a sentence, the number of the step, the app, and the belief behind it if known.
Refusal = tuple[str, int, str, str]


@dataclass(frozen=True)
class Plan:
    """Which code there is, what is done with it in turn and in words, and what people ask."""

    codes: Mapping[str, Code]
    steps: Sequence[tuple[str, Step]]
    asks: Sequence[Ask]
    #: The table whose rows people change, other ones after each step.
    table: str
    #: The page that shows whatever was accepted.
    page: str

    def code_of(self, app: str) -> Code:
        """What lies over the app's given files in the code of `app`; None where nothing does."""
        started = (step for _, step in self.steps if step[:2] == ("start", app))
        return next((self.codes[step[2]] for step in started), None)


class ReleaseFailed(Refused):
    """A step failed, or what an app answered after it; `reason` is what went wrong, if known."""

    def __init__(
        self, wrong: str, plan: Plan, number: int, app: str, reason: str, belief: str = ""
    ) -> None:
        super().__init__(wrong, *[f"  {reason}"][: bool(reason)], misconception=belief or None)
        self.plan, self.number, self.app, self.reason = plan, number, app, reason


@dataclass(frozen=True)
class Rollout:
    """What came of a plan: each request, and how it was answered."""

    plan: Plan
    answered: Sequence[Answered]

    def lost(self, wanted: Rows, rows: Rows) -> list[str]:
        """What people wrote that is not in `rows` as it is in `wanted`, in sentences.

        Or was not to be seen for a while.
        """
        here = {row["id"]: row for row in rows}
        lost = [
            self._lost(row["id"], column, value, here.get(row["id"], {}).get(column))
            for row in wanted
            for column, value in row.items()
            if here.get(row["id"], {}).get(column) != value
        ]
        return lost + self._unseen()

    def missing(self, before: Values, after: Values, *paths: str) -> list[str]:
        """What stood in `before`, or was written by asks of `paths` since, and is not in `after`.

        Or was not to be seen for a while. In sentences. A row that was edited holds what was typed
        last; a new one may have any id.
        """
        here, wanted, added = after.by_key, dict(before.by_key), set[str]()
        named = f"{after.table}.{after.column}"
        for row, word in self._written(paths):
            added |= set() if row else {word}
            wanted |= {(int(row),): word} if row else {}
        lost = [
            self._accepted(named, value, here.get(key)) or _kept(after, key, value)
            for key, value in wanted.items()
            if here.get(key) != value
        ]
        gone = sorted(added - {*after})
        lost += [self._accepted(named, word, None) for word in gone]
        surplus = len(here.keys() - wanted.keys()) > len(added)
        lost += [f"The table {after.table} has rows that nobody wrote."][:surplus]
        return lost + self._unseen()

    def _unseen(self) -> list[str]:
        """Which app did not show at its start what another had accepted before, in sentences."""
        return [
            _does_not_show(self.plan, each, who)
            for each in self.answered
            if _is_missing(each)
            for number, who in _accepted_by(self.answered, each)
            if number < each[0]
        ]

    def _written(self, paths: Collection[str]) -> Iterator[tuple[str, str]]:
        """The id of each row that was edited by one of `paths`, or "", and the word in it."""
        for method, path, typed in self.plan.asks:
            names = [name for name, text in typed.items() if "{word}" in text]
            pattern = re.compile(re.escape(path).replace(r"\{row\}", r"(?P<row>\d+)"))
            for _, _, asked, place, its, _ in self.answered:
                match = pattern.fullmatch(place) if asked == method and path in paths else None
                if match and names:
                    yield match.groupdict().get("row", ""), its[names[0]]

    def _lost(self, row: object, column: str, value: object, now: object) -> str:
        named = f"{self.plan.table}.{column}"
        should, holds = show_both(value, now)
        unlike = f"{named} is {holds} in row {row}; it should be {should}."
        return self._accepted(named, value, now) or unlike

    def _accepted(self, named: str, value: object, now: object) -> str:
        """Who accepted `value`, and what is there now; "" where nobody did."""
        for number, app, method, _, typed, _ in reversed(self.answered):
            if method != "GET" and value in typed.values():
                its, holds = show_both(value, now)
                accepted = f"{app} accepted {its}; in the end {named} is {holds}."
                return f"After {self.plan.steps[number][0]}, {accepted}"
        return ""


def _kept(after: Values, key: Key, value: object) -> str:
    """What became of a value that was there before the releases."""
    row = f"Row {show_key(key)} of {after.table}"
    if key not in after.by_key:
        return f"{row}, {show(value)}, is gone."
    should, has = show_both(value, after.by_key[key])
    return f"{row} has the {after.column} {has}; it should have {should}."


def roll_out(project: "Project", plan: Plan) -> Rollout:
    """Do what `plan` says on the databases of `project`, which keep what came of it.

    Refuses where a step fails, or where an app answers a
    request with an error: whoever uses it has done nothing wrong.
    """
    if project.runs.runner.name == "inline":
        raise NotGraded(
            f"{project.exercise.slug} starts apps, and the inline runner has no processes. "
            "Check it with another runner."
        )
    files = {
        f"{name}/{file}": content
        for name, code in plan.codes.items()
        for file, content in _files(project, code).items()
    }
    answer = Answer(project.exercise, f"{project.answer.name}+releases", files)
    steps = [step for _, step in plan.steps]
    rows = sorted(row["id"] for row in project.rows(plan.table))
    words = json.dumps([steps, plan.asks, rows, plan.page])
    outcome = project.runs.run(answer, ("roll-out", project.runs.mark, words), project.databases)
    project.databases, project.direction = outcome.databases, "upgrade"
    word = printed(outcome.completed, project.runs.mark, str) if outcome.completed.ok else None
    if word is None:
        raise CommandFailed("Taking the releases", outcome.completed)
    if outcome.completed.goes_on:
        raise goes_on("flask run")
    answered, number, failed = _read(word)
    for wrong, step, app, belief in (*_failures(plan, answered), *_failed_step(plan, number)):
        reason = _of_the_app(outcome.completed.stderr) or failed
        raise ReleaseFailed(wrong, plan, step, app, reason, belief)
    project.released = True
    return Rollout(plan, answered)


def _files(project: "Project", code: Code) -> dict[str, bytes]:
    if code is None:
        return dict(project.exercise.given)
    files = dict(project.answer.files)
    for file, place in code.items():
        if place not in files:
            raise Refused(f"{place} is not there.", where=place)
        files[file] = files[place]
    return files


def _read(word: str) -> Outcome:
    try:
        outcome: Outcome = msgspec.convert(unpacked(word), Outcome)
    except (ValueError, msgspec.MsgspecError):
        raise Refused("What came of the releases cannot be read.") from None
    return outcome


def _failures(plan: Plan, answered: Sequence[Answered]) -> Iterator[Refusal]:
    """Each request that failed, in a sentence: by whom, and when."""
    for each in answered:
        number, app, method, path, _, status = each
        if _is_missing(each):
            for at, who in _accepted_by(answered, each):
                if at == number:  # what came before it is looked at by `_unseen`
                    yield (
                        _does_not_show(plan, each, who),
                        number,
                        app,
                        "a-page-that-answers-is-right",
                    )
        elif status >= 400 or not status:
            ended = f"answered {method} {path} with {status}" if status else "ended"
            yield f"{_after(plan, each)} {ended}.", number, app, ""


def _after(plan: Plan, each: Answered) -> str:
    """When an app was asked, and which: the beginning of a sentence."""
    return f"After {plan.steps[each[0]][0]}, {each[1]}"


def _does_not_show(plan: Plan, each: Answered, who: str) -> str:
    """Which page lacks the word that `who` accepted, and what stands there instead."""
    word, instead = show(each[4][""]), each[4].get("instead")
    shows = f"shows {show(shortened(instead, 40))} where {word} should be" if instead else ""
    lacks = f"does not show on {each[3]} what {who} has accepted"
    return f"{_after(plan, each)} {lacks}.\nIt {shows or f'should show {word}'}."


def _is_missing(each: Answered) -> bool:
    """Whether a page was opened and did not show a word."""
    return "" in each[4] and not each[5]


def _accepted_by(answered: Sequence[Answered], each: Answered) -> list[tuple[int, str]]:
    """The step and the app that first accepted the word for which `each` looks."""
    word = each[4][""]
    return [
        (n, app) for n, app, method, _, t, _ in answered if word in t.values() and method != "GET"
    ][:1]


def _failed_step(plan: Plan, number: int) -> list[Refusal]:
    """The step that failed, in a sentence, and the app that did not start; none below 0."""
    name, (kind, *words) = plan.steps[number]
    app = words[0] if kind == "start" else ""
    return [(f"{name[:1].upper()}{name[1:]} failed.", number, app, "")] if number >= 0 else []


def _of_the_app(stderr: str) -> str:
    """The line of an app's own that says what went wrong; "" where it printed none.

    Flask's log begins with a time, and the same answer is to get the same message.
    """
    line = re.sub(r"^\[[\d :,-]+\] ERROR in \w+: ", "", error_lines(stderr)[0])
    return "" if line.startswith("(it printed no") else line
