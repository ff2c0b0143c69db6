"""The day of a page's last change: git's, on the page and in the sitemap, or none at all."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from remodel.course.catalog import find_course
from remodel.site.dates import VARIABLE, page_dates
from tests.conftest import Build

COURSE = find_course()
THEN = "2026-01-02T12:00:00+0000"


def git(folder: Path, *words: str, day: str = THEN) -> None:
    """Type a command of git in `folder`, on that day."""
    who = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org"}
    who |= {key.replace("AUTHOR", "COMMITTER"): value for key, value in who.items()}
    env = {**os.environ, **who, "GIT_COMMITTER_DATE": day, "GIT_AUTHOR_DATE": day}
    subprocess.run(["git", "-C", str(folder), *words], env=env, check=True, capture_output=True)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of two pages, of which one was changed a month later, and one is not committed."""
    folder = tmp_path / "course"
    (folder / "docs").mkdir(parents=True)
    git(folder, "init", "-q")
    for day, pages in ((THEN, ("index", "other")), (THEN.replace("-01-", "-02-"), ("other",))):
        for page in pages:
            (folder / "docs" / f"{page}.md").write_text(f"# {page}\n\n{day}\n", encoding="utf-8")
        git(folder, "add", ".")
        git(folder, "commit", "-qm", "x", day=day)
    (folder / "docs" / "fresh.md").write_text("# Fresh\n", encoding="utf-8")
    return folder


def test_each_page_has_the_day_of_its_own_last_commit(course: Path) -> None:
    """What is not committed has none."""
    assert page_dates(course) == "docs/index.md@2026-01-02\ndocs/other.md@2026-02-02"


def test_where_git_does_not_know_all_there_is_no_date(course: Path, tmp_path: Path) -> None:
    """In a shallow clone, in a folder without git, and in one that another project holds."""
    git(tmp_path, "clone", "-q", "--depth", "1", course.as_uri(), "shallow")
    assert page_dates(tmp_path / "shallow") == ""
    shutil.copytree(course / "docs", tmp_path / "bare" / "docs")
    assert page_dates(tmp_path / "bare") == ""
    shutil.copytree(course / "docs", course / "held" / "docs")
    assert page_dates(course / "held") == ""


def test_page_and_sitemap_say_the_day_and_without_one_nothing(
    course: Path, tmp_path: Path, build: Build
) -> None:
    """The theme shows what the variable holds."""
    config = (COURSE.root / "mkdocs.yml").read_text(encoding="utf-8")
    short = config[: config.index("\nnav:")] + "\nnav: [index.md, other.md, fresh.md]\n"
    (course / "mkdocs.yml").write_text(short, encoding="utf-8")
    for part in ("lessons", "exercises", "notebooks"):
        (course / part).mkdir()
    shutil.copytree(COURSE.root / "docs" / "theme", course / "docs" / "theme")
    shutil.copy(COURSE.root / "docs" / "abbreviations.txt", course / "docs")
    site = tmp_path / "site"
    built = build(course, site, **{VARIABLE: page_dates(course)})
    assert built.returncode == 0, built.stderr
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert "/other/</loc><lastmod>2026-02-02</lastmod></url>" in sitemap
    assert "/fresh/</loc></url>" in sitemap
    day = '<time datetime="2026-02-02">'
    assert day in (site / "other" / "index.html").read_text(encoding="utf-8")
    assert "<time" not in (site / "fresh" / "index.html").read_text(encoding="utf-8")
