"""The page of what the same migration does on three databases."""

from collections.abc import Iterator

from remodel.course.autogenerate_cases import ENGINES
from remodel.course.dialect_cases import DialectCase, DialectGroup, DialectOutcome, DialectOutcomes
from remodel.runner.locks import WAITS

WORKS, FAILS = "✓ works", "⚠ fails"
#: The outcome of one case on each engine, in the order of ENGINES.
Row = list[DialectOutcome]


def dialects_page(
    groups: list[DialectGroup], outcomes: DialectOutcomes, file: str
) -> Iterator[str]:
    """Each case with its revision and what is there afterwards; what is locked in one table.

    `file` is where the cases lie, seen from the course's own folder.
    """
    for group in groups:
        yield from (f"## {group.title}", "")
        rows = [(case, row_of(case, outcomes)) for case in group.cases]
        if not any(case.ask for case in group.cases):
            yield from _locks(rows)
            continue
        for case, row in rows:
            yield from _case(case, row, file)


def row_of(case: DialectCase, outcomes: DialectOutcomes) -> Row:
    """What came of the case on each engine."""
    return [outcomes[engine][case.id] for engine in ENGINES]


def _case(case: DialectCase, row: Row, file: str) -> Iterator[str]:
    yield from (f"### {case.what} {{ #{case.id} }}", "")
    yield from what_each_did(case, row, file)
    if case.says:
        yield from (case.says.strip(), "")


def what_each_did(case: DialectCase, row: Row, file: str) -> Iterator[str]:
    """The revision, and what came of it as a table; on the site, `engine_tabs` has its place."""
    for body in filter(None, (case.between, case.revision)):
        yield from ("```python", *body.strip().splitlines(), "```", "")
    yield from (f"<!-- engines {file} {case.id} -->", "")
    yield from side_by_side(case, row)
    yield from ("<!-- /engines -->", "")


def side_by_side(case: DialectCase, row: Row) -> Iterator[str]:
    """A column for each engine, and below it what each said."""
    yield from _looked_at(case, row, list(ENGINES.values()))
    if not case.together:
        yield from _messages(row)


def of_one_engine(case: DialectCase, outcome: DialectOutcome, name: str) -> Iterator[str]:
    """The same for the engine called `name` alone, with its messages whole."""
    yield from _looked_at(case, [outcome], [name])
    if not case.together:
        for message in _messages_of(outcome):
            yield from ("```text", *message.splitlines(), "```", "")


def _looked_at(case: DialectCase, row: Row, names: list[str]) -> Iterator[str]:
    yield f"| Looked at | {' | '.join(names)} |"
    yield "|---" * (len(names) + 1) + "|"
    yield _line("The upgrade", [_ended(case, each) for each in row])
    for number, asked in enumerate(case.ask):
        yield _line(asked.what, [_shown(each.after[number]) for each in row])
    if case.repaired:
        yield _line("Repaired, and run again", [_again(each) for each in row])
    yield ""


def _ended(case: DialectCase, outcome: DialectOutcome) -> str:
    if outcome.message and case.together:
        return f"⚠ {outcome.message}"
    return FAILS if outcome.message else WORKS


def _line(name: str, cells: list[str]) -> str:
    name = name[0].upper() + name[1:]
    return f"| {name} | {' | '.join(cells)} |"


def _shown(answer: str) -> str:
    """An answer in a cell; a refusal is said below."""
    if answer.startswith("("):
        return "no such column" if "olumn" in answer and "row" not in answer else "refused"
    return f"`{answer}`" if answer else "`''`"


def _again(outcome: DialectOutcome) -> str:
    return WORKS if outcome.again == "works" else FAILS


def _messages(row: Row) -> Iterator[str]:
    """What each database said, and who said the same."""
    senders: dict[str, list[str]] = {}
    for engine, each in zip(ENGINES.values(), row, strict=True):
        for message in _messages_of(each):
            senders.setdefault(message, []).append(engine)
    yield from (f"- {_listed(names)}: `{message}`" for message, names in senders.items())
    if senders:
        yield ""


def _messages_of(outcome: DialectOutcome) -> list[str]:
    messages = dict.fromkeys((outcome.message, outcome.again))
    return [message for message in messages if message not in ("", "works")]


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _locks(rows: list[tuple[DialectCase, Row]]) -> Iterator[str]:
    yield "| Change | PostgreSQL's lock until the commit | Who waits | Rows are copied on |"
    yield "|---|---|---|---|"
    for case, row in rows:
        held = dict(zip(ENGINES, row, strict=True))["postgresql"].locks
        locks = "<br>".join(f"`{mode}` on `{table}`" for table, mode in held)
        waits = "<br>".join(WAITS[mode] for _, mode in held)
        copied = [name for name, each in zip(ENGINES.values(), row, strict=True) if each.copied]
        where = _listed(copied) if copied else "none"
        yield f'| <span id="{case.id}">{case.what}</span> | {locks} | {waits} | {where} |'
    yield ""
