"""The site's own Markdown: forms, drawings and links, made from what GitHub shows its own way."""

import html
import re
import shutil
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import pytest
from markdown import Markdown  # type: ignore[import-untyped]

from remodel.course.autogenerate_cases import ENGINES
from remodel.course.catalog import find_course
from remodel.course.fences import outside_fences
from remodel.errors import CourseError

ROOT = find_course().root
LESSON = "lessons/04-creating-and-applying"
BANK = f"{LESSON}/quiz.toml"
REGION = f"Before.\n\n<!-- quiz {BANK} who-writes-the-revision -->\n\nFor GitHub.\n\n<!-- /quiz -->"


def converted(text: str, root: Path = ROOT, repository: str = "") -> str:
    fenced = ["pymdownx.highlight", "pymdownx.superfences", "pymdownx.tabbed"]
    extensions = [*fenced, "tables", "admonition", "attr_list", "remodel.site.markup"]
    configs = {
        "remodel.site.markup": {"root": str(root), "repository": repository},
        "pymdownx.tabbed": {"alternate_style": True},
    }
    return str(Markdown(extensions=extensions, extension_configs=configs).convert(text))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of lesson 4's bank and of the experiments that it names."""
    (tmp_path / LESSON).mkdir(parents=True)
    shutil.copy(ROOT / BANK, tmp_path / BANK)
    shutil.copytree(ROOT / "tests" / "experiments", tmp_path / "tests" / "experiments")
    return tmp_path


def test_a_marked_region_gives_way_to_a_form() -> None:
    page = converted(REGION)
    assert page.startswith('<p>Before.</p>\n<form class="quiz" id="quiz-who-writes-the-revision"')
    assert "For GitHub" not in page


def test_a_form_holds_every_option_every_reason_and_the_experiment() -> None:
    page = converted(REGION)
    assert page.count('type="radio"') == page.count("data-reason") == 3
    assert page.count(" data-right") == 1
    assert "test_migrate_drafts_what_you_ask_for_and_nothing_else" in page


def test_a_region_in_a_fence_is_text() -> None:
    assert "<form" not in converted(f"```\n{REGION}\n```")


def test_a_malformed_question_ends_the_conversion_and_names_its_file(copy: Path) -> None:
    text = (copy / BANK).read_text("utf-8")
    (copy / BANK).write_text(text.replace("right = true", "rihgt = true", 1), "utf-8")
    with pytest.raises(CourseError, match=r"quiz\.toml.*who-writes-the-revision"):
        converted(REGION, copy)


def test_a_question_that_the_bank_does_not_have_ends_the_conversion(copy: Path) -> None:
    with pytest.raises(CourseError, match="no question is called 'nobody'"):
        converted(REGION.replace("who-writes-the-revision", "nobody"), copy)


def test_a_region_that_does_not_end_ends_the_conversion() -> None:
    with pytest.raises(CourseError, match="no <!-- /quiz -->"):
        converted(REGION.removesuffix("<!-- /quiz -->"))


def test_what_loses_data_stands_in_a_box() -> None:
    """Its title is the site's; what follows it is outside, and in code nothing is a box."""
    text = "> [!CAUTION]\n> The photos\n> are gone.\n\nInstead."
    page = converted(text)
    assert '<p class="admonition-title">This loses data</p>\n<p>The photos\nare gone.</p>' in page
    assert page.endswith("</div>\n<p>Instead.</p>")
    assert "admonition" not in converted(f"```\n{text}\n```")


def test_a_file_is_shown_before_and_after_with_its_changed_lines_marked(tmp_path: Path) -> None:
    """Two tabs: the new line is marked in one, the old one in the other, and no third."""
    for lesson, line in (("01-one", "door = 1"), ("02-two", "window = 1")):
        (tmp_path / "lessons" / lesson / "hearth").mkdir(parents=True)
        models = tmp_path / "lessons" / lesson / "hearth" / "models.py"
        models.write_text(f"wall = 1\n{line}\n", encoding="utf-8")
    begin = "<!-- compared lessons/02-two/hearth/models.py 01-one -->"
    page = converted(f"{begin}\n\n```diff\n-door\n```\n\n<!-- /compared -->", tmp_path)
    after, before = page.split('<div class="tabbed-block">')[1:]
    assert re.findall(r'class="hll">(\w+)', after) == ["window"]
    assert re.findall(r'class="hll">(\w+)', before) == ["door"]
    with pytest.raises(CourseError, match="nothing to compare"):
        converted(f"{begin.replace('models.py', 'x.py')}\n\n<!-- /compared -->", tmp_path)


