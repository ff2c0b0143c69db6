"""`remodel quiz --more`: questions that are drawn, in the terminal, and what they show."""

import contextlib
import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import click

from remodel.cli.asking import Left, read_number
from remodel.cli.output import say_of_damage
from remodel.cli.shell import wrapped
from remodel.course.catalog import Catalog
from remodel.course.drawn import DrawnQuestion
from remodel.course.families import Families, Family
from remodel.course.lesson import Lesson
from remodel.errors import RemodelError
from remodel.playground.believing import seems
from remodel.playground.progress import Progress, next_exercise
from remodel.servers.kinds import KINDS

#: So many questions are asked at once.
AT_ONCE = 5
#: So many beliefs are shown at once, the strongest first.
SHOWN = 5


def ask_more(catalog: Catalog, lesson: Lesson | None, seed: int | None) -> int:
    """Ask some drawn questions, of a lesson or of all up to where the learner is."""
    progress = Progress.read(catalog)
    say_of_damage(progress)
    families = Families(catalog)
    known = _known(catalog, families, progress, lesson)
    away = [name for name, family in known.items() if not _is_here(family)]
    chosen = _in_order(progress, {name: known[name] for name in known if name not in away})
    click.echo("\n".join(_passed_over(known, away)), nl=bool(away))
    names = [n for n in chosen if lesson or seed is not None or _is_due(progress, n)][:AT_ONCE]
    if not names:
        click.echo(_nothing_due(progress, chosen))
        return 0
    code, right = 0, list[bool]()
    try:
        for number, name in enumerate(names, 1):
            right.append(_ask(families, progress, name, seed, f"{number} of {len(names)}"))
    except Left as left:
        code = left.code
        click.echo("Until next time.")
    if right:
        click.echo(f"{sum(right)} of {len(right)} right.")
    click.echo("\n".join(belief_lines(catalog, progress)))
    return code


def _is_due(progress: Progress, name: str) -> bool:
    memory = progress.families.get(name)
    return memory is None or memory.is_due(date.today())


def _is_here(family: Family) -> bool:
    kind = KINDS.get(family.database.lower())
    return kind is None or kind.is_here


def _passed_over(known: Mapping[str, Family], away: Sequence[str]) -> Iterator[str]:
    """A line for those that a database is missing for."""
    for database in dict.fromkeys(known[name].database for name in away):
        number = sum(known[name].database == database for name in away)
        kinds = "1 kind of question" if number == 1 else f"{number} kinds of question"
        yield f"Passed over: {kinds} on {database}, which is not here (remodel doctor)."


def _known(
    catalog: Catalog, families: Families, progress: Progress, lesson: Lesson | None
) -> Mapping[str, Family]:
    """The families of a lesson, or of all up to where the learner is."""
    if lesson:
        known = families.of_lesson(lesson.name)
        if not known:
            having = sorted({each.lesson for each in families.by_name.values()})
            numbers = ", ".join(str(catalog.lessons[name].number) for name in having)
            raise RemodelError(
                f"No questions are drawn for lesson {lesson.number}. There are some for {numbers}."
            )
        return known
    following = next_exercise(catalog, progress)
    last = following.lesson if following else max(catalog.lessons)
    return {name: each for name, each in families.by_name.items() if each.lesson <= last}


def _in_order(progress: Progress, known: Mapping[str, Family]) -> list[str]:
    """What is due first, and of that what the learner seems to believe."""
    order = list(known)
    random.Random(sum(each.asked for each in progress.families.values())).shuffle(order)
    weights = {name: _weight(progress, family) for name, family in known.items()}
    return sorted(order, key=lambda name: (not _is_due(progress, name), -weights[name]))


def _weight(progress: Progress, family: Family) -> float:
    memories = (progress.beliefs.get(name) for name in family.beliefs)
    return sum(memory.faded(date.today()) for memory in memories if memory)


def _nothing_due(progress: Progress, names: Sequence[str]) -> str:
    days = [progress.families[name].back for name in names if name in progress.families]
    if not days:
        return "Up to where you are, no lesson has such questions. Try: remodel quiz --more 4"
    return (
        f"All was asked within the last days. The next question comes back on {min(days)}.\n"
        "Of a lesson you can be asked at any time: remodel quiz --more 4"
    )


def _ask(families: Families, progress: Progress, name: str, seed: int | None, count: str) -> bool:
    """Ask one question of a family, and remember what the answer shows."""
    from remodel.experiments.questions.drawing import draw

    asked = progress.families[name].asked if name in progress.families else 0
    question = draw(families, name, asked if seed is None else seed)
    click.echo(click.style(f"Question {count}: {question.title}", bold=True))
    click.echo("\n".join(question_lines(question)))
    number = read_number(len(question.options))
    assert number  # nothing may be skipped
    chosen = question.options[number - 1]
    with contextlib.suppress(OSError):  # asked all the same, wherever it can be kept
        progress.answer_drawn(question, chosen, date.today())
    click.echo("")
    if chosen.right:
        click.echo(wrapped(f"✓ Right. {chosen.why}", ""))
    else:
        right = next(n for n, each in enumerate(question.options, 1) if each.right)
        click.echo(wrapped(f"✗ Not this one. {chosen.why}", ""))
        click.echo(wrapped(f"Right is {right}. {question.options[right - 1].why}", ""))
    click.echo("")
    return chosen.right


def question_lines(question: DrawnQuestion) -> Iterator[str]:
    """The question, with what there is in the beginning, and its options by number."""
    if question.about:
        yield wrapped(question.about, "")
    for block in question.blocks:
        yield from ("", block.title, "", *(f"  {line}".rstrip() for line in block.text.split("\n")))
    yield from ("", wrapped(question.ask, ""), "")
    for number, option in enumerate(question.options, 1):
        first, *others = option.text.split("\n")
        yield from (f"  {number}  {first}", *(f"     {line}" for line in others), "")


def belief_lines(catalog: Catalog, progress: Progress) -> Iterator[str]:
    """What the learner seems to believe, with the page and the exercise that answer it."""
    seeming = seems(progress.beliefs, date.today())
    known = Families(catalog).beliefs if seeming else {}
    names = [name for name in seeming if name in known]
    if names:
        yield "\nWhat you seem to believe:"
    for name in names[:SHOWN]:
        belief = known[name]
        yield from ("", wrapped(belief.believes), wrapped(f"It is not so. {belief.reality}"))
        yield f"    Read:  remodel read {catalog.lesson(belief.lesson).number}, {belief.heading}"
        yield f"    Do:    remodel start {belief.exercise}"
    if len(names) > SHOWN:
        yield f"\n{len(names) - SHOWN} more wait until these are settled."
