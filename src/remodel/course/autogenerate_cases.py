"""Changes of a model that autogenerate is tried on: the cases, and what came of each, as data."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from remodel.course.toml_file import Table, read_toml
from remodel.errors import CourseError

#: The databases that there is a column for, and how each is called.
ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL", "mariadb": "MariaDB"}


@dataclass(frozen=True)
class Case:
    """A model before and after; `rows` go in before the change, `ask` must answer `expect`."""

    id: str
    what: str
    before: str
    after: str
    rows: tuple[str, ...] = ()
    ask: str = ""
    expect: str = ""
    nothing: str = ""
    says: str = ""
    convention: bool = False
    #: What `Migrate(…)` is given besides, as Python writes it.
    options: str = ""


@dataclass(frozen=True)
class CaseGroup:
    """Cases that a reader looks for in one place."""

    title: str
    intro: str
    cases: tuple[Case, ...]


@dataclass(frozen=True)
class Outcome:
    """What came of one case on one database: a word of it, what was drafted, what was said."""

    outcome: str
    drafted: str = ""
    said: str = ""


def read_cases(file: Path) -> list[CaseGroup]:
    """The groups of cases in `file`; raises CourseError where a key is missing or unknown."""
    return [_group(Table(file, told)) for told in read_toml(file).get("group", [])]


def _group(table: Table) -> CaseGroup:
    cases = tuple(_case(Table(table.file, told)) for told in table.take("case", list))
    group = CaseGroup(table.take("title", str), table.take("intro", str, ""), cases)
    table.done()
    return group


def _case(table: Table) -> Case:
    case = Case(
        id=table.take("id", str),
        what=table.take("what", str),
        before=table.take("before", str).strip("\n"),
        after=table.take("after", str).strip("\n"),
        rows=table.strings("rows", []),
        ask=table.take("ask", str, ""),
        expect=table.take("expect", str, ""),
        nothing=table.take("nothing", str, ""),
        says=table.take("says", str, ""),
        convention=table.take("convention", bool, False),
        options=table.take("options", str, ""),
    )
    table.done()
    return case


def chosen(file: Path, ids: Sequence[str]) -> list[Case]:
    """The cases of these ids, or all; raises CourseError where an id is unknown."""
    known = {case.id: case for case in all_cases(read_cases(file))}
    for each in ids:
        if each not in known:
            raise CourseError(f"{file} has no case {each!r}.")
    return [known[each] for each in ids] or list(known.values())


Outcomes = dict[str, dict[str, Outcome]]


def read_outcomes(file: Path) -> Outcomes:
    """What docs/autogenerate.json says of each engine and case."""
    told = json.loads(file.read_text(encoding="utf-8"))
    return {
        engine: {case: Outcome(**each) for case, each in found.items()}
        for engine, found in told.items()
    }


def written(outcomes: Outcomes) -> str:
    """The same as text for the file."""
    told = {
        engine: {case: {k: v for k, v in asdict(each).items() if v} for case, each in found.items()}
        for engine, found in outcomes.items()
    }
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def all_cases(groups: list[CaseGroup]) -> Iterator[Case]:
    """Every case of every group."""
    for group in groups:
        yield from group.cases


#: Each outcome as a page shows it: the sign and the word say the same.
SHOWN = {
    "works": "✓ works",
    "nothing to do": "✓ nothing to do",
    "missed": "✗ missed",
    "wrong": "✗ wrong",
    "migrate fails": "⚠ migrate fails",
    "upgrade fails": "⚠ upgrade fails",
    "downgrade fails": "⚠ downgrade fails",
    "second upgrade fails": "⚠ second upgrade fails",
    "never clean": "⚠ never clean",
}


def cases_page(groups: list[CaseGroup], outcomes: Outcomes) -> Iterator[str]:
    """A table for each group, and below it what the databases said and what to write."""
    engines = [engine for engine in ENGINES if engine in outcomes]
    for group in groups:
        yield from (f"## {group.title}", "", *([group.intro, ""] if group.intro else []))
        yield f"| Change | {' | '.join(ENGINES[each] for each in engines)} |"
        yield "|---" * (len(engines) + 1) + "|"
        for case in group.cases:
            cells = (SHOWN[outcomes[engine][case.id].outcome] for engine in engines)
            yield f"| {case.what} | {' | '.join(cells)} |"
        yield from _notes(group, outcomes, engines)


def _notes(group: CaseGroup, outcomes: Outcomes, engines: list[str]) -> Iterator[str]:
    told = [(case, note) for case in group.cases if (note := _note(case, outcomes, engines))]
    if told:
        yield from (
            "",
            '<details markdown="1">',
            "<summary>What was said, and what to do</summary>",
        )
        yield from ("", *(f"- **{case.what}.** {note}" for case, note in told), "")
        for case, _ in told:
            yield from _draft(case, outcomes[engines[0]][case.id])
        yield "</details>"
    yield ""


def _draft(case: Case, outcome: Outcome) -> Iterator[str]:
    """What was drafted where the rows were not what was meant: the draft had said so."""
    if outcome.outcome == "wrong":
        yield from (f'The draft for "{case.what}":', "")
        yield from ("```python", outcome.drafted, "```", "")


def _note(case: Case, outcomes: Outcomes, engines: list[str]) -> str:
    heard: dict[str, list[str]] = {}
    for engine in engines:
        if said := outcomes[engine][case.id].said:
            heard.setdefault(said, []).append(ENGINES[engine])
    parts = [f"{' and '.join(names)}: {_quoted(case, said)}" for said, names in heard.items()]
    return " ".join(filter(None, [*(f"{part}." for part in parts), case.nothing, case.says]))


def _quoted(case: Case, said: str) -> str:
    asked = case.ask and said.startswith(case.ask)
    return f"`{case.ask}`{said.removeprefix(case.ask)}" if asked else f"`{said}`"


def outcome_counts(outcomes: Outcomes) -> Iterator[str]:
    """How many cases came to what, on each engine."""
    for engine in (each for each in ENGINES if each in outcomes):
        found = [each.outcome for each in outcomes[engine].values()]
        counts = ", ".join(f"{each} {found.count(each)}" for each in SHOWN if each in found)
        yield f"- **{ENGINES[engine]}**, {len(found)} cases: {counts}."