def test_what_each_database_does_becomes_a_tab_with_its_own_words() -> None:
    """Side by side first, then each alone: its own answers, and none of another's messages."""
    begin = "<!-- engines docs/dialects-cases.toml bad-text-to-integer -->"
    page = converted(f"{begin}\n\nFor GitHub.\n\n<!-- /engines -->")
    assert re.findall(r"<label[^>]*>(.*?)</label>", page) == ["All", *ENGINES.values()]
    together, sqlite, postgresql, mariadb = page.split('<div class="tabbed-block">')[1:]
    assert all(f">{each}</th>" in together for each in ENGINES.values())
    assert "<code>0</code>" in sqlite and "invalid input" not in sqlite
    assert "invalid input syntax" in postgresql and "Truncated" not in postgresql
    assert "Truncated" in mariadb and "For GitHub" not in page
    assert '<span class="kept">✓ works</span>' in sqlite


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("../../docs/myths.md#one", "../../myths.md#one"),
        ("../docs/teach/x.md", "../teach/x.md"),
        ("../../lessons/x/README.md", "../../lessons/x/README.md"),
        ("docs/x.md", "x.md"),  # from a page at the top, such as CONTRIBUTING.md
        ("../CHANGELOG.md", "../changelog.md"),
    ],
)
def test_a_link_into_docs_loses_the_folder_that_only_github_has(written: str, shown: str) -> None:
    assert f'href="{shown}"' in converted(f"[a]({written})")


def test_a_drawing_alone_on_its_line_is_put_into_the_page(tmp_path: Path) -> None:
    (tmp_path / "docs" / "diagrams").mkdir(parents=True)
    (tmp_path / "docs" / "diagrams" / "a-b.svg").write_text("<svg><title>T</title></svg>", "utf-8")
    for link in ("../../docs/diagrams/a-b.svg", "diagrams/a-b.svg", "../diagrams/a-b.svg"):
        page = converted(f"One.\n\n![It shows a b.]({link})\n\nTwo.", tmp_path)
        assert '<figure class="diagram"><svg><title>T</title></svg></figure>' in page
        assert "<img" not in page


def test_a_drawing_that_nobody_drew_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="remodel dev diagrams"):
        converted("![It](diagrams/none.svg)", tmp_path)


def test_cards_become_a_table_that_knows_their_ids(tmp_path: Path) -> None:
    card = '[[card]]\nid = "a-b"\nfront = "What is `x`?"\nback = "A letter."\n'
    (tmp_path / "cards.toml").write_text(card, "utf-8")
    page = converted("<!-- cards cards.toml -->\n\nFor GitHub.\n\n<!-- /cards -->", tmp_path)
    row = '<tr data-card="a-b"><td>What is <code>x</code>?</td><td>A letter.</td></tr>'
    assert row in page
    assert "For GitHub" not in page


def test_a_malformed_card_ends_the_conversion_and_names_its_line(tmp_path: Path) -> None:
    (tmp_path / "cards.toml").write_text('[[card]]\nid = "a-b"\nfront = "f"\n', "utf-8")
    with pytest.raises(CourseError, match=r"cards\.toml:1"):
        converted("<!-- cards cards.toml -->\n<!-- /cards -->", tmp_path)


CLONE = "<!-- clone -->\nIn a clone of this:\n<!-- /clone -->\n\nDo."


def test_a_site_that_knows_the_repository_says_how_to_get_the_course() -> None:
    page = converted(CLONE, repository="https://forge.invalid/a/b/")
    assert 'href="https://forge.invalid/a/b/archive/HEAD.zip"' in page
    assert "git clone https://forge.invalid/a/b remodel" in re.sub("<[^>]*>", "", page)
    assert "In a clone of this" not in page and "<p>Do.</p>" in page


def test_a_site_that_knows_no_repository_speaks_of_your_copy() -> None:
    page = converted(CLONE)
    assert "In your copy of the course:" in page
    assert "git clone" not in page and "In a clone of this" not in page


def test_a_region_for_the_address_that_does_not_end_ends_the_conversion() -> None:
    with pytest.raises(CourseError, match="has no <!-- /clone -->"):
        converted("<!-- clone -->\nIn a clone.")


def test_a_link_to_a_form_leads_to_where_it_is_filled_in_or_nowhere() -> None:
    link = "[report it](../.github/ISSUE_TEMPLATE/page_wrong.yml)"
    filled_in = 'href="https://forge.invalid/a/b/issues/new?template=page_wrong.yml"'
    assert filled_in in converted(link, repository="https://forge.invalid/a/b")
    assert converted(link) == "<p><span>report it</span></p>"


