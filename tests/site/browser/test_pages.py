"""Every page in a real browser: quiet, private, narrow enough for a phone, and of little weight."""

from pathlib import Path

import pytest

from tests.site.browser.conftest import Visitor, Windows

pytestmark = pytest.mark.xdist_group("site")
KIB = 1024
LESSON_KIB = 150


def addresses(site: Path) -> list[str]:
    """The address of every page, from the site's own folder."""
    pages = sorted(page.relative_to(site) for page in site.rglob("index.html"))
    return [f"{page.parent.as_posix()}/".removeprefix("./") for page in pages]


def test_no_page_asks_another_host_or_complains_or_scrolls_sideways_on_a_phone(
    windows: Windows, site: Path
) -> None:
    visitor = windows(viewport={"width": 360, "height": 740})
    wide = {}
    for address in addresses(site):
        page = visitor.goto(address)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 360:
            wide[address] = width
    assert visitor.outside == []
    assert visitor.errors == []
    assert wide == {}


def test_the_gate_sees_a_request_to_another_host(visitor: Visitor) -> None:
    page = visitor.goto("")
    page.evaluate("fetch('http://elsewhere.invalid/').catch(() => 0)")
    assert visitor.outside == ["http://elsewhere.invalid/"]


def test_a_wrong_address_gets_the_sites_own_page(visitor: Visitor) -> None:
    page = visitor.goto("no/such/page/")
    assert "404" in page.locator("h1").inner_text()
    assert visitor.outside == []


def test_a_lesson_weighs_little_on_the_first_visit(
    windows: Windows, site: Path, sent: list[tuple[str, int]]
) -> None:
    weights = {}
    for lesson in sorted((site / "lessons").glob("0*/")):
        visitor = windows()
        before = len(sent)
        visitor.goto(f"lessons/{lesson.name}/")
        visitor.page.wait_for_load_state("networkidle")
        assert "search_index" not in str(sent[before:])
        weights[lesson.name] = sum(size for _, size in sent[before:]) / KIB
    assert len(weights) == 7
    assert {name: kib for name, kib in weights.items() if not 30 < kib <= LESSON_KIB} == {}


def test_search_finds_a_word_on_a_page(visitor: Visitor) -> None:
    page = visitor.goto("")
    page.keyboard.press("f")
    page.keyboard.type("alembic_version")
    page.locator(".md-search-result__item a").first.wait_for()
    assert visitor.outside == []


def test_copying_takes_what_is_typed_and_neither_prompt_nor_answer(windows: Windows) -> None:
    visitor = windows(permissions=["clipboard-read", "clipboard-write"])
    page = visitor.goto("lessons/04-creating-and-applying/")
    block = page.locator("div.language-console:has(.go)").first
    block.scroll_into_view_if_needed()
    block.locator("button.md-code__button, button.md-clipboard").first.click()
    page.locator(".md-dialog--active").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    typed = [
        line.removeprefix("$ ")
        for line in block.locator("pre").inner_text().splitlines()
        if line.startswith("$ ")
    ]
    assert typed
    assert [line for line in copied.splitlines() if line] == typed


def test_no_message_and_no_answer_of_a_command_is_cut_off_on_a_phone(windows: Windows) -> None:
    """The row of a table alone goes on to the side, and the arrow keys move it."""
    visitor = windows(viewport={"width": 390, "height": 800})
    for address in ("errors/no-such-table/", "lessons/06-complex-changes/", "set-up/"):
        page = visitor.goto(address)
        assert page.locator("pre > code").count() >= 2
        moved = page.locator("pre > code[tabindex='0']:has(.row)")
        assert moved.count() or address != "set-up/"
        page.add_style_tag(content="pre .row { display: none; }")
        cut = page.locator("pre > code").evaluate_all(
            "all => all.filter(each => each.checkVisibility() "
            "&& each.scrollWidth > each.clientWidth).map(each => each.textContent)"
        )
        assert cut == [], address


def test_no_line_of_a_program_is_cut_off_on_a_desk(visitor: Visitor) -> None:
    programs = visitor.goto("lessons/06-complex-changes/").locator(".language-python pre > code")
    assert programs.count() > 10
    wide = programs.evaluate_all("all => all.filter(e => e.scrollWidth > e.clientWidth).length")
    assert wide == 0


BROKEN_WORDS = """all => all.flatMap(code => {
  const node = code.firstChild, broken = [];
  for (const word of node.data.matchAll(/[^- ]+/g)) {
    const range = new Range();
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].length);
    if (range.getClientRects().length > 1) broken.push(word[0]);
  }
  return broken;
})"""


def test_a_word_of_code_in_a_table_stays_whole_on_a_phone(windows: Windows) -> None:
    page = windows(viewport={"width": 360, "height": 800}).goto("exercises/")
    assert page.locator("td code").count() > 20
    assert page.locator("td code").evaluate_all(BROKEN_WORDS) == []


def test_a_name_with_hyphens_stays_in_one_line_of_a_table_on_a_desk(visitor: Visitor) -> None:
    names = visitor.goto("quality/").locator("td a > code")
    assert names.count() > 20
    lines = names.evaluate_all("all => all.map(each => each.getClientRects().length)")
    assert set(lines) == {1}


def test_the_drawer_of_a_phone_has_room_for_the_names_in_it(windows: Windows) -> None:
    page = windows(viewport={"width": 390, "height": 800}).goto("lessons/")
    page.locator("label.md-header__button[for=__drawer]").click()
    drawer = page.locator(".md-sidebar--primary").bounding_box()
    assert drawer is not None and drawer["width"] > 200


