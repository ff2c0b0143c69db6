"""Grades "Red before the merge"."""

import pytest

CEILINGS = "0004f2_ceilings.py", "ceiling"  # a revision, and the model that goes with it
needs = pytest.mark.needs("test_a_sound_change_is_green")  # who is always red hears of it once


def proposed(project, *pushed, main=()):
    """Main with what is in `main`, and on it a change that brings what is in `pushed`."""
    change = project.empty()
    for each in main:
        change = change.add_scenario(each)
    change = change.check_out("main")
    for each in pushed:
        change = change.add_scenario(each)
    return change


def must_be_green(change, what):
    """The change may be merged: the gate ends with exit code 0."""
    ended = change.flask("gate", "main")
    assert ended.ok, f"{what}, and the gate was red: {ended.error_line or ended.exit_code}"


def must_be_red(change, what):
    """The change may not be merged: the gate ends with another exit code."""
    assert not change.flask("gate", "main").ok, f"{what}, and the gate was green: exit code 0."


@pytest.mark.guard
@pytest.mark.misconception("a-gate-that-is-always-shut")
def test_a_sound_change_is_green(project):
    """A change that is in order may be merged."""
    must_be_green(proposed(project, *CEILINGS), "A revision and its model were new")


@needs
@pytest.mark.guard
@pytest.mark.misconception("every-merge-brings-a-revision")
def test_main_itself_is_green(project):
    """Where nothing is new the gate is green: most changes bring no revision."""
    must_be_green(proposed(project), "No revision was new")


@needs
@pytest.mark.misconception("green-and-green-is-green")
def test_two_heads_are_red(project):
    """Two changes that were green by themselves can make two heads together: red."""
    both = proposed(project, *CEILINGS, main=["0009_one_cellar.py"])
    must_be_red(both, "0009 was merged a minute ago, 0004f2 stands on 0008 as well")


@needs
@pytest.mark.guard
@pytest.mark.misconception("upgrade-heads-repairs-two-heads")
def test_a_merge_of_two_heads_is_green(project):
    """A revision that joins the two heads is the cure: green."""
    joined = proposed(project, *CEILINGS, "0007_b_join.py", main=["0009_one_cellar.py"])
    must_be_green(joined, "0007b joined 0009 and 0004f2")


@needs
@pytest.mark.misconception("the-migration-is-enough-without-the-model")
def test_drift_is_red(project):
    """Where models and revisions differ, the change is not complete: red."""
    must_be_red(proposed(project.copy(), "ceiling"), "A column of a model had no revision")
    attics = proposed(project.copy(), "0009_attics.py", "ceiling")
    must_be_red(attics, "A column had no revision, and the downgrade of another revision refuses")
    walls = proposed(project.copy(), "0009_walls.py")
    must_be_red(walls, "A revision added room.wall, and no model has it")
    words = proposed(project, "0009_ceiling_in_words.py", "ceiling")
    must_be_red(words, "The revision made room.ceiling a text, the model has a number")


@needs
@pytest.mark.misconception("deployed-history-can-be-edited")
def test_an_edited_revision_is_red(project):
    """Who changes or deletes a revision of main changes what other databases have run: red."""
    for folder, what in (
        ("edited", "0004 of main writes another size now"),
        ("edited-way-back", "The downgrade of 0002 of main was changed"),
        ("other-line-ends", "The lines of 0004 of main end otherwise now"),
        ("deleted", "0009 of main was gone"),
    ):
        must_be_red(proposed(project.copy(), folder), what)


@needs
@pytest.mark.guard
@pytest.mark.misconception("a-file-that-was-never-run")
def test_a_revision_that_fails_is_red(project):
    """A revision that does not run on an empty database is red."""
    must_be_red(proposed(project, "0009_fails.py"), "0009 names a column that is not there")


@needs
@pytest.mark.misconception("nobody-runs-the-downgrade")
def test_a_way_back_that_fails_is_red(project):
    """Where what is new cannot be taken back, or not done again after that, it is red."""
    must_be_red(proposed(project.copy(), "0009_crashes.py"), "The downgrade of 0009 fails")
    two = proposed(project.copy(), "0009_crashes.py", "0010_ceilings_above.py", "ceiling")
    must_be_red(two, "0009 and 0010 were new, and the downgrade of 0009 fails")
    stays = proposed(project.copy(), "0010_stays.py", "ceiling", main=["0004b1_whole_years.py"])
    must_be_red(stays, "The downgrade of 0010 leaves its column, so 0010 cannot be done again")
    once = proposed(project.copy(), "0010_only_once.py", "ceiling", main=["0004b1_whole_years.py"])
    must_be_red(once, "0010 goes back, and refuses to be done again")
    late = proposed(project, "0009_too_late.py", "ceiling")
    must_be_red(late, "The downgrade of 0009 drops a column, and refuses after that")


@needs
@pytest.mark.guard
@pytest.mark.misconception("every-upgrade-can-be-undone")
def test_a_way_back_that_refuses_is_green(project):
    """A downgrade that refuses, with the reason, is somebody's decision: green."""
    attics = proposed(project.copy(), "0009_attics.py")
    must_be_green(attics, "The downgrade of 0009z refuses")
    two = proposed(project, "0004b1_whole_years.py", "0010_ceilings.py", "ceiling")
    must_be_green(two, "0004b1 and 0010 were new, and the downgrade of 0004b1 refuses")
