"""A page for the terminal: no HTML or mark of the site's own is left, and no code is lost."""

import re
from pathlib import Path

import pytest

from remodel.course.catalog import find_course
from remodel.course.fences import outside_fences
from remodel.site.terminal_page import terminal_page

COURSE = find_course()
PAGES = [
    *(page for lesson in COURSE.lessons.values() for page in lesson.pages),
    *(exercise.page for exercise in COURSE.exercises.values()),
    *(exercise.solution_page for exercise in COURSE.exercises.values()),
]
every_page = pytest.mark.parametrize(
    "page", PAGES, ids=lambda page: f"{page.parent.name}/{page.stem}"
)
#: What a terminal shows to the letter: tags, comments, admonitions, tabs, snippets, attributes.
MARKS = re.compile(
    r"</?(details|summary|p|code|strong|em|div|span|br)\b|<!--|-->|^(!!!|\?\?\?|===) |--8<--"
    r"|markdown=|\{ ?[.#]\w|\]\("
)


def shown(page: Path, answers: bool = False) -> str:
    return terminal_page(COURSE, page, page.read_text(encoding="utf-8"), answers)


@every_page
@pytest.mark.parametrize("answers", [False, True])
def test_no_mark_that_a_terminal_does_not_know_is_left(page: Path, answers: bool) -> None:
    """In the prose; code is shown as it is."""
    for line, prose in outside_fences(shown(page, answers).splitlines()):
        bare = re.sub(r"`[^`]*`", "", line)
        assert not (prose and MARKS.search(bare)), line


@every_page
def test_with_its_folds_open_a_page_has_all_its_code(page: Path) -> None:
    """Every line in a fence, in the same order."""
    fences = [
        [line for line, prose in outside_fences(text.splitlines()) if not prose and "`" not in line]
        for text in (page.read_text(encoding="utf-8"), shown(page, answers=True))
    ]
    assert "\n".join(fences[0]) == "\n".join(fences[1])


def test_answers_are_folded_until_they_are_asked_for() -> None:
    """What may be chosen is there; what is right, why, and the proof are not."""
    page = COURSE.lesson("4").page
    folded, open_ = shown(page), shown(page, answers=True)
    for text in (folded, open_):
        assert "Flask-Migrate writes it by itself, the moment the model changes." in text
    assert "Not this one" not in folded and "**Not this one.**" in open_
    proof = "def test_migrate_drafts_what_you_ask_for_and_nothing_else"
    assert proof not in folded and proof in open_
    assert "**Right.** `flask db migrate` writes what it can see." in open_


def test_what_a_page_folds_to_be_short_is_shown() -> None:
    """A terminal can leave it behind by scrolling; only answers wait."""
    fold = '<details markdown="1">\n<summary>Why `x`?</summary>\n\nBecause.\n\n</details>'
    question = f"<!-- quiz a.toml b -->\n\n{fold}\n\n<!-- /quiz -->"
    assert page_of(f"{question}\n\n{fold}") == "- ▸ Why `x`?\n\n**Why `x`?**\n\nBecause.\n"
    inner = fold.replace("Because.", f"Because.\n\n{fold}")
    assert page_of(question.replace(fold, inner)) == "- ▸ Why `x`?\n"


def page_of(text: str, answers: bool = False) -> str:
    return terminal_page(COURSE, COURSE.lesson("4").page, text, answers)


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("[Set up](../03-setting-up/README.md)", "Set up (`remodel read 3`)"),
        (
            "[it](../../exercises/05-history-and-versions/two-heads/README.md#steps)",
            "it (`remodel read two-heads`)",
        ),
        ("[myths](../../docs/myths.md)", "myths (`docs/myths.md`)"),
        ("[there](https://example.org/x)", "there (https://example.org/x)"),
        ("[below](#build-it-up)", "below"),
        ("![Three boxes.](../../docs/diagrams/rooms.svg)", "> Drawing: Three boxes."),
    ],
)
def test_a_link_says_what_to_type(link: str, words: str) -> None:
    """No terminal can follow an address relative to a page."""
    assert page_of(link) == f"{words}\n"


def test_a_comment_goes_and_what_stands_around_it_stays() -> None:
    """On one line or on several; in code it is code."""
    assert page_of("a\n\n<!-- x -->\n\nb\n\n<!-- y\nz\n-->\n\nc") == "a\n\nb\n\nc\n"
    assert page_of("```html\n<!-- x -->\n```") == "```html\n<!-- x -->\n```\n"


def test_the_title_of_code_stands_above_it() -> None:
    """The site has a bar for it."""
    assert (
        page_of('```python title="a.py" hl_lines="1"\nx\n```') == "`a.py`:\n\n```python\nx\n```\n"
    )
