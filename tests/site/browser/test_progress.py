"""One progress: ticks over pages and tabs, files and links there and back, and nothing lost."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from remodel.course.activities import of_pages
from remodel.course.catalog import find_course
from remodel.playground.recall import CardMemory
from remodel.playground.shared_record import QuestionDone, SharedRecord
from tests.conftest import SLUG, Remodel
from tests.site.browser.conftest import Visitor, Windows
from tests.site.browser.test_accessibility import violations

pytestmark = pytest.mark.xdist_group("site")
KEY = "remodel:progress"
PAGE, LESSONS = "progress/", "lessons/"
FIRST, FOURTH = "lessons/01-flask-and-sqlalchemy/", "lessons/04-creating-and-applying/"
TODO = of_pages(find_course())
DAY = "2026-01-02"
#: Lesson 1 is done, and of lesson 4 one exercise.
RECORD = SharedRecord(
    remodel=1,
    exercises=dict.fromkeys([*TODO[FIRST].core, SLUG], DAY),
    questions={name: QuestionDone(DAY) for name in TODO[FIRST].questions},
    cards={TODO[FIRST].cards[0]: CardMemory(1, "2026-01-03")},
)
OF_FOURTH = len(TODO[FOURTH].core) + len(TODO[FOURTH].questions) + len(TODO[FOURTH].films)


def stored(page: Page) -> Any:
    return json.loads(page.evaluate("([key]) => localStorage.getItem(key)", [KEY]))


def open_link(visitor: Visitor, fragment: str) -> str:
    """Open the page of the progress by a link; returns what it says."""
    visitor.page.goto("about:blank")  # otherwise the page is not loaded again
    page = visitor.goto(f"{PAGE}#{fragment}")
    page.locator(".progress [role=status]:not(:empty)").wait_for()
    return page.locator(".progress [role=status]").inner_text()


def beside(page: Page, place: str, address: str) -> Locator:
    """The tick beside the link to `address` in a part of the page."""
    lesson = address.split("/")[1]
    return page.locator(f"{place} a[href*='{lesson}'] .done-mark")


@pytest.fixture
def learner(visitor: Visitor) -> Visitor:
    """A window in which RECORD is known."""
    assert open_link(visitor, RECORD.as_fragment()) == "Added: 11 new here."
    return visitor


def test_a_link_from_the_terminal_is_taken_and_taken_out_of_the_address(learner: Visitor) -> None:
    page = learner.page
    assert page.url == learner.base + PAGE
    assert stored(page)["exercises"] == RECORD.exercises
    row = page.locator("article tbody tr").nth(0).locator("td").all_inner_texts()
    assert [re.sub(r"\s", " ", cell) for cell in row[1:]] == [
        "✓ 2 of 2",
        "0 of 1",
        "✓ 7 of 7",
        "–",
        "1 of 12",
    ]
    learner.goto(f"{PAGE}#{RECORD.as_fragment()}")  # the page stays, and its address changes
    page.get_by_text("All of it was known here.").wait_for()
    assert page.url == learner.base + PAGE
    assert learner.outside == learner.errors == []


def test_ticks_stand_in_the_navigation_and_on_the_tiles_and_have_a_name(learner: Visitor) -> None:
    page = learner.goto(LESSONS)
    for place in (".md-nav--primary", "article .tiles"):
        assert beside(page, place, FIRST).get_attribute("aria-label") == "done"
        some = beside(page, place, FOURTH)
        assert some.get_attribute("aria-label") == f"1 of {OF_FOURTH} done"
        assert some.inner_text() == f"1/{OF_FOURTH}"
    assert page.locator(".done-mark").count() == 4
    page = learner.goto("exercises/")
    marks = page.locator("article table .done-mark")
    assert marks.count() == page.locator(".md-nav--primary .done-mark").count() - 2 == 3
    page.locator("article table a", has=page.locator(".done-mark")).last.click()
    page.wait_for_url(f"**/{SLUG}/")
    page.locator(".done-about").wait_for()
    assert f"✓ passed on {DAY}" in page.locator(".page-about").inner_text()


def test_ticks_are_drawn_again_when_the_theme_swaps_the_page(learner: Visitor) -> None:
    page = learner.goto_and_stay(LESSONS)
    page.locator("article .tile a[href*='04-']").click()
    page.wait_for_url(f"**/{FOURTH}")
    page.locator(".md-nav--primary .done-mark").nth(1).wait_for()
    assert page.evaluate("window.stayed") is True
    assert f"1 of {OF_FOURTH} done" in page.locator(".page-about").inner_text()


def test_a_question_a_card_and_a_stepper_count_at_once(visitor: Visitor) -> None:
    page = visitor.goto(FOURTH)
    form = page.locator("form.quiz[data-kind=single]").first
    wrong = form.locator(".quiz-option:not([data-right]) label").first
    wrong.click()
    form.get_by_role("button", name="Check").click()
    assert page.locator(".done-about").count() == 0
    form.locator(".quiz-option[data-right] label").click()
    form.get_by_role("button", name="Check").click()
    assert f"1 of {OF_FOURTH} done" in page.locator(".page-about").inner_text()
    figure = page.locator("figure.stepper")
    while figure.locator(".md-button--primary").count():
        figure.locator(".md-button--primary").click()
    assert f"2 of {OF_FOURTH} done" in page.locator(".page-about").inner_text()
    wrong.click()
    form.get_by_role("button", name="Check").click()
    form.get_by_role("button", name="Try again").click()
    assert f"2 of {OF_FOURTH} done" in page.locator(".page-about").inner_text()
    page = visitor.goto("cards/")
    page.get_by_role("button", name="Show the answer").click()
    page.get_by_role("button", name="I knew it").click()
    total = sum(len(each.cards) for each in TODO.values())
    mark = page.locator(".md-nav--primary a.md-nav__link--active .done-mark")
    assert mark.inner_text() == f"1/{total}"


def test_who_comes_back_goes_on_at_the_heading_where_he_was(visitor: Visitor) -> None:
    page = visitor.goto(FOURTH)
    page.locator("article h2").nth(3).evaluate("each => each.scrollIntoView()")
    page.locator(".md-nav--secondary .md-nav__link--active").first.wait_for(state="attached")
    for address in ("", LESSONS, PAGE):
        page = visitor.goto(address)
        link = page.locator(".done-last a")
        assert link.inner_text() == "4. Creating and applying migrations"
    link.click()
    page.wait_for_url(re.compile(f"{FOURTH}#.+"))


def test_a_file_of_the_page_loads_into_another_browser(
    learner: Visitor, windows: Windows, tmp_path: Path
) -> None:
    with learner.page.expect_download() as saved:
        learner.page.get_by_role("button", name="Save it as a file").click()
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)
    other = windows()
    page = other.goto(PAGE)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Load a file").press("Enter")
    chooser.value.set_files(file)
    page.get_by_text("Added: 11 new here.").wait_for()
    assert stored(page) == stored(learner.page)


def test_two_records_are_joined_and_of_each_thing_the_better_is_kept(learner: Visitor) -> None:
    card = TODO[FIRST].cards[0]
    theirs = SharedRecord(
        remodel=1,
        exercises={SLUG: "2026-01-01", "two-heads": DAY},
        questions={TODO[FIRST].questions[0]: QuestionDone("2026-02-02", "of-them")},
        cards={card: CardMemory(0, "2026-01-05")},
    )
    # A day earlier, an exercise, a choice, and a card that was asked for three days later.
    assert open_link(learner, theirs.as_fragment()) == "Added: 4 new here."
    known = stored(learner.page)
    assert known["exercises"] == {**RECORD.exercises, **theirs.exercises}
    assert known["questions"][TODO[FIRST].questions[0]] == {"choice": "of-them", "done": DAY}
    assert known["cards"] == {card: {"box": 0, "due": "2026-01-05"}}
    late = SharedRecord(remodel=1, cards={card: CardMemory(4, "2026-01-10")})
    assert open_link(learner, late.as_fragment()) == "All of it was known here."


NEWER = SharedRecord(remodel=2, exercises={"two-heads": DAY})


@pytest.mark.parametrize(
    ("fragment", "words"),
    [
        ("record=", "That is no record"),
        ("record=not-packed", "That is no record"),
        (RECORD.as_fragment()[:-9], "That is no record"),
        (NEWER.as_fragment(), "newer version"),
    ],
)
def test_a_link_that_cannot_be_read_says_so_and_changes_nothing(
    learner: Visitor, fragment: str, words: str
) -> None:
    before = stored(learner.page)
    learner.goto(LESSONS)
    assert words in open_link(learner, fragment)
    assert learner.page.url == learner.base + PAGE
    assert stored(learner.page) == before
    assert learner.errors == []


@pytest.mark.parametrize("content", ["", "no", "[]", "null", '{"passed": {}}', '{"remodel": "1x"}'])
def test_a_file_that_is_something_else_says_so_and_changes_nothing(
    learner: Visitor, content: str
) -> None:
    page = learner.page
    before = stored(page)
    page.locator(".progress input[type=file]").set_input_files(
        {"name": "x.json", "mimeType": "application/json", "buffer": content.encode()}
    )
    page.get_by_text("That is no record of progress.").wait_for()
    assert stored(page) == before


def test_of_a_file_only_what_fits_is_taken(visitor: Visitor) -> None:
    given = {
        "remodel": 1,
        "exercises": {SLUG: DAY, "first-model": "<b>", "__proto__": DAY, "two-heads": [DAY]},
        "questions": {"q": None, "r": {"choice": 7}},
        "cards": {"c": {"box": 99, "due": DAY}, "d": {"box": "map", "due": DAY}},
        "films": 7,
        "last": {"page": "javascript:alert(1)", "title": "x", "at": ""},
    }
    page = visitor.goto(PAGE)
    page.locator(".progress input[type=file]").set_input_files(
        {"name": "x.json", "mimeType": "application/json", "buffer": json.dumps(given).encode()}
    )
    page.get_by_text("Added: 1 new here.").wait_for()
    assert stored(page)["exercises"] == {SLUG: DAY}
    assert stored(page)["questions"] == stored(page)["cards"] == stored(page)["films"] == {}
    assert "last" not in stored(page)
    assert visitor.errors == []


@pytest.mark.parametrize("kept", ["{broken", "[]", "7"])
def test_a_record_that_is_damaged_is_kept_aside(visitor: Visitor, kept: str) -> None:
    page = visitor.goto(PAGE)
    page.evaluate("(items) => localStorage.setItem(...items)", [KEY, kept])
    page = visitor.goto(PAGE)
    assert "kept aside" in page.locator(".progress [role=status]").inner_text()
    assert kept in page.evaluate("([key]) => localStorage.getItem(key)", [f"{KEY}:damaged"])
    assert open_link(visitor, RECORD.as_fragment()) == "Added: 11 new here."
    assert visitor.errors == []


def test_the_record_of_a_newer_site_is_not_touched(visitor: Visitor) -> None:
    page = visitor.goto(PAGE)
    newer = '{"remodel": 2, "exercises": []}'
    page.evaluate("(items) => localStorage.setItem(...items)", [KEY, newer])
    page = visitor.goto(FOURTH)
    page.locator("form.quiz label").first.click()
    page.get_by_role("button", name="Check").first.click()
    page = visitor.goto(PAGE)
    assert "newer version" in page.locator(".progress [role=status]").inner_text()
    assert page.evaluate("([key]) => localStorage.getItem(key)", [KEY]) == newer


def test_another_tab_neither_loses_nor_overlooks_what_was_done(learner: Visitor) -> None:
    page = learner.goto(LESSONS)
    other = page.context.new_page()
    other.goto(learner.base + FOURTH)
    form = other.locator("form.quiz[data-kind=predict]").first
    form.locator("label").first.click()
    form.get_by_role("button", name="Check").click()
    page.get_by_text(f"2/{OF_FOURTH}").first.wait_for()
    page.locator(".md-nav--primary a[href*='05-']").click()
    page.wait_for_url("**/05-*/")
    assert len(stored(page)["questions"]) == len(RECORD.questions) + 1


def test_all_is_forgotten_when_that_is_wanted(learner: Visitor) -> None:
    page = learner.page
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Forget all of it").click()
    page.get_by_text("Nothing is remembered here now.").wait_for()
    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('remodel:'))") == []
    assert page.locator(".done-mark").count() == 0
    assert "0 of 7" in page.locator("article tbody tr").first.inner_text().replace("\u00a0", " ")


def test_without_storage_the_page_says_so_and_all_works(windows: Windows) -> None:
    visitor = windows()
    visitor.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied'); } });"
    )
    stacks: list[str] = []
    visitor.page.on("pageerror", lambda error: stacks.append(str(error.stack)))
    page = visitor.goto(FOURTH)
    form = page.locator("form.quiz[data-kind=predict]").first
    form.locator("label").first.click()
    form.get_by_role("button", name="Check").click()
    assert f"1 of {OF_FOURTH} done" in page.locator(".page-about").inner_text()
    page.locator(".md-tabs a", has_text="Lessons").click()
    page.locator("article a", has_text="Your progress").click()
    page.get_by_text("keeps nothing here").wait_for()
    # The theme's own script asks without care.
    assert [each for each in stacks if re.search(r"assets/[a-z]+\.js", each)] == []


def test_without_javascript_nothing_of_it_is_shown(windows: Windows) -> None:
    page = windows(java_script_enabled=False).goto(PAGE)
    assert page.locator(".progress *").count() == 0
    assert page.locator("article tbody tr").count() == 7


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_against_ticks(windows: Windows, scheme: str) -> None:
    visitor = windows(color_scheme=scheme)
    open_link(visitor, RECORD.as_fragment())
    for address in (PAGE, LESSONS, FOURTH, "exercises/"):
        assert violations(visitor.goto(address)) == [], address


def test_on_paper_there_is_no_button_and_in_forced_colours_a_tick(windows: Windows) -> None:
    visitor = windows(forced_colors="active")
    open_link(visitor, RECORD.as_fragment())
    page = visitor.page
    mark = page.locator("article .done-mark").first
    colours = mark.evaluate(
        "each => [getComputedStyle(each).color, getComputedStyle(each).backgroundColor]"
    )
    assert mark.is_visible() and colours[0] != colours[1]
    page.emulate_media(media="print")
    assert not page.locator(".progress").is_visible()
    assert page.locator("article tbody tr").first.is_visible()


def test_the_script_is_small(site: Path, visitor: Visitor, sent: list[tuple[str, int]]) -> None:
    visitor.goto("")
    sizes = [size for path, size in sent if path.endswith("/progress.js")]
    assert 0 < max(sizes) <= 6 * 1024


def test_a_learner_goes_from_the_terminal_to_the_page_and_back(
    visitor: Visitor, remodel: Remodel, tmp_path: Path
) -> None:
    file = tmp_path / "passed.json"
    file.write_bytes(RECORD.as_json())
    assert remodel("progress", "--import", str(file)).returncode == 0
    link = remodel("progress", "--link", "--site", visitor.base).stdout.strip()
    assert open_link(visitor, link.partition("#")[2]).startswith("Added: 11")
    page = visitor.goto(FOURTH)
    form = page.locator("form.quiz").first
    form.locator(".quiz-option[data-right] label").click()
    form.get_by_role("button", name="Check").click()
    page = visitor.goto(PAGE)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save it as a file").click()
    saved.value.save_as(tmp_path / "back.json")
    assert remodel("progress", "--import", str(tmp_path / "back.json")).stdout == "1 new here.\n"
    assert "1/6" in remodel("progress").stdout
