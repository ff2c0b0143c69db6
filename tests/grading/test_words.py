"""Words that an answer alone compares with: which they are, and the rows that hold them."""

import ast
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from remodel.course.catalog import find_course
from remodel.grading.answer import Answer, solution
from remodel.grading.literals import in_python, in_sql
from remodel.grading.project.project import Project
from remodel.grading.refusal import Refused
from remodel.grading.standard import words
from remodel.grading.workspace.workspace import Workspace
from remodel.runner import open_runner

FILE = "migrations/versions/0002_furniture_has_a_material.py"
BEFORE_NOT_NULL = "    with op.batch_alter_table('furniture', schema=None) as batch_op:\n"
BEFORE_NOT_NULL += "        batch_op.alter_column"
Try = Callable[..., Project]


@pytest.fixture(scope="module")
def tried() -> Iterator[Try]:
    """The solution of required-column-with-rows, which executes some SQL more on the way up."""
    exercise = find_course().exercise("required-column-with-rows")
    given = solution(exercise)
    with closing(open_runner("auto")) as runner, closing(Workspace(runner)) as workspace:

        def project(sql: str) -> Project:
            text = given.text(FILE)
            assert text.count(BEFORE_NOT_NULL) == 1
            more = f"    op.execute({sql!r})\n{BEFORE_NOT_NULL}"
            changed = text.replace(BEFORE_NOT_NULL, more).encode()
            return Project(
                Answer(exercise, "tried", {**given.files, FILE: changed}), workspace, "1"
            )

        yield project


def test_the_words_of_sql_are_its_literals() -> None:
    """Of a pattern, what it looks for; of a comment, nothing."""
    sql = "-- 'no'\nSELECT 'it''s' /* 7 */ FROM t1 WHERE a LIKE '%old%chair%' OR b > 40.5 AND c = 3"
    assert list(in_sql(sql)) == ["it's", "old chair", 40.5, 3]


def test_the_words_of_python_are_what_is_compared() -> None:
    """In comparisons, collections and calls that compare, and in its SQL; not in a docstring."""
    tree = ast.parse('''"""UPDATE it on 12 May."""
names = {"a": 1}
def upgrade():
    """SELECT 'nothing'."""
    op.execute("UPDATE room SET x = 'b'")
    if name == "c" or name.startswith("d") or name in ["e"]:
        op.drop_column("f")
''')
    assert set(in_python(tree)) == {"a", 1, "b", "c", "d", "e"}


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"^\d+x\d+$", "7x7"),
        (r"[A-C]{3}-\d{4}\b", "AAA-7777"),
        (r"(old|new) chair", "old chair"),
        (r"about\s+[^0-9]\.", "about ~."),
    ],
)
def test_a_text_that_an_expression_finds_is_a_word(pattern: str, text: str) -> None:
    """It is made of the expression's own parts: nothing of a learner's is run."""
    assert text in list(in_python(ast.parse(f"re.search({pattern!r}, name)")))


def test_a_day_is_a_word() -> None:
    """As SQLite keeps it, whichever way it is written."""
    tree = ast.parse("bought_on < date(2020, 2, 29) or day == '2021-03-01' or date(*days)")
    assert set(in_python(tree)) == {"2020-02-29", "2021-03-01"}


@pytest.mark.parametrize(
    "condition",
    [
        "name LIKE '%mirror%'",
        "name = 'Aquarium'",
        "room_id IN (SELECT id FROM room WHERE name = 'Attic')",
        "length(name) = 77",
        "id = 4711",
        "id > 4000000000000",
        "name GLOB '[A-C]quarium ?7*'",
        "room_id IN (SELECT id FROM room WHERE colour = 'amber' AND name = 'Attic')",
    ],
)
def test_a_condition_that_no_row_meets_is_met(tried: Try, condition: str) -> None:
    """By a word, in a row or its parent, two words in two columns, a pattern, or a number."""
    project = tried(f"UPDATE furniture SET material = 'glass' WHERE {condition}")
    with pytest.raises(Refused, match="material = 'unknown'"):
        words.test_no_word_decides_what_becomes_of_a_row(project)


def test_an_old_value_is_kept_where_it_is_a_word(tried: Try) -> None:
    """And where all others stay, too."""
    project = tried("UPDATE room SET name = 'Loft' WHERE name = 'Attic'")
    with pytest.raises(Refused, match="Attic"):
        words.test_no_word_decides_what_becomes_of_a_row(project)


def test_words_that_change_no_row_do_no_harm(tried: Try) -> None:
    """What is asked for and treated like the rest is right, on both ways."""
    project = tried("UPDATE furniture SET material = 'unknown' WHERE name = 'Attic' OR id > 12")
    assert words.own_words(project) == ["Attic", 12]
    words.test_no_word_decides_what_becomes_of_a_row(project)
    words.test_no_word_decides_what_comes_back(tried("SELECT 'Attic'"))