#: The headings that are higher because of the sign for their address, which nobody sees yet.
TALLER = """all => all.filter((each) => {
  const height = each.offsetHeight;
  each.querySelector('.headerlink').style.display = 'none';
  return height !== each.offsetHeight;
}).map((each) => each.innerText)"""


def test_on_paper_an_exercise_is_without_what_gives_it_away(visitor: Visitor) -> None:
    """The folds are not there, nor what leads to them; what the check says is."""
    page = visitor.goto("exercises/06-complex-changes/rename-a-column/")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("#hints, #the-solution").count() == 2
    assert page.locator(":is(#hints, #the-solution, article details):visible").count() == 0
    assert not page.locator("article :text('Try it yourself first')").is_visible()
    assert page.locator("#what-the-check-says").is_visible()


def test_no_heading_ends_with_an_empty_line_on_a_phone(windows: Windows) -> None:
    visitor = windows(viewport={"width": 390, "height": 800})
    for address in ("exercises/", "progress/"):
        headings = visitor.goto(address).locator("article :is(h1, h2, h3):has(.headerlink)")
        assert headings.count() > 5
        assert headings.evaluate_all(TALLER) == []


def test_a_page_has_few_landmarks_to_navigate_by(visitor: Visitor) -> None:
    page = visitor.goto("lessons/06-complex-changes/")
    # The theme adds the buttons of a block when it comes into sight.
    for block in page.locator("article > .highlight").all()[:4]:
        block.scroll_into_view_if_needed()
        block.locator("nav.md-code__nav").wait_for(state="attached")
    page.wait_for_function("!document.querySelector('nav.md-code__nav:not([role=none])')")
    assert page.locator("nav.md-code__nav").count() > 3
    assert page.locator("nav:not([role=none])").count() <= 15


def test_whoever_follows_a_link_is_led_to_the_heading_of_the_page(visitor: Visitor) -> None:
    page = visitor.goto_and_stay("lessons/")
    assert page.evaluate("document.activeElement === document.body")
    page.locator("article a[href*='04-creating']").first.click()
    page.wait_for_url("**/04-creating-and-applying/")
    page.wait_for_function("document.activeElement.tagName === 'H1'")
    assert page.evaluate("window.stayed") is True


#: Whether the focus is on something that can be seen, or whose label can.
SEEN = """() => {
  const each = document.activeElement;
  const seen = (one) =>
    one.checkVisibility({visibilityProperty: true}) && one.getBoundingClientRect().height > 1;
  const labels = each.type === 'radio' ? each.form.querySelectorAll('label') : [];
  return [each.className, [each, ...labels].some(seen)];
}"""


def test_no_stop_of_the_tab_key_is_out_of_sight(visitor: Visitor) -> None:
    page = visitor.goto("lessons/04-creating-and-applying/")
    stops = []
    for _ in range(12):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(SEEN))
    assert [name for name, seen in stops if not seen] == []
    assert any("md-tabs__link" in name for name, _ in stops)


def test_a_change_of_the_page_is_not_answered_by_reading_all_of_it(visitor: Visitor) -> None:
    page = visitor.goto("lessons/06-complex-changes/")
    asked = page.evaluate("""async () => {
      const query = Document.prototype.querySelectorAll;
      let asked = 0;
      Document.prototype.querySelectorAll = function (...words) {
        if (new Error().stack.includes("page.js")) asked += 1;
        return query.apply(this, words);
      };
      const block = document.createElement("div");
      block.innerHTML = '<nav class="md-code__nav"></nav>';
      document.querySelector("article").append(block);
      await new Promise(requestAnimationFrame);
      const named = block.firstChild.getAttribute("role");
      return [asked, named];
    }""")
    assert asked == [0, "none"]


def test_the_table_of_cases_can_be_narrowed_to_what_is_missed(visitor: Visitor) -> None:
    page = visitor.goto("autogenerate/")
    well = page.locator("tbody tr:has(.kept):not(:has(.lost))")
    missed = page.locator("tbody tr:has(.lost)")
    assert well.count() > 20 and missed.count() > 20
    assert well.first.is_visible()
    page.get_by_label("Show only what is missed").check()
    assert not any(row.is_visible() for row in well.all())
    assert all(row.is_visible() for row in missed.all())


def test_a_database_that_is_chosen_once_is_chosen_on_every_page(visitor: Visitor) -> None:
    page = visitor.goto("lessons/04-creating-and-applying/")
    page.locator(".tabbed-labels label", has_text="MariaDB").click()
    page = visitor.goto("lessons/06-complex-changes/")
    sets = page.locator(".tabbed-set:visible:has(:text-is('MariaDB'))")
    shown = sets.locator(".tabbed-block:visible th:last-child").all_inner_texts()
    assert len(shown) > 1 and shown == ["MariaDB"] * sets.count()


def test_every_case_of_the_table_has_an_address(visitor: Visitor) -> None:
    page = visitor.goto("autogenerate/")
    rows = page.locator("tbody tr:has(.kept, .lost)")
    assert rows.count() == page.locator("tbody tr:has(.kept, .lost) td:first-child [id]").count()


def test_a_link_into_a_long_lesson_leads_there_and_nothing_moves_afterwards(
    visitor: Visitor,
) -> None:
    """What is out of sight is laid out when the page is there; the heading keeps its place."""
    page = visitor.goto("lessons/06-complex-changes/#takeaways")
    top = "document.getElementById('takeaways').getBoundingClientRect().top"
    assert 0 < page.evaluate(top) < 200
    kept_back = """() => [...document.querySelectorAll("article > *")]
      .filter((each) => getComputedStyle(each).contentVisibility === "auto").length"""
    assert page.evaluate(kept_back) == 0
