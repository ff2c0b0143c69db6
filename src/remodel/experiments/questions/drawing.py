"""One question of a family: what is drawn, what a run of it leaves, and what people expect."""

import random
from collections.abc import Iterator

import msgspec

from remodel.course.drawn import DrawnOption, DrawnQuestion, ShownBlock
from remodel.course.families import Expectation, Families, Family
from remodel.errors import CourseError
from remodel.experiments.questions.alembic_run import TYPED_SQL, question_database
from remodel.experiments.questions.outcome import looks_of, option_text, seen
from remodel.experiments.questions.template import filled

#: How many draws may show nothing, before a family counts as broken.
TRIES = 20
#: So many draws of a family stand on the page of a lesson.
ON_PAGE = 4


def draw(families: Families, name: str, seed: int) -> DrawnQuestion:
    """The question that `seed` makes of a family: the same wherever it is drawn.

    Raises CourseError for a family of which no draw has a wrong option.
    """
    rng = random.Random(f"{name} {seed}")
    for _ in range(TRIES):
        family = filled(families.by_name[name], rng)
        options = _options(families, family)
        if len(options) > 1:
            break
    else:
        raise CourseError(f"{name}: what people expect is what happens, in {TRIES} draws.")
    rng.shuffle(options)
    return DrawnQuestion(
        family=name,
        seed=seed,
        lesson=family.lesson,
        title=family.title,
        about=family.about,
        blocks=tuple(_blocks(family)),
        ask=family.ask,
        options=tuple(options),
    )


def for_page(families: Families, lesson: str) -> list[DrawnQuestion]:
    """The draws that stand on the page of a lesson, family by family."""
    return [
        each for name in families.of_lesson(lesson) for each in draws_that_differ(families, name)
    ]


def draws_that_differ(families: Families, name: str) -> list[DrawnQuestion]:
    """The first draws of a family of which each shows something else."""
    shown: dict[str, DrawnQuestion] = {}
    for seed in range(TRIES):
        question = draw(families, name, seed)
        shown.setdefault(repr((question.about, question.blocks)), question)
        if len(shown) == ON_PAGE:
            break
    return list(shown.values())


def _options(families: Families, family: Family) -> list[DrawnOption]:
    """The distinct outcomes: what happens first, then each that somebody expects.

    Where two beliefs lead to one outcome, it shows the one that the family names first: a choice
    says nothing of a belief that these rows do not touch.
    """
    with question_database(family) as database:
        before = seen(looks_of(family), database.raw)
        stopped = database.run()
        after = seen(looks_of(family), database.raw)
        truth = database.report if family.models else option_text(family, stopped, after, before)
    holders: dict[str, Expectation] = {}
    for each in filter(lambda each: each.when, family.expectations):
        expected = _expected(family, each, before)
        if expected != truth:
            holders.setdefault(expected, each)
    return [
        DrawnOption(truth, family.why),
        *(
            DrawnOption(text, _refutation(families, each), each.belief)
            for text, each in holders.items()
        ),
    ]


def _refutation(families: Families, expectation: Expectation) -> str:
    belief = families.beliefs[expectation.belief]
    return f"Behind it stands a belief: “{belief.believes}” It is not so. {belief.reality}"


def _expected(family: Family, expectation: Expectation, before: str) -> str:
    if family.models:
        return expectation.says
    with question_database(family) as database:
        database.script(expectation.sql)
        now = seen(looks_of(family), database.raw)
    return option_text(family, expectation.stops, now, before)


def _blocks(family: Family) -> Iterator[ShownBlock]:
    yield from _tables(family)
    if family.models:
        yield ShownBlock("The models:", family.models.strip(), "python")
    for each in family.revisions:
        place = f"on {each.after}" if each.after else "the first"
        yield ShownBlock(f"The revision {each.id}, {place}:", each.text.strip(), "python")
    lines = (line if line.startswith(TYPED_SQL) else f"$ {line}" for line in family.run)
    title = "You type:" if len(family.run) == 1 else "Then, line by line:"
    yield ShownBlock(title, "\n".join(lines), "console")
    for look in family.looks:
        if look.attempt:
            yield ShownBlock("After that, somebody types:", f"{TYPED_SQL}{look.sql}", "console")


def _tables(family: Family) -> Iterator[ShownBlock]:
    """The rows of each table; where models are compared with it, how it was made."""
    if family.models:
        yield from (ShownBlock(f"The table {t.name}:", t.create, "sql") for t in family.tables)
        return
    with question_database(family) as database:
        for table, look in zip(family.tables, looks_of(_without_looks(family)), strict=True):
            yield ShownBlock(f"The table {table.name}:", seen([look], database.raw))


def _without_looks(family: Family) -> Family:
    return msgspec.structs.replace(family, looks=())
