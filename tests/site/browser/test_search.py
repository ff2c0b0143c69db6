"""Search: what people type leads to the page that they want, and its results can be read."""

import pytest
from playwright.sync_api import Page, TimeoutError

from tests.site.browser.conftest import Visitor, Windows
from tests.site.browser.test_accessibility import violations

pytestmark = pytest.mark.xdist_group("site")
RENAME = "exercises/06-complex-changes/rename-a-column/"
#: What people type, with the pages that answer it.
WANTED = {
    "Target database is not up to date": ["errors/target-database-is-not-up-to-date/"],
    "rename column": [RENAME, "lessons/06-complex-changes/"],
    "multiple heads": ["errors/multiple-head", "exercises/05-history-and-versions/two-heads/"],
    "No changes in schema detected": ["errors/no-changes-in-schema-detected/"],
    "NOT NULL constraint failed": ["errors/not-null-constraint-failed/"],
    "NOT NULL": ["errors/cannot-add-a-not-null-column/", "errors/not-null-constraint-failed/"],
    "can't locate revision": ["errors/cant-locate-revision-identified-by/"],
    "undo a migration": ["commands/", "glossary/", "05-history-and-versions/", "downgrade"],
    "migration": ["glossary/", "commands/", "04-creating-and-applying/", "home", "lessons/"],
    "revert": ["commands/", "glossary/", "going-back/", "write-the-downgrade/"],
    "roll back": ["commands/", "glossary/", "going-back/", "write-the-downgrade/"],
    "zero downtime": ["07-deployment-pipelines/", "production-patterns/", "glossary/"],
    "autogenerate not detecting": ["autogenerate/", "errors/no-changes-in-schema-detected/"],
    "alembic_version": ["glossary/", "under-the-hood/", "errors/", "05-history-and-versions/"],
    "stamp": ["commands/", "wrong-stamp/", "adopt-a-live-database/", "glossary/"],
    "flask db upgrade": ["commands/", "cheat-sheet/"],
    "No such command db": ["errors/no-such-command-db/"],
    "database is locked": ["errors/database-is-locked/"],
    "duplicate column name": ["errors/duplicate-column-name/"],
    "install windows": ["set-up/"],
    "merge branches": ["commands/", "05-history-and-versions/", "two-heads/", "glossary/"],
    "how do I downgrade": ["commands/", "glossary/", "going-back/", "write-the-downgrade/"],
    "FOREIGN KEY constraint failed": ["errors/foreign-key-constraint-failed/"],
    "drop column sqlite": ["errors/after-drop-column/", "errors/no-support-for-alter"],
    "add not null column to existing table": ["errors/cannot-add-a-not-null-column/"],
    "how to reset migrations": ["commands/", "glossary/"],
    "squash migrations": ["pitfalls/"],
    "data migration": ["glossary/", "backfill"],
    "table already exists": ["errors/table-room-already-exists/"],
    "circular import": ["errors/most-likely-due-to-a-circular-import/"],
    "mysql": ["dialects/", "autogenerate/"],
    "lock timeout": ["errors/canceling-statement-due-to-lock-timeout/"],
    "split column": ["split-a-column/"],
    "batch mode": ["glossary/"],
    "autogenerate rename": ["autogenerate/", RENAME],
    "lock_timeout": ["queue-behind-a-select/", "on-postgresql/", "due-to-lock-timeout/"],
    "not valid": ["not-null-without-the-scan/", "on-postgresql/"],
    "concurrently": ["index-without-blocking/", "on-postgresql/"],
    "advisory lock": ["production-patterns/", "one-at-a-time/"],
    "backup": ["around-the-release/", "backup-and-restore/"],
    "invalid index": ["index-without-blocking/", "on-postgresql/"],
    "kill session": ["who-holds-the-lock/"],
    "rollback code": ["roll-back-the-code/"],
    "enum": ["enum-grows/", "autogenerate/"],
    "big table": ["backfill-in-batches/", "on-postgresql/"],
    "server_default": ["defaults-that-reach-the-database/", "autogenerate/", "glossary/"],
}


META = "document.querySelector('.md-search-result__meta').textContent"


def ask(page: Page, typed: str, answer: str) -> None:
    """Type it, and wait until the line above the results matches `answer`."""
    field = page.locator("input.md-search__input")
    field.fill(typed[:-1])
    field.press(typed[-1])
    page.wait_for_function(f"/{answer}/i.test({META})", timeout=15_000)


def results(page: Page, typed: str) -> list[str]:
    """The addresses of the first three pages that are shown."""
    ask(page, "zzzzzz", "no match")
    ask(page, typed, "[0-9]")
    links = page.locator(".md-search-result__item > .md-search-result__link")
    hrefs: list[str] = links.evaluate_all("all => all.slice(0, 3).map(each => each.href)")
    return hrefs


def test_what_people_type_leads_to_the_page_that_they_want(visitor: Visitor) -> None:
    page = visitor.goto("")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.keyboard.press("f")
    missed = {}
    for typed, wanted in WANTED.items():
        try:
            found = results(page, typed)
        except TimeoutError:
            found = []
        if not any(each in address for address in found for each in wanted):
            missed[typed] = found
    assert missed == {}, missed
    # An index that mistakes one word for another answers with nothing, and a warning.
    assert [each for each in complaints if "Invalid query" in each] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_against_the_open_search(windows: Windows, scheme: str) -> None:
    page = windows(color_scheme=scheme).goto("")
    page.keyboard.press("f")
    results(page, "server_default")
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_against_the_open_drawer(windows: Windows, scheme: str) -> None:
    visitor = windows(color_scheme=scheme, viewport={"width": 390, "height": 800})
    page = visitor.goto(RENAME)
    page.locator("label.md-header__button[for=__drawer]").click()
    page.locator("#__drawer:checked").wait_for(state="attached")
    assert violations(page) == []
