"""Pictures of the app: each shows what the app of today is made of, and weighs little."""

import re
from pathlib import Path

import msgspec
import pytest
from markdown import Markdown  # type: ignore[import-untyped]

from remodel.course.catalog import find_course
from remodel.course.lesson import Lesson
from remodel.errors import CourseError
from remodel.site.pictures import fingerprint, picture_file, pictured, read_pictures, stale_pictures

COURSE = find_course()
LESSONS = list(COURSE.lessons.values())
KNOWN = read_pictures(COURSE.layout)


def test_no_picture_shows_another_app_than_that_of_today() -> None:
    """Templates, style, models, revisions and rows are those of which each picture was made."""
    stale = [lesson.name for lesson in stale_pictures(COURSE)]
    assert stale == [], "run `remodel dev pictures`"
    files = [picture_file(COURSE.layout, lesson.name) for lesson in LESSONS]
    assert sorted(COURSE.layout.pictures.iterdir()) == files


def test_what_can_be_seen_of_an_app_is_part_of_its_mark(tmp_path: Path) -> None:
    """Another template makes another mark; another helper that nobody sees does not."""
    template = tmp_path / "hearth" / "templates" / "rooms.html"
    template.parent.mkdir(parents=True)
    template.write_text("<h1>Rooms</h1>", encoding="utf-8")
    lesson = msgspec.structs.replace(LESSONS[0], path=tmp_path)
    before = fingerprint(lesson)
    (tmp_path / "hearth" / "commands.py").write_text("", encoding="utf-8")
    assert fingerprint(lesson) == before
    template.write_text("<h1>Chambers</h1>", encoding="utf-8")
    assert fingerprint(lesson) != before


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_a_picture_is_light_and_as_large_as_the_page_says(lesson: Lesson) -> None:
    """At most 45 KiB of WebP; its sides are those of the record, with finer points."""
    webp = picture_file(COURSE.layout, lesson.name).read_bytes()
    assert webp[:4] + webp[8:16] == b"RIFFWEBPVP8X" and len(webp) <= 45 * 1024
    # Three bytes each, of one point less.
    width, height = (int.from_bytes(webp[at : at + 3], "little") + 1 for at in (24, 27))
    known = KNOWN[lesson.name]
    assert width / known.width == pytest.approx(height / known.height, abs=0.01)
    assert width >= known.width


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_a_lesson_shows_its_picture_with_words_and_room_for_it(lesson: Lesson, site: Path) -> None:
    """The page reserves its room, fetches it when it comes into sight, and says what it shows."""
    page = (site / "lessons" / lesson.name / "index.html").read_text(encoding="utf-8")
    [image] = re.findall(r'<img [^>]*class="picture"[^>]*>', page)
    about = dict(re.findall(r'(\w+)="([^"]*)"', image))
    known = KNOWN[lesson.name]
    assert (about["width"], about["height"]) == (str(known.width), str(known.height))
    assert about["loading"] == "lazy"
    assert about["alt"] == pictured(lesson).shows and len(about["alt"]) > 60


def test_a_picture_that_nobody_took_ends_the_conversion() -> None:
    """The build says which one, and how to take it."""
    options = {"remodel.site.markup": {"root": str(COURSE.root)}}
    markdown = Markdown(extensions=["remodel.site.markup"], extension_configs=options)
    with pytest.raises(CourseError, match="No picture is called 99-nothing"):
        markdown.convert("![A](../../docs/pictures/99-nothing.webp)")
