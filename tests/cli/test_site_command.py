"""`remodel site`: opens what is built, says what is missing, and builds what a file can show."""

import os
from pathlib import Path

import pytest

from remodel.site.offline import PLACE
from tests.conftest import Remodel

PASS, NOT_GRADED = 0, 2
#: A browser that says what it was asked to open.
BROWSER = "echo opened %s"


def built(course: Path) -> Path:
    """A copy for files, as a build leaves it."""
    (course / "site" / PLACE).parent.mkdir(parents=True)
    (course / "site" / PLACE).write_text("", encoding="utf-8")
    page = course / "site" / "index.html"
    page.write_text("<title>Remodel</title>", encoding="utf-8")
    return page


def test_a_copy_that_is_there_is_opened(remodel: Remodel) -> None:
    """Nothing is built or installed; the address is printed, too."""
    page = built(remodel.course)
    done = remodel("site", BROWSER=BROWSER)
    assert done.returncode == PASS, done.stderr
    assert f"The site: {page.as_uri()}\n" in done.stdout
    assert f"opened {page.as_uri()}" in done.stdout
    assert "Pages were changed" not in done.stdout


def test_a_copy_older_than_a_page_says_so(remodel: Remodel) -> None:
    """After an update of the course."""
    page = built(remodel.course)
    os.utime(page, (1, 1))
    done = remodel("site", BROWSER=BROWSER)
    assert "  remodel site --again\n" in done.stdout
    assert "opened" in done.stdout


def test_without_a_browser_the_file_is_named(remodel: Remodel) -> None:
    """On a machine without a screen."""
    page = built(remodel.course)
    done = remodel("site", BROWSER="no-such-browser-here %s")
    assert done.returncode == PASS
    assert page.as_uri() in done.stdout
    assert "Open that file in one." in done.stdout


def test_without_mkdocs_the_line_that_installs_it_is_named(
    remodel: Remodel, tmp_path: Path
) -> None:
    """The site's packages alone, and the way to read without them."""
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "sitecustomize.py").write_text(
        "import importlib.util as u\n"
        "find = u.find_spec\n"
        "u.find_spec = lambda name, *more: None if name == 'mkdocs' else find(name, *more)\n",
        encoding="utf-8",
    )
    done = remodel("site", PYTHONPATH=str(hidden))
    assert done.returncode == NOT_GRADED
    assert f"-e '{remodel.course}[site]'" in done.stderr
    assert "remodel read 1" in done.stderr
    assert not (remodel.course / "site").exists()


@pytest.mark.parametrize("missing", ["index.html", PLACE.as_posix()])
def test_a_site_for_a_server_is_not_opened_as_a_file(remodel: Remodel, missing: str) -> None:
    """Its links name folders: a browser would list those."""
    built(remodel.course)
    (remodel.course / "site" / missing).unlink()
    done = remodel("site", BROWSER=BROWSER)
    assert done.returncode == NOT_GRADED  # this course has no mkdocs.yml, so none can be built
    assert "opened" not in done.stdout
