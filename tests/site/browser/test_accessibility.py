"""axe finds nothing on one page of each kind, in light and in dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.site.browser.conftest import Visitor, Windows

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
    "myths": "myths/",
    "notebook": "notebooks/04-creating-and-applying/",
    "teach": "teach/07-deployment-pipelines/",
    "none": "404.html",
}


def violations(page: Page) -> list[str]:
    """What axe has against the page as it stands."""
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {node['html'][:120]}" for v in found for node in v["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_has_nothing_against_a_page(windows: Windows, kind: str, scheme: str) -> None:
    page = windows(color_scheme=scheme).goto(KINDS[kind])
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_against_answered_questions(windows: Windows, scheme: str) -> None:
    page = windows(color_scheme=scheme).goto(KINDS["lesson"])
    for form in page.locator("form.quiz").all():
        form.locator("label").first.click()
        form.get_by_role("button", name="Check").click()
    page.locator("details:not([open])").evaluate_all("all => all.forEach(each => each.open = true)")
    assert violations(page) == []


def test_what_is_printed_from_the_dark_scheme_can_be_read(windows: Windows) -> None:
    """Paper is white whatever the screen was: axe has nothing against the printed page."""
    page = windows(color_scheme="dark").goto(KINDS["lesson"])
    page.emulate_media(media="print", color_scheme="dark")
    ground = "getComputedStyle(document.body).getPropertyValue('--paper')"
    assert page.evaluate(ground) == "#fbf8f3"
    assert violations(page) == []


def test_axe_does_see_a_fault(visitor: Visitor) -> None:
    page = visitor.goto("")
    page.evaluate(
        "document.querySelector('article').insertAdjacentHTML('beforeend', '<img src=x>')"
    )
    assert any(each.startswith("image-alt") for each in violations(page))