def test_what_is_typed_at_a_prompt_inside_a_program_is_no_output() -> None:
    session = "$ flask shell\n>>> 1 + 1\n2\n>>> [\n... 3]\n[3]\nsql> SELECT 4\n4"
    page = converted(f"```console\n{session}\n```")
    kept = re.sub(r'<span class="g[po]">.*?</span>', "", page)
    typed = re.sub("<[^>]*>", "", kept).split("\n")
    assert [line for line in typed if line] == ["flask shell", "1 + 1", "[", "3]", "SELECT 4"]


def test_code_has_an_element_for_what_has_a_colour_and_for_nothing_else() -> None:
    """Names and commas have none, an answer of two lines has one; no sign of the text is lost."""
    python, session = "a, b = move(1)", "$ flask db heads\n0008\n0009"
    page = converted(f"```python\n{python}\n```\n\n```console\n{session}\n```")
    assert re.findall(r'<span class="(\w+)">([^<]*)', page) == [
        ("mi", "1"),
        ("gp", "$ "),
        ("go", "0008\n0009"),
    ]
    assert re.findall(r"<pre>(.*?)</pre>", re.sub(r"</?(?:span|code)[^>]*>", "", page), re.S) == [
        f"{python}\n",
        f"{session}\n",
    ]


def test_a_long_line_of_code_stands_in_below_its_own_beginning() -> None:
    """By two more than it does itself, marked or not; a short one needs no element."""
    long = "    name = op.get_bind().execute(sa.select(room.c.name))"
    page = converted(f'```python hl_lines="2"\ndef upgrade():\n{long}\n{long}\n```')
    lines = re.sub("</?span[^>]*>|<wbr>", "", page.partition("<code>")[2]).split("\n")
    assert lines[:3] == ["def upgrade():", long, long]
    assert page.count('<span class="long" style="--in:6">') == 2
    words = re.sub("</?span[^>]*>", "", page)
    assert words.count("op.get_bind()<wbr>.execute(<wbr>sa.select(<wbr>room.c.name))") == 2
    assert re.search(r'<span class="hll"><span class="long" [^\n]*</span>\n</span>', page)


def test_a_row_of_a_table_that_a_program_printed_stays_whole() -> None:
    """With a rule, or with columns one below the other; a line beside it is no row."""
    ruled = "label                  | value | owner"
    rows = [ruled, "-----------------------+-------+------", ruled.replace("label", "piano")]
    columns = ["9    'père bed 2149'   ''        'bed'", "170  'oak table 364'   ''        'oak'"]
    columns.append("184  'old Kübel 2753'  ''        'old'")
    info = "INFO  [alembic.runtime.migration] Running upgrade  -> 0001, baseline"
    printed = [*rows, info, *columns, "", "", info]
    page = converted("\n".join(["```console", "$ remodel sql", *printed, "```"]))
    shown = re.findall(r'<span class="row">([^\n]*)</span>', page)
    assert [html.unescape(re.sub("<[^>]*>", "", each)) for each in shown] == [*rows, *columns]


PAGES = [
    page
    for folder in ("lessons", "exercises", "docs", "notebooks")
    for page in sorted((ROOT / folder).rglob("*.md"))
] + [ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]


def outside_their_item(lines: list[str]) -> Iterator[tuple[int, str]]:
    """What belongs to a list item, or is one, on GitHub and not on the site."""
    before: list[str] = []
    for number, (line, prose) in enumerate(outside_fences(lines), 1):
        fence = not prose and line.lstrip().startswith("```")
        begins = fence or not before or not before[-1].strip()
        too_far_left = re.match(r" {1,3}\S" if begins else r" {1,3}(?:\d+\.|[-*]) ", line)
        inside = list(takewhile(lambda each: each.startswith("    "), reversed(before)))
        paragraph = inside and len(before) > len(inside) and not before[-len(inside) - 1].strip()
        swallowed = paragraph and re.match(r"(?:\d+\.|[-*]) ", line)
        if (prose or fence) and (too_far_left or swallowed):
            yield number, line
        before.append(line)


def test_what_belongs_to_a_list_item_has_four_spaces() -> None:
    """Python-Markdown wants four under "1. ", and an empty line behind; GitHub takes less."""
    text = [
        "1. a",
        "",
        "   b",
        "   ```",
        "   c",
        "   ```",
        "- d",
        "",
        "    e",
        "- f",
        "",
        "- g",
        "  - h",
    ]
    found = [(3, "   b"), (4, "   ```"), (6, "   ```"), (10, "- f"), (13, "  - h")]
    assert list(outside_their_item(text)) == found
    wrong = [
        f"{page.relative_to(ROOT)}:{number}: {line}"
        for page in PAGES
        for number, line in outside_their_item(page.read_text("utf-8").splitlines())
    ]
    assert wrong == []
