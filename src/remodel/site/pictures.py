"""Pictures of Hearth as each lesson leaves it: taken once by its author, in a browser.

Nobody else needs a browser. What a picture was made of is recorded beside it, so that a test can
tell without one whether it still shows today's app.
"""

import base64
import hashlib
import json
import mimetypes
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatch
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from remodel.course.catalog import Catalog
from remodel.course.layout import MODELS, Layout
from remodel.course.lesson import Lesson, Pictured
from remodel.errors import CourseError
from remodel.scratch import lay_out

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

#: What can be seen of an app: another of these files may make another picture.
SEEN = (
    "hearth/templates/*",
    "hearth/static/*",
    MODELS,
    "migrations/versions/*",
    "rows.sql",
)
#: The window at most, in pixels of the page; a finer screen keeps text sharp.
WIDTH, HEIGHT, SHARPNESS, QUALITY = 640, 760, 1.5, 0.7
ADDRESS = "http://hearth.invalid"
GET = (
    "import sys; from wsgi import app\n"
    "answer = app.test_client().get(sys.argv[1])\n"
    "assert answer.status_code == 200, answer.status\n"
    "sys.stdout.buffer.write(answer.data)"
)
#: Chromium writes WebP where there is a canvas.
TO_WEBP = """async ([png, quality]) => {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL("image/webp", quality).split(",")[1];
}"""


class Picture(msgspec.Struct, frozen=True):
    """What is recorded of a picture: what it was made of, and its size in pixels of the page."""

    source: str
    width: int
    height: int


def read_pictures(layout: Layout) -> dict[str, Picture]:
    """The record of each lesson's picture, by the lesson's name; raises CourseError."""
    file = layout.pictures_record
    try:
        return msgspec.json.decode(file.read_bytes(), type=dict[str, Picture])
    except (OSError, msgspec.MsgspecError) as error:
        raise CourseError(f"{file}: {error}. Run `remodel dev pictures`.") from error


def picture_file(layout: Layout, lesson: str) -> Path:
    """Where the picture of the lesson called `lesson` lies."""
    return layout.pictures / f"{lesson}.webp"


def pictured(lesson: Lesson) -> Pictured:
    """What lesson.toml says of the picture; raises CourseError where it says nothing."""
    if not lesson.picture:
        raise CourseError(f"{lesson.path} has no picture. Write [picture] into its lesson.toml.")
    return lesson.picture


def picture_link(catalog: Catalog, lesson: Lesson, page: Path) -> str:
    """The Markdown that shows the picture of `lesson` on `page`."""
    file = picture_file(catalog.layout, lesson.name)
    address = Path(os.path.relpath(file, page.parent)).as_posix()
    return f"![{pictured(lesson).shows}]({address})"


def fingerprint(lesson: Lesson) -> str:
    """What a picture of the lesson's app is made of, as it is now."""
    digest = hashlib.sha256(
        f"{pictured(lesson).path} {WIDTH} {HEIGHT} {SHARPNESS} {QUALITY}\n".encode()
    )
    for name, content in sorted(lesson.app_files().items()):
        if any(fnmatch(name, pattern) for pattern in SEEN):
            digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:16]


def stale_pictures(catalog: Catalog) -> list[Lesson]:
    """The lessons whose picture is missing, or was made of something else than today's app."""
    layout = catalog.layout
    known = read_pictures(layout) if layout.pictures_record.exists() else {}
    return [
        lesson
        for lesson in catalog.lessons.values()
        if lesson.picture
        and not (
            picture_file(layout, lesson.name).exists()
            and lesson.name in known
            and known[lesson.name].source == fingerprint(lesson)
        )
    ]


def take_pictures(catalog: Catalog, lessons: Iterable[Lesson]) -> Iterator[str]:
    """Take the picture of each lesson, and record it; yields a line for each. Needs Chromium."""
    from remodel.site.browser import chromium

    layout = catalog.layout
    known = read_pictures(layout) if layout.pictures_record.exists() else {}
    layout.pictures.mkdir(exist_ok=True)
    with chromium() as browser:
        for lesson in lessons:
            picture, webp = _taken(browser, lesson)
            picture_file(layout, lesson.name).write_bytes(webp)
            known[lesson.name] = picture
            text = json.dumps(msgspec.to_builtins(known), indent=1, sort_keys=True)
            layout.pictures_record.write_text(f"{text}\n", encoding="utf-8")
            yield f"{lesson.name}.webp: {len(webp) / 1000:.1f} kB"


def _taken(browser: "Browser", lesson: Lesson) -> tuple[Picture, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        _furnish(lesson, Path(folder))
        window = browser.new_context(
            viewport={"width": WIDTH, "height": 400}, device_scale_factor=SHARPNESS
        )
        page = window.new_page()
        page.route("**/*", partial(_answer, Path(folder)))
        page.goto(ADDRESS + pictured(lesson).path)
        whole: int = page.evaluate("Math.ceil(document.body.getBoundingClientRect().height)")
        height = min(whole, HEIGHT)
        page.set_viewport_size({"width": WIDTH, "height": height})
        webp = _webp(page, page.screenshot())
        window.close()
    return Picture(fingerprint(lesson), WIDTH, height), webp


def _furnish(lesson: Lesson, folder: Path) -> None:
    """Lay out the lesson's app, with its rows in a database of its own."""
    lay_out(lesson.app_files(), folder)
    made = ("db", "upgrade") if (lesson.path / "migrations").exists() else ("init-db",)
    for words in (made, ("furnish",)):
        _python(folder, "-m", "flask", *words)


def _answer(folder: Path, route: "Route") -> None:
    path = urlsplit(route.request.url).path
    kind = mimetypes.guess_type(path)[0] or "text/html; charset=utf-8"
    route.fulfill(body=_python(folder, "-c", GET, path), content_type=kind)


def _python(folder: Path, *words: str) -> bytes:
    done = subprocess.run(
        [sys.executable, *words], cwd=folder, env=_environment(), capture_output=True, check=False
    )
    if done.returncode:
        raise CourseError(f"python {' '.join(words)} failed:\n{done.stderr.decode()}")
    return done.stdout


def _environment() -> Mapping[str, str]:
    """The reader's own, without a database of somebody's."""
    return {name: value for name, value in os.environ.items() if "DATABASE" not in name}


def _webp(page: "Page", png: bytes) -> bytes:
    page.goto("about:blank")
    code: str = page.evaluate(TO_WEBP, [base64.b64encode(png).decode(), QUALITY])
    return base64.b64decode(code)
