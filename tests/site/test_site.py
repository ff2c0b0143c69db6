"""The site: it builds strictly, asks no other host for anything, and has a page for everything."""

import html
import itertools
import json
import re
import shutil
import struct
from html.parser import HTMLParser
from os.path import normpath
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from markdown.extensions.toc import slugify  # type: ignore[import-untyped]

from remodel.course.catalog import find_course
from remodel.course.exercise import Exercise
from remodel.course.messages import read_messages
from remodel.site.mirrors import mirrored_pages
from remodel.site.reference.messages import page_name
from tests.conftest import REPOSITORY, Build

pytestmark = pytest.mark.xdist_group("site")
COURSE = find_course()
LOADS = {"script": "src", "img": "src", "iframe": "src", "link": "href"}
#: A link of these kinds points somewhere and loads nothing.
POINTERS = {"canonical", "next", "prev"}
#: Between two things of the line above a page: a blank that does not break comes first.
DOT = "\u00a0· "


class Page(HTMLParser):
    """What a page makes a browser fetch, where its links lead, and what can be led to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.description = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the tag says."""
        told = {name: value or "" for name, value in attrs}
        self.anchors |= {told[key] for key in ("id", "name") if key in told}
        if tag in LOADS and told.get("rel") not in POINTERS:
            self.loads.append(told.get(LOADS[tag], ""))
        if tag == "a" and "href" in told:
            self.links.append(told["href"])
        if tag == "meta" and told.get("name") == "description":
            self.description = told["content"]


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    """Every page that was built, by the place of its file."""
    return {page: Page(page.read_text(encoding="utf-8")) for page in site.rglob("index.html")}


def test_the_strict_build_has_a_page_for_every_readme(site: Path) -> None:
    docs = COURSE.root / "docs"
    wanted = [page.relative_to(docs).parent / "index.html" for page in mirrored_pages(COURSE)]
    assert [str(page) for page in wanted if not (site / page).is_file()] == []


def test_no_page_asks_another_host_for_anything(pages: dict[Path, Page]) -> None:
    for place, page in pages.items():
        assert [a for a in page.loads if "//" in a] == [], place


def test_every_link_and_every_anchor_leads_somewhere(pages: dict[Path, Page]) -> None:
    broken = {
        (place.parent.name, link)
        for place, page in pages.items()
        for link in page.links
        if not urlsplit(link).scheme and not leads_somewhere(pages, place, link)
    }
    assert broken == set()


def leads_somewhere(pages: dict[Path, Page], place: Path, link: str) -> bool:
    """Whether a link from the page at `place` has a target."""
    parts = urlsplit(link)
    target = Path(normpath(place.parent / parts.path)) if parts.path else place
    if target.is_dir():
        target /= "index.html"
    if parts.fragment and target in pages:
        return parts.fragment in pages[target].anchors
    return target.is_file()


def test_a_link_to_nowhere_would_be_found(pages: dict[Path, Page]) -> None:
    place = next(iter(pages))
    assert not leads_somewhere(pages, place, "no-such-page/")
    assert not leads_somewhere(pages, place, "#no-such-anchor")
    assert leads_somewhere(pages, place, ".")


def test_every_page_says_in_a_sentence_of_its_own_what_it_is_about(pages: dict[Path, Page]) -> None:
    told = [page.description for page in pages.values()]
    assert [each for each in told if told.count(each) > 1 or len(each) < 20] == []


def test_the_page_of_a_notebook_is_light(site: Path) -> None:
    for page in (site / "notebooks").glob("0*/index.html"):
        article = (
            page.read_text(encoding="utf-8").partition("<article")[2].partition("</article")[0]
        )
        assert 5_000 < len(article.encode()) <= 60_000, page


def test_the_quiz_of_lesson_4_can_be_opened_without_javascript(site: Path) -> None:
    page = (site / "lessons" / "04-creating-and-applying" / "index.html").read_text(
        encoding="utf-8"
    )
    assert page.count('<form class="quiz"') == page.count("<summary>See it happen</summary>") == 6
    assert "<p><strong>Right.</strong>" in page


