"""The pages of error messages: the index, and one for each with its cure and its proof."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from markdown.extensions.toc import slugify  # type: ignore[import-untyped]

from remodel.course.catalog import Catalog
from remodel.course.messages import Message, MessageGroup, read_groups
from remodel.errors import CourseError
from remodel.site.front_matter import SEARCHED_FIRST, FrontMatter, front_matter

ISSUE = re.compile(r"https://github\.com/[^/]+/(?P<project>[^/]+)/issues/(?P<number>\d+)")
#: Whose pages lie where.
PUBLISHERS = {
    "alembic.sqlalchemy.org": "Alembic's documentation",
    "docs.sqlalchemy.org": "SQLAlchemy's documentation",
    "flask-migrate.readthedocs.io": "Flask-Migrate's documentation",
    "flask-sqlalchemy.readthedocs.io": "Flask-SQLAlchemy's documentation",
    "flask.palletsprojects.com": "Flask's documentation",
    "www.postgresql.org": "PostgreSQL's documentation",
    "www.sqlite.org": "SQLite's documentation",
}
#: What stands above the run of a message's test.
PROOF = (
    "Below, a test provokes the message. The index says "
    "[what the words in it mean](../errors.md#how-each-message-is-proved)."
)


def messages_index(groups: list[MessageGroup]) -> Iterator[str]:
    """Every message under its group: a link to its page, an address here, and one sentence."""
    for group in groups:
        yield from (f"## {group.title}", "", group.intro, "")
        for each in group.messages:
            page = page_name(each)
            yield f'- <a id="{page.removesuffix(".md")}"></a>[`{each.heading}`](errors/{page})  '
            yield f"    {_first_sentence(each.means)}"
        yield ""


def message_pages(catalog: Catalog) -> dict[Path, str]:
    """The page of each message in docs/errors.toml."""
    file = catalog.layout.error_messages
    if not file.exists():  # a course of the tests
        return {}
    folder = catalog.layout.error_pages
    return {
        folder / page_name(each): "\n".join(_page(catalog, each))
        for group in read_groups(file)
        for each in group.messages
    }


def page_name(message: Message) -> str:
    """What the file of a message's page is called: as its heading on the index is linked."""
    return f"{slugify(message.heading, '-')}.md"


def _page(catalog: Catalog, message: Message) -> Iterator[str]:
    about: FrontMatter = {
        "title": message.heading,
        "description": f"{message.heading}: what this error of Flask-Migrate and its tools "
        "means, and what cures it.",
        "error": True,
        "search": SEARCHED_FIRST,
        "source": catalog.layout.relative(catalog.layout.error_messages),
    }
    yield front_matter(about)
    yield from (f"# `{message.heading}`", "", "```text", *message.lines, "```", "")
    yield from ("## What it means", "", _from_below(message.means), "")
    yield from ("## What cures it", "", _from_below(message.cure), "")
    yield from ("## Where to go on", "", *(f"- {each}" for each in _onwards(catalog, message)), "")
    yield from (PROOF, "", *message.proof(catalog.root).as_markdown())


def _from_below(text: str) -> str:
    """What is written for a page in docs/, for one in a folder there."""
    text = re.sub(r"\]\((?!https?:|#)", "](../", text)
    return text.replace("on this page", "[on this site](../errors.md)")


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?]) (?=[A-Z`])", text, maxsplit=1)[0]


def _onwards(catalog: Catalog, message: Message) -> Iterator[str]:
    yield lesson_link(catalog, message.lesson, "../")
    if message.exercise:
        exercise = catalog.exercise(message.exercise)
        page = catalog.layout.relative(exercise.page)
        yield f"Practise: [{exercise.title}](../{page}), {exercise.minutes} minutes"
    if message.source:
        yield f"[{source_name(message.source)}]({message.source})"
    yield "[Every error message](../errors.md)"


def source_name(address: str) -> str:
    """Whose words lie at `address`: "Flask-Migrate, issue 529"."""
    if issue := ISSUE.match(address):
        return f"{issue['project']}, issue {issue['number']}"
    host = urlsplit(address).netloc
    return PUBLISHERS.get(host, host)


def lesson_link(catalog: Catalog, number: int, upwards: str = "") -> str:
    """A link to the lesson of that number, from a page in docs/ or, with `upwards`, below it."""
    lesson = next((each for each in catalog.lessons.values() if each.number == number), None)
    if lesson is None:
        raise CourseError(f"There is no lesson {number}.")
    return f"[Lesson {number}: {lesson.title}]({upwards}lessons/{lesson.name}/README.md)"
