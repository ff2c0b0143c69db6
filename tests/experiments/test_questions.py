"""Questions that are drawn: a run says what is right, and each wrong option names a belief."""

import random
import re
from collections import Counter
from pathlib import Path

import pytest

from remodel.course.catalog import Catalog, find_course
from remodel.course.drawn import DrawnQuestion, drawn_text, read_drawn
from remodel.course.families import Families
from remodel.errors import CourseError
from remodel.experiments.questions.alembic_run import QuestionDatabase, question_database
from remodel.experiments.questions.drawing import draw, draws_that_differ, for_page
from remodel.experiments.questions.template import filled
from remodel.servers.server import Server

COURSE = find_course()
FAMILIES = Families(COURSE)
ON_SQLITE = [name for name, each in FAMILIES.by_name.items() if each.database == "SQLite"]
#: Those that need a server are asked of it at night.
every_family = pytest.mark.parametrize(
    "name",
    [
        pytest.param(
            name, marks=[] if name in ON_SQLITE else [pytest.mark.slow, pytest.mark.nightly]
        )
        for name in FAMILIES.by_name
    ],
)
#: A terminal has 80 columns, and an option stands behind its number.
WIDEST = 74


def draws(name: str, seeds: range) -> list[DrawnQuestion]:
    """Draws of one family."""
    return [draw(FAMILIES, name, seed) for seed in seeds]


def check(questions: list[DrawnQuestion]) -> None:
    """What must be true of every draw of a family, and of all together."""
    for question in questions:
        texts = [option.text for option in question.options]
        (right,) = [option.text for option in question.options if option.right]
        assert len(texts) == len(set(texts)) >= 3, question.id
        assert FAMILIES.by_name[question.family].database in question.about
        if not FAMILIES.by_name[question.family].models:
            # In another order of the columns it would be as right.
            assert [Counter(text.split()) for text in texts].count(Counter(right.split())) == 1
        assert set(question.beliefs) <= set(FAMILIES.beliefs)
        shown = [*texts, *(block.text for block in question.blocks)]
        assert max(len(line) for text in shown for line in text.splitlines()) <= WIDEST
        words = "".join([*shown, question.ask, question.about, *(o.why for o in question.options)])
        assert not re.search("<[a-z_]+>", words)
    rights = [each for question in questions for each in question.options if each.right]
    outcomes = {(each.why, "as it was before" in each.text) for each in rights}
    assert len(outcomes) > 1, "whoever has answered one of them knows them all"
    family = FAMILIES.by_name[questions[0].family]
    diagnosed = {belief for question in questions for belief in question.beliefs}
    assert diagnosed == set(family.beliefs), "a belief that no draw shows"


@pytest.fixture
def server(name: str, request: pytest.FixtureRequest) -> None:
    """Skip, or fail where CI asks for it, what needs a PostgreSQL that is not here."""
    if name not in ON_SQLITE:
        request.getfixturevalue("postgresql_server")


@pytest.mark.usefixtures("server")
@every_family
def test_each_draw_has_one_right_option_and_each_wrong_one_a_belief(name: str) -> None:
    """Of three options or more, no two say the same; nothing is left to fill in, and it fits."""
    check(draws(name, range(20)))


@pytest.mark.slow
@pytest.mark.nightly
@pytest.mark.usefixtures("server")
@pytest.mark.parametrize("name", FAMILIES.by_name)
def test_two_hundred_draws_of_a_family_hold_what_some_do(name: str) -> None:
    """The same, for as many as a learner will ever see."""
    check(draws(name, range(200)))


@pytest.mark.parametrize("name", ON_SQLITE)
def test_what_a_stopped_run_leaves_behind_is_named(name: str) -> None:
    """An option shows some tables: where a failure leaves others, the reason says so."""
    for seed in range(20):
        family = filled(FAMILIES.by_name[name], random.Random(f"{name} {seed}"))
        with question_database(family) as database:
            before = tables(database)
            left = tables(database) - before if database.run() else set()
        assert all(table in family.why for table in left), left


def tables(database: QuestionDatabase) -> set[str]:
    """The names of the tables that are there."""
    rows = database.raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name for (name,) in rows}


