"""The copy of the site for files: no server, no network, and it still teaches."""

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from remodel.course.catalog import find_course
from remodel.errors import RemodelError
from remodel.site.offline import FOREIGN, build_for_files, opens_from_files, zip_site
from tests.site.browser.test_search import results

pytestmark = [pytest.mark.xdist_group("site"), pytest.mark.slow]
LESSON = "lessons/04-creating-and-applying/index.html"


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that a learner has after unpacking."""
    folder = tmp_path_factory.mktemp("zip")
    try:
        packed = zip_site(find_course().layout, folder / "remodel-site.zip")
    except RemodelError as error:
        if "npm" not in str(error) or "browser" in os.environ.get("REMODEL_REQUIRE", "").split(","):
            raise
        pytest.skip(str(error))
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(folder)
    return folder / "remodel-site"


@pytest.fixture
def page(chrome: Browser, unpacked: Path) -> Iterator[Page]:
    """A window on the unpacked home page, and everything it asks of anybody but the disk."""
    with chrome.new_context(viewport={"width": 1280, "height": 900}) as context:
        window = context.new_page()
        asked: list[str] = []
        errors: list[str] = []
        window.on("request", lambda request: asked.append(request.url))
        window.on("pageerror", lambda error: errors.append(str(error)))
        window.goto((unpacked / "index.html").as_uri())
        yield window
        assert asked
        assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
        assert errors == []


def test_a_lesson_is_reached_by_links_and_its_question_answered(page: Page) -> None:
    page.get_by_role("link", name="Lessons", exact=True).first.click()
    page.locator(f"article a[href$='{LESSON.split('/', 1)[1]}']").first.click()
    page.wait_for_url(f"**/{LESSON}")
    form = page.locator("form.quiz[data-ready]").first
    form.locator("label").first.click()
    form.get_by_role("button", name="Check").click()
    assert form.locator("[role=status]").inner_text().startswith("What happens: ")


def test_cards_are_dealt(page: Page, unpacked: Path) -> None:
    page.goto((unpacked / "cards.html").as_uri())
    page.get_by_role("button", name="Show the answer").click()
    assert page.locator(".deck-back").is_visible()


def test_search_finds_a_word_without_a_server(page: Page) -> None:
    page.keyboard.press("f")
    page.keyboard.type("alembic_version")
    page.locator(".md-search-result__item a").first.wait_for()


def test_search_without_a_server_knows_the_words_that_people_use(page: Page) -> None:
    """“Undo” is asked for by Alembic's word for it, and “how” and “I” are not asked for."""
    page.keyboard.press("f")
    assert results(page, "how do I undo it") == results(page, "downgrade")


def test_no_page_names_the_other_host(unpacked: Path) -> None:
    assert [str(p) for p in unpacked.rglob("*.html") if "unpkg.com" in p.read_text("utf-8")] == []


def test_without_npm_a_copy_is_made_that_asks_nobody(tmp_path: Path) -> None:
    build_for_files(find_course().layout, tmp_path / "site", searches=False)
    assert opens_from_files(tmp_path / "site")
    for page in (tmp_path / "site").rglob("*.html"):
        assert FOREIGN not in page.read_text(encoding="utf-8"), page