def test_no_block_of_cog_or_snippet_is_left_as_text(site: Path) -> None:
    for page in site.rglob("index.html"):
        shown = re.sub(
            r"<!--.*?-->|<code>.*?</code>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        assert "[[[" not in shown and "--8<--" not in shown, page


def test_the_navigation_names_every_page_of_a_lesson() -> None:
    config = (COURSE.root / "mkdocs.yml").read_text(encoding="utf-8")
    pages = [page for lesson in COURSE.lessons.values() for page in lesson.pages]
    assert [page for page in pages if COURSE.layout.relative(page) not in config] == []


def test_code_under_a_numbered_step_does_not_end_the_list(site: Path) -> None:
    for page in (site / "exercises").rglob("index.html"):
        shown = page.read_text(encoding="utf-8")
        assert re.findall(r"<p>[^<]*\n\d\. ", shown) == [], page
        assert "<ol start" not in shown, page


def test_a_malformed_question_stops_the_build_with_its_file(tmp_path: Path, build: Build) -> None:
    config = (COURSE.root / "mkdocs.yml").read_text(encoding="utf-8")
    nav = config.index("\nnav:")
    (tmp_path / "mkdocs.yml").write_text(config[:nav] + "\nnav: [index.md]\n", encoding="utf-8")
    for part in ("lessons", "exercises", "notebooks"):
        (tmp_path / part).mkdir()
    (tmp_path / "lessons" / "quiz.toml").write_text("[[question]]\nid = 'q'\n", encoding="utf-8")
    shutil.copytree(COURSE.root / "docs" / "theme", tmp_path / "docs" / "theme")
    page = "# A\n\n<!-- quiz lessons/quiz.toml q -->\n<!-- /quiz -->\n"
    (tmp_path / "docs" / "index.md").write_text(page, encoding="utf-8")
    shutil.copy(COURSE.root / "docs" / "abbreviations.txt", tmp_path / "docs")
    stopped = build(tmp_path, tmp_path / "site")
    assert stopped.returncode != 0
    assert "lessons/quiz.toml:1" in stopped.stderr
    assert not (tmp_path / "site" / "index.html").exists()


def test_every_column_of_a_table_has_a_name(site: Path) -> None:
    for page in site.rglob("index.html"):
        text = page.read_text(encoding="utf-8")
        assert re.findall(r"<th[^>]*>\s*</th>", text) == [], page


@pytest.mark.parametrize("page", ["", "set-up"])
def test_a_page_that_says_how_to_begin_says_where_to_get_the_course(site: Path, page: str) -> None:
    text = (site / page / "index.html").read_text(encoding="utf-8")
    assert f"git clone {REPOSITORY} remodel" in re.sub(r"<[^>]*>", "", text)
    assert f'href="{REPOSITORY}/archive/HEAD.zip"' in text


def test_every_page_leads_to_its_own_text_and_to_the_form_for_reports(
    pages: dict[Path, Page],
) -> None:
    edited = f"{REPOSITORY}/edit/HEAD/"
    for place, page in pages.items():
        (source,) = (link.removeprefix(edited) for link in page.links if link.startswith(edited))
        assert (COURSE.root / source).is_file(), place
        assert any(link.startswith(f"{REPOSITORY}/issues/new?") for link in page.links), place


def test_the_page_for_a_wrong_address_names_where_people_wanted_to_go(site: Path) -> None:
    links = Page((site / "404.html").read_text(encoding="utf-8")).links
    for wanted in ("/set-up/", "/lessons/", "/exercises/", "/errors/"):
        assert any(link.endswith(wanted) for link in links), wanted


def test_no_address_has_an_upper_case_letter(site: Path) -> None:
    addresses = [page.parent.relative_to(site).as_posix() for page in site.rglob("index.html")]
    assert [each for each in addresses if each != each.lower()] == []


def test_the_title_of_every_page_names_the_tool_and_no_two_are_alike(site: Path) -> None:
    titles = [
        re.findall(r"<title>(.*?)</title>", page.read_text(encoding="utf-8"))[0]
        for page in site.rglob("index.html")
    ]
    assert [title for title in titles if "Flask-Migrate" not in title] == []
    assert [title for title in titles if titles.count(title) > 1] == []


def test_a_link_that_is_shared_has_a_title_a_sentence_and_a_picture(
    site: Path, address: str
) -> None:
    for place in site.rglob("index.html"):
        text = place.read_text(encoding="utf-8")
        named = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', text))
        assert named["title"] and len(named["description"]) > 20, place
        picture = (site / named["image"].removeprefix(address)).read_bytes()
        # The size that those who show cards ask for stands at the head of a PNG.
        assert struct.unpack(">II", picture[16:24]) == (1200, 630)


def test_the_home_page_is_called_what_it_is_and_is_a_course_to_machines(site: Path) -> None:
    text = (site / "index.html").read_text(encoding="utf-8")
    assert "<title>Remodel: learn database migrations with Flask-Migrate</title>" in text
    assert '<meta property="og:type" content="website">' in text
    [found] = re.findall('<script type="application/ld\\+json">(.*?)</script>', text)
    about = json.loads(found)
    assert about["@type"] == "Course" and about["provider"]["name"] == about["name"] == "Remodel"


def test_lessons_and_exercises_say_to_machines_how_long_they_take(site: Path) -> None:
    for place in [*site.glob("lessons/0*/index.html"), *site.glob("exercises/0*/*/index.html")]:
        script = '<script type="application/ld\\+json">(.*?)</script>'
        (found,) = re.findall(script, place.read_text(encoding="utf-8"))
        about = json.loads(found)
        assert about["@type"] == "LearningResource", place
        assert re.fullmatch(r"PT\d+M", about["timeRequired"]), place


def test_a_box_to_tick_is_a_box(site: Path) -> None:
    for page in site.rglob("index.html"):
        assert re.findall(r"<li>\s*\[[ x]\]", page.read_text(encoding="utf-8")) == [], page
    assert 'type="checkbox"' in (site / "cheat-sheet" / "index.html").read_text("utf-8")


EXERCISES = list(COURSE.exercises.values())


def article(site: Path, page: Path) -> str:
    """What stands between the breadcrumb and the foot of a page, as HTML."""
    address = page.parent.relative_to(COURSE.root)
    text = (site / address / "index.html").read_text(encoding="utf-8")
    return text.partition("<article")[2].partition("</article")[0]


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda each: each.slug)
def test_the_page_of_an_exercise_leads_on(site: Path, exercise: Exercise) -> None:
    text = article(site, exercise.page)
    number = EXERCISES.index(exercise) + 1
    server = "" if exercise.database == "sqlite" else f"needs PostgreSQL{DOT}"
    place = f"{exercise.minutes} minutes{DOT}{server}exercise {number} of {len(EXERCISES)}"
    assert place in text
    assert f'href="../../../lessons/{exercise.lesson}/"' in text
    for fold in [f"Hint {n}" for n in range(1, len(exercise.hints) + 1)]:
        assert f"<summary>{fold} of " in text
    assert "<summary>What else is right</summary>" in text
    assert "<summary>What people do instead" in text
    assert f"✗ {exercise.slug}: " in text
    assert 'id="minutes"' not in text


def test_the_page_of_an_exercise_leads_to_the_errors_that_belong_to_it(site: Path) -> None:
    for message in read_messages(COURSE.layout.error_messages):
        if message.exercise:
            text = article(site, COURSE.exercises[message.exercise].page)
            assert f"errors/{page_name(message).removesuffix('.md')}/" in text


def test_the_pages_of_the_exercises_follow_one_another(site: Path) -> None:
    for exercise, after in itertools.pairwise(EXERCISES):
        page = site / exercise.page.parent.relative_to(COURSE.root) / "index.html"
        text = page.read_text(encoding="utf-8")
        assert f'aria-label="Next: {html.escape(after.title)}"' in text.replace("&#39;", "&#x27;")
        assert "md-tabs__item--active" in text


def test_a_lesson_says_at_its_top_what_it_asks_for_and_where_it_is_practised(site: Path) -> None:
    for lesson in COURSE.lessons.values():
        text = article(site, lesson.page)
        about = text[: text.index("<h1")]
        place = (f"Lesson {lesson.number} of 7", lesson.level, f"{lesson.minutes.teaching} min")
        assert DOT.join(place) in about
        assert all(f">{name}</a>" in about for name in ("Exercises", "Questions", "Cards"))
        heading = re.findall(r'<h1 id="([^"]*)">(.*?)<a', text)
        assert heading == [(slugify(lesson.title, "-"), f"{lesson.number}. {lesson.title}")]
        for nth, further in enumerate(lesson.pages[1:], 1):
            text = (
                site / COURSE.layout.relative(further.with_suffix("")) / "index.html"
            ).read_text(encoding="utf-8")
            about = text[text.index("<article") : text.index("</h1>")]
            assert f'<a href="../">Lesson {lesson.number}: {lesson.title}</a>' in about
            assert re.search(rf">{lesson.number}\.{nth}\. \w", about)


NAMED = re.compile(r"`([a-z]+(?:-[a-z]+)+)` in lesson|remodel (?:start|check|hint) ([a-z-]{5,})")


def test_every_exercise_that_a_page_names_exists() -> None:
    folders = (COURSE.layout.lessons, COURSE.layout.exercises, COURSE.layout.solutions)
    pages = [page for folder in folders for page in folder.rglob("*.md")]
    named = {"".join(each) for page in pages for each in NAMED.findall(page.read_text("utf-8"))}
    assert len(named) > 20
    assert named - set(COURSE.exercises) == set()


def test_a_tab_of_the_reference_is_in_four_groups(site: Path) -> None:
    text = (site / "errors" / "index.html").read_text(encoding="utf-8")
    for group in ("Look it up", "Understand it", "In production", "About the course"):
        assert re.search(rf">\s*{group}\s*<", text), group


def test_machines_find_every_lesson_by_its_name_and_no_date_that_is_made_up(site: Path) -> None:
    named = (site / "llms.txt").read_text(encoding="utf-8")
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
    for lesson in COURSE.lessons.values():
        assert f"[{lesson.number}. {lesson.title}](" in named
        assert f"/lessons/{lesson.name}/</loc>" in sitemap
    assert sitemap.startswith("<?xml") and "lastmod" not in sitemap
