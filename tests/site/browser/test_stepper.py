"""The stepper in a real browser: by keyboard, without JavaScript, and with nothing against it."""

import pytest
from playwright.sync_api import Page

from tests.site.browser.conftest import Visitor, Windows
from tests.site.browser.test_accessibility import violations

pytestmark = pytest.mark.xdist_group("site")
PATH = ("Change the model", "flask db migrate", "flask db upgrade", "Correct the draft")


def rows(page: Page) -> int:
    """How many states can be seen."""
    return page.locator("figure.stepper .states > tbody > tr:visible").count()


def test_the_keyboard_leads_from_the_wish_to_the_loss_and_to_the_rows_that_stay(
    visitor: Visitor,
) -> None:
    """Each button shows the next state, and the last one has every value."""
    page = visitor.goto("")
    assert rows(page) == 1
    for name in (*PATH, "flask db upgrade"):
        page.get_by_role("button", name=name).focus()
        page.keyboard.press("Enter")
    assert page.locator(".stepper tr:visible td.kept").count() == 3
    assert "Step 6 of 6." in page.locator(".stepper-says").inner_text()
    page.get_by_role("button", name="Start again").press("Enter")
    assert "Step 1 of 6." in page.locator(".stepper-says").inner_text()


def test_a_command_that_does_nothing_says_why_and_changes_no_pane(visitor: Visitor) -> None:
    """What `upgrade` leaves alone stands in the status, and the state stays."""
    page = visitor.goto("")
    page.get_by_role("button", name="flask db upgrade").click()
    assert "Nothing to run" in page.locator(".stepper-says").inner_text()
    assert page.locator(".stepper .bookmark:visible").inner_text() == "Bookmark: 0001"


def test_without_javascript_and_on_paper_every_state_is_there(windows: Windows) -> None:
    """All states are rows of one table."""
    assert rows(windows(java_script_enabled=False).goto("")) == 6
    page = windows().goto("")
    page.emulate_media(media="print")
    assert rows(page) == 6


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_against_a_state_with_losses(windows: Windows, scheme: str) -> None:
    """The state in which the values are gone has its contrast and its names."""
    page = windows(color_scheme=scheme).goto("")
    for name in PATH[:3]:
        page.get_by_role("button", name=name).click()
    assert page.locator(".stepper tr:visible td.lost").count() == 3
    assert violations(page) == []