@pytest.mark.parametrize("lesson", [each for each in COURSE.lessons if FAMILIES.of_lesson(each)])
def test_what_the_site_shows_is_what_a_run_says_today(lesson: str) -> None:
    """The questions kept for a page are drawn and run again: nothing in them is another."""
    kept = [each for each in read_drawn(COURSE.layout.drawn(lesson)) if each.family in ON_SQLITE]
    names = [name for name in FAMILIES.of_lesson(lesson) if name in ON_SQLITE]
    today = [each for name in names for each in draws_that_differ(FAMILIES, name)]
    assert today == kept, "run `remodel dev questions --write`"
    assert len({repr((q.family, q.about, q.blocks)) for q in kept}) == len(kept), "asked twice"


@pytest.mark.slow
@pytest.mark.nightly
@pytest.mark.parametrize("lesson", [each for each in COURSE.lessons if FAMILIES.of_lesson(each)])
def test_what_the_site_shows_is_what_a_server_says_today(
    lesson: str, postgresql_server: Server
) -> None:
    """The same with those that are asked of PostgreSQL, in the order of the page."""
    kept = COURSE.layout.drawn(lesson).read_text(encoding="utf-8")
    assert drawn_text(for_page(FAMILIES, lesson)) == kept, "run `remodel dev questions --write`"


def test_each_family_has_a_title_of_its_own() -> None:
    """A learner who reads the title knows which one it is."""
    titles = [family.title for family in FAMILIES.by_name.values()]
    assert len(set(titles)) == len(titles) >= 14


def test_a_seed_draws_the_same_question_each_time() -> None:
    """Two runs of one draw are equal, and two seeds are two questions."""
    name = next(iter(FAMILIES.by_name))
    assert draw(FAMILIES, name, 3) == draw(FAMILIES, name, 3)
    assert len({str(each.blocks) for each in draws(name, range(6))}) > 1


def test_the_right_option_has_no_place_of_its_own() -> None:
    """In 40 draws it is first, second and last about as often as another."""
    name = next(iter(FAMILIES.by_name))
    places = Counter(
        [option.right for option in question.options].index(True) / len(question.options)
        for question in draws(name, range(40))
    )
    assert max(places.values()) < 20 and len(places) >= 3


@pytest.mark.parametrize("belief", FAMILIES.beliefs)
def test_each_belief_leads_to_a_heading_and_an_exercise(belief: str) -> None:
    """Both are there, and some family asks for the belief."""
    entry = FAMILIES.beliefs[belief]
    page = COURSE.lessons[entry.lesson].page.read_text(encoding="utf-8")
    assert re.search(rf"^##+ {re.escape(entry.heading)}$", page, re.MULTILINE)
    assert entry.exercise in COURSE.exercises
    assert any(belief in family.beliefs for family in FAMILIES.by_name.values())


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('lesson = "04', 'lesson = "14', "no lesson is called '14-creating-and-applying'"),
        ('"nothing-is-zero"', '"no-such-belief"', "'no-such-belief' is missing"),
        ("<zero>", "<nought>", "Nothing is drawn for <nought>"),
        ("<name> <sql>;", "<name> <sql>, x;", 'near ",": syntax error'),
        ("default=<default>", "defalt=1", "cannot be run: Additional arguments"),
        ('"flask db upgrade"', '"flask db dance"', "is no command of a question"),
    ],
)
def test_a_family_that_cannot_be_is_refused(old: str, new: str, message: str, course: Path) -> None:
    """The error names the file or the family, and what is wrong with it."""
    file = course / "docs" / "questions" / "python-default.toml"
    text = 'run = ["flask db upgrade"]\n' + file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    families = Families(Catalog(course))
    with pytest.raises(CourseError, match=re.escape(message)):
        for seed in range(3):
            draw(families, "python-default", seed)


def test_of_two_models_each_difference_has_alembics_own_words() -> None:
    """What `flask db check` says is asked for where a family has models."""
    said = {
        option.text
        for question in draws("check-sees", range(40))
        for option in question.options
        if option.right
    }
    assert {re.sub(r"'room\.\w+'", "'room.x'", text) for text in said} == {
        "No new upgrade operations detected.",
        "Detected added column 'room.x'",
        "Detected removed column 'room.x'",
        "Detected NOT NULL on column 'room.x'",
        "Detected type change from VARCHAR(length=30) to Text() on 'room.x'",
        "Detected added column 'room.x'\nDetected removed column 'room.x'",
    }
