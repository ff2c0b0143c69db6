"""Changes of a model that autogenerate is tried on: the cases, and what came of each, as data."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from remodel.course.toml_file import Text, TomlStruct, read_struct
from remodel.errors import CourseError

#: The databases that there is a column for, and how each is called.
ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL", "mariadb": "MariaDB"}


class Case(TomlStruct):
    """A model before and after, and what must be true of the database after the upgrade.

    `rows` go in before the change. Afterwards the statements of `accepts` must pass and those of
    `refuses` must not, and `ask`, a query, or `read`, an attribute of a model, gives `expect`.
    """

    id: Text
    what: Text
    before: str
    after: str
    rows: tuple[str, ...] = ()
    accepts: tuple[str, ...] = ()
    refuses: tuple[str, ...] = ()
    ask: str = ""
    read: str = ""
    expect: str = ""
    #: Why nothing is to be done.
    nothing: str = ""
    #: A sentence that the page adds.
    says: str = ""
    convention: bool = False
    #: What `Migrate(…)` is given in addition, as Python writes it.
    options: str = ""


class CaseGroup(TomlStruct, kw_only=True):
    """Cases that a reader looks for in one place."""

    title: Text
    intro: str = ""
    cases: tuple[Case, ...] = msgspec.field(name="case")


class CaseFile(TomlStruct):
    """docs/autogenerate-cases.toml."""

    groups: tuple[CaseGroup, ...] = msgspec.field(name="group", default=())


class CaseOutcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """What came of one case on one database: a word for it, the draft, what the database said."""

    outcome: str
    drafted: str = ""
    message: str = ""


#: Engine to id of the case to outcome.
Outcomes = dict[str, dict[str, CaseOutcome]]


def read_cases(file: Path) -> list[CaseGroup]:
    """The groups of cases in `file`; raises CourseError where a key is missing or unknown."""
    return list(read_struct(file, CaseFile).groups)


def select_cases(file: Path, ids: Sequence[str]) -> list[Case]:
    """The cases of these ids, or all; raises CourseError where an id is unknown."""
    known = {case.id: case for case in all_cases(read_cases(file))}
    for each in ids:
        if each not in known:
            raise CourseError(f"{file} has no case {each!r}.")
    return [known[each] for each in ids] or list(known.values())


def read_outcomes(file: Path) -> Outcomes:
    """What docs/autogenerate.json says of each engine and case; raises CourseError."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Outcomes)
    except msgspec.MsgspecError as error:
        raise CourseError(f"{file}: {error}. Run `remodel dev autogenerate --write`.") from error


def outcomes_text(outcomes: Outcomes) -> str:
    """The same as text for the file."""
    return json.dumps(msgspec.to_builtins(outcomes), indent=1, ensure_ascii=False) + "\n"


def all_cases(groups: list[CaseGroup]) -> Iterator[Case]:
    """Every case of every group."""
    for group in groups:
        yield from group.cases


#: Each outcome as a page shows it: the sign and the word say the same.
OUTCOME_CELLS = {
    "works": "✓ works",
    "nothing to do": "✓ nothing to do",
    "missed": "✗ missed",
    "wrong": "✗ wrong",
    "incomplete": "✗ incomplete",
    "migrate fails": "⚠ migrate fails",
    "upgrade fails": "⚠ upgrade fails",
    "downgrade fails": "⚠ downgrade fails",
    "second upgrade fails": "⚠ second upgrade fails",
    "never clean": "⚠ never clean",
}


#: The class of each outcome that is to be seen at a glance, by its sign.
_CLASSES = {"✓": "kept", "✗": "lost", "⚠": "lost"}
#: The parts of a bar, by the sign of what they count.
_PARTS = {"✓": "tally-right", "✗": "tally-silent", "⚠": "tally-error"}


def _cell(outcome: str) -> str:
    shown = OUTCOME_CELLS[outcome]
    return f'<span class="{_CLASSES[shown[0]]}">{shown}</span>'


def cases_page(groups: list[CaseGroup], outcomes: Outcomes) -> Iterator[str]:
    """A table for each group, and below it what the databases said and what to write."""
    engines = [engine for engine in ENGINES if engine in outcomes]
    for group in groups:
        yield from (f"## {group.title}", "", *([group.intro, ""] if group.intro else []))
        yield f"| Change | {' | '.join(ENGINES[each] for each in engines)} |"
        yield "|---" * (len(engines) + 1) + "|"
        for case in group.cases:
            cells = (_cell(outcomes[engine][case.id].outcome) for engine in engines)
            yield f'| <span id="{case.id}">{case.what}</span> | {" | ".join(cells)} |'
        yield from _notes(group, outcomes, engines)


def _notes(group: CaseGroup, outcomes: Outcomes, engines: list[str]) -> Iterator[str]:
    notes = [(case, note) for case in group.cases if (note := _note(case, outcomes, engines))]
    if notes:
        yield from (
            "",
            '<details markdown="1">',
            "<summary>What was said, and what to do</summary>",
        )
        yield from ("", *(f"- **{case.what}.** {note}" for case, note in notes), "")
        for case, _ in notes:
            yield from _draft(case, outcomes[engines[0]][case.id])
        yield "</details>"
    yield ""


def _draft(case: Case, outcome: CaseOutcome) -> Iterator[str]:
    """What was drafted where the rows were not what was meant: the draft had said so."""
    if outcome.outcome == "wrong":
        yield from (f'The draft for "{case.what}":', "")
        yield from ("```python", outcome.drafted, "```", "")


def _note(case: Case, outcomes: Outcomes, engines: list[str]) -> str:
    senders: dict[str, list[str]] = {}
    for engine in engines:
        if message := outcomes[engine][case.id].message:
            senders.setdefault(message, []).append(ENGINES[engine])
    parts = [f"{_listed(names)}: {_quoted(case, text)}" for text, names in senders.items()]
    return " ".join(filter(None, [*(f"{part}." for part in parts), case.nothing, case.says]))


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _quoted(case: Case, message: str) -> str:
    for asked in filter(None, (case.ask, case.read, *case.refuses)):
        if message.startswith(asked):
            return f"`{asked}`{message.removeprefix(asked)}"
    return f"`{message}`"


def outcome_counts(outcomes: Outcomes) -> Iterator[str]:
    """How many cases came to what, on each engine: a bar of three parts, and every outcome."""
    for engine in (each for each in ENGINES if each in outcomes):
        words = [each.outcome for each in outcomes[engine].values()]
        counts = ", ".join(f"{each} {words.count(each)}" for each in OUTCOME_CELLS if each in words)
        yield f"- **{ENGINES[engine]}**, {len(words)} cases: {counts}."
        yield f"  {_bar(Counter(OUTCOME_CELLS[each][0] for each in words))}"


def _bar(signs: Mapping[str, int]) -> str:
    """A part for each sign, as long as it is often; sign, number and pattern say the same."""
    parts = (
        f'<span class="{part}" style="flex-grow:{signs[sign]}">{sign} {signs[sign]}</span>'
        for sign, part in _PARTS.items()
        if sign in signs
    )
    return f'<span class="tally">{" ".join(parts)}</span>'
