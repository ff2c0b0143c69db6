"""The same exercise with other names in it, so that a pasted answer does not pass."""

import shutil

from tests.conftest import ROOT, Remodel

SLUG = "add-a-table"
PUBLISHED = ROOT / "solutions" / "04-creating-and-applying" / SLUG


def begun(remodel: Remodel, variant: str) -> str:
    """Lay the exercise out; gives the README.md that the learner reads."""
    started = remodel("start", SLUG, "--variant", variant)
    assert started.returncode == 0, started.stderr
    return (remodel.course / "playground" / SLUG / "README.md").read_text(encoding="utf-8")


def test_a_variant_speaks_its_own_words(remodel: Remodel) -> None:
    """README.md, hints and grader ask for the same table, which is not the published one."""
    readme = begun(remodel, "1")
    assert "`picture`" in readme
    assert "photo" not in readme.lower()
    assert "photo" not in remodel("hint", SLUG).stdout
    assert "there is no table picture" in remodel("check", SLUG).stdout


def test_a_pasted_published_solution_fails_and_says_why(remodel: Remodel) -> None:
    """The answer to another variant is right, and no answer to this one."""
    begun(remodel, "1")
    folder = remodel.course / "playground" / SLUG
    for part in ("hearth", "migrations"):
        shutil.copytree(PUBLISHED / part, folder / part, dirs_exist_ok=True)
    checked = remodel("check", SLUG)
    assert checked.returncode == 1
    assert "This answers variant 0 of the exercise; you have variant 1." in checked.stdout


def test_any_number_is_a_variant(remodel: Remodel) -> None:
    """A class list may be used as it is: the numbers count round."""
    assert "`drawing`" in begun(remodel, "302")


def test_the_solution_is_shown_in_the_learners_own_words(remodel: Remodel) -> None:
    """The page and the changes that `remodel solution` prints speak of the variant's table."""
    begun(remodel, "1")
    shown = remodel("solution", SLUG, "--yes").stdout
    assert "picture" in shown
    assert "photo" not in shown.lower().replace("0002_photos_of_the_rooms.py", "")
