"""The words of the field: the glossary, and the tooltips of the site."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from remodel.course.catalog import Catalog
from remodel.course.toml_file import Text, TomlStruct, read_struct
from remodel.errors import CourseError


class Term(TomlStruct):
    """One word: what it means, where the course explains it, which spellings get a tooltip."""

    name: Text
    means: Text
    see: tuple[str, ...]
    tooltip: tuple[str, ...] = ()


class Choice(TomlStruct):
    """One word for one thing: which word the course uses, and which it does not."""

    use: Text
    #: Other words for the same, which stand nowhere in what a learner reads.
    others: tuple[Text, ...] = msgspec.field(name="not")
    #: What the thing is.
    thing: Text


class TermFile(TomlStruct):
    """docs/glossary.toml."""

    terms: tuple[Term, ...] = msgspec.field(name="term", default=())
    choices: tuple[Choice, ...] = msgspec.field(name="word", default=())


def read_terms(file: Path) -> list[Term]:
    """The terms in `file` by the alphabet; raises CourseError where a key is missing or unknown."""
    return sorted(read_struct(file, TermFile).terms, key=lambda term: term.name.lower())


def read_choices(file: Path) -> tuple[Choice, ...]:
    """The choices in `file`, in its order; raises CourseError."""
    return read_struct(file, TermFile).choices


def choices_table(choices: Iterable[Choice]) -> Iterator[str]:
    """The choices for a page: the word, what it stands for, and the words that do not stand."""
    yield from ("| We say | for | and not |", "|---|---|---|")
    for each in choices:
        yield f"| **{each.use}** | {each.thing} | {', '.join(each.others)} |"


def glossary_page(catalog: Catalog, terms: list[Term]) -> Iterator[str]:
    """Every term under a heading of its own, so that a page can link to it."""
    for term in terms:
        see = " · ".join(_link(catalog, place) for place in term.see)
        yield from (f"## {term.name}", "", term.means, "", f"See: {see}", "")


def _link(catalog: Catalog, place: str) -> str:
    page, hash_, anchor = place.partition("#")
    if page.isdecimal():
        lessons = [each for each in catalog.lessons.values() if each.number == int(page)]
        if not lessons:
            raise CourseError(f"{catalog.layout.glossary}: there is no lesson {page}.")
        return f"[Lesson {page}](lessons/{lessons[0].name}/README.md{hash_}{anchor})"
    return f"[{_title(catalog, catalog.layout.docs / page)}]({place})"


def _title(catalog: Catalog, page: Path) -> str:
    if not page.is_file():
        raise CourseError(f"{catalog.layout.glossary}: there is no page {page.name}.")
    lines = page.read_text(encoding="utf-8").splitlines()
    return next(line[2:] for line in lines if line.startswith("# "))


def tooltips(catalog: Catalog) -> dict[Path, str]:
    """The file that puts an explanation on the terms that mean one thing wherever they stand."""
    if not catalog.layout.glossary.exists():  # a course of the tests
        return {}
    lines = [
        f"*[{spelling}]: {term.means.replace('`', '')}"
        for term in read_terms(catalog.layout.glossary)
        for spelling in term.tooltip
    ]
    return {catalog.layout.tooltips: "\n".join(lines) + "\n"}
