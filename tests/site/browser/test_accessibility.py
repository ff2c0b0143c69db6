"""axe finds nothing on one page of each kind, in light and in dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.site.browser.conftest import Visitor, Windows, open_folds

pytestmark = pytest.mark.xdist_group("site")
KINDS = {
    "home": "",
    "lesson": "lessons/04-creating-and-applying/",
    "exercise": "exercises/04-creating-and-applying/add-a-column/",
    "index": "exercises/",
    "table": "quality/",
    "reference": "errors/",
    "message": "errors/no-such-command-db/",
    "cases": "autogenerate/",
    "cards": "cards/",
    "sheet": "cheat-sheet/",
    "myths": "myths/",
    "notebook": "notebooks/04-creating-and-applying/",
    "teach": "teach/07-deployment-pipelines/",
    "none": "404.html",
}


#: What there is to see where colours are forced.
FORCED = """() => {
  const style = (selector, part) => getComputedStyle(document.querySelector(selector), part);
  const options = [...document.querySelectorAll("form.quiz:has([data-marked]) .quiz-option")];
  const bar = (each) => getComputedStyle(each).borderLeftColor;
  return {
    ground: style("body").backgroundColor,
    marked: bar(options.find((each) => each.dataset.marked)),
    unmarked: options.filter((each) => !each.dataset.marked).map(bar),
    arrow: style("article summary", "::after").backgroundColor,
    line: style(".highlight .hll").borderLeftStyle,
  };
}"""


def violations(page: Page) -> list[str]:
    """What axe has against the page as it stands."""
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {node['html'][:120]}" for v in found for node in v["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_has_nothing_against_a_page(windows: Windows, kind: str, scheme: str) -> None:
    page = windows(color_scheme=scheme).goto(KINDS[kind])
    assert violations(page) == []


@pytest.mark.parametrize("kind", ["cases", "table"])
def test_a_table_wider_than_a_phone_is_moved_with_the_keys(windows: Windows, kind: str) -> None:
    """It alone goes on to the side, the Tab key stops at it, and axe has nothing against that."""
    page = windows(viewport={"width": 360, "height": 740}).goto(KINDS[kind])
    page.locator(".md-typeset__scrollwrap[tabindex='0']").first.press("ArrowRight")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    moved = "[...document.querySelectorAll('.md-typeset__scrollwrap')].some(e => e.scrollLeft > 0)"
    page.wait_for_function(moved)
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_against_answered_questions(windows: Windows, scheme: str) -> None:
    page = windows(color_scheme=scheme).goto(KINDS["lesson"])
    for form in page.locator("form.quiz").all():
        form.locator("label").first.click()
        form.get_by_role("button", name="Check").click()
    open_folds(page)
    assert violations(page) == []


def test_what_is_printed_from_the_dark_scheme_can_be_read(windows: Windows) -> None:
    """Paper is white whatever the screen was: axe has nothing against the printed page."""
    page = windows(color_scheme="dark").goto(KINDS["lesson"])
    page.emulate_media(media="print", color_scheme="dark")
    ground = "getComputedStyle(document.body).getPropertyValue('--paper')"
    assert page.evaluate(ground) == "#fbf8f3"
    assert violations(page) == []


def test_forced_colours_leave_marks_lines_and_arrows(windows: Windows) -> None:
    """What a ground, a shadow or a border says is still to be seen, and of nothing else."""
    page = windows(forced_colors="active").goto(KINDS["lesson"])
    form = page.locator("form.quiz[data-ready]").nth(1)
    form.locator("input").first.check()
    form.get_by_role("button", name="Check").click()
    seen = page.evaluate(FORCED)
    assert seen.pop("marked") != seen["ground"] and seen.pop("arrow") != seen["ground"]
    assert seen.pop("line") == "solid"
    assert seen.pop("unmarked") == [seen["ground"]] * 2


@pytest.mark.parametrize("kind", KINDS)
def test_text_of_twice_the_size_leaves_the_column_its_room(windows: Windows, kind: str) -> None:
    """Nothing scrolls sideways, and the text has at least half of the window."""
    page = windows().goto(KINDS[kind])
    page.add_style_tag(content="html { font-size: 250%; }")
    assert page.evaluate("document.documentElement.scrollWidth") == 1280
    assert page.evaluate("document.querySelector('article').getBoundingClientRect().width") > 640


def test_axe_does_see_a_fault(visitor: Visitor) -> None:
    page = visitor.goto("")
    page.evaluate(
        "document.querySelector('article').insertAdjacentHTML('beforeend', '<img src=x>')"
    )
    assert any(each.startswith("image-alt") for each in violations(page))
