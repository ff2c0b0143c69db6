"""`remodel progress`: the numbers, the link, and files there and back."""

import json
from pathlib import Path

import pytest

from tests.conftest import SLUG, Remodel

RECORD = {"remodel": 1, "exercises": {SLUG: "2026-01-02"}}


@pytest.fixture
def fresh(remodel: Remodel) -> Remodel:
    """The command, for somebody who has done nothing: quizzes are taken in the shared course."""
    (remodel.course / "playground" / "progress.json").unlink(missing_ok=True)
    return remodel


def test_the_numbers_of_each_lesson_stand_in_columns(fresh: Remodel) -> None:
    """Every lesson has a line, and what is done is counted by kind."""
    lines = fresh("progress").stdout.splitlines()
    assert lines[0].split() == ["core", "more", "questions", "steppers", "cards"]
    assert len(lines) == 1 + 7 + 2
    assert all(len(line) <= 80 for line in lines)
    assert [line.split()[-1].startswith("0/") for line in lines[1:8]] == [True] * 7


def test_what_a_file_of_the_site_knows_is_added_once(fresh: Remodel) -> None:
    """It counts as passed from then on, and the same file brings nothing a second time."""
    file = fresh.course / "remodel-progress.json"
    file.write_text(json.dumps(RECORD))
    assert fresh("progress", "--import", file.name).stdout == "1 new here.\n"
    assert f"✓ {SLUG}" in fresh("list").stdout
    assert fresh("progress", "--import", file.name).stdout == "All of it was known here.\n"
    assert "1/4" in fresh("progress").stdout


def test_an_answer_in_the_terminal_is_in_the_file_for_the_site(fresh: Remodel) -> None:
    """A prediction counts whatever was predicted; another question when it was answered rightly."""
    fresh("quiz", "4", typed="1\n" * 6)
    assert fresh("progress", "--export", "mine.json").returncode == 0
    done = json.loads((fresh.course / "mine.json").read_text())["questions"]
    assert 0 < len(done) < 6
    assert all(each.keys() == {"done"} for each in done.values())


def test_a_file_that_is_there_is_not_written_over(fresh: Remodel) -> None:
    """Whoever exports twice names another file."""
    (fresh.course / "mine.json").write_text("mine")
    refused = fresh("progress", "--export", "mine.json")
    assert refused.returncode == 2
    assert (fresh.course / "mine.json").read_text() == "mine"


def test_nonsense_is_refused_and_changes_nothing(fresh: Remodel) -> None:
    """No such file, another file, a folder: one message each, and the record stays as it was."""
    (fresh.course / "playground").mkdir(exist_ok=True)
    own = fresh.course / "playground" / "progress.json"
    own.write_text(json.dumps({"passed": {SLUG: "2026-01-02"}}))
    before = own.read_bytes()
    for given in ("none.json", str(own), "lessons"):
        refused = fresh("progress", "--import", given)
        assert refused.returncode == 2
        assert Path(given).name in refused.stderr and "Traceback" not in refused.stderr
    assert own.read_bytes() == before


def test_a_link_leads_into_the_site_that_is_read(fresh: Remodel) -> None:
    """The one that was built here, or the one that is named; without either it says how."""
    refused = fresh("progress", "--link")
    assert refused.returncode == 2
    assert "remodel site" in refused.stderr
    named = fresh("progress", "--link", "--site", "https://example.org/remodel/").stdout
    assert named.startswith("https://example.org/remodel/progress/#record=")
    page = fresh.course / "site" / "progress.html"
    page.parent.mkdir()
    page.write_text("")
    assert fresh("progress", "--link").stdout.startswith(f"{page.as_uri()}#record=")


def test_options_that_do_not_fit_together_are_refused(fresh: Remodel) -> None:
    """One thing at a time, and an address only where a link is wanted."""
    for words in (["--link", "--export", "x.json"], ["--site", "https://example.org"]):
        assert fresh("progress", *words).returncode == 2
    no_address = fresh("progress", "--link", "--site", "example.org")
    assert no_address.returncode == 2
    assert "https://" in no_address.stderr
