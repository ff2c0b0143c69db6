"""Debian's Firefox finds as little wrong with the pages as Chromium does."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.site.browser.conftest import Visitor
from tests.site.browser.test_accessibility import KINDS, violations
from tests.site.browser.test_pages import addresses

pytestmark = [pytest.mark.xdist_group("site"), pytest.mark.firefox]


@pytest.mark.slow
def test_no_page_asks_another_host_or_complains(fox: Callable[..., Visitor], site: Path) -> None:
    """Every page is opened once."""
    visitor = fox()
    for address in addresses(site):
        visitor.goto(address)
    assert visitor.outside == []
    assert visitor.errors == []


def test_a_complaint_and_a_request_to_another_host_are_seen(fox: Callable[..., Visitor]) -> None:
    """What the browser reports of a page reaches the test."""
    visitor = fox()
    page = visitor.goto("")
    page.evaluate("fetch('http://elsewhere.invalid/').catch(() => console.error('none'))")
    assert visitor.outside == ["http://elsewhere.invalid/"]
    assert "none" in visitor.errors


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_has_nothing_against_a_page(
    fox: Callable[..., Visitor], kind: str, scheme: str
) -> None:
    """Each kind of page, in each colour scheme."""
    page = fox(scheme).goto(KINDS[kind])
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") is (scheme == "dark")
    assert violations(page) == []


def test_axe_does_see_a_fault(fox: Callable[..., Visitor]) -> None:
    """A picture without a text is reported."""
    page = fox().goto("")
    page.evaluate(
        "document.querySelector('article').insertAdjacentHTML('beforeend', '<img src=x>')"
    )
    assert any(each.startswith("image-alt") for each in violations(page))
