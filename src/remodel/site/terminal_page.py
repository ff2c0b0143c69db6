"""A page of the course as a terminal shows it: Markdown, without what is for a browser alone.

Answers are folded until they are asked for; what a page folds to be short is shown. A drawing
gives way to its words, and a link to a page of the course to the command that reads it.
"""

import html
import posixpath
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from remodel.course.catalog import Catalog
from remodel.course.fences import FENCE, outside_fences
from remodel.course.layout import PAGE
from remodel.site.markup.cautions import CAUTION, TITLE

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LINK = re.compile(r"(?<!!)\[(?P<text>[^\]]*)\]\((?P<to>[^)\s]+)\)")
_IMAGE = re.compile(r"!\[(?P<words>[^\]]*)\]\([^)]*\)")
_TITLE = re.compile(r'\btitle="([^"]*)"')
#: What stands for the comments around a question until its folds are closed.
_QUESTION, _ANSWERED = "\0question", "\0answered"
#: The tags that stand inside a fold, and what Markdown has for them.
_TAGS = {"code": "`", "strong": "**", "em": "*", "p": ""}


def terminal_page(catalog: Catalog, page: Path, text: str, answers: bool = False) -> str:
    """The `text` of `page` as Markdown that needs no browser; with `answers`, nothing is folded."""
    lines: list[str] = []
    for prose, run in groupby(outside_fences(text.splitlines()), key=lambda pair: pair[1]):
        part = [line for line, _ in run]
        # A link or a comment may go on over the end of a line.
        lines += _plain(catalog, page, "\n".join(part)).split("\n") if prose else map(_fence, part)
    unfolded = "\n".join(_unfold(lines, answers)).splitlines()
    return "\n".join(_with_single_blanks(unfolded)).strip("\n") + "\n"


def _with_single_blanks(lines: Sequence[str]) -> Iterator[str]:
    """The lines, with one empty one at most between two paragraphs; code stays as it is."""
    last = ""
    for line, prose in outside_fences(lines):
        if not prose or line.strip() or last.strip():
            yield line
        last = line


def _fence(line: str) -> str:
    """The title of a piece of code, which only the site shows, on a line above it."""
    fence = FENCE.fullmatch(line)
    title = _TITLE.search(fence[2]) if fence else None
    if not fence or not title:
        return line
    language = fence[2].split()[0]
    indent = line[: len(line) - len(line.lstrip())]
    return f"{indent}`{title[1]}`:\n\n{indent}{fence[1]}{language}"


def _plain(catalog: Catalog, page: Path, text: str) -> str:
    text = _COMMENT.sub(_question_marked, text.replace(CAUTION, f"> **{TITLE}.**"))
    text = _IMAGE.sub(lambda image: f"> Drawing: {image['words']}", text)
    return _LINK.sub(lambda link: _in_words(catalog, page, link["text"], link["to"]), text)


def _question_marked(comment: re.Match[str]) -> str:
    """What is left of a comment: nothing, but where a question begins or ends."""
    if comment[0].startswith("<!-- quiz "):
        return f"\n{_QUESTION}\n"
    return f"\n{_ANSWERED}\n" if comment[0] == "<!-- /quiz -->" else ""


def _in_words(catalog: Catalog, page: Path, text: str, to: str) -> str:
    """A link in words: what to type for a page of the course, or where it lies."""
    if to.startswith("#"):
        return text
    if "://" in to:
        return text if text == to else f"{text} ({to})"
    folder = page.parent.relative_to(catalog.root).as_posix()
    place = posixpath.normpath(posixpath.join(folder, to.partition("#")[0]))
    name = posixpath.basename(posixpath.dirname(place))
    if place.endswith(PAGE) and name in catalog.lessons:
        return f"{text} (`remodel read {catalog.lessons[name].number}`)"
    if place.endswith(PAGE) and place.startswith("exercises/") and name in catalog.exercises:
        return f"{text} (`remodel read {name}`)"
    return f"{text} (`{place}`)"


def _unfold(lines: Sequence[str], answers: bool) -> Iterator[str]:
    """The lines, each fold of a question opened or left with what it is about alone."""
    asked, depth = False, 0
    for line in lines:
        bare = line.strip()
        if bare in (_QUESTION, _ANSWERED):
            asked = bare == _QUESTION
        elif bare.startswith("<details"):
            depth += asked
        elif bare == "</details>":
            depth = max(0, depth - 1)
            yield ""
        elif bare.startswith("<summary>"):
            about = _markdown(bare.removeprefix("<summary>").removesuffix("</summary>"))
            if not asked:
                yield f"**{about}**"
            elif answers or depth == 1:
                yield f"- {'▾' if answers else '▸'} {about}"
        elif not depth:
            yield line
        elif answers:
            yield from ["", _markdown(line)] if bare.startswith("<p>") else [line]


def _markdown(text: str) -> str:
    """A line of HTML as Markdown."""
    for tag, mark in _TAGS.items():
        text = re.sub(rf"</?{tag}>", mark, text)
    return html.unescape(text)
